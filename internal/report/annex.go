package report

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/document"
	"suqiu/internal/papers"
)

// indicatorAnnex lists every indicator with its formula and n; a published
// quarter shows the published figure, with the Corrected one beside it.
func (w *composer) indicatorAnnex() document.Annex {
	a := document.NewAnnex("indicators", "主要指标和口径",
		"不足5项的只列数目，不算比率，不作比较；上年同期或上季度没有数字的，同比、环比为“—”。",
		"指标:4 数值:4r 分子/分母:3r 同比:3r 环比:3r 口径:12")
	var was map[string]Indicator
	if s := w.Standing; s != nil && s.Problem == "" && len(s.Corrected)+len(s.Recounted) > 0 {
		was = map[string]Indicator{}
		for _, i := range s.Was.Figures.Indicators {
			was[i.Key] = i
		}
		beside, why := "更正后", "因其后收到的更正而变的"
		if len(s.Recounted) > 0 {
			beside, why = "现行口径", "按现行口径不同的（口径变更，含其后的更正）"
		}
		a.Note += "“数值”为" + document.Date(s.AsOf) + "发布的数字；" + why + "，列在“" + beside + "”。"
		a.Table.Columns = slices.Insert(a.Table.Columns, 2,
			document.Column{Name: beside, Kind: document.Ratio, Width: 3})
	}
	for _, i := range w.indicators {
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
		a.Table.Add(row...)
	}
	return a
}

func counts(i Indicator) string {
	switch {
	case i.Of == 0:
		return nothing
	case strings.HasSuffix(i.Key, "-median"):
		return strconv.Itoa(i.Of) + " 件"
	}
	return strconv.Itoa(i.N) + "/" + strconv.Itoa(i.Of)
}

// taskAnnex lists every task that was open in the quarter, a push each.
func (w *composer) taskAnnex() document.Annex {
	a := document.NewAnnex("tasks", "任务清单",
		"本季度推送和以前推送、本季度仍在办理的任务；一次推送一行。",
		"任务清单:5 编号:7c 标题:8 办理类别:4 承办单位:4 推送日期:4d 到期日:4d 反馈日期:4d 季末状态:3")
	for _, tr := range w.Tracks {
		for _, k := range w.tasks(tr) {
			if k.Stopped != 0 && k.Stopped < w.First {
				continue
			}
			fed, state := nothing, string(tr.at(w.AsOf))
			switch {
			case (k.Status == clock.Cancelled || k.Unanswered) && k.Stopped != 0 && k.Stopped <= w.AsOf:
				state = "已改派或终结"
			case k.Stopped != 0 && k.Stopped <= w.AsOf:
				fed = k.Stopped.String()
			}
			a.Table.Add(dash(tr.c.TaskList), tr.c.ID, w.title(tr.c), dash(w.facts(tr).Category), k.Unit,
				tr.pushedOn(&k).String(), k.Due.String(), fed, state)
		}
	}
	return a
}

// tasks are the feedback clocks of a case as the quarter sees them, one a push:
// a resume after 长期推进 goes on with the push that it belongs to.
func (w *composer) tasks(tr *Track) []clock.Clock {
	var list []clock.Clock
	clocks, seen := tr.clocks(w.Quarter)
	for i, k := range clocks {
		if k.Kind != clock.Feedback || seen != nil && !seen[i] || k.Start > w.AsOf {
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
func (w *composer) overdueAnnex() document.Annex {
	a := document.NewAnnex("overdue", "超期情况",
		"超过制度规定或会议议定期限的任务，含以前到期、本季度仍未反馈的；逾期天数为工作日，未办的算到"+w.End()+"。",
		"编号:7c 标题:8 承办单位:4 推送日期:4d 原到期日:4d 到期日:4d 反馈日期:4d 逾期天数:2n 其中本季度:2n 情况:3")
	for _, tr := range w.Tracks {
		for i := range tr.c.Life.Clocks {
			if tr.c.Life.Clocks[i].Kind != clock.Feedback {
				continue
			}
			j := w.b.Judge(tr, i, w.Quarter)
			if !j.Late {
				continue
			}
			k, _ := w.b.Sees(tr, i, w.Quarter)
			days := w.b.DaysLate(tr, i, w.Quarter)
			now := days - w.b.DaysLate(tr, i, w.Quarter.Add(-1))
			fed, what := nothing, "超期未办"
			ended := k.Stopped != 0 && k.Stopped <= w.AsOf
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
			a.Table.Add(tr.c.ID, w.title(tr.c), k.Unit, tr.pushedOn(&k).String(), k.OriginalDue.String(),
				k.Due.String(),
				fed, strconv.Itoa(days), strconv.Itoa(now), what)
		}
	}
	return a
}

// requests are what the annex of that name lists, and how it calls them.
var requests = map[Kind]string{extension: "延期申请", granted: "延期申请", refused: "延期申请", objection: "异议",
	upheld: "异议", Rejected: "异议", escalation: "报研究决定", reassigned: "调整承办单位"}

// requestAnnex lists 延期申请, 异议 and what was put to the joint meeting.
func (w *composer) requestAnnex() document.Annex {
	a := document.NewAnnex("requests", "延期、异议和研究决定", "本季度提出的和本季度决定的。",
		"日期:4d 编号:7c 标题:8 单位:4 事由:4 内容:5")
	for _, tr := range w.Tracks {
		for _, e := range tr.events {
			name, ok := requests[e.What]
			if !ok || !w.Within(e.Day) {
				continue
			}
			text := "改由" + e.Unit + "承办"
			switch {
			case e.Entry == nil:
			case e.What == extension:
				text = "申请延期" + strconv.Itoa(e.Entry.Days) + "个工作日"
			case e.Entry.Decided:
				text = "决定：" + e.Entry.Word
			default:
				text = "提出：" + e.Entry.Word
			}
			a.Table.Add(e.Day.String(), tr.c.ID, w.title(tr.c), dash(e.Unit), name, text)
		}
	}
	slices.SortStableFunc(a.Table.Rows, func(x, y []string) int { return strings.Compare(x[0]+x[1], y[0]+y[1]) })
	return a
}

// unitAnnex is a row for each unit, in configured order: no ranking.
func (w *composer) unitAnnex() document.Annex {
	a := document.NewAnnex("units", "各单位情况",
		"按成员单位顺序排列，不作排名。结存按季末承办单位，时限按任务所属单位；协办时限为内部控制。",
		"单位:6 期初未结:2n 推送:2n 办结:2n 其他终结:2n 期末未结:2n 应办:2n 按期:2n 超期已办:2n 超期未办:2n "+
			"按期反馈率:3r 协办按时:3r 延期:2n 异议:2n 退回:2n 改进:2n 满意:3r 月报按时:3r")
	for _, u := range w.Units {
		b, d, s := u.Balance, u.Deadlines, u.Steps
		cells := document.Row(u.Unit, b.Opening, b.Pushed, b.Done, b.Other, b.Closing, d.Due, d.OnTime, d.LateDone,
			d.LateOpen)
		cells = append(cells, u.OnTime.String(), u.CoDeadlines.InTime().String())
		cells = append(cells, document.Row("", s.Extensions, s.Objections, s.Returned, s.Improved)[1:]...)
		a.Table.Add(append(cells, u.Evaluation.Satisfaction().String(), u.Monthly.InTime().String())...)
	}
	a.Chart = unitChart(w.Units)
	return a
}

// countyAnnex is what the county bureaus handed in for the quarter.
func (w *composer) countyAnnex() document.Annex {
	a := document.NewAnnex("counties", "旗县市区局情况",
		"各局自行运行联席会议制度，数字由其季度汇总报来；按单位顺序排列，合计只含已经报来的。",
		"单位:6 报送:2 "+MainColumns)
	var list []*papers.Summary
	for _, duty := range w.d.CountyDuties() {
		if duty.Quarter != w.Quarter {
			continue
		}
		cells := []string{duty.Unit, string(duty.Standing)}
		if duty.File != nil && duty.File.Figures() == nil {
			cells[1] = "有误"
		} else if duty.File != nil {
			list = append(list, duty.File.Summary)
			cells = append(cells, MainFigures(duty.File.Summary)...)
		}
		a.Table.Add(cells...)
	}
	if len(list) > 1 {
		total := papers.Add("合计", "", "", w.Quarter, list)
		a.Table.Add(append([]string{total.Unit, ""}, MainFigures(total)...)...)
		a.Sums = 1
	}
	return a
}

// auditAnnex lists 更正, 代录 and 忽略 for 督察内审.
func (w *composer) auditAnnex() document.Annex {
	proxies, corrections, list := w.Steps.Proxies, w.Steps.Corrected, w.auditRows()
	ignored := max(0, len(list)-proxies-corrections)
	note := "本季度代录" + strconv.Itoa(proxies) + "次、更正" + strconv.Itoa(corrections) + "次；现行有效的忽略" +
		strconv.Itoa(ignored) + "条。"
	if !w.o.Supervision {
		a := document.NewAnnex("audit", "更正、代录和忽略", note+"明细见监督版。", "类别:3 数目:2n")
		a.Table.Rows = [][]string{document.Row("代录", proxies), document.Row("更正", corrections),
			document.Row("忽略", ignored)}
		return a
	}
	a := document.NewAnnex("audit", "更正、代录和忽略", note, "类别:2 日期:4d 编号:7c 单位:4 内容:6 原因:7")
	a.Table.Rows = list
	return a
}

func (w *composer) auditRows() [][]string {
	var rows [][]string
	for _, tr := range w.Tracks {
		for _, e := range tr.events {
			if !w.Within(e.Day) {
				continue
			}
			switch e.What {
			case proxy:
				rows = append(rows, []string{"代录", e.Day.String(), tr.c.ID, dash(e.Unit), e.Event.Title,
					dash(evidenceOf(tr, e.Unit))})
			case Corrected:
				rows = append(rows, []string{"更正", e.Day.String(), tr.c.ID, dash(e.Unit), e.Event.Title,
					dash(e.Event.Reason)})
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
func evidenceOf(tr *Track, unit string) string {
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
