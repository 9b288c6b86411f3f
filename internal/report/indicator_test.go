package report

import "testing"

// TestComparison: 同比 and 环比 need a base, and n of at least 5 on both sides.
func TestComparison(t *testing.T) {
	for _, test := range []struct {
		now, base measure
		want      string
	}{
		{measure{share, 9, 10}, measure{share, 8, 10}, "+10.0 个百分点"},
		{measure{share, 8, 10}, measure{share, 9, 10}, "-10.0 个百分点"},
		{measure{share, 5, 5}, measure{share, 10, 10}, "0.0 个百分点"},
		{measure{share, 5, 5}, measure{share, 0, 0}, "—"},
		{measure{share, 4, 4}, measure{share, 8, 10}, "—"},
		{measure{share, 8, 10}, measure{share, 4, 4}, "—"},
		{measure{average, 50, 10}, measure{average, 30, 5}, "-1.0 天"},
		{measure{average, 50, 10}, measure{average, 30, 4}, "—"},
		{measure{plain, 12, 0}, measure{plain, 10, 0}, "+20.0%"},
		{measure{plain, 10, 0}, measure{plain, 12, 0}, "-16.7%"},
		{measure{plain, 12, 0}, measure{plain, 0, 0}, "—"},
		{measure{plain, 12, 0}, measure{plain, 4, 0}, "—"},
		{measure{plain, 4, 0}, measure{plain, 12, 0}, "—"},
		{measure{share, 10000, 10001}, measure{share, 10001, 10002}, "0.0 个百分点"},
	} {
		if got := test.now.against(test.base, "天"); got != test.want {
			t.Errorf("%+v against %+v is %s, want %s", test.now, test.base, got, test.want)
		}
	}
	for _, test := range []struct {
		days []int
		want string
	}{
		{nil, "—"}, {[]int{3, 4}, "2 件，不计平均"}, {[]int{3, 4, 5, 6, 7}, "5.0 个工作日"},
		{[]int{1, 1, 1, 1, 1, 2}, "1.2 个工作日"},
	} {
		if got := mean(spread(test.days)).value("个工作日"); got != test.want {
			t.Errorf("the mean of %v is %s, want %s", test.days, got, test.want)
		}
	}
}
