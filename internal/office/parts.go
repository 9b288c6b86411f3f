package office

import (
	"bytes"
	"embed"
	"fmt"
	"strings"
)

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.` +
		`openxmlformats.org/officeDocument/2006/relationships"`
	wordType      = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	relationships = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	documentPart  = "word/document.xml"
	relation      = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// parts are the files of the package before and behind the document itself.
func (d *Document) parts() (before, behind []part, _ error) {
	charts, chartRelations, chartTypes, err := d.chartParts()
	if err != nil {
		return nil, nil, err
	}
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-` +
		`properties+xml"/>`
	var relations strings.Builder
	add := func(name, id, kind, data string) {
		behind = append(behind, part{"word/" + name + ".xml", data})
		fmt.Fprintf(&relations, `<Relationship Id="%s" Type="%s%s" Target="%s.xml"/>`, id, relation, kind, name)
		types += `<Override PartName="/word/` + name + `.xml" ContentType="` + wordType + kind + `+xml"/>`
	}
	types += `<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>`
	for _, x := range []struct{ name, id, kind string }{
		{"styles", "rIdStyles", "styles"}, {"settings", "rIdSettings", "settings"},
		{"fontTable", "rIdFonts", "fontTable"},
		{"footer1", "rIdFooter", "footer"}, {"footer2", "rIdFooterEven", "footer"},
		{"footer3", "rIdFooterAcross", "footer"}, {"footer4", "rIdFooterEvenAcross", "footer"},
	} {
		add(x.name, x.id, x.kind, staticPart(x.name))
	}
	if d.header != "" {
		var text bytes.Buffer
		Text(d.header).write(&text)
		add("header1", "rIdHeader", "header", xmlHead+`<w:hdr `+namespaces+
			`><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>`+text.String()+`</w:p></w:hdr>`)
	}
	relations.WriteString(chartRelations)
	types += chartTypes
	before = []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-` +
			`types">` + types + `</Types>`},
		{"_rels/.rels", topRelations(documentPart)},
		core(d.title),
		{"word/_rels/document.xml.rels", xmlHead + relationships + relations.String() + `</Relationships>`},
	}
	return before, append(behind, charts...), nil
}

// static holds the parts that say the same in every file: styles, fonts, the
// footers with the page number (“— 1 —”, 4号宋体, one character in from the outer
// edge, GB/T 9704 7.5). Footers 3 and 4 are for a page that lies across among
// upright ones: the number stands where it stands on those when the sheets are
// bound (GB/T 9704 8), in a cell that floats there and is written from top to
// bottom.
//
//go:embed parts/*.xml
var static embed.FS

// staticPart is one of them without the line breaks and tabs that are for whoever
// reads the file.
func staticPart(name string) string {
	data, err := static.ReadFile("parts/" + name + ".xml")
	if err != nil {
		panic("office: " + err.Error()) // it is part of the program
	}
	var b strings.Builder
	b.WriteString(xmlHead)
	for line := range strings.Lines(strings.TrimPrefix(string(data), xmlHead)) {
		b.WriteString(strings.Trim(line, "\t\n"))
	}
	return b.String()
}
