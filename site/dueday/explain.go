package dueday

import (
	"strconv"

	"suqiu/internal/clock"
	"suqiu/internal/view"
)

// Explain says in a sentence what the light of a limit means.
func (v Counter) Explain(k *view.Clock) string {
	due := v.On(k.Due)
	switch k.Status {
	case clock.Running, clock.Soon:
		left := due + "到期，还剩 " + days(v.Calendar.Count(v.AsOf, k.Due))
		if k.Due == v.AsOf {
			left = "今日 24 时到期"
		}
		if k.Missed != 0 {
			left += "；" + v.On(k.Missed) + "到期时没有完成，已过 " + days(k.DaysLate)
		}
		return left + "。"
	case clock.Overdue:
		return v.overdue(k)
	case clock.Paused:
		why := ""
		if n := len(k.Pauses); n > 0 && k.Pauses[n-1].Why != "" {
			why = "（" + k.Pauses[n-1].Why + "）"
		}
		return "暂停计时" + why + "：决定以后接着计，到期日随之顺延。"
	case clock.Pending:
		return "提出的申请还没有决定，决定以前不算超期；到期日仍是 " + due + "。"
	case clock.Received:
		return due + "到期；此前已提交的，今日合并仍算按期。"
	case clock.Met:
		if k.Stopped > k.Due {
			return v.On(k.Stopped) + "完成，到期日 " + due + "；其间不计超期，算按期。"
		}
		return v.On(k.Stopped) + "完成，到期日 " + due + "，按期。"
	case clock.Missed:
		return v.missed(k)
	}
	return v.On(k.Stopped) + "终止，不再计时。"
}

func (v Counter) overdue(k *view.Clock) string {
	text := v.On(k.Due) + "到期，没有完成，"
	switch {
	case k.DaysLate == 0:
		text += "其后还没有工作日"
	case k.Counts():
		return text + "已超 " + days(k.DaysLate) + "。"
	default:
		text += "已过 " + days(k.DaysLate)
	}
	if !k.Counts() {
		text += "；属" + string(k.Class) + "，只作提示，不称超期"
	}
	return text + "。"
}

func (v Counter) missed(k *view.Clock) string {
	done := "完成"
	if k.Unanswered {
		done = "终止，没有完成"
	}
	text := v.On(k.Stopped) + done + "；到期日 " + v.On(k.Due) + "，"
	if k.DaysLate == 0 {
		return text + "其间没有工作日。"
	}
	return text + "晚 " + days(k.DaysLate) + "。"
}

func days(n int) string { return strconv.Itoa(n) + " 个工作日" }
