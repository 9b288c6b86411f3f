package forms

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/office"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// TaskList is a 任务清单 (三(三)): tasks by 办理类别, with room to sign for them.
type TaskList struct {
	Bureau  string
	Name    string // RW202608-01, or a unit and month: 信息中心2026年8月
	Entries []*view.Case
	AsOf    workday.Date
	Trace   string // 留痕编号 of the last landing that changed one of them; may be empty
}

// categories are in the order of the regulation, 三(三).
func categories() []string {
	return []string{"政策业务类", "系统技术类", "征管流程类", "服务言行类", "服务质效类", "侵害权益类", "其他类", ""}
}

// task is one line of a list.
type task struct {
	n int
	*view.Case
	title, urgency        string
	pushed, accepted, due workday.Date
	status                string
}

// group is the tasks of one category.
type group struct {
	category string
	tasks    []task
}

func (l *TaskList) groups() []group {
	var list []group
	n := 0
	known := categories()
	for _, category := range known {
		g := group{category: category}
		for i := range l.Entries {
			e := l.Entries[i]
			if e.Category == category || category == "" && !slices.Contains(known, e.Category) {
				n++
				g.tasks = append(g.tasks, newTask(n, e))
			}
		}
		if g.category == "" {
			g.category = "未分类"
		}
		if len(g.tasks) > 0 {
			list = append(list, g)
		}
	}
	return list
}

func newTask(n int, e *view.Case) task {
	t := task{n: n, Case: e, title: view.Restricted}
	if e.Text != nil {
		t.title, t.urgency = e.Text.Title, e.Text.Urgency
	}
	if k := e.Feedback(); k != nil {
		t.pushed, t.due, t.status = k.Start, k.Due, k.Status.Word()
		for i := range e.Clocks {
			if a := &e.Clocks[i]; a.Kind == clock.Accept && a.Push == k.Push && a.Status != clock.Cancelled {
				t.accepted = a.Stopped
			}
		}
	}
	return t
}

func (l *TaskList) summary() string {
	open := 0
	for i := range l.Entries {
		if l.Entries[i].State.IsOpen() {
			open++
		}
	}
	text := fmt.Sprintf("共 %d 项，在办 %d 项，截至 %s。", len(l.Entries), open, day(l.AsOf))
	if l.Trace != "" {
		text += "留痕编号 " + l.Trace + "。"
	}
	return text
}

// Document is the list to print, sign and file, across the page.
func (l *TaskList) Document() *office.Document {
	d := office.NewDocument("任务清单 "+l.Name, office.Landscape)
	d.Header(l.Bureau)
	d.FormTitle("税费服务诉求和舆情办理任务清单")
	d.Subtitle("（" + l.Name + "）")
	// Above the table: behind it, it would go to a page of its own.
	d.Note(office.Text(l.summary() + "请各承办单位联络员及时接收；对办理单位建议有异议的，推送后2个工作日内填写说明单" +
		"；一般在推送后10个工作日内反馈。协办单位应早于承办单位到期日反馈。"))
	d.Gap()
	g := office.Grid{Widths: []int{9, 36, 42, 12, 28, 26, 20, 22, 16, 16}, Size: office.Size5}
	g.Rows = append(g.Rows, titles("序号", "事项编号", "标题", "紧急\n程度", "承办单位", "协办单位", "推送\n日期",
		"反馈\n到期日", "办理\n状态", "签收"))
	for _, group := range l.groups() {
		g.Rows = append(g.Rows, office.GridRow{Keep: true, Cells: []office.Cell{{
			Runs: []office.Run{{Text: fmt.Sprintf("%s（%d 项）", group.category, len(group.tasks)),
				Font: office.HeiTi}}, Span: 10,
		}}})
		for _, t := range group.tasks {
			g.Rows = append(g.Rows, office.GridRow{Height: 10, Cells: []office.Cell{
				{Text: strconv.Itoa(t.n), Align: office.Center}, {Text: t.ID}, {Text: t.title},
				{Text: t.urgency, Align: office.Center},
				{Text: t.Lead}, {Text: some(t.Co)}, {Text: short(t.pushed), Align: office.Center},
				{Text: short(t.due), Align: office.Center},
				{Text: string(t.State), Align: office.Center}, {},
			}})
		}
	}
	if len(g.Rows) == 1 {
		g.Rows = append(g.Rows,
			office.GridRow{Height: 10, Cells: []office.Cell{{Text: "没有任务。", Span: 10, Align: office.Center}}})
	}
	d.Grid(g)
	return d
}

// short is a date as narrow as a column of figures.
func short(d workday.Date) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d", d.Year(), int(d.Month()), d.Day())
}

// Workbook is the list as an Excel file.
func (l *TaskList) Workbook() *office.Workbook {
	s := office.Sheet{Name: "任务清单 " + l.Name, Columns: []office.Column{
		{Title: "序号", Kind: office.NumberColumn, Width: 7}, {Title: "办理类别", Width: 12},
		{Title: "事项编号", Width: 19}, {Title: "标题", Width: 44, Wrap: true},
		{Title: "紧急程度", Width: 10}, {Title: "承办单位", Width: 18}, {Title: "协办单位", Width: 24, Wrap: true},
		{Title: "推送日期", Kind: office.DateColumn, Width: 12},
		{Title: "反馈到期日", Kind: office.DateColumn, Width: 12}, {Title: "状态", Width: 11},
		{Title: "反馈时限", Width: 10}, {Title: "接收日期", Kind: office.DateColumn, Width: 12},
		{Title: "签收人", Width: 12}, {Title: "备注", Width: 16},
	}}
	s.Rows = func(yield func(office.Row) bool) {
		for _, g := range l.groups() {
			for _, t := range g.tasks {
				if !yield(office.Row{t.n, g.category, t.ID, t.title, t.urgency, t.Lead, strings.Join(t.Co, "、"),
					t.pushed, t.due, string(t.State), t.status, t.accepted}) {
					return
				}
			}
		}
	}
	return &office.Workbook{Title: s.Name, Sheets: []office.Sheet{s}}
}
