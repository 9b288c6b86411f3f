package dueday

import (
	"strings"
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// TestEachLightExplainsItself in a sentence, as of a Sunday.
func TestEachLightExplainsItself(t *testing.T) {
	on := func(month time.Month, d int) workday.Date { return workday.New(2026, month, d) }
	days := Counter{Calendar: workday.NewCalendar(workday.Overrides{}), AsOf: on(11, 29)}
	for want, k := range map[string]clock.Clock{
		"11 月 27 日到期；此前已提交的，今日合并仍算按期。": {Status: clock.Received, Due: on(11, 27)},
		"12 月 1 日到期，还剩 2 个工作日。":        {Status: clock.Soon, Due: on(12, 1)},
		"今日 24 时到期。":                   {Status: clock.Soon, Due: on(11, 29)},
		"2027 年 1 月 6 日到期，还剩 27 个工作日。": {Status: clock.Running, Due: on(13, 6)},
		"11 月 17 日到期，没有完成，已超 8 个工作日。": {Status: clock.Overdue, Due: on(11, 17), DaysLate: 8,
			Class: clock.Statutory},
		"11 月 27 日到期，没有完成，其后还没有工作日。": {Status: clock.Overdue, Due: on(11, 27),
			Class: clock.Statutory},
		"11 月 17 日到期，没有完成，已过 8 个工作日；属内部控制，只作提示，不称超期。": {
			Status: clock.Overdue, Due: on(11, 17), DaysLate: 8, Class: clock.Internal},
		"暂停计时（异议待确认）：决定以后接着计，到期日随之顺延。": {Status: clock.Paused, Due: on(12, 9),
			Pauses: []clock.Span{{From: on(11, 26), Why: "异议待确认"}}},
		"提出的申请还没有决定，决定以前不算超期；到期日仍是 12 月 1 日。": {Status: clock.Pending, Due: on(12, 1)},
		"11 月 20 日完成，到期日 11 月 24 日，按期。":       {Status: clock.Met, Due: on(11, 24), Stopped: on(11, 20)},
		"11 月 20 日完成；到期日 11 月 17 日，晚 3 个工作日。": {Status: clock.Missed, Due: on(11, 17),
			Stopped: on(11, 20), DaysLate: 3, Class: clock.Statutory},
		"11 月 20 日终止，不再计时。": {Status: clock.Cancelled, Due: on(11, 24), Stopped: on(11, 20)},
	} {
		if got := days.Explain(&view.Clock{Clock: &k}); got != want {
			t.Errorf("%s: %q, want %q", k.Status, got, want)
		}
	}
}

// TestNothingIsLeftOfWhatEnded: a finished limit has no days left.
func TestNothingIsLeftOfWhatEnded(t *testing.T) {
	on := func(d int) workday.Date { return workday.New(2026, time.November, d) }
	days := Counter{Calendar: workday.NewCalendar(workday.Overrides{}), AsOf: on(29)}
	k := clock.Clock{Limit: 10, Start: on(13), Due: on(27), Stopped: on(20), Status: clock.Met}
	count := days.Count(&view.Clock{Clock: &k})
	for _, left := range []string{"b-left", "第6日", "第9日"} {
		if strings.Contains(string(count.Bar)+string(count.Grid), left) {
			t.Errorf("shows %s", left)
		}
	}
	if !strings.Contains(string(count.Grid), "第5日") || !strings.Contains(string(count.Grid), "到期") {
		t.Errorf("lacks the days that counted, or the due day: %s", count.Grid)
	}
}
