package docs

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"

	"suqiu/internal/prose"
)

// TestLinks: each link of the manual and of the files beside it leads to a file
// that is there, and to a heading of it; none leads out of the manual, of which
// sites carry nothing else; and every page is in the list of pages.
func TestLinks(t *testing.T) {
	pages := map[string]prose.Manual{}
	names := pageNames(t)
	for _, name := range append(slices.Clone(names), "../README.md", "../README.zh-CN.md", "../CONTRIBUTING.md",
		"../CHANGELOG.md") {
		pages[path.Join("docs", name)] = parse(read(t, name))
	}
	for name, p := range pages {
		for _, wrong := range broken(name, p, pages) {
			t.Errorf("%s: %s leads nowhere", name, wrong)
		}
	}
	for _, name := range names {
		if name != "README.md" && !slices.Contains(pages["docs/README.md"].Links, name) {
			t.Errorf("docs/README.md does not list %s", name)
		}
	}
}

// TestLinksAreJudged makes sure that the test above finds what it looks for.
func TestLinksAreJudged(t *testing.T) {
	pages := map[string]prose.Manual{
		"docs/b.md": parse("# 甲\n\n```\n# 不是标题\n```\n\n## 乙、丙 `suqiu x`\n\n## 乙、丙 `suqiu x`\n")}
	for source, want := range map[string]string{
		"[a](b.md)": "", "[a](b.md#乙丙-suqiu-x)": "", "[a](b.md#乙丙-suqiu-x-1)": "", "## 本页\n\n[a](#本页)": "",
		"[a](c.md)": "c.md", "[a](b.md#丁)": "b.md#丁", "[a](b.md#不是标题)": "b.md#不是标题", "[a](#丁)": "#丁",
		"[a](b.md#乙丙-suqiu-x-2)": "b.md#乙丙-suqiu-x-2", "![图](x.png)": "x.png", "| [a](c.md) |\n| --- |": "c.md",
		"[a](../README.md)": "../README.md", "[a](https://x.example/y)": "https://x.example/y",
	} {
		if got := strings.Join(broken("docs/a.md", parse(source), pages), " "); got != want {
			t.Errorf("%s: found %q, want %q", source, got, want)
		}
	}
}

// TestReadAlike: a page says the same on a forge, which reads CommonMark with
// tables, as in a site, which is kinder to stars beside Chinese.
func TestReadAlike(t *testing.T) {
	forge := goldmark.New(goldmark.WithExtensions(extension.GFM))
	for _, name := range pageNames(t) {
		src := read(t, name)
		var b bytes.Buffer
		if err := forge.Convert([]byte(src), &b); err != nil {
			t.Fatal(err)
		}
		p := parse(src)
		want, got := words(t, b.String()), words(t, "<h1>"+p.Title+"</h1>"+string(p.HTML))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-forge +site):\n%s", name, diff)
		}
		if p.Title == "" || !strings.HasPrefix(src, "# "+p.Title+"\n") {
			t.Errorf("%s does not begin with its title", name)
		}
	}
}

// words are the texts that stand in a page, without blanks and captions.
func words(t *testing.T, page string) (list []string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type != html.TextNode || n.Parent.Data == "caption" {
			continue
		}
		list = append(list, strings.Fields(n.Data)...)
	}
	return strings.Fields(strings.Join(list, ""))
}

func pageNames(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(Pages, "*.md")
	if err != nil || len(names) < 10 {
		t.Fatal(err, names)
	}
	return names
}

func read(t *testing.T, name string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func parse(src string) prose.Manual {
	return prose.ReadManual(src, func(to string) string { return to })
}

// broken are the links of a page that lead to no file and no heading, or out of
// the manual.
func broken(name string, p prose.Manual, pages map[string]prose.Manual) []string {
	manual := strings.HasPrefix(name, "docs/")
	leads := func(link string) bool {
		file, heading, deep := strings.Cut(link, "#")
		if strings.Contains(file, "://") {
			return !manual
		}
		to := p
		if file != "" {
			at := path.Join(path.Dir(name), file)
			known, isPage := pages[at]
			if manual && !strings.HasPrefix(at, "docs/") {
				return false
			}
			if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(at))); !isPage && err != nil {
				return false
			}
			to = known
		}
		return !deep || slices.ContainsFunc(to.Headings, func(h prose.Heading) bool { return h.ID == heading })
	}
	return slices.DeleteFunc(slices.Clone(p.Links), leads)
}
