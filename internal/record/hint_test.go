package record

import (
	"strings"
	"testing"

	"suqiu/internal/gittest"
	"suqiu/internal/problem"
)

// The state that state-behind-record names goes with the records: told to take
// it, nobody is told to take another one (DESIGN section 11).
func TestStateBehindEndsInOneStep(t *testing.T) {
	statements := [][]Statement{nil}
	for _, reason := range []string{"异议", "无法解决"} {
		for _, decision := range []string{"", "成立", "不成立", "继续办理", "改派", "长期推进"} {
			s := Statement{Reason: reason, Unit: "信息中心", Grounds: "理由", Decision: decision, Basis: "CQ2026-07"}
			if decision == "" {
				s.Basis = ""
			}
			statements = append(statements, []Statement{s})
		}
	}
	feedbacks := [][]Feedback{nil}
	for _, result := range []string{"已解决", "暂未解决"} {
		for _, review := range []string{"", "通过", "退回"} {
			f := Feedback{Result: result, Measures: "办了", Review: review}
			feedbacks = append(feedbacks, []Feedback{f},
				[]Feedback{{Result: "已解决", Measures: "先办", Review: "通过"}, f})
		}
	}
	tried := 0
	for _, state := range states {
		for _, x := range statements {
			for _, f := range feedbacks {
				for n := range 3 {
					for closing := range 4 {
						if len(x) > 0 && n > 0 || closing > 0 && n > 1 {
							continue
						}
						c := &Case{ID: "202607-NFZX-012", Title: "发票额度调整审核无进度", Nature: "诉求",
							Channel: "12366热线", Collector: "纳税服务中心",
							State: state, Lead: "信息中心", Statements: x, Feedback: f,
							Improvements: make([]Improvement, n)}
						for i := range c.Improvements {
							c.Improvements[i] = Improvement{Reason: strings.Repeat("再", i+1)}
						}
						switch closing {
						case 1:
							c.MergedInto = "202607-NFZX-001"
						case 2:
							c.WithdrawReason = "误登记"
						case 3:
							c.NoEvaluation = "未抽中"
						}
						src := string(Print(c))
						before := behindOf(src)
						if before == nil {
							continue
						}
						tried++
						after, ok := gittest.Paste(src, before.Line, before.EndLine, before.Fix)
						if again := behindOf(after); !ok || again != nil {
							t.Fatalf("%s, then %+v:\n%s", before.Message, again, src)
						}
					}
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d tried", tried)
	}
}

// behindOf is what is told of the state of a file; nil if it goes with the
// records.
func behindOf(src string) *problem.Problem {
	for _, p := range Parse("cases/2026/07/202607-NFZX-012.md", []byte(src), nil).Problems {
		if p.Rule == "state-behind-record" {
			return &p
		}
	}
	return nil
}
