package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPagesAreJudged: each complaint that TestSite can have of a page in a
// browser comes up when there is reason, and none when there is not.
func TestPagesAreJudged(t *testing.T) {
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(elsewhere.Close)
	planted := map[string]struct{ head, body, complaint string }{
		"sound":     {"", "", ""},
		"untitled":  {"<title></title>", "", "has no title"},
		"console":   {"", `<script>console.log("x")</script>`, "console.log"},
		"exception": {"", `<script>nothing.here()</script>`, "exception: Uncaught"},
		"policy": {`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-` +
			`inline'">`, `<script>1</script>`, "violates"},
		"lost":    {"", `<img src="lost.png" alt="lost">`, "404: "},
		"refused": {"", `<img src="http://127.0.0.1:1/x.png" alt="refused">`, "failed to load: net::ERR_"},
		"away":    {"", `<img src="` + elsewhere.URL + `/x.png" alt="away">`, "asks elsewhere: " + elsewhere.URL},
		"wide":    {"", `<p style="width: 800px">wide</p>`, "at 390 px is 808 px wide, because of <p style"},
		"overhang": {"<style>body { overflow-x: hidden }</style>", `<p style="width: 800px">wide</p>`,
			"because of <p style"},
		"undarkened": {"<style>html { background: #fff !important }</style>", "",
			"is rgb(255, 255, 255) in the light and in the dark"},
	}
	unfit := map[string]struct {
		head, body string
		complaints []string
	}{
		"fit": {"", "<p>text</p>", nil},
		"nameless": {"", `<button></button>`, []string{"at 1280 px, light: button-name",
			"at 390 px, dark: button-name"}},
		"paleByNight": {"<style>@media (prefers-color-scheme: dark) { p { color: #444 } }</style>", "<p>text</p>",
			[]string{"at 390 px, dark: color-contrast"}},
		"namelessNarrow": {"<style>.menu { display: none } @media (max-width: 400px) { .menu { display: block } }</" +
			"style>", `<button class="menu"></button>`,
			[]string{"at 390 px, dark: button-name"}},
	}
	dir := t.TempDir()
	plant := func(name, head, body string) {
		t.Helper()
		if !strings.Contains(head, "<title>") {
			head += "<title>planted</title>"
		}
		page := `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><link rel="icon" href="data:,"><style>html { background: #fff; color: #111 }
			@media (prefers-color-scheme: dark) { html { background: #111; color: #eee } }</style>` + head +
			`</head><body><main><h1>planted</h1>` + body + `</main></body></html>`
		if err := os.WriteFile(filepath.Join(dir, name+".html"), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := openBrowser(t, findBrowser(t))
	base := serveSite(t, dir)
	for name, p := range planted {
		plant(name, p.head, p.body)
		var widths []int64
		wrong := b.visit(t, base+name+".html", []int64{390, 1280}, func(width int64) { widths = append(widths, width) })
		switch {
		case p.complaint == "" && len(wrong) > 0:
			t.Errorf("%s: %q", name, wrong)
		case !slices.ContainsFunc(wrong, func(w string) bool { return strings.Contains(w, p.complaint) }) &&
			p.complaint != "":
			t.Errorf("%s: want %q in %q", name, p.complaint, wrong)
		}
		if !slices.Equal(widths, []int64{390, 1280}) {
			t.Errorf("%s: looked at in %v", name, widths)
		}
	}
	axe := findAxe(t)
	for name, p := range unfit {
		plant(name, p.head, p.body)
		wrong := b.accessible(t, axe, base+name+".html", dressing{"light", 1280, allRules},
			dressing{"dark", 390, allRules})
		if len(wrong) != len(p.complaints) {
			t.Errorf("%s: %q", name, wrong)
			continue
		}
		for i, w := range wrong {
			if !strings.HasPrefix(w, p.complaints[i]) {
				t.Errorf("%s: %q, want %s", name, w, p.complaints[i])
			}
		}
	}
}

// TestLinksAreJudged makes sure that checkLinks can fail.
func TestLinksAreJudged(t *testing.T) {
	out := t.TempDir()
	if err := os.MkdirAll(filepath.Join(out, "cases"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"index.html": `<p id="main"><a href="cases/a.html#here">a</a> <a href="cases/b.html">dead</a></p>`,
		"cases/a.html": `<p id="here">a &amp;amp; b</p><p id="here">twice</p><label for="none">x</label><a href="../index.html#main">up</a>
			<a href="../index.html#nowhere">no anchor</a><img src="https://cdn.example/x.png">`,
	} {
		if err := os.WriteFile(filepath.Join(out, name), []byte("<!DOCTYPE html>"+body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wrong, pages, links := checkLinks(t, out)
	want := []string{
		`cases/a.html shows "a &amp; b"`,
		`cases/a.html: <a href="../index.html#nowhere"> has no such anchor`,
		`cases/a.html: <img src="https://cdn.example/x.png"> leads away`,
		`cases/a.html: <label for> names none, which is not there`,
		`cases/a.html: id here twice`,
		`index.html: <a href="cases/b.html"> leads nowhere`,
	}
	slices.Sort(wrong)
	slices.Sort(want)
	if !slices.Equal(wrong, want) || pages != 2 || links != 5 {
		t.Errorf("%d pages with %d links: %q, want %q", pages, links, wrong, want)
	}
	ids := map[string]map[string]bool{"index.html": {"main": true}}
	for href, want := range map[string]string{
		"../index.html": "", "../index.html#main": "", "../index.html#?q=a": "", "data:,": "", gitlab +
			"/-/commit/ab": "",
		"../index.html#nain": "has no such anchor", "index.html": "leads nowhere",
		"../cases":    "leads to a folder, which file:// lists",
		"/index.html": "is not relative", "../../index.html": "leaves the site", "//cdn.example/x": "leads away",
		"https://gitlab.example/wlcb/suqiu.evil": "leads away", "javascript:x": "leads away",
	} {
		if got := leadsWrong(out, "cases/a.html", "a", href, ids); got != want {
			t.Errorf("%s: %q, want %q", href, got, want)
		}
	}
	if got := leadsWrong(out, "cases/a.html", "script", gitlab+"/-/x.js", ids); got != "leads away" {
		t.Errorf("a script from elsewhere: %q", got)
	}
}
