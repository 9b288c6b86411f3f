package caserules

import "testing"

// TestNearestUnit: a name is offered only where no other is as likely meant.
func TestNearestUnit(t *testing.T) {
	meaning := map[string]string{"信息科": "信息中心", "三分局": "第三税务分局", "卓资县局": "卓资县税务局",
		"集宁区局": "集宁区税务局"}
	means := func(s string) string {
		if m := meaning[s]; m != "" {
			return m
		}
		return s
	}
	units := []string{"纳税服务科", "纳税服务中心", "信息中心", "信息科", "第一税务分局", "第二税务分局",
		"第三税务分局", "三分局", "集宁区税务局", "集宁区局",
		"卓资县税务局", "卓资县局", "四子王旗税务局", "察右前旗局", "察右后旗局"}
	for typed, want := range map[string]string{
		"信息技术中心": "信息中心", "信息技术科": "信息科", "第三分局": "三分局", "纳税服务局": "纳税服务科",
		"集宁税务局": "集宁区税务局", "卓资局": "卓资县局",
		"各旗县局": "", "旗县局": "", "税务局": "", "阿拉善左旗税务局": "", "第四税务分局": "", "察右旗局": "",
		"各成员单位": "",
	} {
		if got := nearestOf(typed, units, means); got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
	}
	if got := Nearest("超期反馈", []string{"超期已办", "超期未办"}); got != "" {
		t.Errorf("one of two that are as near: %q", got)
	}
}

func TestNearestSlug(t *testing.T) {
	for typed, want := range map[string]string{
		"feedback-overdu":    "feedback-overdue",
		"unit_unknown":       "unit-unknown",
		"transition-illigal": "transition-illegal",
		"push-late":          "push-late",
		"超期":                 "",
		"":                   "",
	} {
		if got := NearestSlug(typed); got != want {
			t.Errorf("NearestSlug(%q) = %q, want %q", typed, got, want)
		}
	}
	if got := NearestNumber("202607-NFZX-999", []string{"202607-NFZX-001"}); got != "" {
		t.Errorf("a number three digits away was suggested: %s", got)
	}
}
