package report

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/document"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// profile is what the prose says of the cases registered in the quarter.
type profile struct {
	Opinions             []*Track // 舆情
	Many                 []*Track // that stand for three and more, the most first
	Urgent, Critical     int
	Places               map[string]int
	RisksSeen, RisksSent int
}

func (w *composer) describe() profile {
	p := profile{Places: map[string]int{}}
	for _, tr := range w.Tracks {
		if !w.Within(tr.registered) {
			continue
		}
		facts := w.facts(tr)
		if tr.c.Nature == "舆情" {
			p.Opinions = append(p.Opinions, tr)
		}
		if facts.Tickets >= 3 && !w.hidden(tr.c) { // 件数 and 属地 are no 要素
			p.Many = append(p.Many, tr)
		}
		switch facts.Urgency {
		case "急":
			p.Urgent++
		case "特急":
			p.Critical++
		}
		if tr.c.Locality != "" && !w.hidden(tr.c) {
			p.Places[tr.c.Locality]++
		}
	}
	slices.SortStableFunc(p.Many, func(a, b *Track) int { return cmp.Compare(w.facts(b).Tickets, w.facts(a).Tickets) })
	return p
}

// tops are the most frequent names of a count, of those that come twice.
func tops(count map[string]int, most int) string {
	names := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	var parts []string
	for _, name := range names {
		if count[name] >= 2 && len(parts) < most {
			parts = append(parts, quoted(name)+items(count[name]))
		}
	}
	return strings.Join(parts, "、")
}

// Name is how the quarter is called.
func (w *composer) Name() string { return w.Quarter.Name() }

// End is how the last day that counts is called.
func (w *composer) End() string {
	if w.Running {
		return document.Date(w.AsOf)
	}
	return "季末"
}

// StillReceived is the last day on which something may be received that counts
// in the quarter; zero if that has passed.
func (w *composer) StillReceived() workday.Date {
	if until := w.d.Receipt(w.Quarter.Last()); w.d.AsOf <= until {
		return until
	}
	return 0
}

// Trace is the 留痕编号 of what the figures are computed from: of the head that
// was published, else of the last landing that the quarter can see.
func (w *composer) Trace() string {
	if w.Standing != nil && w.Standing.Problem == "" {
		if at := w.d.LandingOf(w.Standing.Head); at >= 0 {
			return register.TraceID(&w.d.Landings[at])
		}
	}
	return w.d.TraceOn(w.d.Config.Calendar.Add(w.Quarter.Last(), w.d.Config.Grace))
}

// RegisteredIn is how many cases a quarter so many after this one registered.
func (w *composer) RegisteredIn(after int) int {
	return w.b.Tally(w.Quarter.Add(after)).Funnel.Registered
}

// Demands is how many of the cases registered are 诉求.
func (w *composer) Demands() int { return w.Funnel.Registered - len(w.Opinions) }

// SpreadOver says which groups most of the registered cases belong to.
func (w *composer) SpreadOver(what string, rows []GroupRow) string {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b GroupRow) int { return cmp.Compare(b.Registered, a.Registered) })
	var parts []string
	rest := 0
	for _, g := range sorted {
		switch {
		case g.Registered == 0:
		case len(parts) < 3 && g.Name != unnamed:
			text := quoted(g.Name) + items(g.Registered)
			if p, ok := (document.Share{N: g.Registered, Of: w.Funnel.Registered}).Percent(); ok {
				text += "（占" + p + "）"
			}
			parts = append(parts, text)
		default:
			rest += g.Registered
		}
	}
	text := "从" + what + "看，" + strings.Join(parts, "、")
	if rest > 0 {
		text += "，其他" + items(rest)
	}
	return text + "。"
}

// With are the cases to which something happened in the quarter.
func (w *composer) With(name string) []*Track {
	what := map[string]Kind{"报研究决定": escalation, "改派": reassigned, "延期申请": extension,
		"督促改进": Improved}[name]
	var list []*Track
	for _, tr := range w.Tracks {
		if slices.ContainsFunc(tr.events, func(e Happening) bool { return e.What == what && w.Within(e.Day) }) {
			list = append(list, tr)
		}
	}
	return list
}

// LongTerm are the cases that are 长期推进 at the end.
func (w *composer) LongTerm() []*Track {
	var list []*Track
	for _, tr := range w.Tracks {
		if tr.registered <= w.AsOf && tr.at(w.AsOf) == workflow.LongTerm {
			list = append(list, tr)
		}
	}
	return list
}

// Compared is the comparison of an indicator in words, if it has one.
func (w *composer) Compared(key string) string {
	n := slices.IndexFunc(w.indicators, func(i Indicator) bool { return i.Key == key })
	text := ""
	for _, c := range [][2]string{{"环比", w.indicators[n].Quarter}, {"同比", w.indicators[n].Year}} {
		switch label, change := c[0], strings.ReplaceAll(c[1], " ", ""); {
		case change == nothing:
		case change[0] == '+':
			text += "，" + label + "上升" + change[1:]
		case change[0] == '-':
			text += "，" + label + "下降" + change[1:]
		default:
			text += "，" + label + "持平"
		}
	}
	return text
}

// LateUnits names the units that were late, at most a few of them.
func (w *composer) LateUnits() string {
	const most = 8
	var units []string
	for _, u := range w.Units {
		if n := u.Deadlines.Late(); n > 0 {
			units = append(units, quoted(u.Unit)+items(n))
		}
	}
	if len(units) <= most {
		return strings.Join(units, "、")
	}
	return strings.Join(units[:most], "、") + "等" + strconv.Itoa(len(units)) + "个单位，各单位数目见附件"
}

// Slow lists the office's own limits that were passed.
func (w *composer) Slow() string {
	var parts []string
	for _, l := range w.Limits {
		if n := l.Deadlines.LateDone + l.Deadlines.LateOpen; n > 0 && l.Class == clock.Internal {
			parts = append(parts, string(l.Kind)+items(n))
		}
	}
	return strings.Join(parts, "、")
}

// Practices offers what was answered in time and found good, for a person to
// choose from.
func (w *composer) Practices() []string {
	const most = 4
	var list []string
	for _, tr := range w.Tracks {
		if len(list) == most || w.d.Restricted(tr.c) || !w.pleased(tr) {
			continue
		}
		for _, f := range tr.c.Feedback {
			if f.Review == "通过" && f.Result == "已解决" && f.Measures != "" {
				list = append(list, w.name(tr.c)+"，"+quoted(tr.c.Life.Lead+"："+strings.TrimRight(f.Measures, "。"))+
					"。")
				break
			}
		}
	}
	return list
}

// pleased reports whether a case was found 满意 in the quarter and never late.
func (w *composer) pleased(tr *Track) bool {
	good := false
	for _, e := range tr.events {
		if e.What == Evaluated && w.Within(e.Day) {
			good = e.Entry.Word == "满意"
		}
		if e.What == Returned || e.What == Improved {
			return false
		}
	}
	return good && !slices.ContainsFunc(tr.c.Life.Clocks, func(k clock.Clock) bool {
		return k.Kind == clock.Feedback && (k.Status == clock.Missed || k.Status == clock.Overdue)
	})
}
