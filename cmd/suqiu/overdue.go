package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"suqiu/internal/clock"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

type overdueOptions struct {
	*invocation
	unit string
}

func newOverdueCmd(inv *invocation) *cobra.Command {
	opts := overdueOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "overdue",
		Short: "超期、临期和待决定的事项，按单位列出",
		Long: `列出超期、临期、待收件和待决定的事项，按单位排列。
只有制度规定（以及会议议定、改进、原渠道）的时限才叫超期，有超期时退出码为 1；内部控制时限只作提示。
待收件：到期日刚过，各单位的提交可能还没有合并；待决定：延期申请、一事一议还没有决定；暂停：异议、说明单还没有决定。
等待决定的异议、说明单、延期申请、一事一议另列在后面，写明等了几个工作日。
异议、说明的日期是最迟可以提出的日期，不提不算超期。
--format markdown 供粘贴到议题或邮件，公开范围为“仅要素”的不写标题；csv 供 Excel 打开。`,
		Example: "  suqiu overdue\n  suqiu overdue --unit 信息中心 --as-of 2026-09-30\n  suqiu overdue --format csv > 超期与临期.csv",
		Args:    atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return runOverdue(cmd.Context(), opts) },
	}
	cmd.Flags().StringVar(&opts.unit, "unit", "", "只看一个`单位`")
	formats(cmd, inv, formatText, formatMarkdown, formatCSV, formatJSON)
	return cmd
}

// dueItem is one clock that somebody has to look at.
type dueItem struct {
	Case        string         `json:"case"`
	Title       string         `json:"title"`
	State       workflow.State `json:"state"`
	Unit        string         `json:"unit"`
	Role        string         `json:"role"`
	Path        string         `json:"path"`
	Lead        string         `json:"lead"`
	Clock       clock.Kind     `json:"clock"`
	Class       clock.Class    `json:"class"`
	Start       workday.Date   `json:"start"`
	Due         workday.Date   `json:"due"`
	OriginalDue workday.Date   `json:"original_due"`
	DaysLate    int            `json:"days_late"`
	Status      clock.Status   `json:"status"`
	Provisional bool           `json:"provisional"`

	number     string // what it is known by, of no case: 2026-07, HY2026-03
	restricted bool   // 仅要素: the title is not for everybody
}

// counts reports whether the item is 超期 and not a mere 提示.
func (i *dueItem) counts() bool { return i.Status == clock.Overdue && i.Class.Counts() }

// attention is the order in which a clock wants to be looked at; 0: not now.
func attention(s clock.Status) int {
	return 1 + slices.Index([]clock.Status{
		clock.Overdue, clock.Received, clock.Soon, clock.Pending, clock.Paused,
	}, s)
}

// dueItems lists what is overdue, due soon or undecided, by unit in the order
// of the configuration, the most pressing first.
func dueItems(d *register.Register, unit string) []dueItem {
	order := map[string]int{}
	for i, u := range d.Config.Units {
		order[u.Name] = i - len(d.Config.Units)
	}
	items := []dueItem{}
	for _, u := range d.Dues() {
		if attention(u.Status) == 0 || unit != "" && u.Unit != unit {
			continue
		}
		it := dueItem{
			Title: u.Title, Unit: u.Unit, Role: u.Role, Path: u.Path, Lead: u.Unit, Clock: u.Kind, Class: u.Class, Start: u.Start, Due: u.Clock.Due,
			OriginalDue: u.OriginalDue, DaysLate: u.DaysLate, Status: u.Status, Provisional: u.Provisional,
			number: u.Number, restricted: d.Hides(&u),
		}
		if u.Case != nil {
			it.Case, it.State, it.Lead = u.Case.ID, u.Case.Life.State, u.Case.Life.Lead
		}
		items = append(items, it)
	}
	slices.SortStableFunc(items, func(a, b dueItem) int {
		return cmp.Or(
			cmp.Compare(order[a.Unit], order[b.Unit]), cmp.Compare(a.Unit, b.Unit),
			cmp.Compare(notCounted(a), notCounted(b)),
			cmp.Compare(attention(a.Status), attention(b.Status)),
			cmp.Compare(a.Due, b.Due), cmp.Compare(a.id(), b.id()), cmp.Compare(a.Clock, b.Clock),
		)
	})
	return items
}

// id is what the item is known by: the 编号 of its case, else that of a paper.
func (i *dueItem) id() string { return cmp.Or(i.Case, i.number) }

func notCounted(i dueItem) int {
	if i.counts() {
		return 0
	}
	return 1
}

func runOverdue(ctx context.Context, opts overdueOptions) error {
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	if opts.unit, err = opts.unitName(d, opts.unit); err != nil {
		return err
	}
	items := dueItems(d, opts.unit)
	switch opts.format {
	case formatJSON:
		err = opts.writeJSON(struct {
			header
			Items   []dueItem     `json:"items"`
			Waiting []waitingItem `json:"waiting"`
		}{opts.header(d.Head), items, waitingItems(d, opts.unit)})
	case formatMarkdown:
		err = writeDueMarkdown(opts.Stdout, d, items, waitingItems(d, opts.unit))
	case formatCSV:
		err = writeDueCSV(opts.data, items)
	default:
		opts.writeDue(d, items)
		opts.writeWaiting(waitingItems(d, opts.unit))
	}
	if err == nil && slices.ContainsFunc(items, func(i dueItem) bool { return i.counts() }) {
		return errFindings
	}
	return err
}

// dueTally counts items the way they are summed up.
type dueTally struct{ late, soon, waiting, hints int }

func tally(items []dueItem) dueTally {
	var n dueTally
	for i := range items {
		switch it := &items[i]; {
		case it.counts():
			n.late++
		case it.Status == clock.Overdue:
			n.hints++
		case it.Status == clock.Soon:
			n.soon++
		default:
			n.waiting++
		}
	}
	return n
}

func (n dueTally) String() string {
	return fmt.Sprintf("超期 %d 项，临期 %d 项，待决定、待收件和暂停 %d 项，内部控制提示 %d 项", n.late, n.soon, n.waiting, n.hints)
}

// byUnit cuts items, which are in that order, into those of each unit.
func byUnit(items []dueItem) [][]dueItem {
	var parts [][]dueItem
	for len(items) > 0 {
		n := 1
		for n < len(items) && items[n].Unit == items[0].Unit {
			n++
		}
		parts = append(parts, items[:n])
		items = items[n:]
	}
	return parts
}

// noUnit heads what nobody is in charge of yet.
const noUnit = "（未定单位）"

// writeDue prints items for people: a summary, then a table for each unit.
func (inv *invocation) writeDue(d *register.Register, items []dueItem) {
	fmt.Fprintf(inv.Stdout, "截至 %s：%s\n", d.AsOf, tally(items))
	for _, part := range byUnit(items) {
		fmt.Fprintf(inv.Stdout, "\n%s\n", cmp.Or(part[0].Unit, noUnit))
		var t table
		for i := range part {
			it := &part[i]
			due := it.term() + dueText(it.Due, it.Provisional)
			if it.moved() {
				due += "（原 " + it.OriginalDue.String() + "）"
			}
			t.row("  "+it.id(), string(it.Clock), it.light(), due, it.late(), it.Title)
		}
		t.writeWithin(inv.Stdout, inv.Width)
	}
}

// term says what the due day is: of a right, the last day to use it.
func (i *dueItem) term() string {
	if i.Clock == clock.Objection || i.Clock == clock.Statement {
		return "最迟 "
	}
	return "应于 "
}

// moved reports whether a pause, a grant or a meeting has moved the due day.
func (i *dueItem) moved() bool { return i.OriginalDue != 0 && i.OriginalDue != i.Due }

// light names where the item stands.
func (i *dueItem) light() string {
	if i.Status == clock.Overdue && !i.Class.Counts() {
		return "提示"
	}
	return i.Status.Word()
}

func (i *dueItem) late() string {
	switch {
	case i.DaysLate > 0:
		return fmt.Sprintf("已过 %d 个工作日", i.DaysLate)
	case i.Status == clock.Overdue: // on the days off right after it
		return "已过到期日"
	}
	return ""
}

func dueText(d workday.Date, provisional bool) string {
	if provisional {
		return d.String() + "（暂定）"
	}
	return d.String()
}

// unitName turns what somebody typed for a unit into its name.
func (inv *invocation) unitName(d *register.Register, typed string) (string, error) {
	if typed == "" {
		return "", nil
	}
	if u := d.Config.Unit(typed); u != nil {
		return u.Name, nil
	}
	return "", misuse("suqiu.yaml 中没有单位“%s”，可写名称、别名或代码", typed)
}
