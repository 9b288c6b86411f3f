package appraisal

import (
	"testing"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/workday"
)

// TestNothingForNothing: an item of 0 points deducts nothing, and what is nobody's is
// deducted from nobody; what is deducted names its clause.
func TestNothingForNothing(t *testing.T) {
	day := workday.New(2026, time.August, 3)
	p := appraiser{weights: config.Parse("suqiu.yaml", []byte("名称: 某局\n")).Appraisal}
	p.deduct("信息中心", "异议不成立", "202607-NFZX-001", day, 0, "没有分值")
	p.deduct("", "异议不成立", "202607-NFZX-001", day, 100, "没有单位")
	if len(p.list) != 0 {
		t.Fatalf("deducted: %+v", p.list)
	}
	for _, item := range p.weights.Describe() {
		p.deduct("信息中心", item.Key, "", day, 100, "有分值")
		if last := p.list[len(p.list)-1]; last.Clause == "" || last.Clause != item.Clause || last.Final != last.Points {
			t.Errorf("%s: %+v", item.Key, last)
		}
	}
}
