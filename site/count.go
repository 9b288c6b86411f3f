package site

import (
	"html/template"
	"strconv"
	"strings"

	"suqiu/internal/workday"
	"suqiu/internal/workflow"
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

// dayKind says what a day does to a limit.
type dayKind byte

const (
	dayCounts dayKind = iota
	dayOff
	dayPaused
	dayLate
)

type countedDay struct {
	workday.Day
	kind dayKind
	nth  int // working days run so far; 0 if the day does not count
}

// count goes through the days from the start of a clock to its due day, and
// on to the day it stopped or to the as-of day if that is later.
func (v *view) count(k *Clock) Count {
	end := k.Due
	if stop := v.until(k); stop > end {
		end = stop
	}
	if k.Start == 0 || end <= k.Start {
		return Count{}
	}
	days := v.calendar.Days(k.Start, end)
	counted := make([]countedDay, len(days))
	n := 0
	for i, d := range days {
		c := countedDay{Day: d}
		switch {
		case !d.Working:
			c.kind = dayOff
		case inPause(k.Clock.Late, d.Date, v.asOf), len(k.Clock.Late) == 0 && k.DaysLate > 0 && d.Date > k.Due:
			c.kind = dayLate
		case inPause(k.Pauses, d.Date, v.asOf), d.Date > k.Due:
			c.kind = dayPaused // of review, or while a request waited
		default:
			n++
			c.nth = n
		}
		counted[i] = c
	}
	count := Count{Sentence: v.sentence(k, counted)}
	if len(counted) > maxDays {
		counted = counted[:maxDays]
	}
	count.Bar = v.bar(k, counted)
	count.Grid = v.grid(k, counted)
	return count
}

// until is the last day that a clock is concerned with.
func (v *view) until(k *Clock) workday.Date {
	if k.Stopped != 0 {
		return k.Stopped
	}
	return v.asOf
}

func inPause(pauses []workflow.Span, d, asOf workday.Date) bool {
	for _, p := range pauses {
		to := p.To
		if to == 0 {
			to = asOf
		}
		if d > p.From && d <= to {
			return true
		}
	}
	return false
}

// sentence tells in words what moved the due day: holidays and make-up days
// by name, pauses, extensions.
func (v *view) sentence(k *Clock, days []countedDay) string {
	var b strings.Builder
	b.WriteString(monthDay(k.Start))
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
		b.WriteString("；" + monthDay(p.From) + "后")
		if p.To == 0 {
			b.WriteString("暂停至今")
		} else {
			b.WriteString("至" + monthDay(p.To) + "暂停")
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
			b.WriteString("；" + monthDay(m.On) + m.Why + "，到期日为 " + monthDay(m.Due))
		}
	}
	if k.Missed != 0 && k.Missed < k.Due && k.DaysLate > 0 {
		b.WriteString("；" + monthDay(k.Missed) + "到期时没有完成，已过 " + strconv.Itoa(k.DaysLate) + " 个工作日")
	}
	if named := exceptions(days, k.Due); named != "" {
		b.WriteString("；" + named)
	}
	b.WriteString("；到期日 " + k.Due.String() + "（星期" + weekdays[k.Due.Weekday()] + "）24 时")
	if k.Provisional {
		b.WriteString("。" + strconv.Itoa(k.Due.Year()) + " 年的" + v.calendar.Reckoned(k.Due.Year()))
	}
	b.WriteString("。")
	return b.String()
}

// exceptions names the holidays and make-up days up to the due day. Plain
// weekends need no word.
func exceptions(days []countedDay, due workday.Date) string {
	var off, work []string
	for i := 0; i < len(days) && days[i].Date <= due; {
		d := days[i]
		weekend := d.Date.Weekday() == 0 || d.Date.Weekday() == 6
		if d.Working == !weekend || plainWeekend(d) {
			i++
			continue
		}
		j := i
		for j+1 < len(days) && days[j+1].Date <= due && days[j+1].Working == d.Working && days[j+1].Reason == d.Reason {
			j++
		}
		span := monthDay(d.Date)
		if j > i {
			span += "至" + monthDay(days[j].Date)
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

// plainWeekend reports whether d is off for no other reason than its weekday.
func plainWeekend(d countedDay) bool {
	return !d.Working && (strings.HasPrefix(d.Reason, "周") || strings.HasPrefix(d.Reason, "星期"))
}

// The boxes of a bar, in SVG units.
const (
	boxWidth = 13
	boxPitch = 16
	boxHigh  = 14
)

// bar draws one box for each day: full if it counted, low if it was a day
// off, hollow if paused, red past the due day; a mark under the due day and
// one over the as-of day.
func (v *view) bar(k *Clock, days []countedDay) template.HTML {
	var paths [4][]byte
	until := v.until(k)
	var ahead []byte
	mark := func(path *[]byte, i, top int) {
		number := func(before string, n int) { *path = strconv.AppendInt(append(*path, before...), int64(n), 10) }
		if *path == nil {
			*path = make([]byte, 0, 20*len(days))
		}
		number("M", i*boxPitch+1)
		number(" ", top)
		number("h", boxWidth)
		number("v", boxHigh+4-top)
		number("h-", boxWidth)
		*path = append(*path, 'z')
	}
	due, now := -1, -1
	for i, d := range days {
		switch {
		case d.kind == dayOff:
			mark(&paths[dayOff], i, boxHigh)
		case d.kind == dayCounts && d.Date > until:
			mark(&ahead, i, 4)
		default:
			mark(&paths[d.kind], i, 4)
		}
		if d.Date == k.Due {
			due = i
		}
		if d.Date == until {
			now = i
		}
	}
	width := len(days)*boxPitch + 2
	var b strings.Builder
	b.Grow(700 + 20*len(days))
	b.WriteString(`<svg class="bar" preserveAspectRatio="none" width="` + strconv.Itoa(width) + `" height="27" viewBox="0 0 ` + strconv.Itoa(width) + ` 27" role="img" aria-label="`)
	b.WriteString(template.HTMLEscapeString(k.Name() + "：" + k.Light.Text + "，" + k.Start.String() + " 至 " + k.Due.String()))
	b.WriteString(`">`)
	for i, class := range [...]string{dayCounts: "b-run", dayOff: "b-off", dayPaused: "b-hold", dayLate: "b-late"} {
		if paths[i] != nil {
			b.WriteString(`<path class="` + class + `" d="`)
			b.Write(paths[i])
			b.WriteString(`"/>`)
		}
	}
	if ahead != nil {
		b.WriteString(`<path class="b-left" d="`)
		b.Write(ahead)
		b.WriteString(`"/>`)
	}
	if due >= 0 {
		x := due*boxPitch + 1
		b.WriteString(`<path class="b-due" d="M` + strconv.Itoa(x) + ` 20.5h` + strconv.Itoa(boxWidth) + `l-6.5 6z"/>`)
	}
	if now >= 0 && k.Stopped == 0 {
		x := now*boxPitch + 1
		b.WriteString(`<path class="b-now" d="M` + strconv.Itoa(x) + ` 0h` + strconv.Itoa(boxWidth) + `v2h-` + strconv.Itoa(boxWidth) + `z"/>`)
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// grid is a small calendar: a row for each week, in each day the date and
// what it did.
func (v *view) grid(k *Clock, days []countedDay) template.HTML {
	var b strings.Builder
	b.Grow(700 + 60*len(days))
	b.WriteString(`<table class="cal"><thead><tr><th scope="col">周</th>`)
	for _, name := range [...]string{"一", "二", "三", "四", "五", "六", "日"} {
		b.WriteString(`<th scope="col">` + name + `</th>`)
	}
	b.WriteString("</tr></thead><tbody>")
	first := k.Start
	column := func(d workday.Date) int { return (int(d.Weekday()) + 6) % 7 }
	openRow := func(d workday.Date) {
		monday := d.AddDays(-column(d))
		b.WriteString(`<tr><th scope="row">`)
		b.WriteString(strconv.Itoa(int(monday.Month())))
		b.WriteByte('/')
		b.WriteString(strconv.Itoa(monday.Day()))
		b.WriteString("</th>")
	}
	openRow(first)
	for range column(first) {
		b.WriteString("<td></td>")
	}
	cell := func(class string, d workday.Date, note string) {
		b.WriteString(`<td class="`)
		b.WriteString(class)
		b.WriteString(`"><span>`)
		b.WriteString(strconv.Itoa(d.Day()))
		b.WriteString(`</span><b>`)
		b.WriteString(note)
		b.WriteString(`</b></td>`)
		if column(d) == 6 {
			b.WriteString("</tr>")
		}
	}
	cell("c-start", first, "起算")
	last := first
	for _, d := range days {
		if column(d.Date) == 0 {
			openRow(d.Date)
		}
		class, note := "c-run", "第"+strconv.Itoa(d.nth)+"日"
		switch d.kind {
		case dayOff:
			class, note = "c-off", shortReason(d)
		case dayPaused:
			class, note = "c-hold", "暂停"
		case dayLate:
			class, note = "c-late", "超期"
			if !k.Counts() {
				note = "已过"
			}
		}
		if d.Date == k.Due {
			class += " c-due"
			if d.kind == dayCounts {
				note = "到期"
			}
		}
		if d.Date == k.Stopped {
			class += " c-stop"
		}
		cell(class, d.Date, template.HTMLEscapeString(note))
		last = d.Date
	}
	if rest := 6 - column(last); rest > 0 {
		for range rest {
			b.WriteString("<td></td>")
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	return template.HTML(b.String())
}

func shortReason(d countedDay) string {
	if plainWeekend(d) {
		return "休"
	}
	return d.Reason
}
