package document

import (
	"strconv"
	"strings"
)

// Markdown writes the report as text that a person can go on with.
func (d Document) Markdown() []byte {
	b := new(strings.Builder)
	b.WriteString("# " + strings.Join(d.Title, " ") + "\n\n" + d.Office + "　" + Date(d.Date) +
		"\n\n> " + d.Note + "\n")
	if d.Seal != nil {
		b.WriteString(">\n> " + d.Seal.Line() + "\n")
	}
	for _, c := range d.Chapters {
		b.WriteString("\n## " + c.Title + "\n")
		for i := range c.Blocks {
			c.Blocks[i].markdown(b)
		}
	}
	for i, a := range d.Annexes {
		b.WriteString("\n## 附件" + strconv.Itoa(i+1) + "　" + a.Title + "\n\n")
		if a.Note != "" {
			b.WriteString(a.Note + "\n\n")
		}
		a.Table.Markdown(b)
	}
	return []byte(b.String())
}

func (x *Block) markdown(b *strings.Builder) {
	b.WriteString("\n")
	switch {
	case x.Heading != "":
		b.WriteString("### " + x.Heading + "\n")
	case x.Table != nil:
		if x.Table.Caption != "" {
			b.WriteString("**" + x.Table.Caption + "**\n\n")
		}
		x.Table.Markdown(b)
	case x.Written != "":
		b.WriteString(x.Written + "\n")
	default:
		b.WriteString(x.Text + "\n")
	}
}

// Markdown writes the table; 无 if it has no rows.
func (t *Table) Markdown(b *strings.Builder) {
	if len(t.Rows) == 0 {
		b.WriteString("无。\n")
		return
	}
	rule := "|"
	b.WriteString("|")
	for _, c := range t.Columns {
		b.WriteString(" " + c.Name + " |")
		if c.Kind.figures() {
			rule += " ---: |"
		} else {
			rule += " --- |"
		}
	}
	b.WriteString("\n" + rule + "\n")
	for _, row := range t.Rows {
		b.WriteString("|")
		for i := range t.Columns {
			cell := ""
			if i < len(row) {
				cell = strings.NewReplacer("|", "\\|", "\n", " ").Replace(row[i])
			}
			b.WriteString(" " + cell + " |")
		}
		b.WriteString("\n")
	}
}
