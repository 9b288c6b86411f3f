// Package dueday explains how a due day was reached: in words, as a bar with a box
// for each day, and as a table with a row for each week.
package dueday

import (
	"html/template"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/draw"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// Count explains how a due day was reached.
type Count struct {
	Sentence string        // in words
	Bar      template.HTML // SVG: one small box for each day
	Grid     template.HTML // table: one row for each week
}

// Bars longer than this many days would be unreadable; the sentence and the
// grid up to that point still say everything.
const maxDays = 120

// Counter knows the working days, and as of which day it counts.
type Counter struct {
	Calendar *workday.Calendar
	AsOf     workday.Date
}

// Count goes through the days from the start of a clock to its due day, and
// on to the day it stopped or to the as-of day if that is later.
func (v Counter) Count(k *view.Clock) Count {
	end := k.Due
	if stop := v.until(k); stop > end {
		end = stop
	}
	if k.Start == 0 || end <= k.Start {
		return Count{}
	}
	days := v.Calendar.Days(k.Start, end)
	counted := make([]draw.Day, len(days))
	n := 0
	for i, d := range days {
		c := draw.Day{Day: d}
		switch {
		case !d.Working:
			c.Kind = draw.Off
		case clock.Within(k.Clock.Late, d.Date, v.AsOf), len(k.Clock.Late) == 0 && k.DaysLate > 0 && d.Date > k.Due:
			c.Kind = draw.Late
		case clock.Within(k.Pauses, d.Date, v.AsOf), d.Date > k.Due:
			c.Kind = draw.Paused // of review, or while a request waited
		default:
			n++
			c.Nth = n
		}
		counted[i] = c
	}
	count := Count{Sentence: v.sentence(k, counted)}
	if len(counted) > maxDays {
		counted = counted[:maxDays]
	}
	limit := draw.Limit{Label: k.Name() + "：" + k.Light.Text, Start: k.Start, Due: k.Due, Stopped: k.Stopped,
		Until: v.until(k), Counts: k.Counts()}
	count.Bar, count.Grid = limit.Bar(counted), limit.Grid(counted)
	return count
}

// until is the last day that a clock is concerned with.
func (v Counter) until(k *view.Clock) workday.Date {
	if k.Stopped != 0 {
		return k.Stopped
	}
	return v.AsOf
}

// sentence tells in words what moved the due day: holidays and make-up days
// by name, pauses, extensions.
func (v Counter) sentence(k *view.Clock, days []draw.Day) string {
	var b strings.Builder
	b.WriteString(MonthDay(k.Start))
	b.WriteString("起算（当日不计）")
	switch {
	case k.Agreed:
		b.WriteString("，期限由联席会议议定")
	case k.Ahead > 0:
		b.WriteString("，早于承办单位到期日 " + strconv.Itoa(k.Ahead) + " 个工作日")
	case k.Limit == 0:
		b.WriteString("，期限为指定日期")
	default:
		b.WriteString("，限 " + strconv.Itoa(k.Limit) + " 个工作日")
	}
	for _, p := range k.Pauses {
		b.WriteString("；" + MonthDay(p.From) + "后")
		if p.To == 0 {
			b.WriteString("暂停至今")
		} else {
			b.WriteString("至" + MonthDay(p.To) + "暂停")
		}
		if p.Why != "" {
			b.WriteString("（" + p.Why + "）")
		}
	}
	if k.PausedDays > 0 {
		b.WriteString("，共不计 " + strconv.Itoa(k.PausedDays) + " 个工作日")
	}
	if k.ExtendedDays > 0 {
		b.WriteString("；同意延期 " + strconv.Itoa(k.ExtendedDays) + " 个工作日")
	}
	for _, m := range k.Moves {
		if m.Days == 0 {
			b.WriteString("；" + MonthDay(m.On) + m.Why + "，到期日为 " + MonthDay(m.Due))
		}
	}
	if k.Missed != 0 && k.Missed < k.Due && k.DaysLate > 0 {
		b.WriteString("；" + MonthDay(k.Missed) + "到期时没有完成，已过 " + strconv.Itoa(k.DaysLate) + " 个工作日")
	}
	if named := exceptions(days, k.Due); named != "" {
		b.WriteString("；" + named)
	}
	b.WriteString("；到期日 " + k.Due.String() + "（星期" + Weekday(k.Due) + "）24 时")
	if k.Provisional {
		b.WriteString("。" + strconv.Itoa(k.Due.Year()) + " 年的" + v.Calendar.Reckoned(k.Due.Year()))
	}
	b.WriteString("。")
	return b.String()
}

// On is a day in a sentence: 12 月 1 日, with the year if it is not this one.
func (v Counter) On(d workday.Date) string {
	year := ""
	if d.Year() != v.AsOf.Year() {
		year = strconv.Itoa(d.Year()) + " 年 "
	}
	return year + strconv.Itoa(int(d.Month())) + " 月 " + strconv.Itoa(d.Day()) + " 日"
}

// exceptions names the holidays and make-up days up to the due day. Plain
// weekends need no word.
func exceptions(days []draw.Day, due workday.Date) string {
	var off, work []string
	for i := 0; i < len(days) && days[i].Date <= due; {
		d := days[i]
		weekend := d.Date.Weekday() == 0 || d.Date.Weekday() == 6
		if d.Working == !weekend || d.PlainWeekend() {
			i++
			continue
		}
		j := i
		for j+1 < len(days) && days[j+1].Date <= due && days[j+1].Working == d.Working && days[j+1].Reason == d.Reason {
			j++
		}
		span := MonthDay(d.Date)
		if j > i {
			span += "至" + MonthDay(days[j].Date)
		}
		if d.Working {
			work = append(work, span)
		} else {
			off = append(off, span+"（"+d.Reason+"）")
		}
		i = j + 1
	}
	var parts []string
	if len(off) > 0 {
		parts = append(parts, strings.Join(off, "、")+"休息，不计")
	}
	if len(work) > 0 {
		parts = append(parts, strings.Join(work, "、")+"调休上班，计入")
	}
	return strings.Join(parts, "；")
}

// Text is a day as people read it: 2026年9月30日（星期三）.
func Text(d workday.Date) string {
	if d == 0 {
		return ""
	}
	return strconv.Itoa(d.Year()) + "年" + MonthDay(d) + "（星期" + Weekday(d) + "）"
}

// Weekday is 三 of 星期三.
func Weekday(d workday.Date) string {
	return [...]string{"日", "一", "二", "三", "四", "五", "六"}[d.Weekday()]
}

// MonthDay is 9月30日.
func MonthDay(d workday.Date) string {
	if d == 0 {
		return ""
	}
	return strconv.Itoa(int(d.Month())) + "月" + strconv.Itoa(d.Day()) + "日"
}
