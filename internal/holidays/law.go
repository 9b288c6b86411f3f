package holidays

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// statutory are the days off by 全国年节及纪念日放假办法 whose date is the same in each
// year, as month and day. The others follow the moon or the sun.
func statutory(year int) (days [][2]int) {
	days = [][2]int{{1, 1}, {5, 1}, {10, 1}, {10, 2}, {10, 3}}
	if year >= longerSince {
		days = append(days, [2]int{5, 2})
	}
	return days
}

// longerSince is the year from which there are 13 statutory days instead of 11: one
// more each at 春节 and 劳动节 (国务院令第795号).
const longerSince = 2025

func statutoryCount(year int) int {
	if year >= longerSince {
		return 13
	}
	return 11
}

// law compares a notice with the statutory days. Whatever is moved around, the
// working days taken away less the weekend days given back are the statutory days.
func (r *reader) law(n *Notice) {
	names := ""
	worked := map[workday.Date]bool{}
	for _, h := range n.Holidays {
		names += h.Name + "、"
		for _, d := range h.Work {
			r.worked(n, h, d, worked)
		}
	}
	for _, name := range strings.Split(festivals, "|") {
		if times := strings.Count(names, name+"、"); times != 1 {
			r.tell(0, problem.Error, fmt.Sprintf("“%s”写了 %d 段", name, times),
				"各节都要有一段，而且只有一段；把通知的各段全部贴上")
		}
	}
	for _, md := range statutory(n.Year) {
		if d := workday.New(n.Year, time.Month(md[0]), md[1]); !n.Off(d) {
			r.tell(0, problem.Error, d.String()+" 是法定节假日，文中却没有放假", "对照原文改正日期")
		}
	}
	if given, lawful := n.Taken()-len(worked), statutoryCount(n.Year); given != lawful {
		r.tell(0, problem.Warning, fmt.Sprintf("放假占用工作日 %d 天，调休上班 %d 天，相差 %d 天；法定节假日应为 %d 天",
			n.Taken(), len(worked), given, lawful), "请对照原文核对各段日期")
	}
}

func (r *reader) worked(n *Notice, h Holiday, d workday.Date, seen map[workday.Date]bool) {
	at := slices.Index(r.text.lines, h.Line)
	switch {
	case n.Off(d):
		r.tell(at, problem.Error, d.String()+" 既写放假又写上班", "对照原文改正日期")
	case !weekend(d):
		r.tell(at, problem.Error, d.String()+" 是星期"+weekdayName(d)+"，本来就上班", "对照原文改正日期")
	case seen[d]:
		r.tell(at, problem.Error, d.String()+" 写了两次上班", "对照原文改正日期")
	}
	seen[d] = true
}

// Taken is how many days off would be working days by their weekday.
func (n *Notice) Taken() (days int) {
	for _, h := range n.Holidays {
		for _, x := range h.Off {
			for d := x.First; d <= x.Last; d++ {
				if !weekend(d) {
					days++
				}
			}
		}
	}
	return days
}

// Overrides is what the notice changes of a calendar that does not know it.
func (n *Notice) Overrides() (o workday.Overrides) {
	o.Final = []int{n.Year}
	for _, h := range n.Holidays {
		for _, x := range h.Off {
			for d := x.First; d <= x.Last; d++ {
				o.Off = append(o.Off, d)
			}
		}
		o.Work = append(o.Work, h.Work...)
	}
	return o
}

// Known reports whether a calendar has the notice already and agrees with it.
func (n *Notice) Known(cal *workday.Calendar) bool {
	o := n.Overrides()
	return cal.Final(n.Year) && !slices.ContainsFunc(o.Off, cal.Working) &&
		!slices.ContainsFunc(o.Work, func(d workday.Date) bool { return !cal.Working(d) })
}
