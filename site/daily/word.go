package daily

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/office"
	"suqiu/site/dueday"
)

// Document is the sheet as Word.
func (s *Sheet) Document() *office.Document {
	d := office.NewDocument("晨报 "+s.AsOf.String(), office.Portrait)
	d.Header(s.Bureau)
	d.FormTitle("晨　报")
	d.Line(office.Center, office.Run{Text: s.Heading(), Size: office.SizeSmall})
	head, now, change := []string{""}, []string{"今日"}, []string{"增减"}
	was := []string{"上一工作日（" + s.BeforeText() + "）"}
	for _, f := range s.Figures {
		head, now = append(head, f.Name), append(now, strconv.Itoa(f.Now))
		was, change = append(was, f.WasText()), append(change, f.Change())
	}
	right := []office.Align{office.Left, office.Right, office.Right, office.Right, office.Right, office.Right}
	d.Table(office.Table{Head: head, Rows: [][]string{now, was, change}, Widths: []int{56, 15, 21, 21, 15, 31},
		Align: right, Size: office.Size5, Whole: true})
	s.lateTable(d)
	s.dueTable(d)
	s.waitingTable(d)
	section(d, "自上一工作日（"+s.BeforeText()+"）以来")
	s.newsTable(d)
	note := "只有制度规定、会议议定、改进和原渠道的期限才称超期；待收件、待决定和暂停的不算。"
	if s.Trace != "" {
		note += "留痕编号 " + s.Trace + "。"
	}
	d.Note(office.Run{Text: note, Size: office.Size5S})
	return d
}

// section heads a part of the sheet in small type: the headings of an official document
// are for more than a page.
func section(d *office.Document, title string) {
	d.Note(office.Run{Text: title, Font: office.HeiTi, Size: office.Size5})
}

func nothing(d *office.Document, text string) {
	d.Note(office.Run{Text: text, Size: office.Size5S})
}

func (s *Sheet) lateTable(d *office.Document) {
	section(d, "超期未办 "+strconv.Itoa(s.Headline.Late)+" 项")
	if len(s.Late) == 0 {
		nothing(d, "没有超期未办的事项。")
		return
	}
	t := office.Table{Head: []string{"单位", "超期", "最长", "事项"}, Widths: []int{40, 12, 24, 80},
		Size: office.Size5S, Align: []office.Align{office.Left, office.Right}}
	for _, u := range s.Late {
		t.Rows = append(t.Rows, []string{u.Unit, strconv.Itoa(u.N), u.Longest, numbers(u.Refs, u.More)})
	}
	d.Table(t)
}

// dueTable is what is due today and in the working days after it, in one table to save
// room.
func (s *Sheet) dueTable(d *office.Document) {
	section(d, "今日到期 "+strconv.Itoa(s.Today.Total())+" 项，三个工作日内到期 "+strconv.Itoa(s.Ahead.Total())+" 项")
	if s.Today.Total()+s.Ahead.Total() == 0 {
		nothing(d, "没有今日和三个工作日内到期的事项。")
		return
	}
	t := office.Table{Head: []string{"到期日", "编号", "标题", "单位", "期限"}, Widths: []int{22, 36, 58, 36, 17},
		Size: office.Size5S}
	for _, r := range slices.Concat(s.Today.List, s.Ahead.List) {
		on := "今日"
		if r.Due != s.AsOf {
			on = dueday.MonthDay(r.Due)
		}
		t.Rows = append(t.Rows, []string{on, r.ID, clip(r.Name), r.Unit, r.What})
	}
	d.Table(t)
	more(d, s.Today.More+s.Ahead.More)
}

func (s *Sheet) waitingTable(d *office.Document) {
	section(d, "待联席会议确认 "+strconv.Itoa(s.Waiting.Total())+" 项")
	if s.Waiting.Total() == 0 {
		nothing(d, "没有等待确认或研究决定的事项。")
		return
	}
	t := office.Table{Head: []string{"编号", "标题", "提出单位", "请求", "已等"}, Widths: []int{36, 58, 36, 17, 22},
		Size: office.Size5S}
	for _, r := range s.Waiting.List {
		t.Rows = append(t.Rows, []string{r.ID, clip(r.Name), r.Unit, r.What, strconv.Itoa(r.Waited) + " 个工作日"})
	}
	d.Table(t)
	more(d, s.Waiting.More)
}

func (s *Sheet) newsTable(d *office.Document) {
	if len(s.News) > 0 {
		t := office.Table{Head: []string{"变化", "项数", "事项"}, Widths: []int{18, 12, 122}, Size: office.Size5S,
			Align: []office.Align{office.Left, office.Right}}
		for _, n := range s.News {
			t.Rows = append(t.Rows, []string{string(n.Kind), strconv.Itoa(n.N), numbers(n.Refs, n.More)})
		}
		d.Table(t)
	}
	var none []string
	for _, kind := range s.None {
		none = append(none, string(kind))
	}
	text := s.Untold
	if len(none) > 0 {
		text = "没有" + strings.Join(none, "、") + "。" + text
	}
	if text != "" {
		nothing(d, text)
	}
}

// more says how many lines are left out.
func more(d *office.Document, left int) {
	if left > 0 {
		nothing(d, "另有 "+strconv.Itoa(left)+" 项，见网站。")
	}
}

// numbers names some cases, and says how many more there are.
func numbers(refs []Ref, left int) string {
	var list []string
	for _, r := range refs {
		list = append(list, r.ID)
	}
	text := strings.Join(list, "、")
	if left > 0 {
		text += " 等 " + strconv.Itoa(len(refs)+left) + " 件"
	}
	return text
}

// clip keeps a title on one line of its column.
func clip(title string) string {
	const most = 19
	if runes := []rune(title); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return title
}
