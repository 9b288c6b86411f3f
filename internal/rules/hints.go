package rules

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/similar"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// hintRules are about what may be worth a look. Nothing about it is wrong by
// itself, and none of it counts in any appraisal; the 公开 edition of the site
// shows none.
func hintRules() []Rule {
	return []Rule{
		{Slug: "repeated-reassignment", Group: Hints, Severity: problem.Info, Title: "多次调整承办单位", Clause: "三(三)", check: reassigned, Doc: `为什么：推送到三个以上（含重回同一单位）承办单位的事项，职责界限往往不清，适合在联席会议上一并明确。只供参考，不计入考评。
举例：先推送信息中心，异议成立改派征收管理科，又调整回信息中心。
怎么改：无须改动；可在下次联席会议上研究这类事项由谁承办，写入会议纪要，以后照此推送。`},
		{Slug: "last-day-feedback", Group: Hints, Severity: problem.Info, Title: "到期日反馈", Clause: "三(四)", check: lastDay, Doc: `为什么：到期日当天反馈是按期，不是超期；留给退回补正的时间少，提示联席办优先审核。只供参考，不计入考评。
举例：到期日 10 月 9 日，当天下午反馈，10 月 12 日审核时发现缺少答复内容。
怎么改：无须改动；联席办优先审核这一件，承办单位遇难以办结的事项可以提前申请延期。`},
		{Slug: "similar-feedback", Group: Hints, Severity: problem.Info, Title: "答复内容相近", Clause: "三(五)", check: similarFeedback, Doc: `为什么：不同事项的“反馈答复”几乎一样，可能是同一问题多次反映，宜一次解决；也可能答复没有针对诉求人所反映的情况。只看还能用上的：最后一件没有办结，或是上季度以来收集的。只供参考，不计入考评。
举例：五件不同的诉求，答复都是“已转区局处理，请耐心等待”。
怎么改：同一问题的，研究统一改进的措施；情况不同的，退回补正时写明针对性的内容。确属同一口径的标准答复，无须改动。`},
		{Slug: "duplicate-suspected", Group: Hints, Severity: problem.Info, Title: "可能重复", Clause: "三(三)", check: duplicates, Doc: `为什么：同一诉求从几个渠道收到，分别推送会使几个单位重复办理。标题和“诉求内容”相近、收集日期相隔 30 日以内的列出来，供分析时参考。
举例：同一纳税人先打 12366 热线，又在办税服务厅反映叫号系统重复取号，登记了两件。
怎么改：确属重复的，后一件改为“已合并”并填写“并入: 前一件的编号”；不是同一件事的，无须改动。`},
		{Slug: "proxy-entry", Group: Hints, Severity: problem.Info, Title: "代录", Clause: "三(四)", check: proxies, Doc: `为什么：单位报来纸质材料，由联席办代为录入，以收到日期计时。这样办理符合规定，列出来便于督察内审核对凭据，统计时与单位自己录入的分开。
举例：旗县报来纸质反馈，联席办录入时填写了“代录”的步骤、单位、收到日期和凭据。
怎么改：无须改动；请保存好“凭据”所写的纸质材料，今后尽量由单位自己提交。`},
	}
}

// reassigned finds cases that were pushed three times and more.
func reassigned(p *pass, slug string) []hit {
	hits := told(p, slug)
	for _, c := range p.Cases {
		if c.Deleted || c.Life.Pushes < 3 {
			continue
		}
		var leads []string
		for i := range c.Life.Clocks {
			k := &c.Life.Clocks[i]
			if k.Kind == workflow.AcceptClock && k.Push == len(leads)+1 {
				leads = append(leads, k.Unit)
			}
		}
		hits = append(hits, p.ofCase(c, "承办单位",
			"本事项先后推送 "+strconv.Itoa(c.Life.Pushes)+" 次："+strings.Join(leads, " → "),
			"无须改动；可在联席会议上明确这类事项的承办单位"))
	}
	return hits
}

// lastDay finds feedback that came on the due day.
func lastDay(p *pass, slug string) []hit {
	hits := told(p, slug)
	for _, c := range p.Cases {
		for i := range c.Life.Clocks {
			k := &c.Life.Clocks[i]
			if c.Deleted || k.Kind != workflow.FeedbackClock || k.Status != workflow.Met || k.Stopped != k.Due {
				continue
			}
			key := "反馈"
			if len(c.Feedback) == 0 {
				key = "状态" // taken over from before the 基线
			}
			fix := "无须改动"
			if c.Life.State == workflow.FedBack {
				fix += "；请联席办优先审核"
			}
			h := p.ofCase(c, key, "“"+k.Unit+"”在到期日 "+k.Due.String()+" 当天反馈，属按期", fix)
			h.unit = k.Unit
			hits = append(hits, h)
		}
	}
	return hits
}

// proxies finds what the office entered for a unit.
func proxies(p *pass, slug string) []hit {
	hits := told(p, slug)
	for _, c := range p.Cases {
		if c.Deleted {
			continue
		}
		n := 0
		for _, e := range c.Life.Events {
			if !e.Proxy {
				continue
			}
			key, evidence := "状态", ""
			if n < len(c.Proxies) {
				key = "代录[" + strconv.Itoa(n) + "]"
				evidence = c.Proxies[n].Evidence
			}
			n++
			message := "“" + e.Unit + "”的这一步由联席办代为录入：" + e.Title + "，按 " + e.Day().String() + " 计"
			fix := "无须改动；请保存好纸质材料"
			if evidence != "" {
				fix += "（" + evidence + "）"
			}
			hits = append(hits, hit{c: c, key: key, unit: e.Unit, commit: e.Commit, author: e.Author, landing: e.Landing,
				added: p.pending(e.Landing), message: message, fix: fix})
		}
	}
	return hits
}

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
// was collected before the last quarter: nobody reads a list that only grows.
func similarFeedback(p *pass, slug string) []hit {
	hits := told(p, slug)
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
	for _, group := range similar.Groups(texts, leastPairs, alikeAnswers) {
		last := cases[group[len(group)-1]]
		if !last.Life.State.IsOpen() && last.Collected < since {
			continue
		}
		var others []string
		for _, i := range group[:len(group)-1] {
			others = append(others, cases[i].ID)
		}
		h := p.ofCase(last, "## 反馈答复", "答复内容与 "+listed(others)+" 相近",
			"供审核、评估时参考：同一问题的可以一并研究改进，情况不同的请核对答复是否有针对性")
		h.unit = last.Life.Lead
		hits = append(hits, h)
	}
	return hits
}

// duplicates finds open cases that nearly repeat an earlier one.
func duplicates(p *pass, slug string) []hit {
	hits := told(p, slug)
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
			hits = append(hits, p.ofCase(c, "标题", "诉求内容与 "+listed(near)+" 相近，可能是同一件事",
				"确属重复的，由联席办把“状态”改为“已合并”并填写 并入: "+near[0]+"；不是同一件事的，无须改动"))
		}
	}
	return hits
}

func sectionText(c *register.Case, heading string) string {
	i := slices.IndexFunc(c.Sections, func(s record.Section) bool { return s.Heading == heading })
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
