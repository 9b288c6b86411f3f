package rules

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/similar"
	"suqiu/internal/workday"
)

// What is alike: the least number of pairs of characters that are compared,
// and the share that two texts have in common.
const (
	leastPairs     = 30
	alikeAnswers   = 0.85
	alikeAppeals   = 0.8
	duplicateRange = 30 // calendar days between two appeals that may be one
	namedCases     = 3  // of a group, in a message
)

// similarFeedback finds groups of cases whose answers say nearly the same. Each
// group is told of once, at its last case, and no longer when that is closed and
// was collected before the last quarter: nobody reads a list that only grows. An
// answer that says which of the group it follows (参照) is alike on purpose.
func similarFeedback(p *run, tell func(problem.Problem)) {
	var cases []*register.Case
	var texts []string
	for _, c := range p.Cases {
		if !readable(c) || len(c.Feedback) == 0 || c.MergedInto != "" {
			continue
		}
		cases = append(cases, c)
		texts = append(texts, c.Feedback[len(c.Feedback)-1].Measures+"\n"+sectionText(c, "反馈答复"))
	}
	since := workday.QuarterOf(p.AsOf).Add(-1).First()
	for _, found := range similar.Groups(texts, leastPairs, alikeAnswers) {
		group := unexplained(cases, found)
		if len(group) < 2 {
			continue
		}
		last := group[len(group)-1]
		if !last.Life.State.IsOpen() && last.Collected < since {
			continue
		}
		var others []string
		for _, c := range group[:len(group)-1] {
			others = append(others, c.ID)
		}
		h := p.ofCase(last, "## 反馈答复", "答复内容与 "+listed(others)+" 相近",
			"供审核、评估时参考：同一问题的可以一并研究改进，情况不同的请核对答复是否有针对性")
		h.Unit = last.Life.Lead
		tell(h)
	}
}

// unexplained are the cases of a group, by their indexes, but for those whose answer
// follows another of the group (参照). Of those that follow each other in a circle the
// last one stays: it is no answer to name oneself in a roundabout way.
func unexplained(cases []*register.Case, found []int) []*register.Case {
	leader := make(map[string]string, len(found)) // 编号 → one that it follows, however far; itself: none
	for _, i := range found {
		leader[cases[i].ID] = cases[i].ID
	}
	first := func(id string) string {
		for leader[id] != id {
			leader[id] = leader[leader[id]]
			id = leader[id]
		}
		return id
	}
	var group []*register.Case
	for _, i := range found {
		c := cases[i]
		follows := c.Feedback[len(c.Feedback)-1].Follows
		if _, within := leader[follows]; within && first(follows) != c.ID {
			leader[c.ID] = follows
		} else {
			group = append(group, c)
		}
	}
	return group
}

// duplicates finds open cases that nearly repeat an earlier one.
func duplicates(p *run, tell func(problem.Problem)) {
	var cases []*register.Case
	var texts []string
	for _, c := range p.Cases {
		if !readable(c) || c.MergedInto != "" || c.WithdrawReason != "" || c.NotPushed != "" || c.Collected == 0 {
			continue
		}
		cases = append(cases, c)
		texts = append(texts, c.Title+"\n"+sectionText(c, "诉求内容"))
	}
	for _, group := range similar.Groups(texts, leastPairs, alikeAppeals) {
		slices.SortStableFunc(group, func(a, b int) int { return int(cases[a].Collected - cases[b].Collected) })
		for n, i := range group {
			c := cases[i]
			if n == 0 || !c.Life.State.IsOpen() {
				continue
			}
			var near []string
			for _, j := range group[:n] {
				if int(c.Collected-cases[j].Collected) <= duplicateRange {
					near = append(near, cases[j].ID)
				}
			}
			if len(near) == 0 {
				continue
			}
			slices.Reverse(near) // the latest first: it is the likeliest
			tell(p.ofCase(c, "标题", "诉求内容与 "+listed(near)+" 相近，可能是同一件事",
				"确属重复的，由联席办把“状态”改为“已合并”并填写 并入: "+near[0]+"；不是同一件事的，无须改动"))
		}
	}
}

func sectionText(c *register.Case, heading string) string {
	i := slices.IndexFunc(c.Sections, func(s mdfile.Section) bool { return s.Heading == heading })
	if i < 0 {
		return ""
	}
	return c.Sections[i].Text
}

// listed names the first of some cases, and how many there are.
func listed(ids []string) string {
	if len(ids) <= namedCases {
		return strings.Join(ids, "、")
	}
	return strings.Join(ids[:namedCases], "、") + " 等 " + strconv.Itoa(len(ids)) + " 件"
}
