package site

import (
	"bytes"

	"suqiu/internal/prose"
	"suqiu/internal/sitedir"
	"suqiu/site/help"
)

// helpPage is one of the pages of the manual.
type helpPage struct {
	Frame
	Index, Sheet bool
	Text         prose.Manual
}

// helpPages are 使用手册. What is in them changes with the program alone.
func (v *builder) helpPages() []file {
	pages := each(help.Pages(), func(p help.Page) []file {
		return v.files(page{p.Path, "help", p.Title, "help", func() framed {
			return &helpPage{Index: p.Path == "help/index.html", Sheet: p.Sheet, Text: p.Text()}
		}, func() sitedir.InputHash { return sitedir.NewHasher(p.Source).Sum() }})
	})
	return append(pages, each(help.Pictures(), func(p help.Picture) []file {
		return []file{{path: p.Path, write: func(b *bytes.Buffer) error {
			b.Write(p.Data)
			return nil
		}}}
	})...)
}
