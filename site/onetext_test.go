package site

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"

	"suqiu/internal/config"
	"suqiu/internal/ledger"
	"suqiu/internal/mdfile"
	"suqiu/internal/office"
	"suqiu/internal/prose"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/view"
	"suqiu/site/lookup"
)

// pieces of text as officers type it.
var typed = []string{
	"纳税人反映", "3~5 个工作日，", "实际 10~15", "2*15*30", "2人*15天*30元", "100*（1+3%）*12", "3**2", "**要点：**",
	"*重点*", "~~已删~~", "~", "*", "_", "____年__月",
	"《征管法》", "“即办”", "——", "APP", "e.g. ", "1.5", "（一）", "<3个工作日>", "<b>粗</b>", "<!-- 内部 -->", "&lt;",
	"&nbsp;", "&", "\\*", "\\", "`a*b`", "`", "![图](a.png)", "[局](https://a.example/)",
	"[注]: 说明", "[x] ", "国办发[2023]15号", "https://a.example/a_b_c", "a_b_c", "甲|乙", " ", "　", "，", "。", "?",
	"#5", "12366", "＊", "～",
}

// starts begin a line.
var starts = []string{"", "", "", "　　", "　", "    ", "- ", "1. ", "3）", "2) ", "# ", "### ", "> ", "| ", "+ ", "* ",
	"- [x] ", "---", "===", "```", "2026. ", "<div>", "\t"}

func typedText(t *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(1, 7).Draw(t, "lines") {
		b.WriteString(rapid.SampledFrom(starts).Draw(t, "start"))
		for range rapid.IntRange(0, 5).Draw(t, "pieces") {
			b.WriteString(rapid.SampledFrom(typed).Draw(t, "piece"))
		}
		b.WriteString(rapid.SampledFrom([]string{"\n", "\n", "\n\n", "  \n", "\n|-|-|\n"}).Draw(t, "end"))
	}
	return b.String()
}

// DESIGN 9, "one truth"; issue L 3.2: the site, Word, Excel, CSV, search and
// feeds show one plain text.
func TestOnePlainText(t *testing.T) {
	m := prose.NewRenderer("", func(string) bool { return false })
	rapid.Check(t, func(t *rapid.T) {
		src := typedText(t)
		want := lines(office.Plain(src))
		same := func(door string, got []string) {
			// A browser draws dots, and knows best before which part of an item.
			dotless := func(list []string) string {
				return strings.Join(lines(strings.ReplaceAll(strings.Join(list, "\n"), "·", "")), "\n")
			}
			if g, w := dotless(got), dotless(want); g != w {
				t.Fatalf("%q\n%s:\n%q, as plain text\n%q", src, door, g, w)
			}
		}
		same("site", pageLines(t, string(m.HTML(src, "x-"))))
		same("Word", wordLines(t, src))
		c := &register.Case{Case: &record.Case{ID: "202607-NFZX-012",
			Sections: []mdfile.Section{{Heading: "诉求内容", Text: src}}}}
		excel, table := ledgerCells(t, c)
		same("Excel", lines(excel))
		same("CSV", lines(table))
		same("search", lines(lookup.Lines(c.Case)[0]))
	})
}

// lines are the lines of a text without those in which nothing stands, and with
// each stretch of blanks as one.
func lines(s string) []string {
	var list []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.FieldsFunc(line,
			func(r rune) bool { return strings.ContainsRune(" \t\r\u3000", r) }), " "); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// pageLines are the paragraphs, items, rows and headings that a reader of a page
// sees, with the marks that the browser puts before items.
func pageLines(t *rapid.T, page string) []string {
	nodes, err := html.ParseFragment(strings.NewReader(page), &html.Node{Type: html.ElementNode, Data: "div",
		DataAtom: atom.Div})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(n *html.Node, mark *string, code bool)
	walk = func(n *html.Node, mark *string, code bool) {
		block := false
		switch {
		case n.Type == html.TextNode:
			text := n.Data
			if !code {
				text = strings.ReplaceAll(text, "\n", " ")
			}
			if strings.Trim(text, " \t\n\u3000") != "" {
				b.WriteString(*mark)
				*mark = ""
			}
			if *mark == "" {
				b.WriteString(text)
			}
		case n.Data == "br":
			b.WriteString(*mark + "\n")
			*mark = ""
		case n.Data == "input":
			b.WriteString(*mark)
			*mark = ""
			if attr(n, "checked") != "" || hasKey(n, "checked") {
				b.WriteString("[x] ")
			} else {
				b.WriteString("[ ] ")
			}
		case n.Data == "td" || n.Data == "th":
			b.WriteString("　")
		case n.Data == "p" || n.Data == "li" || n.Data == "tr" || n.Data == "pre" || n.Data == "blockquote" ||
			n.Data == "ul" || n.Data == "ol" || strings.HasPrefix(n.Data, "h"):
			block = true
		}
		if block {
			b.WriteByte('\n')
		}
		number, _ := strconv.Atoi(attr(n, "start"))
		if n.Data == "ol" && !hasKey(n, "start") {
			number = 1
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && c.Data == "li" {
				own := "· "
				if n.Data == "ol" {
					own = strconv.Itoa(number) + "."
					number++
				}
				if walk(c, &own, code); own == "" {
					*mark = "" // one for an item and the items of a list in it
				}
				continue
			}
			walk(c, mark, code || n.Data == "pre")
		}
		if block {
			b.WriteByte('\n')
		}
	}
	none := ""
	for _, n := range nodes {
		walk(n, &none, false)
	}
	return lines(b.String())
}

func hasKey(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// wordLines are the paragraphs of a Word document of a text.
func wordLines(t *rapid.T, src string) []string {
	d := office.NewDocument("甲", office.Portrait)
	d.Markdown(src, 1)
	var file bytes.Buffer
	if err := d.Write(&file); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	within := false
	for dec := xml.NewDecoder(f); ; {
		token, err := dec.Token()
		if err == io.EOF {
			return lines(b.String())
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "p", "br":
				b.WriteByte('\n')
			case "tab":
				b.WriteByte('\t')
			case "t":
				within = true
			}
		case xml.EndElement:
			within = false
		case xml.CharData:
			if within {
				b.Write(token)
			}
		}
	}
}

// ledgerCells are 诉求内容 of a case in both forms of the ledger.
func ledgerCells(t *rapid.T, c *register.Case) (excel, table string) {
	d := register.New(&config.Config{}, day("2026-09-30"), []*register.Case{c}, nil)
	sheet := ledger.Sheet(slices.Values(view.Cases(d, view.Supervision).Cases))
	var x, v bytes.Buffer
	if err := ledger.Workbook(sheet).Write(&x); err != nil {
		t.Fatal(err)
	}
	if err := sheet.WriteCSV(&v); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&x)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(v.String(), office.ByteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, title := range rows[0] {
		if title == "诉求内容" {
			if i < len(rows[1]) {
				excel = rows[1][i]
			}
			return excel, office.Plainly(records[1][i])
		}
	}
	t.Fatal("no column")
	return "", ""
}
