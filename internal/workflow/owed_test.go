package workflow

import (
	"slices"
	"testing"

	"suqiu/internal/clock"
	"suqiu/internal/draft"
)

// DESIGN section 5, without a change of 状态: a co-handler's own 说明单(异议),
// while its window is open, and a 反馈 已解决 after 部分解决, when the case is
// closed. Both are offered in the name of whose they are.
func TestNextStepsOfOthersThanTheOffice(t *testing.T) {
	offered := func(s State, title string, clocks ...clock.Clock) *Next {
		c, life := inHand(s)
		life.Lead, life.Clocks = "信息中心", clocks
		steps := Regulation().NextSteps(c, life)
		if i := slices.IndexFunc(steps, func(n Next) bool { return n.Title == title }); i >= 0 {
			return &steps[i]
		}
		return nil
	}
	window := clock.Clock{Kind: clock.Objection, Unit: "征收管理科", Role: clock.Co}
	n := offered(FedBack, "提出协办异议", window)
	if n == nil || n.Who != "协办单位（征收管理科）" || n.To != "" {
		t.Fatalf("a co-handler may object: %+v", n)
	}
	want := []draft.Write{{Key: "说明单[+].事由", Value: "异议"}, {Key: "说明单[+].单位", Value: "征收管理科"},
		{Key: "说明单[+].理由", Value: "〔请填：理由〕"}}
	if !slices.Equal(n.Writes, want) {
		t.Errorf("it writes %v, want %v", n.Writes, want)
	}
	window.Stopped = 1
	if offered(FedBack, "提出协办异议", window) != nil || offered(Closed, "提出协办异议") != nil {
		t.Error("a co-handler may object where its window is shut")
	}

	promise := clock.Clock{Kind: clock.Promise, Unit: "信息中心"}
	n = offered(Closed, "反馈承诺的措施", promise)
	if n == nil || n.Who != "承办单位（信息中心）" || n.To != "" {
		t.Fatalf("the lead may keep what it promised: %+v", n)
	}
	want = []draft.Write{{Key: "反馈[+].结果", Value: "已解决"}, {Key: "反馈[+].措施", Value: "〔请填：措施〕"}}
	if !slices.Equal(n.Writes, want) {
		t.Errorf("it writes %v, want %v", n.Writes, want)
	}
	if offered(Closed, "反馈承诺的措施") != nil {
		t.Error("nothing was promised")
	}
}
