package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"suqiu/internal/config"
	"suqiu/internal/forgetest"
	"suqiu/internal/gittest"
	"suqiu/internal/workday"
	"suqiu/templates"
)

// forgeDesk is a browser in front of a page with the door of the forms to a forge,
// and the forge, which has what landed has, behind our hook. The page is bare: the
// door alone is tried.
type forgeDesk struct {
	*browser
	forge *forgetest.Server
	page  string       // its address
	door  config.Forge // what it says of the forge
}

const firstCase, secondCase = "cases/2025/07/202507-NFZX-001.md", "cases/2025/07/202507-NFZX-002.md"

// forgeRepository is a bare repository that has what landed has, with our hook.
func forgeRepository(t *testing.T) string {
	t.Helper()
	return serve(t, landedRepository(t, settings(t)+forgeUsers), "file").dir
}

// forgeSettings are those of a forge of a copy of a repository, whose clock stands
// at the day after landed.
func forgeSettings(t *testing.T, origin string) forgetest.Settings {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "cases.git")
	if err := os.CopyFS(dir, os.DirFS(origin)); err != nil {
		t.Fatal(err)
	}
	return forgetest.Settings{
		Dir:     dir,
		Project: "税务/cases", Main: "main", App: "5f0c", Environ: gittest.Environ(),
		Now: func() time.Time { return time.Date(2025, time.July, 17, 10, 0, 0, 0, workday.Shanghai) },
		Users: []forgetest.User{
			{Name: "林", Username: "lin", Email: "a@nsfwk.example", Level: forgetest.Maintainer},
			{Name: "王", Username: "wang", Email: "a@xxzx.example", Level: forgetest.Developer, Locale: "zh_CN"},
			{Name: "赵", Username: "zhao", Email: "a@xxzx.example", Level: forgetest.Developer},
			{Name: "客", Username: "ke", Email: "ke@else.example", Level: forgetest.Reporter},
			{Name: "外", Username: "wai", Email: "wai@else.example", Level: forgetest.Guest},
		}}
}

// openForge opens the page of the door in a tab of its own, before a forge.
func openForge(t *testing.T, b *browser, origin string, change func(*forgetest.Settings)) *forgeDesk {
	t.Helper()
	d := openDoor(t, b)
	s := forgeSettings(t, origin)
	s.Redirects = []string{d.page}
	if change != nil {
		change(&s)
	}
	d.forge = forgetest.New(t, s)
	d.door = config.Forge{Platform: "GitLab", Base: d.forge.URL, Project: s.Project, App: s.App, Main: s.Main}
	d.visit(t, d.page+"#202507-NFZX-001/反馈")
	return d
}

// openDoor serves a page that has the door and nothing else.
func openDoor(t *testing.T, b *browser) *forgeDesk {
	t.Helper()
	d := &forgeDesk{browser: b.tab(t)}
	pages := http.NewServeMux()
	pages.HandleFunc("/step.html", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `<!DOCTYPE html><meta charset="utf-8"><title>step</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; connect-src 'self' %[2]s">
<meta name="suqiu-forge" data-platform="%[1]s" data-base="%[2]s" data-project="%[3]s" data-app="%[4]s" data-main="%[5]s">
<script src="engine.js" defer></script><script src="forge.js" defer></script><p id="step">表单</p>`,
			d.door.Platform, d.door.Base, d.door.Project, d.door.App, d.door.Main)
	})
	pages.HandleFunc("/frame.html", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!DOCTYPE html><title>frame</title><iframe src="step.html"></iframe>`)
	})
	pages.HandleFunc("/engine.js", func(w http.ResponseWriter, _ *http.Request) {
		// What the page waits for comes twenty times as soon.
		fmt.Fprint(w, `(() => { const slow = setTimeout; window.setTimeout = (f, ms) => slow(f, ms / 20); })();
			window.suqiuForms = {doors: [], engine: {call: async (name, request) => ({base64url: btoa(String.fromCharCode(
			...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(request.text)))))
			.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "")})}};`)
	})
	pages.HandleFunc("/forge.js", func(w http.ResponseWriter, _ *http.Request) {
		script, _ := fs.ReadFile(templates.Builtin(), "static/forge.js")
		_, _ = w.Write(script)
	})
	site := httptest.NewServer(pages)
	t.Cleanup(site.Close)
	d.page = site.URL + "/step.html"
	return d
}

func (d *forgeDesk) visit(t *testing.T, address string) {
	t.Helper()
	if err := chromedp.Do(d.ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
}

// A doorAnswer is what the door promised, or why not.
type doorAnswer struct {
	Kind, Message, Branch, URL string

	Value map[string]any
	Files map[string]struct{ Text, Blob string }
}

// ask lets the door do something and waits for what comes of it.
func (d *forgeDesk) ask(t *testing.T, what string) doorAnswer {
	t.Helper()
	return eval[doorAnswer](t, d.browser, `(async () => {
		for (let n = 0; n < 500 && !(window.suqiuForms && suqiuForms.doors[0]); n++) {
			await new Promise((ok) => setTimeout(ok, 200));
		}
		const door = suqiuForms.doors[0];
		try { return {Value: await `+what+`}; } catch (e) {
			return {Kind: e.kind || "exception", Message: e.message, Branch: e.branch || "", URL: e.url || "",
				Files: e.files};
		}
	})()`)
}

// done is ask for what must not fail.
func (d *forgeDesk) done(t *testing.T, what string) map[string]any {
	t.Helper()
	got := d.ask(t, what)
	if got.Kind != "" {
		t.Fatalf("%s: %s: %s", what, got.Kind, got.Message)
	}
	return got.Value
}

// signIn goes to the forge, takes the part of that user and comes back; nobody: denies.
func (d *forgeDesk) signIn(t *testing.T, user, options string) {
	t.Helper()
	eval[bool](t, d.browser, `(suqiuForms.doors[0].signIn(location.hash, `+options+`), true)`)
	err := chromedp.Do(d.ctx, chromedp.Click(`button[value="`+user+`"]`), chromedp.WaitVisible("#step"))
	if err != nil {
		t.Fatal(err)
	}
}

// as signs a user in and says who the door takes him for.
func (d *forgeDesk) as(t *testing.T, user string) {
	t.Helper()
	d.signIn(t, user, "null")
	if who := d.done(t, "door.who()"); who["account"] != user {
		t.Fatalf("signed in as %v, not %s", who, user)
	}
}

// asJS is a value as a script writes it.
func asJS(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}
