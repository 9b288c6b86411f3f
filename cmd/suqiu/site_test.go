package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/demo"
)

// gitlab is what 网址 says in these tests: the only place outside the site
// that its pages may lead to.
const gitlab = "https://gitlab.example/wlcb/suqiu"

// TestSite holds both editions of the sample's site to what a site must be:
// sound HTML, links that lead somewhere, and pages that work in a browser,
// under a keyboard, for a screen reader and on paper. The site is built once.
func TestSite(t *testing.T) {
	dir := sample(t)
	name := filepath.Join(dir, "suqiu.yaml")
	cfg, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	with := strings.Replace(string(cfg), "\n网址:\n", "\n网址: "+gitlab+"\n", 1)
	if with == string(cfg) {
		t.Fatal("the sample has no empty 网址")
	}
	if err := os.WriteFile(name, []byte(with), 0o644); err != nil {
		t.Fatal(err)
	}
	commitAll(t, dir, "填写网址")

	root := t.TempDir()
	editions := []string{"公开", "监督"}
	for _, edition := range editions {
		if code, _, stderr := invoke(t.Context(), "-C", dir, "build", "--edition", edition, "--out",
			filepath.Join(root, edition)); code != 0 {
			t.Fatalf("build: %d %s", code, stderr)
		}
	}
	for _, edition := range editions {
		t.Run("links/"+edition, func(t *testing.T) {
			wrong, pages, links := checkLinks(t, filepath.Join(root, edition))
			for _, w := range wrong {
				t.Error(w)
			}
			if pages < 100 || links < 5000 {
				t.Errorf("only %d pages with %d links", pages, links)
			}
		})
		t.Run("files/"+edition, func(t *testing.T) {
			wrong, found := missingFiles(filepath.Join(root, edition), edition, oneEach(t, dir))
			for _, w := range wrong {
				t.Error(w)
			}
			if found < 200 {
				t.Errorf("only %d files are asked for", found)
			}
			for _, none := range []string{"404.html", "feeds/NSFWK.ics"} {
				if wrong, _ := missingFiles(t.TempDir(), edition, oneEach(t, dir)); !slices.Contains(wrong, none+
					" is missing") {
					t.Errorf("an empty folder is not found to lack %s", none)
				}
			}
		})
		t.Run("regulation/"+edition, func(t *testing.T) {
			out := filepath.Join(root, edition)
			for _, wrong := range regulationPages(out, edition) {
				t.Error(wrong)
			}
			for _, none := range []string{"rules/laws.html", "rules/index.html#nowhere", "meetings/XX*.html",
				"law/index.html"} {
				if noPage(out, none) == "" {
					t.Errorf("%s is found", none)
				}
			}
		})
	}
	if err := os.Mkdir(filepath.Join(root, "单独"), 0o755); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := invoke(t.Context(), "-C", dir, "report", "2026Q3", "--format", "html", "--out",
		filepath.Join(root, "单独", "report.html")); code != 0 {
		t.Fatalf("report: %d %s", code, stderr)
	}
	pages := map[string][]page{}
	for _, edition := range append(editions, "单独") {
		pages[edition] = pick(t, root, edition)
	}
	special := []page{
		{edition: "监督", kind: "首页", path: "index.html?unit=NSFWK"},
		{edition: "公开", kind: "诉求详情", path: withheld(t, filepath.Join(root, "公开"))},
		{edition: "多页", kind: "数据核查", path: secondOfFindings(t, dir, filepath.Join(root, "多页"))},
	}

	t.Run("html", func(t *testing.T) {
		validate(t, root, slices.Concat(append(slices.Collect(maps.Values(pages)), special)...))
	})
	var looked coverage
	t.Run("browser", func(t *testing.T) { useSite(t, root, pages, special, &looked) })
	t.Run("kinds", func(t *testing.T) {
		findBrowser(t)
		for edition := range pages {
			for _, empty := range looked.missing(edition, manners[edition]...) {
				t.Errorf("was not looked at: %s", empty)
			}
		}
	})
}

// manners are the ways in which every kind of page of an edition is looked at.
// The 监督 edition has every kind, but withholds nothing.
var manners = map[string][]string{
	"公开": {"390 px", "768 px", "1280 px"},
	"监督": {"390 px", "768 px", "1280 px", "from a folder at 1280 px", "by axe, light", "by axe, dark",
		"in Chromium 78 at 390 px", "in Chromium 78 at 1280 px", "on paper"},
	"单独": {"390 px", "768 px", "1280 px", "by axe, light", "by axe, dark", "on paper"},
}

// useSite looks at the pages in browsers, several windows at a time. Special are
// those that are neither the largest nor the smallest of their kind.
func useSite(t *testing.T, root string, pages map[string][]page, special []page, looked *coverage) {
	base := serveSite(t, root)
	folder, err := demo.FileURL(filepath.Join(root, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	folder = strings.TrimSuffix(folder, "index.html")
	chromium := openBrowser(t, findBrowser(t))
	beside := func(name string, f func(t *testing.T, b *browser)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(t, chromium.tab(t))
		})
	}
	visit := func(t *testing.T, b *browser, base string, p page, manner string, widths ...int64) {
		wrong := b.visit(t, p.address(base), widths, func(width int64) { looked.add(p, fmt.Sprintf(manner, width)) })
		for _, w := range wrong {
			t.Errorf("%s %s: %s", p.edition, p.path, w)
		}
	}
	beside("监督", func(t *testing.T, b *browser) {
		for _, p := range pages["监督"] {
			visit(t, b, base, p, "%d px", 390, 768, 1280)
		}
	})
	for half := range 2 {
		beside(fmt.Sprintf("accessible-%d", half+1), func(t *testing.T, b *browser) {
			axe := findAxe(t)
			for i, p := range slices.Concat(pages["监督"], pages["单独"], special) {
				if i%2 != half {
					continue
				}
				worn := dressings
				if p.again && !long() {
					worn = fewDressings
				}
				for _, w := range b.accessible(t, axe, p.address(base), worn...) {
					t.Errorf("%s %s %s", p.edition, p.path, w)
				}
				for _, d := range worn {
					looked.add(p, "by axe, "+d.scheme)
				}
			}
		})
	}
	beside("公开", func(t *testing.T, b *browser) {
		for _, p := range slices.Concat(once(pages["公开"]), pages["单独"], special) {
			visit(t, b, base, p, "%d px", 390, 768, 1280)
		}
	})
	beside("print", func(t *testing.T, b *browser) {
		b.print(t, base, slices.Concat(once(pages["监督"]), pages["单独"]), looked)
		b.printSheet(t, base+"监督/help/liaison.html")
	})
	t.Run("old", func(t *testing.T) {
		t.Parallel()
		b := openOldBrowser(t)
		for _, p := range once(pages["监督"]) {
			visit(t, b, base, p, "in Chromium 78 at %d px", 1280, 390)
		}
		b.use(t, root, base)
		b.use(t, root, folder)
	})
	beside("folder", func(t *testing.T, b *browser) {
		for _, p := range slices.Concat(once(pages["监督"]), pages["单独"]) {
			visit(t, b, folder, p, "from a folder at %d px", 1280)
		}
	})
	beside("use", func(t *testing.T, b *browser) { b.use(t, root, base) })
}

// use does on pages of the 公开 edition what readers do.
func (b *browser) use(t *testing.T, root, base string) {
	b.useLists(t, base+"公开/tasks/index.html")
	b.copyBlock(t, base+"公开/cases/", filepath.Join(root, "公开", "cases"))
	b.tabThrough(t, base+"公开/index.html")
	b.search(t, base+"公开/")
	b.chooseUnit(t, base+"公开/")
	if strings.HasPrefix(base, "http:") {
		b.lost(t, base+"公开/", "cases/202601-NSFWK-999.html", "nothing.html", "cases/deeper/still.html",
			"nothing/at/all.html", "data/cases/")
	}
}

// withheld is the first case of which an edition shows no text.
func withheld(t *testing.T, out string) string {
	t.Helper()
	content := htmlFiles(t, out)
	for _, name := range slices.Sorted(maps.Keys(content)) {
		if strings.HasPrefix(name, "cases/") && strings.Contains(content[name], "本件限范围查看") {
			return name
		}
	}
	t.Fatal("no case is withheld")
	return ""
}

// secondOfFindings breaks the repository so much that what is found runs over two
// pages, builds its 监督 edition and gives the second: it has the end of the
// errors and all of the rest.
func secondOfFindings(t *testing.T, dir, out string) string {
	t.Helper()
	// of one file no more is told
	for name, lines := range map[string]int{"2025Q1": 200, "2025Q2": 200, "2025Q3": 110} {
		var b strings.Builder
		b.WriteString("---\n季度: " + name + "\n")
		for i := range lines {
			fmt.Fprintf(&b, "第%d项: 甲\n", i)
		}
		b.WriteString("---\n")
		if err := os.WriteFile(filepath.Join(dir, "submissions", name+".md"), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	commitAll(t, dir, "弄坏")
	if code, _, stderr := invoke(t.Context(), "-C", dir, "build", "--edition", "监督", "--out", out); code != 0 {
		t.Fatalf("build: %d %s", code, stderr)
	}
	const name = "quality/index-2.html"
	content := htmlFiles(t, out)[name]
	for _, want := range []string{`<section id="errors"`, `<section id="warnings"`, `<section id="infos"`,
		`<section id="suppressed"`, `class="pages"`} {
		if !strings.Contains(content, want) {
			t.Fatalf("%s lacks %s", name, want)
		}
	}
	return name
}

// commitAll commits all that changed in the sample.
func commitAll(t *testing.T, dir, message string) {
	t.Helper()
	for _, args := range [][]string{{"add", "-A"}, {"commit", "-qm", message}} {
		git := exec.Command("git",
			append([]string{"-C", dir, "-c", "user.name=测试", "-c", "user.email=lianxiban@nsfwk.example"}, args...)...)
		git.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_DATE=2026-09-30T09:00:00+08:00",
			"GIT_COMMITTER_DATE=2026-09-30T09:00:00+08:00")
		if out, err := git.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
}
