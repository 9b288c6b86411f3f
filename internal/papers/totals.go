package papers

import (
	"strconv"
	"strings"
)

// law is one relation between the figures of a summary that must hold.
type law struct {
	left  []string // summed
	equal bool     // else: left is at most right
	right []string
	words string // the same in words
}

// laws are those of section 10: a balance that closes, a funnel that narrows,
// and parts that make up their whole.
func laws() []law {
	return []law{
		{[]string{"balance.opening", "balance.pushed"}, true, []string{"balance.done", "balance.other",
			"balance.closing"}, "期初未结 + 本期推送 = 本期办结 + 其他终结 + 期末未结"},
		{[]string{"balance.reopened"}, false, []string{"balance.pushed"}, "重新办理的不多于本期推送"},
		{[]string{"balance.long_term"}, false, []string{"balance.closing"}, "长期推进的不多于期末未结"},
		{[]string{"funnel.registered"}, false, []string{"funnel.tickets"}, "登记的事项不多于收集的件数"},
		{[]string{"funnel.pushed", "funnel.not_pushed"}, false, []string{"funnel.registered"},
			"推送与未推送即终结之和不多于登记"},
		{[]string{"funnel.done"}, false, []string{"funnel.pushed"}, "办结不多于推送"},
		{[]string{"deadlines.due"}, true, []string{"deadlines.on_time", "deadlines.late_done", "deadlines.late_open",
			"deadlines.not_yet"}, "应办量 = 按期反馈 + 超期已办 + 超期未办 + 尚未到期"},
		{[]string{"deadlines.original"}, false, []string{"deadlines.on_time"}, "按原到期日反馈的不多于按期反馈"},
		{[]string{"evaluation.all"}, true, []string{"evaluation.satisfied", "evaluation.fair",
			"evaluation.dissatisfied", "evaluation.unrated"}, "评估 = 满意 + 基本满意 + 不满意 + 无法评价"},
		{[]string{"evaluation.covered"}, false, []string{"evaluation.accepted"}, "已评估的不多于审核通过的"},
		{[]string{"monthly.on_time", "monthly.late", "monthly.awaited"}, false, []string{"monthly.due"},
			"已报和尚缺的月报不多于应报"},
	}
}

// totals tells of figures that do not add up.
func (r *countyReader) totals(root *node, s *Summary) {
	n := map[string]int{}
	for _, f := range s.figures() {
		n[f.path] = *f.n
	}
	total := func(paths []string) int {
		t := 0
		for _, p := range paths {
			t += n[p]
		}
		return t
	}
	for _, l := range laws() {
		left, right := total(l.left), total(l.right)
		if left == right || !l.equal && left < right {
			continue
		}
		group, key, _ := strings.Cut(l.left[0], ".")
		r.tell("totals-mismatch", l.left[0], root.get(group).get(key),
			"数字对不上："+l.words+"，现为 "+strconv.Itoa(left)+" 与 "+strconv.Itoa(right), r.handIn())
	}
	for _, table := range []struct {
		key  string
		rows []SummaryRow
	}{{"categories", s.Categories}, {"channels", s.Channels}} {
		var tickets, registered, done int
		for _, row := range table.rows {
			tickets, registered, done = tickets+row.Tickets, registered+row.Registered, done+row.Done
		}
		for _, c := range []struct {
			name       string
			sum, whole int
		}{{"tickets", tickets, s.Funnel.Tickets}, {"registered", registered, s.Funnel.Registered},
			{"done", done, s.Balance.Done}} {
			if c.sum != c.whole {
				r.tell("totals-mismatch", table.key, root.get(table.key),
					"数字对不上：“"+table.key+"”各行的 "+c.name+" 合计 "+strconv.Itoa(c.sum)+"，总数是 "+
						strconv.Itoa(c.whole), r.handIn())
			}
		}
	}
}
