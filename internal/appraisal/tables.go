package appraisal

import (
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/document"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// Tables are 考评 as tables: for the page, the text and Excel.
func (b *Book) Tables(a *Appraisal) []document.Annex {
	return []document.Annex{a.scores(), a.list(b.Register()), b.improvementTable(a.Quarter), a.officeLimits(),
		weightTable(a.Weights)}
}

func (a *Appraisal) scores() document.Annex {
	t := document.NewAnnex("scores", "各单位得分",
		"按成员单位顺序排列，不作排名。使用异议、延期、报研究决定等权利本身不扣分。",
		"单位:6 扣分项次:3n 扣分:3s 核实后扣分:3s 得分:3s")
	if a.Undecided > 0 {
		t.Note += "有" + strconv.Itoa(a.Undecided) + "条申辩尚无核实结论，得分未定。"
	}
	for _, u := range a.Units {
		t.Table.Add(u.Unit, strconv.Itoa(u.Count), u.Deducted.String(), u.Final.String(), u.Score.String())
	}
	return t
}

func (a *Appraisal) list(d *register.Register) document.Annex {
	t := document.NewAnnex("deductions", "扣分明细",
		"逐条列明事实和算法；有异议的，可以申辩，由联席会议办公室核实。",
		"单位:5 扣分项:4 编号:7c 事由和算法:12 条款:3 扣分:2s 申辩:7 核实结论:7 核实后扣分:2s")
	for i := range a.Deductions {
		x := &a.Deductions[i]
		plea, verdict := document.Nothing, document.Nothing
		if x.Plea != nil {
			plea, verdict = document.Dash(x.Plea.Plea), "尚未核实"
			if x.Plea.Verdict != "" {
				verdict = x.Plea.Verdict
				if x.Plea.Reason != "" {
					verdict += "：" + x.Plea.Reason
				}
				if x.Plea.Basis != "" {
					verdict += "（" + x.Plea.Basis + "）"
				}
			}
		}
		t.Table.Add(x.Unit, x.Item, document.Dash(x.Case), x.Reason, x.Clause, x.Points.String(), plea, verdict,
			x.Final.String())
	}
	for _, p := range a.Unmatched {
		t.Table.Add(p.Unit, p.Item, document.Dash(p.Case), "没有对应的扣分", document.Nothing, "0",
			document.Dash(p.Plea), document.Dash(p.Verdict), "0")
	}
	return t
}

// improvementTable says what came of each improvement ordered in the quarter
// or still open in it.
func (b *Book) improvementTable(q workday.Quarter) document.Annex {
	t := document.NewAnnex("improvements", "督促改进及结果",
		"本季度督促改进的事项，改进反馈和再次评估的结果。",
		"编号:7c 标题:8 承办单位:5 督促日期:4d 原因:7 完成期限:4d 反馈日期:4d 结果:5 再次评估:5")
	counted := b.Tally(q)
	for _, tr := range counted.Tracks {
		n := 0
		for j := range tr.Events() {
			if e := &tr.Events()[j]; e.What == report.Improved {
				n++
				if counted.Within(e.Day) {
					t.Table.Add(improvement(tr, e, n)...)
				}
			}
		}
	}
	return t
}

// improvement is the row of the n-th improvement of a case.
func improvement(t *report.Track, e *report.Happening, n int) []string {
	due, fed, result, again := workday.Date(0), workday.Date(0), "", ""
	count := 0
	for i := range t.Case().Life.Clocks {
		if k := &t.Case().Life.Clocks[i]; k.Kind == clock.Improve {
			if count++; count == n {
				due, fed = k.Due, k.Stopped
			}
		}
	}
	ordered := false // again, later
	for _, later := range t.Events() {
		if later.Day < e.Day || later.Event.N <= e.Event.N || ordered {
			continue
		}
		switch later.What {
		case report.Improved:
			ordered = true
		case report.Accepted:
			result = "改进反馈已通过"
		case report.Returned:
			result = "改进反馈被退回"
		case report.Evaluated:
			again = later.Entry.Method + "：" + later.Entry.Word
		}
	}
	if fed == 0 && !ordered {
		result = "正在改进"
	}
	return []string{t.Case().ID, t.Case().Title, t.LeadAt(e.Day), e.Day.String(), document.Dash(e.Event.Reason),
		document.DayOrDash(due), document.DayOrDash(fed),
		document.Dash(result), document.Dash(again)}
}

func (a *Appraisal) officeLimits() document.Annex {
	t := document.NewAnnex("limits", "联席办内部控制时限",
		"同一页上衡量联席会议办公室自己：只提示，不扣分。",
		"时限:4 本季度到期:3n 按时:3n 超过时限:3n 按时率:3r")
	for _, l := range a.Limits {
		switch d := l.Deadlines; l.Kind {
		case clock.Push, clock.Confirm, clock.Grant, clock.Decide, clock.Review,
			clock.Evaluate:
			t.Table.Add(string(l.Kind), strconv.Itoa(d.Due), strconv.Itoa(d.OnTime),
				strconv.Itoa(d.LateDone+d.LateOpen), d.InTime().String())
		}
	}
	return t
}

func weightTable(items []config.AppraisalItem) document.Annex {
	t := document.NewAnnex("weights", "分值",
		"由本局设置的“考评”规定，没有设置的为默认值；分值为 0 的项目不扣分。",
		"项目:4 说明:12 条款:4 分值:2s")
	for _, k := range items {
		t.Table.Add(k.Key, k.What, k.Clause, k.Points.String())
	}
	return t
}

// Markdown is 考评 as text.
func Markdown(a *Appraisal, tables []document.Annex) []byte {
	b := new(strings.Builder)
	b.WriteString("# " + a.Quarter.Name() + "考评\n\n")
	if a.Running {
		b.WriteString("本季度尚未结束，截至 " + a.AsOf.String() + "。\n\n")
	}
	for i := range tables {
		b.WriteString("## " + strconv.Itoa(i+1) + ". " + tables[i].Title + "\n\n" + tables[i].Note + "\n\n")
		tables[i].Table.Markdown(b)
		b.WriteString("\n")
	}
	return []byte(b.String())
}
