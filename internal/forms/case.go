package forms

import (
	"fmt"
	"strconv"

	"suqiu/internal/clock"
	"suqiu/internal/office"
	"suqiu/internal/record"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// statement is the 说明单 of 三(三) (objection) and 三(四) (无法解决, 协商未达
// 成一致).
func (f *Filler) statement(d *office.Document, c *view.Text, n int) {
	s := record.Statement{Unit: c.Life.Lead}
	if n > 0 {
		s = c.Statements[n-1]
	}
	heading(d, s.Unit, filed(c, "说明单", n))
	g := office.Grid{Widths: widths, Rows: facts(c)}
	g.Rows = append(g.Rows,
		wide("事　　由", choice(s.Reason, "异议", "无法解决", "协商未达成一致"), 0),
		wide("情况说明\n及 理 由", s.Grounds, 20),
		wide("职责依据", s.DutyBasis, 8),
		wide("建议单位", s.ProposedUnit, 0),
	)
	g.Rows = append(g.Rows, unitOfficeMeeting(s.Decision, s.Basis)...)
	d.Grid(g)
	note := "注：依据联席会议制度第三条第（三）项、第（四）项，对办理单位建议有异议的，" +
		"在任务清单推送后2个工作日内填写；初步研究为无法解决或协商无法达成一致意见的，在推送后3个工作日内填写。"
	object, state := lastClock(c, clock.Objection), lastClock(c, clock.Statement)
	if object != nil && state != nil {
		note += fmt.Sprintf("本次推送于%s，分别应于%s、%s前提出。", day(object.Start), day(object.Due), day(state.Due))
	}
	remark(d, note)
}

// unitOfficeMeeting are those who say something to a request, the last of them what
// was decided.
func unitOfficeMeeting(decided, basis string) []office.GridRow {
	return opinions([3]string{"承办单位\n意　　见", "", signatures},
		[3]string{"联席会议\n办 公 室\n意　　见", "", oneSigns},
		[3]string{"联席会议\n意　　见", decision(decided, basis), chairSigns})
}

// extension is the 延期申请单 of 三(四).
func (f *Filler) extension(d *office.Document, c *view.Text, n int) {
	var e record.Extension
	if n > 0 {
		e = c.Extensions[n-1]
	}
	clock := lastClock(c, clock.Feedback)
	days, due := "　　　个工作日\n（至　　年　月　日）", ""
	if clock != nil {
		due = day(clock.Due)
	}
	if e.Days > 0 {
		days = strconv.Itoa(e.Days) + " 个工作日"
	}
	switch {
	case e.Days == 0 || clock == nil || n != len(c.Extensions):
	case e.Decision == "同意":
		if e.Allowed() < e.Days {
			days += "\n同意 " + strconv.Itoa(e.Allowed()) + " 个工作日"
		}
		days += "\n（至" + day(clock.Due) + "）"
		// What the case says of its due day now already holds the extension.
		due = ""
		if clock.ExtendedDays == e.Allowed() {
			due = day(f.Calendar.Add(clock.OriginalDue, clock.PausedDays))
		}
	case e.Decision == "":
		days += "\n（至" + day(f.Calendar.Add(clock.Due, e.Days)) + "）"
	}
	unit := c.Life.Lead
	heading(d, unit, filed(c, "延期申请", n))
	g := office.Grid{Widths: widths, Rows: facts(c)}
	g.Rows = append(g.Rows,
		pair("申请时的\n到 期 日", due, "申请延期", days),
		wide("延期原因", e.Reason, 15),
		wide("已采取和\n下步措施", e.Measures, 15),
	)
	g.Rows = append(g.Rows, unitOfficeMeeting(e.Decision, e.Basis)...)
	d.Grid(g)
	remark(d, "注：依据联席会议制度第三条第（四）项，难以按期办理的，"+
		"于任务到期前2个工作日内填写本单；申请延期原则上不得超过20个工作日；遇特殊重大问题，"+
		"按照一事一议原则由联席会议确定办理时间。")
}

// improvement is the 督促改进单: 三(五), 办理效果不佳.
func (f *Filler) improvement(d *office.Document, c *view.Text, n int) {
	var m record.Improvement
	var asked workday.Date
	if n > 0 {
		m, asked = c.Improvements[n-1], filed(c, "改进", n)
	}
	d.Note(office.Run{Text: "签发单位：联席会议办公室　　　　签发日期：" + dayOr(asked), Size: office.SizeSmall})
	rows := facts(c)
	last := len(rows) - 1
	g := office.Grid{Widths: widths, Rows: append(rows[:last-1:last-1], rows[last])} // no limit of the task
	evaluated := record.Evaluation{}
	if k := len(c.Evaluations); k > 0 {
		evaluated = c.Evaluations[k-1]
	}
	due := m.Due
	if k := lastClock(c, clock.Improve); due == 0 && k != nil && n == len(c.Improvements) && n > 0 {
		due = k.Due
	}
	reason := m.Reason
	if m.Basis != "" {
		reason += "（依据：" + m.Basis + "）"
	}
	g.Rows = append(g.Rows,
		pair("评估方式", evaluated.Method, "评估结果", evaluated.Result),
		wide("办理效果\n不佳的原因", reason, 15),
		wide("改进要求\n和 措 施", m.Measures, 15),
		wide("完成期限", dayOr(due), 0),
	)
	g.Rows = append(g.Rows, opinions([3]string{"联席会议\n办 公 室\n意　　见", "", signatures})...)
	g.Rows = append(g.Rows, office.Opinion("承办单位\n改进情况", 3, 22, "", signatures)...)
	g.Rows = append(g.Rows, opinions([3]string{"复核意见", "", oneSigns})...)
	d.Grid(g)
	remark(d, "注：依据联席会议制度第三条第（五）项，承办单位在规定的办理时间内反"+
		"馈结果，原则上不得申请延期。")
}
