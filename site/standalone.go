package site

import (
	"bytes"
	"html/template"
	"io"
	"io/fs"
	"strings"

	"suqiu/internal/document"
	"suqiu/internal/prose"
	"suqiu/internal/workday"
	"suqiu/site/quarter"
	"suqiu/templates"
)

// standalonePage is a report as one file of its own, with its style inside and
// no link to anything.
type standalonePage struct {
	Title, Office, Note string
	Lines               []string
	Date                workday.Date
	Style               template.CSS
	Chapters            []quarter.Chapter
	Annexes             []quarter.Annex
	Seal                *quarter.Seal
}

// WriteReport writes a report as one HTML file that stands alone.
func WriteReport(w io.Writer, doc document.Document) error {
	static := templates.Builtin()
	css, err := fs.ReadFile(static, "static/style.css")
	if err != nil {
		return err
	}
	s, err := parse(static)
	if err != nil {
		return err
	}
	nobody := func(string) bool { return false }
	md := prose.NewRenderer("", nobody)
	page := &standalonePage{Title: strings.Join(doc.Title, ""), Office: doc.Office, Note: doc.Note, Lines: doc.Title,
		Date:  doc.Date,
		Style: template.CSS(css), Chapters: quarter.Chapters(md, &doc), Annexes: quarter.Annexes(md, doc.Annexes),
		Seal: quarter.Sealed(doc.Seal)}
	var b bytes.Buffer
	if err := s.Execute(&b, "standalone", page); err != nil {
		return err
	}
	_, err = b.WriteTo(w)
	return err
}
