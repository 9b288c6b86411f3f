// Package forms lays out the papers that the regulation knows: the 说明单 and
// the 延期申请单 of a case, the 督促改进单, the 催办通知书, the 任务清单, and the papers of a
// joint meeting. They are filled from the case as far as it has been told, and
// leave room where people write an opinion, sign and stamp.
package forms

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"suqiu/internal/clock"
	"suqiu/internal/misuse"
	"suqiu/internal/office"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// Kind is a form of one case.
type Kind string

// The forms of one case, as people call them.
const (
	Statement   Kind = "说明单"
	Extension   Kind = "延期申请单"
	Improvement Kind = "督促改进单"
	Urging      Kind = "催办通知书"
)

// Kinds lists the forms of a case.
func Kinds() []Kind { return []Kind{Statement, Extension, Improvement, Urging} }

// TasksName is the name of the form that is about many cases.
const TasksName = "任务清单"

// Named is the form of a name or title, as somebody typed it.
func Named(typed string) (name string, err error) {
	name = strings.Trim(typed, "《》")
	var names []string
	for _, k := range Kinds() {
		if name == k.Title() {
			name = string(k)
		}
		names = append(names, string(k))
	}
	names = append(names, TasksName)
	if !slices.Contains(names, name) {
		return "", misuse.New("没有表单“%s”：应为 %s 或 %s", typed, strings.Join(names[:len(names)-1], "、"), TasksName)
	}
	return name, nil
}

// kinds say of each form how it is called, how many records of a case it is for, and
// how it is filled. The titles of the first two stand in the regulation, 三(三) and
// 三(四).
var kinds = map[Kind]struct {
	title string
	count func(*view.Text) int
	fill  func(*Filler, *office.Document, *view.Text, int)
}{
	Statement: {"税费服务诉求和舆情分析办理情况说明单",
		func(c *view.Text) int { return len(c.Statements) }, (*Filler).statement},
	Extension: {"税费服务诉求和舆情分析办理延期申请单",
		func(c *view.Text) int { return len(c.Extensions) }, (*Filler).extension},
	Improvement: {"税费服务诉求和舆情分析办理督促改进单",
		func(c *view.Text) int { return len(c.Improvements) }, (*Filler).improvement},
	Urging: {"税费服务诉求和舆情分析办理催办通知书",
		func(c *view.Text) int { return len(urgings(c)) }, (*Filler).urging},
}

// Title is the name of the form.
func (k Kind) Title() string { return kinds[k].title }

// Count is how many records of a case the form is for.
func (k Kind) Count(c *view.Text) int { return kinds[k].count(c) }

// Filler fills forms for one bureau.
type Filler struct {
	Bureau   string // 名称 in suqiu.yaml, over each page
	Calendar *workday.Calendar
}

// Form fills a form with the n-th record of a case, from 1; 0 is a blank one,
// which holds what is known of the case. A record that is not there is blank
// too.
func (f *Filler) Form(k Kind, c *view.Text, n int) *office.Document {
	d := office.NewDocument(k.Title()+" "+c.ID, office.Portrait)
	d.Header(f.Bureau)
	d.FormTitle(k.Title())
	if n < 1 || n > k.Count(c) {
		n = 0
	}
	kinds[k].fill(f, d, c, n)
	return d
}

// widths are those of label, value, label, value.
var widths = []int{17, 33, 17, 33}

const (
	signatures = "经办人签字：　　　　负责人签字：　　　　（盖章）　　　年　月　日"
	oneSigns   = "负责人签字：　　　　　（盖章）　　　年　月　日"
	chairSigns = "召集人签字：　　　　　　　　　　　　年　月　日"
)

func label(s string) office.Cell { return office.Cell{Text: s, Label: true} }

// titles is the row of titles of a table.
func titles(list ...string) office.GridRow {
	head := office.GridRow{Head: true, Height: 9}
	for _, title := range list {
		head.Cells = append(head.Cells, label(title))
	}
	return head
}

// opinions are the blocks of a form in which people write, decide and sign.
func opinions(blocks ...[3]string) (rows []office.GridRow) {
	for _, b := range blocks {
		rows = append(rows, office.Opinion(b[0], 3, 13, b[1], b[2])...)
	}
	return rows
}

// remark is the small print below a form.
func remark(d *office.Document, text string) { d.Note(office.Run{Text: text, Size: office.Size5S}) }

// pair is a row of two labels with their values.
func pair(a, x, b, y string) office.GridRow {
	return office.GridRow{Height: 7, Cells: []office.Cell{label(a), {Text: x}, label(b), {Text: y}}}
}

// wide is a row of one label with its value, at least so many mm high.
func wide(a, x string, height int) office.GridRow {
	return office.GridRow{Height: max(height, 7), Cells: []office.Cell{label(a), {Text: x, Span: 3}}}
}

// facts are the rows that say what the case is.
func facts(c *view.Text) []office.GridRow {
	pushed, due, lead := "", "", cmp.Or(c.Life.Lead, c.Lead)
	if k := lastClock(c, clock.Feedback); k != nil {
		pushed, due = day(k.Start), day(k.Due)
		if k.OriginalDue != 0 && k.OriginalDue != k.Due {
			due += "\n原" + day(k.OriginalDue)
		}
	}
	rows := []office.GridRow{
		pair("事项编号", c.ID, "任务清单", c.TaskList),
		wide("标　　题", c.Title, 0),
		pair("渠　　道", c.Channel, "收集单位", c.Collector),
		pair("办理类别", c.Category, "紧急程度", c.Urgency),
	}
	if co := strings.Join(c.Co, "、"); utf8.RuneCountInString(co) <= maxBeside {
		rows = append(rows, pair("承办单位", lead, "协办单位", co))
	} else {
		rows = append(rows, wide("承办单位", lead, 0), wide("协办单位", co, 0))
	}
	return append(rows,
		pair("推送日期", pushed, "到 期 日", due),
		wide("诉求内容", office.Plain(c.Section("诉求内容")), 14),
	)
}

// maxBeside is how many characters stand beside another value.
const maxBeside = 45

// maxNamed is how many characters of units a narrow column names.
const maxNamed = 60

// some names units in a narrow column, not more of them than fit.
func some(units []string) string {
	room := maxNamed
	for i, u := range units {
		if room -= utf8.RuneCountInString(u); room < 0 && i > 0 {
			return strings.Join(units[:i], "、") + fmt.Sprintf("等 %d 个单位", len(units))
		}
	}
	return strings.Join(units, "、")
}

// lastClock is the last clock of a kind; nil if there is none.
func lastClock(c *view.Text, kind clock.Kind) *clock.Clock {
	for i := range slices.Backward(c.Life.Clocks) {
		if c.Life.Clocks[i].Kind == kind {
			return &c.Life.Clocks[i]
		}
	}
	return nil
}

// filed is the day on which the n-th record of a kind was filed.
func filed(c *view.Text, key string, n int) workday.Date {
	for i := range c.Life.Events {
		e := &c.Life.Events[i]
		if e.Voided {
			continue
		}
		for _, entry := range e.Entries {
			if entry.Key != key || entry.Decided {
				continue
			}
			if n--; n == 0 {
				return e.Day()
			}
		}
	}
	return 0
}

// day is a date as an official document writes it; empty if there is none.
func day(d workday.Date) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year(), int(d.Month()), d.Day())
}

// dayOr is the date, or room to write one.
func dayOr(d workday.Date) string {
	if d == 0 {
		return "　　年　月　日"
	}
	return day(d)
}

// choice marks one word of several.
func choice(chosen string, words ...string) string {
	var list []string
	for _, w := range words {
		mark := "□"
		if w == chosen {
			mark = "■"
		}
		list = append(list, mark+w)
	}
	return strings.Join(list, "　　")
}

// decision is what was decided, with its ground.
func decision(what, basis string) string {
	switch {
	case what == "":
		return ""
	case basis == "":
		return "决定：" + what
	}
	return "决定：" + what + "\n依据：" + basis
}

// heading is the line between title and grid: who fills in, and when.
func heading(d *office.Document, unit string, filed workday.Date) {
	d.Note(office.Run{Size: office.SizeSmall,
		Text: "填报单位：" + cmp.Or(unit, "　　　　　　　　") + "　　　　填报日期：" + dayOr(filed)})
}
