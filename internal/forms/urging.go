package forms

import (
	"cmp"
	"fmt"

	"suqiu/internal/clock"
	"suqiu/internal/office"
	"suqiu/internal/record"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// urgings are the places among the 督办 of a case of those that go out as 催办通知书.
func urgings(c *view.Text) []int {
	var list []int
	for i := range c.Supervisions {
		if c.Supervisions[i].Method == string(Urging) {
			list = append(list, i)
		}
	}
	return list
}

// urging is the 催办通知书: the office urges a unit whose due day has passed (二(二):
// 协调并监督各成员单位落实联席会议部署的工作任务).
func (f *Filler) urging(d *office.Document, c *view.Text, n int) {
	s := record.Supervision{}
	var issued workday.Date
	if n > 0 {
		at := urgings(c)[n-1]
		s, issued = c.Supervisions[at], filed(c, "督办", at+1)
	}
	late := c.Life.PastDue()
	if s.Unit == "" && late != nil {
		s.Unit = late.Unit
	}
	d.Note(office.Run{Text: "签发单位：联席会议办公室　　　　签发日期：" + dayOr(issued),
		Size: office.SizeSmall})
	d.Paragraph(office.Text(cmp.Or(s.Unit, "　　　　　　　　") + "："))
	d.Paragraph(office.Text("下列事项已过到期日，请抓紧办理并反馈联席会议办公室。"))
	g := office.Grid{Widths: widths, Rows: facts(c)}
	g.Rows = append(g.Rows,
		wide("到期情况", f.passed(c, s.Unit, issued), 0),
		wide("催办事项", s.Content, 20),
	)
	g.Rows = append(g.Rows, opinions([3]string{"联席会议\n办 公 室", "", oneSigns})...)
	g.Rows = append(g.Rows, office.Opinion("承办单位\n办理情况", 3, 22, "", signatures)...)
	d.Grid(g)
	remark(d, "注：依据联席会议制度第二条第（二）项、第三条第（四）项催办。本通知书不改变各期限；"+
		"难以办结的，报联席会议研究决定。")
}

// passed says which due day of the unit had passed when it was urged, and by how
// much; on a blank form, which day it is.
func (f *Filler) passed(c *view.Text, unit string, issued workday.Date) string {
	var k *clock.Clock
	for i := range c.Life.Clocks {
		if x := &c.Life.Clocks[i]; x.Unit == unit && x.Class.Counts() && (x.Missed != 0 || x.Due < issued) &&
			x.Kind != clock.Objection && x.Kind != clock.Statement {
			k = x
		}
	}
	if late := c.Life.PastDue(); late != nil && late.Unit == unit {
		k = late
	}
	if k == nil {
		return ""
	}
	due := k.Due
	if k.Missed != 0 && (issued == 0 || due >= issued) {
		due = k.Missed // a later grant gave it another day
	}
	text := fmt.Sprintf("%s应于%s完成", k.Kind, day(due))
	if issued > due {
		text += "，截至签发日" + clock.LateWords(f.Calendar.Count(due, issued))
	}
	return text
}
