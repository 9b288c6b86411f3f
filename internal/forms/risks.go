package forms

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/office"
	"suqiu/internal/workday"
)

// RiskDigest is what one unit is sent of 风险点 (三(二)): a list to print, with
// room for what it did about each and to sign for it.
type RiskDigest struct {
	Bureau string
	Unit   string // that it is sent to
	Name   string // 2026年7月, or empty: all months
	Points []RiskEntry
}

// RiskEntry is one 风险点 of a digest.
type RiskEntry struct {
	Sent    workday.Date
	Content string
	From    string
	To      []string
	Reply   string // 反馈, of whichever receiver
}

// Others are the other units that it was sent to.
func (e *RiskEntry) Others(unit string) []string {
	return slices.DeleteFunc(slices.Clone(e.To), func(to string) bool { return to == unit })
}

// WriteRisks writes one digest after the other, each on pages of its own.
func WriteRisks(list []RiskDigest) *office.Document {
	name := "风险点转送单"
	if len(list) == 1 {
		name += " " + list[0].Unit
	}
	d := office.NewDocument(name, office.Landscape)
	if len(list) > 0 {
		d.Header(list[0].Bureau)
	}
	for i := range list {
		if i > 0 {
			d.PageBreak()
		}
		list[i].write(d)
	}
	return d
}

func (r *RiskDigest) write(d *office.Document) {
	d.FormTitle("税费服务诉求和舆情风险点转送单")
	if r.Name != "" {
		d.Subtitle("（" + r.Name + "）")
	}
	d.Line(office.Left, office.Bold(r.Unit+"："))
	d.Note(office.Text("现将从月度报送和诉求中发现的风险点 " + strconv.Itoa(len(r.Points)) + " 个转送你单位，请结合职" +
		"责核查，采取措施，并将结果反馈联席会议办公室。"))
	d.Gap()
	g := office.Grid{Widths: []int{9, 22, 80, 30, 40, 60}, Size: office.Size5}
	g.Rows = append(g.Rows, titles("序号", "转送日期", "风险点", "提出单位", "同时转送", "核查、措施和结果"))
	for i := range r.Points {
		p := &r.Points[i]
		g.Rows = append(g.Rows, office.GridRow{Height: 16, Cells: []office.Cell{
			{Text: strconv.Itoa(i + 1), Align: office.Center}, {Text: short(p.Sent), Align: office.Center},
			{Text: p.Content},
			{Text: p.From}, {Text: strings.Join(p.Others(r.Unit), "、")}, {Text: p.Reply},
		}})
	}
	d.Grid(g)
	d.Gap()
	d.Grid(office.Grid{Widths: []int{30, 60, 30, 60}, Rows: []office.GridRow{
		{Height: 12, Cells: []office.Cell{label("转送单位"), {Text: "联席会议办公室"}, label("签收人"), {}}},
		{Height: 12, Cells: []office.Cell{label("转送人"), {}, label("签收日期"), {Text: "　　　　年　　月　　日"}}},
	}})
}
