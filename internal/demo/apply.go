package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// Facts become typed values here: what a commit sets, appends and decides.

// set gives one key of a case its value; sub are the keys below it.
func set(c *record.Case, f fact) error {
	var err error
	count := func(into *int) { *into, err = number(f) }
	date := func(into *workday.Date) { *into, err = day(f) }
	switch f.key {
	case "标题":
		c.Title = f.value
	case "性质":
		c.Nature = f.value
	case "渠道":
		c.Channel = f.value
	case "收集单位":
		c.Collector = f.value
	case "收集日期":
		date(&c.Collected)
	case "件数":
		count(&c.Tickets)
	case "属地":
		c.Locality = f.value
	case "税费种":
		c.Taxes = names(f.value)
	case "主题":
		c.Topics = names(f.value)
	case "原渠道单号":
		c.SourceNos = names(f.value)
	case "原渠道期限":
		date(&c.SourceDue)
	case "公开范围":
		c.Scope = f.value
	case "状态":
		c.State = f.value
	case "任务清单":
		c.TaskList = f.value
	case "办理类别":
		c.Category = f.value
	case "分级": // 涉及面 影响度 复杂度 in one line
		grades := strings.Fields(f.value)
		if len(grades) != 3 {
			return fmt.Errorf("分级 needs three grades: %q", f.value)
		}
		c.Reach, c.Impact, c.Complexity = grades[0], grades[1], grades[2]
	case "紧急程度":
		c.Urgency = f.value
	case "分析单位":
		c.Analysts = names(f.value)
	case "承办单位":
		c.Lead = f.value
	case "协办单位":
		c.Co = names(f.value)
		seedCoFeedback(c)
	case "限办天数":
		count(&c.LimitDays)
	case "调整原因":
		c.AdjustReason = f.value
	case "会议议定期限":
		c.Agreed.Basis = f.sub.get("依据")
		c.Agreed.Date, err = day(fact{key: "会议议定期限.日期", value: f.sub.get("日期")})
	case "说明单", "延期申请", "反馈", "评估", "改进", "代录", "更正":
		return addRecord(c, f)
	case "协办反馈":
		for _, s := range f.sub {
			i := slices.IndexFunc(c.CoFeedback, func(x record.CoFeedback) bool { return x.Unit == s.key })
			if i < 0 {
				return fmt.Errorf("%s is no co-handler", s.key)
			}
			c.CoFeedback[i].Result = s.value
		}
	case "不评估原因":
		c.NoEvaluation = f.value
	case "不推送原因":
		c.NotPushed = f.value
	case "转办去向":
		c.TransferTo = f.value
	case "并入":
		c.MergedInto = f.value
	case "撤回原因":
		c.WithdrawReason = f.value
	case "下次研究日期":
		date(&c.NextReview)
	default:
		return fmt.Errorf("a case has no key %q", f.key)
	}
	return err
}

// addRecord appends an entry to a list, or fills in the decision of the last one
// if only decision keys are given.
func addRecord(c *record.Case, f fact) error {
	decides := !slices.ContainsFunc(f.sub, func(s fact) bool { return !slices.Contains(decisionKeys, s.key) })
	get := f.sub.get
	switch f.key {
	case "说明单":
		if decides {
			if len(c.Statements) == 0 {
				return fmt.Errorf("no 说明单 to decide")
			}
			s := &c.Statements[len(c.Statements)-1]
			s.Decision, s.Basis = get("决定"), get("依据")
			return nil
		}
		c.Statements = append(c.Statements, record.Statement{Reason: get("事由"), Unit: get("单位"), Grounds: get("理由"),
			DutyBasis: get("职责依据"), ProposedUnit: get("建议单位"), Decision: get("决定"), Basis: get("依据")})
	case "延期申请":
		if decides {
			if len(c.Extensions) == 0 {
				return fmt.Errorf("no 延期申请 to decide")
			}
			e := &c.Extensions[len(c.Extensions)-1]
			e.Decision, e.Basis = get("决定"), get("依据")
			if days := get("准延天数"); days != "" {
				var err error
				e.Granted, err = number(fact{key: "准延天数", value: days})
				return err
			}
			return nil
		}
		days, err := number(fact{key: "申请天数", value: get("申请天数")})
		c.Extensions = append(c.Extensions, record.Extension{Days: days, Reason: get("原因"), Measures: get("措施"), Decision: get("决定"), Basis: get("依据")})
		return err
	case "反馈":
		if decides {
			if len(c.Feedback) == 0 {
				return fmt.Errorf("no 反馈 to review")
			}
			b := &c.Feedback[len(c.Feedback)-1]
			b.Review, b.ReturnReason = get("审核"), get("退回原因")
			return nil
		}
		answered, err := day(fact{key: "答复日期", value: get("答复日期")})
		if err != nil {
			return err
		}
		due, err := day(fact{key: "完成期限", value: get("完成期限")})
		c.Feedback = append(c.Feedback, record.Feedback{Result: get("结果"), Measures: get("措施"), FollowUp: get("后续措施"),
			FollowUpDue: due, Answered: answered, Review: get("审核"), ReturnReason: get("退回原因")})
		return err
	case "评估":
		c.Evaluations = append(c.Evaluations, record.Evaluation{Method: get("方式"), Unit: get("单位"), Result: get("结果")})
	case "改进":
		due, err := day(fact{key: "完成期限", value: get("完成期限")})
		c.Improvements = append(c.Improvements, record.Improvement{Reason: get("原因"), Measures: get("措施"), Due: due, Basis: get("依据")})
		return err
	case "代录":
		received, err := day(fact{key: "收到日期", value: get("收到日期")})
		c.Proxies = append(c.Proxies, record.Proxy{Step: get("步骤"), Unit: get("单位"), Received: received, Evidence: get("凭据")})
		return err
	case "更正":
		c.Corrections = append(c.Corrections, record.Correction{Matter: get("事项"), Rule: get("规则"), Reason: get("原因"), Basis: get("依据")})
	}
	return nil
}

// seedCoFeedback gives each co-handler its key, as the push does, and drops
// the unanswered keys of units that are co-handlers no more.
func seedCoFeedback(c *record.Case) {
	kept := slices.DeleteFunc(slices.Clone(c.CoFeedback), func(x record.CoFeedback) bool {
		return x.Result == "" && !slices.Contains(c.Co, x.Unit)
	})
	for _, unit := range c.Co {
		if !slices.ContainsFunc(kept, func(x record.CoFeedback) bool { return x.Unit == unit }) {
			kept = append(kept, record.CoFeedback{Unit: unit})
		}
	}
	c.CoFeedback = kept
}

// write replaces a body section.
func writeSection(c *record.Case, t text) error {
	if !slices.Contains(record.Headings(), t.heading) {
		return fmt.Errorf("no such body section: %q", t.heading)
	}
	for i := range c.Sections {
		if c.Sections[i].Heading == t.heading {
			c.Sections[i].Text = t.body
			return nil
		}
	}
	c.Sections = append(c.Sections, frontmatter.Section{Heading: t.heading, Text: t.body})
	return nil
}

// emptyBody has the four sections without text.
func emptyBody() []frontmatter.Section {
	var sections []frontmatter.Section
	for _, h := range record.Headings() {
		sections = append(sections, frontmatter.Section{Heading: h})
	}
	return sections
}

func names(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return r == '、' })
}

func number(f fact) (int, error) {
	n, err := strconv.Atoi(f.value)
	if err != nil {
		return 0, fmt.Errorf("%s: not a number: %q", f.key, f.value)
	}
	return n, nil
}

func day(f fact) (workday.Date, error) {
	if f.value == "" {
		return 0, nil
	}
	d, err := workday.Parse(f.value)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", f.key, err)
	}
	return d, nil
}
