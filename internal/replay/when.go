package replay

import (
	"time"

	"suqiu/internal/workday"
)

// when dates an act: the office's at the landing; a unit's at the author's
// time, but not before the working day that lies 收件宽限 before the landing's
// day, not after the landing, and not before the case's preceding step.
func (r *replay) when(a *commitStep, by []authorised) time.Time {
	landing := r.env.Landings[a.landing].At
	at := landing
	if unit, proxy := r.actsForUnit(a, by); proxy {
		if p := r.proxyEntry(a, unit); p != nil && p.Received != 0 {
			at = p.Received.End().Add(-time.Second)
		}
	} else if unit != "" {
		at = r.believed(a.authored, a.landing)
	}
	if at.After(landing) {
		at = landing
	}
	if at.Before(r.last) {
		at = r.last
	}
	return at
}

func (r *replay) believed(said time.Time, landing int) time.Time {
	return Believed(r.env.Calendar, r.env.ConfigAt(landing).Grace, said, r.env.Landings[landing].At)
}

// noteDelay tells the one who merged that a unit's act waited too long.
func (r *replay) noteDelay(a *commitStep, by []authorised) {
	landing := &r.env.Landings[a.landing]
	if a.authored.After(landing.At.Add(10 * time.Minute)) {
		r.fault("commit-from-future", "", a.who.unit(), "提交时间 "+stamp(a.authored)+" 晚于入库时间 "+
			stamp(landing.At), "校准提交电脑的时钟后重新提交")
	}
	unit, proxy := r.actsForUnit(a, by)
	if unit == "" || proxy {
		return
	}
	from := r.believed(a.authored, a.landing)
	switch {
	case !a.authored.Before(from):
	case !a.committed.Before(from):
		// Whoever merged had nothing to receive before that.
		r.fault("backdated", "", unit, "提交时间写的是 "+stamp(a.authored)+"，而这次提交生成于 "+stamp(a.committed)+
			"，与入库时间 "+stamp(landing.At)+" 不一致，按 "+workday.Of(from).String()+" 计",
			"多为变基、重新提交或电脑时钟不准所致，无须改动；确曾按时提交的，"+
				"请联席办核对合并请求记录后写“更正”并注明依据")
	default:
		r.fault("receipt-delayed", "", r.env.officeUnit(), unit+" "+stamp(a.authored)+" 提交，"+stamp(landing.At)+
			" 才入库，超过收件宽限，按 "+workday.Of(from).String()+" 计",
			"收到合并请求后应在 "+itoa(r.env.ConfigAt(a.landing).Grace)+" 个工作日内合并")
	}
}

func stamp(t time.Time) string { return t.In(workday.Shanghai).Format("2006-01-02 15:04") }
