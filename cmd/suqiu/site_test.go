package main

import (
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
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
	commit := exec.Command("git", "-C", dir, "-c", "user.name=测试", "-c", "user.email=lianxiban@nsfwk.example", "commit", "-qam", "填写网址")
	commit.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_DATE=2026-09-30T09:00:00+08:00", "GIT_COMMITTER_DATE=2026-09-30T09:00:00+08:00")
	if out, err := commit.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}

	root := t.TempDir()
	editions := []string{"公开", "监督"}
	for _, edition := range editions {
		if code, _, stderr := invoke(t.Context(), "-C", dir, "build", "--edition", edition, "--out", filepath.Join(root, edition)); code != 0 {
			t.Fatalf("build: %d %s", code, stderr)
		}
	}
	for _, edition := range editions {
		t.Run("links/"+edition, func(t *testing.T) { checkLinks(t, filepath.Join(root, edition)) })
		t.Run("regulation/"+edition, func(t *testing.T) {
			out := filepath.Join(root, edition)
			for _, wrong := range regulationPages(out, edition) {
				t.Error(wrong)
			}
			for _, none := range []string{"rules/laws.html", "rules/index.html#nowhere", "meetings/XX*.html", "law/index.html"} {
				if noPage(out, none) == "" {
					t.Errorf("%s is found", none)
				}
			}
		})
	}
	pages := map[string][]string{}
	for _, edition := range editions {
		pages[edition] = kinds(t, filepath.Join(root, edition))
	}
	pages["公开"] = append(pages["公开"], withheld(t, filepath.Join(root, "公开"))...)
	t.Run("html", func(t *testing.T) { validate(t, root, pages) })
	t.Run("browser", func(t *testing.T) {
		b := openBrowser(t)
		http := b.serve(t, root)
		file, err := fileURL(filepath.Join(root, "监督", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		file = strings.TrimSuffix(file, "index.html")
		for _, edition := range editions {
			t.Run(edition, func(t *testing.T) { b.visit(t, http+edition+"/", pages[edition], []int64{390, 768, 1280}) })
		}
		t.Run("file", func(t *testing.T) { b.visit(t, file, pages["监督"], []int64{1280}) })
		t.Run("accessible", func(t *testing.T) {
			axe := findAxe(t)
			b.accessible(t, axe, http+"监督/", pages["监督"]) // has every kind, but withholds nothing
			b.accessible(t, axe, http+"公开/", withheld(t, filepath.Join(root, "公开")))
		})
		t.Run("lists", func(t *testing.T) { b.useLists(t, http+"公开/tasks/index.html") })
		t.Run("copy", func(t *testing.T) { b.copyBlock(t, http+"公开/cases/", filepath.Join(root, "公开", "cases")) })
		t.Run("keyboard", func(t *testing.T) { b.tabThrough(t, http+"公开/index.html") })
		t.Run("print", func(t *testing.T) {
			b.print(t, filepath.Join(root, "监督"), http+"监督/", printed(t, pages["监督"]))
		})
	})
}

// kinds picks the pages to look at: every page that there is once, of pages
// that there are many of the largest and the smallest.
func kinds(t *testing.T, out string) []string {
	t.Helper()
	number := regexp.MustCompile(`\d{6}-[A-Z]+-\d+|(RW|HY|CQ)[\d-]+|\d{4}(Q\d)?|\b[A-Z]{3,5}\b`)
	type pair struct{ small, large string }
	found, size := map[string]pair{}, map[string]int{}
	for name, content := range htmlFiles(t, out) {
		size[name] = len(content)
		kind := number.ReplaceAllStringFunc(name, func(s string) string {
			if s[0] >= 'A' && s[0] <= 'Z' && strings.ContainsAny(s, "0123456789") {
				return s[:2] + "*" // a list of tasks, a meeting, a decision by circulation
			}
			return strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return '0'
				}
				return '*'
			}, strings.SplitN(s, "-", 2)[0][:min(3, len(s))])
		})
		p, ok := found[kind]
		if !ok {
			p = pair{name, name}
		}
		if less(size, name, p.small) {
			p.small = name
		}
		if less(size, p.large, name) {
			p.large = name
		}
		found[kind] = p
	}
	var pages []string
	for _, p := range found {
		pages = append(pages, p.small, p.large)
	}
	slices.Sort(pages)
	pages = slices.Compact(pages)
	if len(found) < 20 {
		t.Fatalf("only %d kinds of page: %v", len(found), pages)
	}
	return pages
}

// printed picks what meetings have on paper: the list of all tasks, one with
// room for signatures, what is late, a case and a report. Embedding Chinese
// fonts makes every print dear.
func printed(t *testing.T, pages []string) []string {
	t.Helper()
	papers := []string{"overdue/index.html", "tasks/index.html"}
	for _, kind := range []string{"cases/", "reports/20", "tasks/RW"} {
		i := slices.IndexFunc(pages, func(page string) bool { return strings.HasPrefix(page, kind) })
		if i < 0 {
			t.Fatalf("no page of kind %s", kind)
		}
		papers = append(papers, pages[i])
	}
	return papers
}

// withheld is the first case of which an edition shows no text.
func withheld(t *testing.T, out string) []string {
	t.Helper()
	content := htmlFiles(t, out)
	for _, name := range slices.Sorted(maps.Keys(content)) {
		if strings.HasPrefix(name, "cases/") && strings.Contains(content[name], "本件限范围查看") {
			return []string{name}
		}
	}
	t.Fatal("no case is withheld")
	return nil
}

// less orders pages by size, and pages of one size by name.
func less(size map[string]int, a, b string) bool {
	return size[a] < size[b] || size[a] == size[b] && a < b
}

// htmlFiles reads every page of a site, by its path from the root.
func htmlFiles(t *testing.T, out string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	err := fs.WalkDir(os.DirFS(out), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".html") {
			return err
		}
		content, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		pages[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}
