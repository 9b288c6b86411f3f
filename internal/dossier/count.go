package dossier

import (
	"fmt"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/workday"
)

// CountedDay is one day on the way to a due day.
type CountedDay struct {
	Date        workday.Date `json:"date"`
	N           int          `json:"n"` // the how-manieth working day; 0: not counted
	Working     bool         `json:"working"`
	Paused      bool         `json:"paused"`
	Reason      string       `json:"reason"`
	Provisional bool         `json:"provisional"`
}

// CountDays goes from the day after a clock's start to its due day: which days
// counted, and why the others did not.
func CountDays(k *clock.Clock, calendar *workday.Calendar, asOf workday.Date) []CountedDay {
	counted := []CountedDay{}
	if k.Start == 0 || k.Due == 0 {
		return counted
	}
	n := 0
	for _, day := range calendar.Days(k.Start, k.Due) {
		c := CountedDay{
			Date: day.Date, Working: day.Working, Reason: day.Reason, Provisional: day.Provisional,
			Paused: day.Working && clock.Within(k.Pauses, day.Date, asOf),
		}
		if c.Working && !c.Paused {
			n++
			c.N = n
		}
		counted = append(counted, c)
	}
	return counted
}

// CountLines writes counted days for people, a line a month: 9月: 21日[1]
// 22日[2] 25–27日 中秋节. Days that do not count are drawn together with their
// reason, and so is what is out of the ordinary about one that does.
func CountLines(days []CountedDay) []string {
	var lines []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			lines = append(lines, b.String())
			b.Reset()
		}
	}
	for i := 0; i < len(days); {
		first := days[i]
		if i == 0 || first.Date.Month() != days[i-1].Date.Month() {
			flush()
			fmt.Fprintf(&b, "%d月：", int(first.Date.Month()))
		} else {
			b.WriteString(" ")
		}
		j := i + 1
		if first.N == 0 {
			for j < len(days) && days[j].N == 0 && days[j].why() == first.why() &&
				days[j].Date.Month() == first.Date.Month() {
				j++
			}
		}
		b.WriteString(strconv.Itoa(first.Date.Day()))
		if j-i > 1 {
			fmt.Fprintf(&b, "–%d", days[j-1].Date.Day())
		}
		b.WriteString("日")
		if first.N > 0 {
			fmt.Fprintf(&b, "[%d]", first.N)
		}
		b.WriteString(first.why())
		i = j
	}
	flush()
	return lines
}

// why says why a day does not count, or why it does against the week.
func (c CountedDay) why() string {
	switch {
	case c.Paused:
		return "暂停"
	case c.Reason == "周六", c.Reason == "周日":
		return "周末"
	case !c.Working, !strings.HasPrefix(c.Reason, "星期") && !strings.HasPrefix(c.Reason, "周"):
		return c.Reason
	}
	return ""
}
