package report

import (
	"slices"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/papers"
)

// annexes are the tables behind the report, in order.
func (w *composer) annexes() []Annex {
	return []Annex{
		w.indicatorAnnex(), w.taskAnnex(), w.overdueAnnex(), w.requestAnnex(), w.unitAnnex(), w.countyAnnex(), w.auditAnnex(),
	}
}

// indicatorAnnex lists every indicator with its formula and n; a published
// quarter shows the published figure, with the corrected one beside it.
func (w *composer) indicatorAnnex() Annex {
	a := Annex{Key: "indicators", Title: "主要指标和口径", Note: "不足5项的只列数目，不算比率，不作比较；上年同期或上季度没有数字的，同比、环比为“—”。"}
	a.Table.Columns = []Column{{"指标", Words, 4}, {"数值", Ratio, 4}, {"分子/分母", Ratio, 3}, {"同比", Ratio, 3}, {"环比", Ratio, 3}, {"口径", Words, 12}}
	var was map[string]Indicator
	if s := w.standing; s != nil && s.Problem == "" && len(s.Corrected)+len(s.Recounted) > 0 {
		was = map[string]Indicator{}
		for _, i := range s.Was.Figures.Indicators {
			was[i.Key] = i
		}
		beside, why := "更正后", "因其后入库的更正而变的"
		if len(s.Recounted) > 0 {
			beside, why = "现行口径", "按现行口径不同的（口径变更，含其后的更正）"
		}
		a.Note += "“数值”为" + chineseDate(s.AsOf) + "发布的数字；" + why + "，列在“" + beside + "”。"
		a.Table.Columns = slices.Insert(a.Table.Columns, 2, Column{beside, Ratio, 3})
	}
	for _, i := range w.r.Indicators {
		row := []string{i.Name, i.Value, counts(i), i.Year, i.Quarter, i.Formula}
		if was != nil {
			after := ""
			if p, ok := was[i.Key]; ok {
				if p.N != i.N || p.Of != i.Of {
					after = withCounts(i)
				}
				row = []string{i.Name, p.Value, counts(p), p.Year, p.Quarter, i.Formula}
			}
			row = slices.Insert(row, 2, after)
		}
		a.Table.Rows = append(a.Table.Rows, row)
	}
	return a
}

func counts(i Indicator) string {
	switch {
	case i.Of == 0:
		return nothing
	case strings.HasSuffix(i.Key, "-median"):
		return itoa(i.Of) + " 件"
	}
	return itoa(i.N) + "/" + itoa(i.Of)
}

// taskAnnex lists every task that was open in the quarter, a push each.
func (w *composer) taskAnnex() Annex {
	a := Annex{Key: "tasks", Title: "任务清单", Note: "本季度推送和以前推送、本季度仍在办理的任务；一次推送一行。"}
	a.Table.Columns = []Column{{"任务清单", Words, 5}, {"编号", CaseID, 7}, {"标题", Words, 8}, {"办理类别", Words, 4}, {"承办单位", Words, 4},
		{"推送日期", Day, 4}, {"到期日", Day, 4}, {"反馈日期", Day, 4}, {"季末状态", Words, 3}}
	for _, tr := range w.t.tracks {
		for _, k := range w.tasks(tr) {
			if k.Stopped != 0 && k.Stopped < w.t.first {
				continue
			}
			fed, state := nothing, string(tr.at(w.t.cut))
			switch {
			case (k.Status == clock.Cancelled || k.Unanswered) && k.Stopped != 0 && k.Stopped <= w.t.cut:
				state = "已改派或终结"
			case k.Stopped != 0 && k.Stopped <= w.t.cut:
				fed = k.Stopped.String()
			}
			a.Table.Rows = append(a.Table.Rows, []string{dash(tr.c.TaskList), tr.c.ID, w.title(tr.c), dash(w.t.facts(tr).Category), k.Unit,
				tr.pushedOn(&k).String(), k.Due.String(), fed, state})
		}
	}
	return a
}

// tasks are the feedback clocks of a case as the quarter sees them, one a push:
// a resume after 长期推进 goes on with the push that it belongs to.
func (w *composer) tasks(tr *track) []clock.Clock {
	var list []clock.Clock
	clocks, seen := tr.clocks(w.q)
	for i, k := range clocks {
		if k.Kind != clock.Feedback || seen != nil && !seen[i] || k.Start > w.t.cut {
			continue
		}
		if n := len(list); n > 0 && list[n-1].Push == k.Push && list[n-1].Unit == k.Unit {
			list[n-1] = k
			continue
		}
		list = append(list, k)
	}
	return list
}

// overdueAnnex lists the tasks that were late in the quarter: those that were
// due in it, those carried over from before, and those late after a return.
func (w *composer) overdueAnnex() Annex {
	a := Annex{Key: "overdue", Title: "超期情况", Note: "超过制度规定或会议议定期限的任务，含以前到期、本季度仍未反馈的；逾期天数为工作日，未办的算到" + w.end() + "。"}
	a.Table.Columns = []Column{{"编号", CaseID, 7}, {"标题", Words, 8}, {"承办单位", Words, 4}, {"推送日期", Day, 4}, {"原到期日", Day, 4}, {"到期日", Day, 4},
		{"反馈日期", Day, 4}, {"逾期天数", Number, 2}, {"其中本季度", Number, 2}, {"情况", Words, 3}}
	for _, tr := range w.t.tracks {
		for i := range tr.c.Life.Clocks {
			if tr.c.Life.Clocks[i].Kind != clock.Feedback {
				continue
			}
			j := w.b.judge(tr, i, w.q)
			if !j.late {
				continue
			}
			k, _ := w.b.sees(tr, i, w.q)
			days := w.b.daysLate(tr, i, w.q)
			now := days - w.b.daysLate(tr, i, w.q.Add(-1))
			fed, what := nothing, "超期未办"
			ended := k.Stopped != 0 && k.Stopped <= w.t.cut
			switch {
			case ended && k.Unanswered:
				what = "超期后改派或终结"
			case ended:
				fed, what = k.Stopped.String(), "超期已办"
			}
			switch {
			case j.LateAgain > 0:
				what = "退回后超期"
			case j.LateDone+j.LateOpen > 0:
			case now == 0:
				continue // it was late before, and not in this quarter
			default:
				what = "以前到期，" + what
			}
			a.Table.Rows = append(a.Table.Rows, []string{tr.c.ID, w.title(tr.c), k.Unit, tr.pushedOn(&k).String(), k.OriginalDue.String(), k.Due.String(),
				fed, itoa(days), itoa(now), what})
		}
	}
	return a
}

// requestAnnex lists 延期申请, 异议 and what was put to the joint meeting.
func (w *composer) requestAnnex() Annex {
	a := Annex{Key: "requests", Title: "延期、异议和研究决定", Note: "本季度提出的和本季度决定的。"}
	a.Table.Columns = []Column{{"日期", Day, 4}, {"编号", CaseID, 7}, {"标题", Words, 8}, {"单位", Words, 4}, {"事由", Words, 4}, {"内容", Words, 5}}
	names := map[happeningKind]string{extension: "延期申请", granted: "延期申请", refused: "延期申请", objection: "异议", upheld: "说明单", rejected: "异议", escalation: "报研究决定", reassigned: "调整承办单位"}
	for _, tr := range w.t.tracks {
		for _, e := range tr.events {
			name, ok := names[e.what]
			if !ok || !w.t.within(e.day) {
				continue
			}
			text := "改由" + e.unit + "承办"
			switch {
			case e.entry == nil:
			case e.what == extension:
				text = "申请延期" + itoa(e.entry.Days) + "个工作日"
			case e.entry.Decided:
				text = "决定：" + e.entry.Word
			default:
				text = "提出：" + e.entry.Word
			}
			if e.what == upheld {
				name = "异议"
			}
			a.Table.Rows = append(a.Table.Rows, []string{e.day.String(), tr.c.ID, w.title(tr.c), dash(e.unit), name, text})
		}
	}
	slices.SortStableFunc(a.Table.Rows, func(x, y []string) int { return strings.Compare(x[0]+x[1], y[0]+y[1]) })
	return a
}

// unitAnnex is a row for each unit, in configured order: no ranking.
func (w *composer) unitAnnex() Annex {
	a := Annex{Key: "units", Title: "各单位情况", Note: "按成员单位顺序排列，不作排名。结存按季末承办单位，时限按任务所属单位；协办时限为内部控制。"}
	a.Table.Columns = []Column{{"单位", Words, 6}, {"期初未结", Number, 2}, {"推送", Number, 2}, {"办结", Number, 2}, {"其他终结", Number, 2}, {"期末未结", Number, 2},
		{"应办", Number, 2}, {"按期", Number, 2}, {"超期已办", Number, 2}, {"超期未办", Number, 2}, {"按期反馈率", Ratio, 3}, {"协办按时", Ratio, 3},
		{"延期", Number, 2}, {"异议", Number, 2}, {"退回", Number, 2}, {"改进", Number, 2}, {"满意", Ratio, 3}, {"月报按时", Ratio, 3}}
	for _, u := range w.r.Units {
		b, d, c, s, e := u.Balance, u.Deadlines, u.CoDeadlines, u.Steps, u.Evaluation
		row := append([]string{u.Unit}, numbers(b.Opening, b.Pushed, b.Done, b.Other, b.Closing, d.Due, d.OnTime, d.LateDone, d.LateOpen)...)
		row = append(row, u.OnTime.String(), Share{c.OnTime, c.Base()}.String())
		row = append(row, numbers(s.Extensions, s.Objections, s.Returned, s.Improved)...)
		a.Table.Rows = append(a.Table.Rows, append(row, Share{e.Satisfied + e.Fair, e.All - e.Unrated}.String(), u.Monthly.InTime().String()))
	}
	a.Chart = unitChart(w.r.Units)
	return a
}

// countyAnnex is what the county bureaus handed in for the quarter.
func (w *composer) countyAnnex() Annex {
	a := Annex{Key: "counties", Title: "旗县市区局情况", Note: "各局自行运行联席会议制度，数字由其季度汇总报来；按单位顺序排列，合计只含已经报来的。"}
	a.Table.Columns = append([]Column{{"单位", Words, 6}, {"报送", Words, 2}}, mainColumns()...)
	var list []*papers.Summary
	for _, duty := range w.d.CountyDuties() {
		if duty.Quarter != w.q {
			continue
		}
		row := []string{duty.Unit, string(duty.Standing)}
		if duty.File != nil && duty.File.Figures() == nil {
			row[1] = "有误"
		} else if duty.File != nil {
			list = append(list, duty.File.Summary)
			row = append(row, mainFigures(duty.File.Summary)...)
		}
		a.Table.Rows = append(a.Table.Rows, row)
	}
	if len(list) > 1 {
		total := papers.Add("合计", "", "", w.q, list)
		a.Table.Rows = append(a.Table.Rows, append([]string{total.Unit, ""}, mainFigures(total)...))
		a.Sums = 1
	}
	return a
}

// auditAnnex lists 更正, 代录 and 忽略 for 督察内审.
func (w *composer) auditAnnex() Annex {
	a := Annex{Key: "audit", Title: "更正、代录和忽略"}
	proxies, corrections := w.r.Steps.Proxies, w.r.Steps.Corrected
	list := w.auditRows()
	ignored := len(list) - proxies - corrections
	a.Note = "本季度代录" + itoa(proxies) + "次、更正" + itoa(corrections) + "次；现行有效的忽略" + itoa(max(0, ignored)) + "条。"
	if !w.o.Supervision {
		a.Note += "明细见监督版。"
		a.Table.Columns = []Column{{"类别", Words, 3}, {"数目", Number, 2}}
		a.Table.Rows = [][]string{{"代录", itoa(proxies)}, {"更正", itoa(corrections)}, {"忽略", itoa(max(0, ignored))}}
		return a
	}
	a.Table.Columns = []Column{{"类别", Words, 2}, {"日期", Day, 4}, {"编号", CaseID, 7}, {"单位", Words, 4}, {"内容", Words, 6}, {"原因", Words, 7}}
	a.Table.Rows = list
	return a
}

func (w *composer) auditRows() [][]string {
	var rows [][]string
	for _, tr := range w.t.tracks {
		for _, e := range tr.events {
			if !w.t.within(e.day) {
				continue
			}
			switch e.what {
			case proxy:
				rows = append(rows, []string{"代录", e.day.String(), tr.c.ID, dash(e.unit), e.event.Title, dash(evidenceOf(tr, e.unit))})
			case corrected:
				rows = append(rows, []string{"更正", e.day.String(), tr.c.ID, dash(e.unit), e.event.Title, dash(e.event.Reason)})
			}
		}
	}
	for _, i := range w.d.Config.Ignores {
		rows = append(rows, []string{"忽略", nothing, nothing, nothing, i.Rule + "　" + i.Path, i.Reason})
	}
	for _, c := range w.d.Cases {
		if c.Case == nil || c.Deleted {
			continue
		}
		for _, s := range c.Suppressions {
			rows = append(rows, []string{"忽略", nothing, c.ID, nothing, s.Rule + "　" + s.Key, dash(s.Reason)})
		}
	}
	return rows
}

// evidenceOf is the 凭据 of a unit's last 代录.
func evidenceOf(tr *track, unit string) string {
	text := ""
	for _, p := range tr.c.Proxies {
		if p.Unit == unit {
			text = p.Evidence
			if p.Received != 0 {
				text = strings.TrimSpace(p.Received.String() + " 收到 " + text)
			}
		}
	}
	return text
}
