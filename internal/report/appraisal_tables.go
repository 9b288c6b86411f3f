package report

import (
	"io"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/office"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// AppraisalTables are 考评 as tables: for the page, the text and Excel.
func (b *Book) AppraisalTables(a *Appraisal) []Annex {
	return []Annex{a.scores(), a.list(b.d), b.improvementTable(a.Quarter), a.officeLimits(), weightTable(a.Weights)}
}

// WriteAppraisal writes the tables as Excel, one sheet each.
func WriteAppraisal(w io.Writer, tables []Annex) error {
	book := office.Workbook{Title: "考评"}
	for i := range tables {
		book.Sheets = append(book.Sheets, tables[i].Table.sheet(tables[i].Title, nil))
	}
	return book.Write(w)
}

func (a *Appraisal) scores() Annex {
	t := Annex{Key: "scores", Title: "各单位得分", Note: "按成员单位顺序排列，不作排名。使用异议、延期、报研究决定等权利本身不扣分。"}
	if a.Undecided > 0 {
		t.Note += "有" + itoa(a.Undecided) + "条申辩尚无核实结论，得分未定。"
	}
	t.Table.Columns = []Column{{"单位", Words, 6}, {"扣分项次", Number, 3}, {"扣分", Score, 3}, {"核实后扣分", Score, 3}, {"得分", Score, 3}}
	for _, u := range a.Units {
		t.Table.Rows = append(t.Table.Rows, []string{u.Unit, itoa(u.Count), u.Deducted.String(), u.Final.String(), u.Score.String()})
	}
	return t
}

func (a *Appraisal) list(d *register.Register) Annex {
	t := Annex{Key: "deductions", Title: "扣分明细", Note: "逐条列明事实和算法；有异议的，在 appraisal/" + a.Quarter.String() + ".md 中申辩，由联席会议办公室核实。"}
	t.Table.Columns = []Column{{"单位", Words, 5}, {"扣分项", Words, 4}, {"编号", CaseID, 7}, {"事由和算法", Words, 12}, {"条款", Words, 3}, {"扣分", Score, 2},
		{"申辩", Words, 7}, {"核实结论", Words, 7}, {"核实后扣分", Score, 2}}
	for i := range a.Deductions {
		x := &a.Deductions[i]
		plea, verdict := nothing, nothing
		if x.Plea != nil {
			plea, verdict = dash(x.Plea.Plea), "尚未核实"
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
		t.Table.Rows = append(t.Table.Rows, []string{x.Unit, x.Item, dash(x.Case), x.Reason, x.Clause, x.Points.String(), plea, verdict, x.Final.String()})
	}
	for _, p := range a.Unmatched {
		t.Table.Rows = append(t.Table.Rows, []string{p.Unit, p.Item, dash(p.Case), "没有对应的扣分", nothing, "0", dash(p.Plea), dash(p.Verdict), "0"})
	}
	return t
}

// improvementTable says what came of each improvement ordered in the quarter
// or still open in it.
func (b *Book) improvementTable(q workday.Quarter) Annex {
	t := Annex{Key: "improvements", Title: "督促改进及结果", Note: "本季度督促改进的事项，改进反馈和再次评估的结果。"}
	t.Table.Columns = []Column{{"编号", CaseID, 7}, {"标题", Words, 8}, {"承办单位", Words, 5}, {"督促日期", Day, 4}, {"原因", Words, 7}, {"完成期限", Day, 4},
		{"反馈日期", Day, 4}, {"结果", Words, 5}, {"再次评估", Words, 5}}
	tl := b.tally(q)
	for _, tr := range tl.tracks {
		n := 0
		for j := range tr.events {
			e := &tr.events[j]
			if e.what != improved {
				continue
			}
			n++
			if !tl.within(e.day) {
				continue
			}
			t.Table.Rows = append(t.Table.Rows, tr.improvement(e, n))
		}
	}
	return t
}

// improvement is the row of the n-th improvement of a case.
func (t *track) improvement(e *happening, n int) []string {
	due, fed, result, again := workday.Date(0), workday.Date(0), "", ""
	count := 0
	for i := range t.c.Life.Clocks {
		if k := &t.c.Life.Clocks[i]; k.Kind == clock.Improve {
			if count++; count == n {
				due, fed = k.Due, k.Stopped
			}
		}
	}
	for _, later := range t.events {
		if later.day < e.day || later.event.N <= e.event.N {
			continue
		}
		switch {
		case later.what == improved:
			return []string{t.c.ID, t.c.Title, t.leadAt(e.day), e.day.String(), dash(e.event.Reason), dateOrNothing(due), dateOrNothing(fed), dash(result), dash(again)}
		case later.what == accepted:
			result = "改进反馈已通过"
		case later.what == returned:
			result = "改进反馈被退回"
		case later.what == evaluated:
			again = later.entry.Method + "：" + later.entry.Word
		}
	}
	if fed == 0 {
		result = "正在改进"
	}
	return []string{t.c.ID, t.c.Title, t.leadAt(e.day), e.day.String(), dash(e.event.Reason), dateOrNothing(due), dateOrNothing(fed), dash(result), dash(again)}
}

func (a *Appraisal) officeLimits() Annex {
	t := Annex{Key: "limits", Title: "联席办内部控制时限", Note: "同一页上衡量联席会议办公室自己：只提示，不扣分。"}
	t.Table.Columns = []Column{{"时限", Words, 4}, {"本季度到期", Number, 3}, {"按时", Number, 3}, {"超过时限", Number, 3}, {"按时率", Ratio, 3}}
	for _, l := range a.Limits {
		switch l.Kind {
		case clock.Push, clock.Confirm, clock.Grant, clock.Decide, clock.Review, clock.Evaluate:
			d := l.Deadlines
			t.Table.Rows = append(t.Table.Rows, []string{string(l.Kind), itoa(d.Due), itoa(d.OnTime), itoa(d.LateDone + d.LateOpen), Share{d.OnTime, d.Base()}.String()})
		}
	}
	return t
}

func weightTable(items []config.AppraisalItem) Annex {
	t := Annex{Key: "weights", Title: "分值", Note: "由 suqiu.yaml 的“考评”规定，未列出的为默认值；分值为 0 的项目不扣分。"}
	t.Table.Columns = []Column{{"项目", Words, 4}, {"说明", Words, 12}, {"条款", Words, 4}, {"分值", Score, 2}}
	for _, k := range items {
		t.Table.Rows = append(t.Table.Rows, []string{k.Key, k.What, k.Clause, k.Points.String()})
	}
	return t
}

// AppraisalMarkdown is 考评 as text.
func AppraisalMarkdown(a *Appraisal, tables []Annex) []byte {
	b := new(strings.Builder)
	b.WriteString("# " + quarterName(a.Quarter) + "考评\n\n")
	if a.Running {
		b.WriteString("本季度尚未结束，截至 " + a.AsOf.String() + "。\n\n")
	}
	for i := range tables {
		b.WriteString("## " + strconv.Itoa(i+1) + ". " + tables[i].Title + "\n\n" + tables[i].Note + "\n\n")
		tables[i].Table.markdown(b)
		b.WriteString("\n")
	}
	return []byte(b.String())
}
