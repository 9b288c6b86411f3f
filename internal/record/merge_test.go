package record

import (
	"bytes"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/mdfile"
	"suqiu/internal/workday"
)

// Section 11: any two steps on one case, made from the same base by different
// units, merge without a conflict unless both change 状态. The units of the
// test's case:
const (
	office    = "纳税服务科"  // 联席办
	collector = "纳税服务中心" // 收集单位, 回访
	lead      = "信息中心"   // 承办单位
	coOne     = "征收管理科"  // 协办单位
	coTwo     = "第三税务分局" // 协办单位
	audit     = "督察内审科"  // 监督考评
)

// mergeBases are one case in every state in which two units can act, with
// empty lists and with filled ones.
func mergeBases() []mergeBase {
	registered := &Case{
		ID: "202607-NFZX-012", Title: "征期末日申报提交失败", Nature: "诉求", Channel: "12366热线",
		Collector: collector,
		Collected: workday.New(2026, 7, 15), Tickets: 9, Scope: "全文", State: "分析中",
		Sections: []mdfile.Section{{Heading: "诉求内容", Text: "多次提交失败。"}},
	}
	vary := func(base *Case, do func(c *Case)) *Case {
		c := Parse("", Print(base), nil)
		do(c)
		return c
	}
	push := stateStep("推送", "已推送", office).and(func(c *Case) {
		c.TaskList, c.Category, c.Reach, c.Impact, c.Complexity, c.Urgency = "RW202608-01", "系统技术类", "高", "高",
			"中", "急"
		c.Analysts, c.Lead, c.Co, c.LimitDays = []string{coOne}, lead, []string{coOne, coTwo}, 8
		c.CoFeedback = []CoFeedback{{Unit: coOne}, {Unit: coTwo}}
	})
	pushed := vary(registered, func(c *Case) { push.do(c, office) })
	filled := vary(pushed, func(c *Case) {
		c.State = "办理中"
		c.Statements = []Statement{{Reason: "异议", Unit: coOne, Grounds: "非本科职责"}}
		c.Extensions = []Extension{{Days: 5, Reason: "扩容", Measures: "电话"}}
		setSection(c, "研判分析", "涉及面广。")
		setSection(c, "办理情况", "已联系运维。")
	})
	answered := vary(filled, func(c *Case) { feedbackStep().do(c, lead) })
	evaluating := vary(answered, func(c *Case) {
		c.State, c.Feedback[0].Review = "评估中", "通过"
		c.Evaluations = []Evaluation{{"调查问卷", office, "基本满意"}}
	})
	open := []mergeStep{sectionStep("办理情况", lead, coOne, coTwo), sectionStep("反馈答复", lead, coOne, coTwo)}
	evaluations := []mergeStep{
		evaluationStep(), stateStep("办结", "已办结", office, audit), improveStep(),
	}
	accept := stateStep("接收", "办理中", lead)
	waiting := func(reason, state string) *Case {
		return vary(filled, func(c *Case) {
			c.Statements = append(c.Statements, Statement{Reason: reason, Unit: lead, Grounds: "无权限"})
			c.State = state
		})
	}
	return []mergeBase{
		{"分析中", registered, append(anytime(), push,
			stateStep("退回补充要素", "已登记", office),
			stateStep("不推送", "不推送", office).and(func(c *Case) {
				c.NotPushed, c.TransferTo = "非税务职责",
					"市医保局"
			}),
			stateStep("撤回", "已撤回", collector).and(func(c *Case) { c.WithdrawReason = "诉求人撤回" }),
			sectionStep("诉求内容", collector), sectionStep("研判分析", collector))},
		{"已推送", pushed, append(handling(), accept)},
		{"办理中，已有说明单和延期申请", filled, append(handling(),
			step("决定延期申请", func(c *Case, _ string) {
				c.Extensions[0].Decision, c.Extensions[0].Basis = "同意",
					"CQ2026-08"
			}, office),
			step("决定协办单位的异议", func(c *Case, _ string) {
				c.Statements[0].Decision, c.Statements[0].Basis = "成立", "CQ2026-08"
				c.Co = []string{coTwo}
			}, office))},
		{"异议待确认", waiting("异议", "异议待确认"), slices.Concat(anytime(), open, []mergeStep{
			decideStatement("异议成立", "成立", "已推送").and(func(c *Case) { c.Lead = "法制科" }),
			decideStatement("异议不成立", "不成立", "办理中")})},
		{"待研究决定", waiting("无法解决", "待研究决定"), slices.Concat(anytime(), open, []mergeStep{
			decideStatement("继续办理", "继续办理",
				"办理中").and(func(c *Case) { c.Agreed = Agreed{workday.New(2026, 10, 30), "CQ2026-09"} }),
			decideStatement("改派", "改派", "已推送").and(func(c *Case) { c.Lead = "法制科" }),
			decideStatement("长期推进", "长期推进",
				"长期推进").and(func(c *Case) { c.NextReview = workday.New(2026, 12, 1) })})},
		{"已反馈", answered, slices.Concat(anytime(), open, []mergeStep{
			reviewStep("审核通过", "通过", "评估中"),
			reviewStep("审核通过，不评估", "通过", "已办结").and(func(c *Case) { c.NoEvaluation = "未抽中" }),
			reviewStep("审核退回", "退回", "办理中").and(func(c *Case) { c.Feedback[0].ReturnReason = "未说明依据" }),
			reviewStep("长期推进", "通过",
				"长期推进").and(func(c *Case) { c.NextReview = workday.New(2026, 12, 1) })})},
		{"评估中", evaluating, slices.Concat(anytime(), open, evaluations)},
		{"已办结，尚无评估", vary(answered, func(c *Case) { c.State, c.Feedback[0].Review = "已办结", "通过" }),
			evaluations},
		{"改进中", vary(evaluating, func(c *Case) { improveStep().do(c, office) }),
			slices.Concat(anytime(), open, []mergeStep{feedbackStep(),
				step("协办反馈", func(c *Case, unit string) {
					for i := range c.CoFeedback {
						if c.CoFeedback[i].Unit == unit {
							c.CoFeedback[i].Result = unit + "已改进"
						}
					}
				}, coOne, coTwo)})},
		{"长期推进", vary(answered, func(c *Case) { c.State = "长期推进"; c.Feedback[0].Review = "通过" }),
			slices.Concat(anytime(), open, []mergeStep{feedbackStep(),
				step("下次研究日期", func(c *Case, _ string) { c.NextReview = workday.New(2026, 12, 1) }, office),
				stateStep("恢复办理", "办理中", office).and(func(c *Case) {
					c.Agreed = Agreed{workday.New(2026, 12, 30),
						"HY2026-04"}
				})})},
	}
}

// mergePair is two steps of different units from one base.
type mergePair struct {
	base          string
	names         [2]string
	from          *Case
	sides         [2]*Case
	bothMoveState bool
	byFile        bool    // merged with git merge-file too
	conflict      [2]bool // of git merge-file, of git merge
	merged        [2][]byte
}

// place names what both steps write, if it is one place: the one section or
// the one list to which both add. Text has no room for two there.
func (p *mergePair) place() string {
	writes := func(c *Case) (places []string) {
		for _, change := range Diff(p.from, c) {
			if change.Kind == Added || strings.HasPrefix(change.Key, "##") || change.Key == "协办反馈" {
				places = append(places, change.Key+change.Field)
			}
		}
		return places
	}
	other := writes(p.sides[1])
	for _, place := range writes(p.sides[0]) {
		if slices.Contains(other, place) {
			return place
		}
	}
	return ""
}

func mergePairs() []*mergePair {
	var pairs []*mergePair
	for _, base := range mergeBases() {
		from := Parse("", Print(base.c), nil)
		type taken struct {
			name, unit string
			c          *Case
		}
		var steps []taken
		for _, s := range base.steps {
			for _, unit := range s.units {
				c := Parse("", Print(from), nil)
				s.do(c, unit)
				steps = append(steps, taken{s.name + "〔" + unit + "〕", unit, c})
			}
		}
		for i, a := range steps {
			for _, b := range steps[i+1:] {
				if a.unit == b.unit {
					continue
				}
				pairs = append(pairs, &mergePair{base: base.name, names: [2]string{a.name, b.name}, from: from,
					sides:         [2]*Case{a.c, b.c},
					bothMoveState: a.c.State != from.State && b.c.State != from.State})
			}
		}
	}
	return pairs
}

func TestMergeOfAnyTwoSteps(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	pairs := mergePairs()
	mergeAll(t, pairs)
	counts := map[string]int{}
	places := map[string]int{}
	for _, p := range pairs {
		conflict := p.conflict[0] || p.conflict[1]
		what := fmt.Sprintf("%s: %s + %s", p.base, p.names[0], p.names[1])
		if !p.byFile {
			p.conflict[0], p.merged[0] = p.conflict[1], p.merged[1]
		}
		if p.conflict[0] != p.conflict[1] {
			t.Errorf("%s: git merge-file and git merge disagree: %v", what, p.conflict)
		}
		switch place := p.place(); {
		case p.bothMoveState:
			counts["both change 状态"]++
			continue
		case conflict && place != "":
			counts["write one place"]++
			places[place]++
			continue
		case conflict:
			t.Errorf("%s: conflict\n%s", what, p.merged[0])
			continue
		}
		counts["clean"]++
		for _, merged := range p.merged {
			checkUnion(t, what, p, merged)
		}
	}
	t.Logf("%d pairs: %v; one place: %v", len(pairs), counts, places)
	if counts["clean"] < 500 {
		t.Errorf("only %d pairs were merged: the test has lost its steps", counts["clean"])
	}
	// The only places that several units write freely. Who comes second there
	// resolves by keeping both.
	want := []string{"## 办理情况", "## 反馈答复", "## 研判分析", "## 诉求内容", "协办反馈征收管理科", "延期申请",
		"评估", "说明单"}
	var got []string
	for place := range places {
		got = append(got, place)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("places that conflict: %v, known %v", got, want)
	}
}

// checkUnion checks that a merged file is readable, canonical, and states what
// each side states beyond the base, and nothing else.
func checkUnion(t *testing.T, what string, p *mergePair, merged []byte) {
	t.Helper()
	c := Parse("", merged, nil)
	want := Diff(p.from, p.sides[0])
	for _, change := range Diff(p.from, p.sides[1]) {
		if !slices.Contains(want, change) {
			want = append(want, change)
		}
	}
	got := Diff(p.from, c)
	for _, change := range want {
		if !slices.Contains(got, change) {
			t.Errorf("%s: lost %+v", what, change)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: states %+v, want %+v", what, got, want)
	}
	if out, problems := Format(merged, nil); len(problems) > 0 || !bytes.Equal(out, merged) {
		t.Errorf("%s: not canonical: %v %s", what, problems, firstDifference(string(merged), string(out)))
	}
}
