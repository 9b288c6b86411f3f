package draw

import (
	"html/template"
	"strconv"
	"strings"

	"suqiu/internal/workday"
)

// DayKind says what a day does to a limit.
type DayKind byte

// The kinds of days.
const (
	Counts DayKind = iota
	Off
	Paused
	Late
)

// Day is a day after the start of a limit.
type Day struct {
	workday.Day
	Kind DayKind
	Nth  int // working days run so far; 0 if the day does not count
}

// PlainWeekend reports whether d is off for no other reason than its weekday.
func (d *Day) PlainWeekend() bool {
	return !d.Working && (strings.HasPrefix(d.Reason, "周") || strings.HasPrefix(d.Reason, "星期"))
}

// Limit is a limit whose days are drawn.
type Limit struct {
	Label               string // what it is for, and how it stands
	Start, Due, Stopped workday.Date
	Until               workday.Date // the last day that it is concerned with
	Counts              bool         // lateness is 超期
}

// The boxes of a bar, in SVG units.
const (
	boxWidth = 13
	boxPitch = 16
	boxHigh  = 14
)

// Bar draws one box for each day: full if it counted, low if it was a day
// off, hollow if paused, red past the due day; a mark under the due day and
// one over the as-of day.
func (k *Limit) Bar(days []Day) template.HTML {
	var paths [4][]byte
	var ahead, cut []byte // days to come; what tells late ones without colours
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
		case d.Kind == Off:
			mark(&paths[Off], i, boxHigh)
		case d.Kind == Counts && d.Date > k.Until:
			if k.Stopped == 0 { // nothing is left of what has ended
				mark(&ahead, i, 4)
			}
		default:
			mark(&paths[d.Kind], i, 4)
		}
		if d.Kind == Late {
			cut = append(strconv.AppendInt(append(cut, 'M'), int64(i*boxPitch+1), 10), " 11.5h13"...)
		}
		if d.Date == k.Due {
			due = i
		}
		if d.Date == k.Until {
			now = i
		}
	}
	width := len(days)*boxPitch + 2
	var b strings.Builder
	b.Grow(700 + 20*len(days))
	b.WriteString(`<svg class="bar" preserveAspectRatio="none" width="` + strconv.Itoa(width) +
		`" height="27" viewBox="0 0 ` + strconv.Itoa(width) + ` 27" role="img" aria-label="`)
	b.WriteString(template.HTMLEscapeString(k.Label + "，" + k.Start.String() + " 至 " + k.Due.String()))
	b.WriteString(`">`)
	for i, class := range [...]string{Counts: "b-run", Off: "b-off", Paused: "b-hold", Late: "b-late"} {
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
	if cut != nil {
		b.WriteString(`<path class="b-cut" d="`)
		b.Write(cut)
		b.WriteString(`"/>`)
	}
	if due >= 0 {
		x := due*boxPitch + 1
		b.WriteString(`<path class="b-due" d="M` + strconv.Itoa(x) + ` 20.5h` + strconv.Itoa(boxWidth) + `l-6.5 6z"/>`)
	}
	if now >= 0 && k.Stopped == 0 {
		x := now*boxPitch + 1
		b.WriteString(`<path class="b-now" d="M` + strconv.Itoa(x) + ` 0h` + strconv.Itoa(boxWidth) + `v2h-` +
			strconv.Itoa(boxWidth) + `z"/>`)
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// Grid is a small calendar: a row for each week, in each day the date and
// what it did.
func (k *Limit) Grid(days []Day) template.HTML {
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
		class, note := "c-run", "第"+strconv.Itoa(d.Nth)+"日"
		switch d.Kind {
		case Off:
			class, note = "c-off", shortReason(d)
		case Paused:
			class, note = "c-hold", "暂停"
		case Late:
			class, note = "c-late", "超期"
			if !k.Counts {
				note = "已过"
			}
		}
		if k.Stopped != 0 && d.Kind == Counts && d.Date > k.Stopped {
			class, note = "c-unused", ""
		}
		if d.Date == k.Due {
			class += " c-due"
			if d.Kind == Counts {
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

func shortReason(d Day) string {
	if d.PlainWeekend() {
		return "休"
	}
	return d.Reason
}
