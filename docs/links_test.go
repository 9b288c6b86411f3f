package docs

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// TestLinks: each link of the manual and of the files beside it leads to a file
// that is there, and to a heading of it; and every page is in the list of pages.
func TestLinks(t *testing.T) {
	pages := map[string]page{}
	names, err := fs.Glob(Pages, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		pages["docs/"+name] = read(t, "docs/"+name)
	}
	for _, name := range []string{"README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md"} {
		pages[name] = read(t, name)
	}
	for name, p := range pages {
		for _, wrong := range p.broken(name, pages) {
			t.Errorf("%s: %s leads nowhere", name, wrong)
		}
	}
	listed := strings.Join(pages["docs/README.md"].links, " ") + " "
	for _, name := range names {
		if name != "README.md" && !strings.Contains(listed, name+" ") {
			t.Errorf("docs/README.md does not list %s", name)
		}
	}
}

// TestLinksAreJudged makes sure that the test above finds what it looks for.
func TestLinksAreJudged(t *testing.T) {
	other := parse("# 甲\n\n```\n# 不是标题\n```\n\n## 乙、丙 `suqiu x`\n\n## 乙、丙 `suqiu x`\n")
	for source, want := range map[string]string{
		"[a](b.md)": "", "[a](b.md#甲)": "", "[a](b.md#乙丙-suqiu-x)": "", "[a](b.md#乙丙-suqiu-x-1)": "",
		"[a](https://x.example/y)": "", "[a](../README.md)": "", "## 本页\n\n[a](#本页)": "",
		"[a](c.md)": "c.md", "[a](b.md#丁)": "b.md#丁", "[a](b.md#不是标题)": "b.md#不是标题", "[a](#丁)": "#丁",
		"[a](b.md#乙丙-suqiu-x-2)": "b.md#乙丙-suqiu-x-2", "![图](x.png)": "x.png", "| [a](c.md) |\n| --- |": "c.md",
	} {
		p := parse(source)
		if got := strings.Join(p.broken("docs/a.md", map[string]page{"docs/b.md": other}), " "); got != want {
			t.Errorf("%s: found %q, want %q", source, got, want)
		}
	}
}

type page struct {
	links    []string
	headings map[string]bool
}

func read(t *testing.T, name string) page {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return parse(string(src))
}

func parse(src string) page {
	p := page{headings: map[string]bool{}}
	source := []byte(src)
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if entering {
				p.links = append(p.links, string(n.Destination))
			}
		case *ast.Image:
			if entering {
				p.links = append(p.links, string(n.Destination))
			}
		case *ast.Heading:
			if entering {
				p.headings[p.anchor(words(n, source))] = true
			}
		}
		return ast.WalkContinue, nil
	})
	return p
}

// words is the text of a heading without its marks.
func words(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if leaf, ok := n.(*ast.Text); ok && entering {
			b.Write(leaf.Segment.Value(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// anchor is what GitLab and GitHub make of a heading: a second one of the same
// words gets a number.
func (p *page) anchor(heading string) string {
	slug := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
	if p.headings[slug] {
		return slug + "-1"
	}
	return slug
}

// broken are the links of a page that lead to no file and no heading.
func (p *page) broken(name string, pages map[string]page) []string {
	var list []string
	for _, link := range p.links {
		file, heading, deep := strings.Cut(link, "#")
		if strings.Contains(file, "://") {
			continue
		}
		to := *p
		if file != "" {
			at := path.Join(path.Dir(name), file)
			known, isPage := pages[at]
			if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(at))); !isPage && err != nil {
				list = append(list, link)
				continue
			}
			to = known
		}
		if deep && !to.headings[heading] {
			list = append(list, link)
		}
	}
	return list
}
