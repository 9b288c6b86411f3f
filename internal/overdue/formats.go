package overdue

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/office"
	"suqiu/internal/register"
)

// withheld stands for the title of a case that is 仅要素.
const withheld = "限范围查看"

// Outside are items as whoever may not read the repository sees them: a case that
// is 仅要素 shows no title.
func Outside(items []Item) []Item {
	items = slices.Clone(items)
	for i := range items {
		if items[i].restricted {
			items[i].Title = withheld
		}
	}
	return items
}

// OutsideWaiting is Outside for what waits.
func OutsideWaiting(waiting []Waiting) []Waiting {
	waiting = slices.Clone(waiting)
	for i := range waiting {
		if waiting[i].restricted {
			waiting[i].Title = withheld
		}
	}
	return waiting
}

// Markdown writes items to be pasted into an issue or a mail, which others may
// read.
func Markdown(w io.Writer, d *register.Register, items []Item, waiting []Waiting) error {
	items, waiting = Outside(items), OutsideWaiting(waiting)
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "## 超期与临期（截至 %s）\n\n", d.AsOf)
	if len(items)+len(waiting) == 0 {
		fmt.Fprint(out, "没有超期、临期和待决定的事项。\n")
		return out.Flush()
	}
	fmt.Fprintf(out, "%s。\n", tally(items))
	for _, part := range byUnit(items) {
		fmt.Fprintf(out, "\n### %s\n\n", office.PlainCell(cmp.Or(part[0].Unit, noUnit)))
		fmt.Fprint(out, "| 编号 | 标题 | 时限 | 情况 | 应于 | 原应于 | 已过 |\n| --- | --- | --- | --- | --- | --- | "+
			"--- |\n")
		for i := range part {
			it := &part[i]
			light := it.light()
			if it.Counts() {
				light = "**" + light + "**"
			}
			title, original := office.PlainCell(it.Title), ""
			if it.moved() {
				original = it.OriginalDue.String()
			}
			fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s | %s |\n", it.link(d), title, it.Clock, light,
				it.Due.Text(it.Provisional), original, it.lateDays())
		}
	}
	if len(waiting) > 0 {
		fmt.Fprintf(out, "\n### 待联席会议确认（%d 项）\n\n| 编号 | 标题 | 请求 | 提出单位 | 已等 |\n| --- | --- | --"+
			"- | --- | --- |\n", len(waiting))
	}
	for i := range waiting {
		wait, title := &waiting[i], office.PlainCell(waiting[i].Title)
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s |\n", office.PlainCell(wait.Case), title, wait.Source,
			office.PlainCell(strings.Join(wait.Units, "、")), wait.waited())
	}
	fmt.Fprint(out, "\n只有制度规定、会议议定、改进和原渠道的期限才叫超期，内部控制时限只作提示。\n")
	return out.Flush()
}

// link is the number of the case, leading to its file where 网址 is known.
func (i *Item) link(d *register.Register) string {
	if d.Config.URL == "" || i.Path == "" {
		return office.PlainCell(i.id())
	}
	to := d.Config.URL + "/-/blob/" + d.Config.MainBranch + "/" + i.Path
	if u, err := url.Parse(to); err == nil {
		to = u.String()
	}
	return "[" + office.PlainCell(i.id()) + "](<" + to + ">)"
}

// lateDays is how far past its due day the item is, for a column that says so.
func (i *Item) lateDays() string {
	if i.DaysLate > 0 {
		return strconv.Itoa(i.DaysLate) + " 个工作日"
	}
	return i.late()
}

// CSV writes items for Excel, one a line below a heading.
func CSV(w io.Writer, items []Item) error {
	text := func(titles ...string) (list []office.Column) {
		for _, t := range titles {
			list = append(list, office.Column{Title: t})
		}
		return list
	}
	sheet := office.Sheet{
		Name: "超期与临期",
		Columns: text("单位", "角色", "编号", "标题", "状态", "承办单位", "时限", "时限性质", "情况", "起算日", "应于",
			"原应于", "已过工作日", "暂定", "文件"),
	}
	sheet.Rows = func(yield func(office.Row) bool) {
		for i := range items {
			it := &items[i]
			var late any
			if it.DaysLate > 0 || it.Status == clock.Overdue {
				late = it.DaysLate
			}
			provisional := ""
			if it.Provisional {
				provisional = "是"
			}
			if !yield(office.Row{
				it.Unit, it.Role, it.id(), it.Title, string(it.State), it.Lead, string(it.Clock), string(it.Class),
				it.light(),
				it.Start, it.Due, it.OriginalDue, late, provisional, it.Path,
			}) {
				return
			}
		}
	}
	return sheet.WriteCSV(w)
}
