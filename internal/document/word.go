package document

import (
	"io"
	"strconv"
	"strings"

	"suqiu/internal/office"
)

// Word writes the report as an official document (GB/T 9704), its annexes
// across behind it.
func (d Document) Word(w io.Writer) error {
	doc := office.NewDocument(strings.Join(d.Title, ""), office.Portrait)
	doc.Title(strings.Join(d.Title, "\n"))
	doc.Note(office.Text(d.Note))
	for _, c := range d.Chapters {
		doc.Heading(1, c.Title)
		for i := range c.Blocks {
			c.Blocks[i].word(doc)
		}
	}
	doc.Gap()
	for i, a := range d.Annexes {
		label := "附件："
		if i > 0 {
			label = "　　　"
		}
		doc.Line(office.Left, office.Text("　　"+label+strconv.Itoa(i+1)+". "+a.Title))
	}
	doc.Sign(d.Office, Date(d.Date))
	if d.Seal != nil {
		doc.Note(office.Text(d.Seal.Line()))
		doc.QR(d.Seal.Code(), d.Seal.Alt())
	}
	for i, a := range d.Annexes {
		switch {
		case i == 0:
			doc.Turn(office.Landscape)
		case len(a.Table.Rows) > 0 || len(d.Annexes[i-1].Table.Rows) > 0:
			doc.PageBreak() // those with nothing in them share a page
		}
		doc.Annex("附件"+strconv.Itoa(i+1), a.Title, a.Note)
		if len(a.Table.Rows) == 0 {
			doc.Paragraph(office.Text("本季度无。"))
			continue
		}
		doc.Table(a.Table.Word(office.Size5S))
		if a.Chart != nil {
			doc.Chart(a.Chart.Office(&a.Table))
		}
	}
	return doc.Write(w)
}

func (x *Block) word(doc *office.Document) {
	switch {
	case x.Heading != "":
		doc.Heading(2, x.Heading)
	case x.Table != nil:
		if x.Chart != nil {
			doc.Chart(x.Chart.Office(x.Table))
		}
		doc.Table(x.Table.Word(office.Size5))
		doc.Gap()
	case x.Written != "":
		for _, line := range unmarked(x.Written) {
			doc.Paragraph(office.Text(line))
		}
	default:
		doc.Paragraph(office.Text(x.Text))
	}
}

// Word is the table as a Word document has it.
func (t *Table) Word(size office.Size) office.Table {
	out := office.Table{Caption: t.Caption, Rows: t.Rows, Size: size}
	for _, c := range t.Columns {
		out.Head = append(out.Head, c.Name)
		out.Widths = append(out.Widths, c.Width)
		align := office.Left
		switch {
		case c.Kind.figures():
			align = office.Right
		case c.Kind == Day, c.Kind == CaseID:
			align = office.Center
		}
		out.Align = append(out.Align, align)
	}
	return out
}

// unmarked is Markdown as paragraphs: emphasis marks and list dots taken away,
// numbers of lists kept.
func unmarked(text string) []string {
	var list []string
	join := false
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(strings.NewReplacer("**", "", "`", "").Replace(line))
		bullet := strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "> ")
		heading := strings.HasPrefix(line, "#")
		switch {
		case line == "":
			join = false
			continue
		case bullet:
			line, join = line[2:], false
		case heading:
			line, join = strings.TrimSpace(strings.TrimLeft(line, "#")), false
		case line[0] >= '1' && line[0] <= '9' && strings.Contains(line[:min(len(line), 4)], "."):
			join = false
		}
		if join {
			list[len(list)-1] += line
			continue
		}
		list = append(list, line)
		join = !heading
	}
	return list
}
