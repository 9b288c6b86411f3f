// Package help makes the manual into pages of the site: help/NAME.html of each
// docs/NAME.md, help/index.html of docs/README.md. The text is the program's, not
// the repository's, so both editions have the same.
package help

import (
	"io/fs"
	"slices"
	"strings"

	"suqiu/docs"
	"suqiu/internal/prose"
)

// Page is a page of the manual.
type Page struct {
	Path   string // in the site
	Title  string
	Source string
	// Sheet says that it is to be hung up: on paper it takes one side of A4.
	Sheet bool
}

// Pages are all pages, in the order of their names.
func Pages() []Page {
	names, _ := fs.Glob(docs.Pages, "*.md") // the pattern is sound
	pages := make([]Page, len(names))
	for i, name := range names {
		src, _ := fs.ReadFile(docs.Pages, name) // what is embedded can be read
		title, _, _ := strings.Cut(string(src), "\n")
		pages[i] = Page{"help/" + addressOf(name), strings.TrimPrefix(title, "# "), string(src), name == docs.Sheet}
	}
	return pages
}

// Picture is one that pages show.
type Picture struct {
	Path string // in the site
	Data []byte
}

// Pictures are all that the pages show.
func Pictures() []Picture {
	names, _ := fs.Glob(docs.Pages, "*.png") // the pattern is sound
	pictures := make([]Picture, len(names))
	for i, name := range names {
		data, _ := fs.ReadFile(docs.Pages, name) // what is embedded can be read
		pictures[i] = Picture{"help/" + name, data}
	}
	return pictures
}

// Text is the page as it is shown. Its headings are those of the second level, if
// there are enough to choose from.
func (p *Page) Text() prose.Manual {
	text := prose.ReadManual(p.Source, follow)
	text.Headings = slices.DeleteFunc(text.Headings, func(h prose.Heading) bool { return h.Level != 2 })
	if len(text.Headings) < 3 {
		text.Headings = nil
	}
	return text
}

// follow is where a link of the manual leads in the site.
func follow(to string) string {
	name, heading, deep := strings.Cut(to, "#")
	if name != "" {
		name = addressOf(name)
	}
	if deep {
		name += "#" + heading
	}
	return name
}

// addressOf is the file of the site that one of the manual becomes.
func addressOf(name string) string {
	page, ok := strings.CutSuffix(name, ".md")
	switch {
	case !ok:
		return name
	case page == "README":
		return "index.html"
	}
	return page + ".html"
}
