package similar

import (
	"slices"
	"strings"
	"testing"
)

// TestIndex: what is alike is found, the most alike first, of equal ones the last; short
// texts are like none.
func TestIndex(t *testing.T) {
	asked := "纳税人在电子税务局更正上年度企业所得税汇算清缴申报表，提交以后系统提示滞纳金，不知道从哪一天起算"
	texts := []string{
		asked,
		"自助终端缺纸，办税服务厅周末没有人值守，希望在机身张贴值班电话，安排志愿者每天巡查两次",
		asked + "，希望说明",
		"滞纳金",
		asked,
	}
	x := NewIndex(texts, 20)
	if got := x.Like(asked+"。", 0.5); !slices.Equal(got, []int{4, 0, 2}) {
		t.Errorf("%v", got)
	}
	if got := x.Like("滞纳金", 0.1); got != nil {
		t.Errorf("a short text is like %v", got)
	}
	// Thousands of equal texts are no more work than some: the last of them are found.
	x = NewIndex(slices.Repeat([]string{asked}, 5000), 20)
	if got := x.Like(asked, 0.5); len(got) != mostInBucket || got[0] != 4999 {
		t.Errorf("%d texts, %v first", len(got), got[:1])
	}
	if got := x.Like(strings.Repeat("另外一件事", 20), 0.5); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
