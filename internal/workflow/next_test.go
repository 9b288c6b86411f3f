package workflow

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/draft"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// inHand is a case in a state, with the records that lead there.
func inHand(s State) (*record.Case, *Life) {
	c := &record.Case{
		Path: "cases/2026/07/202607-NFZX-012.md", ID: "202607-NFZX-012", Title: "发票额度调整审核无进度提示",
		Nature:  "诉求",
		Channel: "12366热线", Collector: "纳税服务中心", Collected: workday.New(2026, 7, 15), Tickets: 1,
		State:    string(s),
		Sections: []mdfile.Section{{Heading: "诉求内容", Text: "摘要。"}},
	}
	life := &Life{State: s}
	if s.BeforePush() {
		return c, life
	}
	life.Lead = "信息中心"
	c.TaskList, c.Category, c.Reach, c.Impact, c.Complexity, c.Urgency = "RW202608-01", "系统技术类", "高", "中", "低",
		"一般"
	c.Lead, c.Co = "信息中心", []string{"征收管理科"}
	c.CoFeedback = []record.CoFeedback{{Unit: "征收管理科"}}
	answer := func(review string) {
		c.Feedback = append(c.Feedback, record.Feedback{Result: "已解决", Measures: "扩容", Review: review})
		c.Sections = append(c.Sections, mdfile.Section{Heading: "办理情况", Text: "已扩容。"},
			mdfile.Section{Heading: "反馈答复", Text: "已答复。"})
		life.Events = append(life.Events, Event{Row: 13, Kind: Transition, From: Handling, To: FedBack})
	}
	if s == Handling || s == FedBack {
		c.Extensions = []record.Extension{{Days: 5, Reason: "未完", Measures: "加班"}}
		c.Statements = []record.Statement{{Reason: "一事一议", Unit: "信息中心", Grounds: "扩容推迟"}}
	}
	switch s {
	case Objected:
		c.Statements = []record.Statement{{Reason: "异议", Unit: "信息中心", Grounds: "不属本单位职责"}}
	case Escalated:
		c.Statements = []record.Statement{{Reason: "无法解决", Unit: "信息中心", Grounds: "由区局运维"}}
	case FedBack:
		answer("")
	case Evaluating:
		answer("通过")
	case Improving:
		answer("通过")
		c.Evaluations = []record.Evaluation{{Method: "12366回访", Unit: "纳税服务中心", Result: "不满意"}}
		c.Improvements = []record.Improvement{{Reason: "回访不满意"}}
	}
	return c, life
}

var toFill = regexp.MustCompile(`〔请填：([^〕]*)〕`)

// fillIn answers what a block asks for, in the way that it says.
func fillIn(block string) string {
	return toFill.ReplaceAllStringFunc(block, func(s string) string {
		what := toFill.FindStringSubmatch(s)[1]
		if _, example, ok := strings.Cut(what, "如 "); ok {
			example, _, _ = strings.Cut(example, "；")
			return example
		}
		switch {
		case strings.HasPrefix(what, "单位名称，几个"):
			return "所得税科"
		case strings.Contains(what, "单位名称"):
			return "法制科"
		case strings.Contains(what, "工作日数"):
			return "5"
		}
		first, _, _ := strings.Cut(what, "、")
		return first
	})
}

// answers are the values that somebody must give, and nobody may prefill.
var answers = regexp.MustCompile(`(?m)^\+.*: (满意|基本满意|已解决|部分解决|解释说明|高|中|低|一般|急|缓|` +
	`原渠道已办结|未抽中|12366回访)$`)

// DESIGN section 3: what is offered to copy is whole, goes where it is pasted,
// and contains no answer that somebody must give. Unfilled, placeholder-left
// is the one finding about it; filled in, there is none.
func TestNextStepsAreWholeAndWithoutAnswers(t *testing.T) {
	cfg := config.Parse("suqiu.yaml", nil)
	tried := 0
	for _, s := range Open() {
		c, life := inHand(s)
		src := record.Print(c)
		// A remark stays where it was.
		src = []byte(strings.Replace(string(src), "件数: 1", "# 待核\n件数: 1", 1))
		steps := Regulation().NextSteps(c, life)
		if len(steps) == 0 {
			t.Errorf("%s has no next step", s)
		}
		file, ok := draft.New(record.Schema(), src, nil)
		if !ok {
			t.Fatalf("%s cannot be written into", s)
		}
		for _, step := range steps {
			name := fmt.Sprintf("%s, %s (row %d)", s, step.Title, step.Row)
			block, ok := file.With(step.Writes)
			if !ok || step.Who == "" || strings.ContainsAny(block, "{}") ||
				!strings.Contains(block, "# 待核\n件数: 1\n") {
				t.Errorf("%s: %v\n%s", name, ok, block)
				continue
			}
			if m := answers.FindString(newLines(string(src), block)); m != "" {
				t.Errorf("%s prefills %q", name, m)
			}
			for _, p := range record.Parse(c.Path, []byte(block), nil).Problems {
				if p.Rule != "placeholder-left" {
					t.Errorf("%s, not filled in: %d %s %s", name, p.Line, p.Rule, p.Message)
				}
			}
			filled := fillIn(block)
			after := record.Parse(c.Path, []byte(filled), nil)
			for _, p := range after.Problems {
				t.Errorf("%s, filled in: %d %s %s", name, p.Line, p.Rule, p.Message)
			}
			if out, _ := record.Format([]byte(filled), nil); string(out) != filled {
				t.Errorf("%s is not canonical:\n%s", name, filled)
			}
			if step.To != "" && after.State != string(step.To) {
				t.Errorf("%s leads to %s", name, after.State)
			}
			for _, row := range Regulation().Rows {
				if row.N == step.Row && row.Leads(s, step.To) {
					m := &Move{Before: c, After: after, From: s, To: step.To, Lead: life.Lead, Origin: Handling,
						LongTerm: cfg.Limits.LongTerm, Today: workday.New(2026, 7, 10), Calendar: cfg.Calendar}
					for _, l := range row.Missing(m) {
						t.Errorf("%s lacks %s: %s", name, l.Key, l.Message)
					}
				}
			}
			tried++
		}
	}
	if tried < 40 {
		t.Errorf("only %d steps", tried)
	}
}

// newLines are the lines that one text has and another has not, each behind +.
func newLines(before, after string) string {
	had := strings.Split(before, "\n")
	var b strings.Builder
	for line := range strings.Lines(after) {
		if !slices.Contains(had, strings.TrimSuffix(line, "\n")) {
			b.WriteString("+" + line)
		}
	}
	return b.String()
}

// 督办 is offered from the day after a due day whose passing can be 超期, 通报 from five
// working days late; before that, and of what waits for a decision or is an internal
// limit alone, neither is.
func TestUrgingIsOffered(t *testing.T) {
	for _, c := range []struct {
		name  string
		clock clock.Clock
		want  string
	}{
		{"due today", clock.Clock{Kind: clock.Feedback, Class: clock.Statutory, Status: clock.Soon}, ""},
		{"待收件", clock.Clock{Kind: clock.Feedback, Class: clock.Statutory, Status: clock.Received}, "督办"},
		{"late", clock.Clock{Kind: clock.Feedback, Class: clock.Statutory, Status: clock.Overdue, DaysLate: 4},
			"督办"},
		{"five days late", clock.Clock{Kind: clock.Channel, Class: clock.Source, Status: clock.Overdue, DaysLate: 5},
			"督办 通报"},
		{"held", clock.Clock{Kind: clock.Feedback, Class: clock.Statutory, Status: clock.Pending, DaysLate: 5}, ""},
		{"internal", clock.Clock{Kind: clock.CoFeedback, Class: clock.Internal, Status: clock.Overdue,
			DaysLate: 9}, ""},
		{"missed, and answered", clock.Clock{Kind: clock.Feedback, Class: clock.Statutory, Status: clock.Missed,
			DaysLate: 9}, ""},
	} {
		file, life := inHand(Handling)
		life.Clocks = []clock.Clock{c.clock}
		var offered []string
		for _, n := range Regulation().NextSteps(file, life) {
			if n.Of.Record.Key == "督办" {
				offered = append(offered, n.Title)
			}
		}
		if got := strings.Join(offered, " "); got != c.want {
			t.Errorf("%s: offered %q, want %q", c.name, got, c.want)
		}
	}
}
