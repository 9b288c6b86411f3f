package workflow

import (
	"slices"

	"suqiu/internal/config"
	"suqiu/internal/record"
)

// taker is the unit in whose name a row is taken or a key is written, and
// what is wrong with that, if anything.
type taker struct {
	unit    string
	office  bool // an act of the office: it counts at the landing
	proxy   bool // 代录: the office acts for the unit
	rule    string
	message string
	fix     string
}

// judged are the rows that judge the unit in charge: where that is the
// office's own unit they come from 监督考评 of another unit.
var judged = []int{6, 7, 9, 10, 11, 14, 15}

func (r *replay) takerOf(a *act, h hop) taker {
	if h.row == nil {
		return taker{unit: a.who.unit(), office: a.who.Has(config.Office)}
	}
	collector := a.after.Collector
	for _, who := range h.row.Who {
		switch who {
		case ByCollector:
			if a.who.is(collector) || !a.who.checked {
				return taker{unit: collector}
			}
		case ByLead:
			if a.who.is(r.lead) || !a.who.checked {
				return taker{unit: r.lead}
			}
		case ByOffice:
			if slices.Contains(judged, h.row.N) {
				if t, ok := r.judge(a); ok {
					return t
				}
			} else if a.who.Has(config.Office) || !a.who.checked {
				return taker{unit: r.officeName(a), office: true}
			} else if r.fixesOwnDate(a) && r.independent(a.who) {
				return taker{unit: a.who.unit(), office: true}
			}
		case BySupervisor:
			if a.who.Has(config.Supervisor) {
				return taker{unit: a.who.unit(), office: true}
			}
		}
	}
	if r.mayEnterFor(a) {
		for _, who := range h.row.Who {
			switch who {
			case ByCollector:
				return taker{unit: collector, proxy: true}
			case ByLead:
				return taker{unit: r.lead, proxy: true}
			}
		}
	}
	t := taker{unit: a.who.unit()}
	if a.who.checked && !a.who.known() {
		return t // told as author-unknown
	}
	t.rule = "transition-actor"
	t.message = "“" + h.row.Title + "”应由" + r.parties(h.row.Who, collector) + "提交，本次由" + a.who.shown() + "提交"
	t.fix = "请" + r.parties(h.row.Who, collector) + "提交；收到纸质材料的，由联席办代录并填写“代录”"
	return t
}

// judge finds who may decide about the unit in charge (审核 and decisions).
func (r *replay) judge(a *act) (taker, bool) {
	if !a.who.checked {
		return taker{unit: r.env.officeUnit(), office: true}, true
	}
	switch {
	case !r.ownTask():
		if a.who.Has(config.Office) {
			return taker{unit: r.officeName(a), office: true}, true
		}
	case r.independent(a.who):
		return taker{unit: a.who.unit(), office: true}, true
	case a.who.Has(config.Office):
		return r.washes(a, "审核和决定"), true
	}
	return taker{}, false
}

// washes is the office acting in its own task: it counts, and is told.
func (r *replay) washes(a *act, what string) taker {
	return taker{unit: r.officeName(a), office: true, rule: "self-review",
		message: "联席办所在单位就是本事项的承办（协办）单位，" + what + "应由监督考评小组的其他单位作出",
		fix:     "请办公室或督察内审科等监督考评单位提交本次" + what}
}

// judgeUnit is the unit that has to decide about the task: the office, but
// 监督考评 of another unit where the office has a part in it.
func (r *replay) judgeUnit() string {
	if r.ownTask() {
		for i := range r.env.Config.Units {
			if u := &r.env.Config.Units[i]; u.Has(config.Supervisor) && !u.Has(config.Office) && u.Name != r.lead {
				return u.Name
			}
		}
	}
	return r.env.officeUnit()
}

// ownTask reports whether the office's own unit is lead or co-handler.
func (r *replay) ownTask() bool {
	return r.env.ownedByOffice(r.lead) || slices.ContainsFunc(r.co, r.env.ownedByOffice)
}

// ownTaskAfter is ownTask with those whom the landing puts in charge.
func (r *replay) ownTaskAfter(c *record.Case) bool {
	return r.ownTask() || r.env.ownedByOffice(c.Lead) || slices.ContainsFunc(c.Co, r.env.ownedByOffice)
}

// independent reports whether an actor is 监督考评 of a unit that has no part in
// the task and is not the office's own.
func (r *replay) independent(who actor) bool {
	return who.Has(config.Supervisor) && !who.is(r.lead) && !slices.ContainsFunc(who.Units, r.env.ownedByOffice)
}

// mayEnterFor reports whether an actor may enter for a unit what came on paper.
func (r *replay) mayEnterFor(a *act) bool {
	return a.who.Has(config.Office) || r.ownTask() && r.independent(a.who)
}

// fixesOwnDate reports whether an act fixes a date in a task of the office's own.
func (r *replay) fixesOwnDate(a *act) bool {
	return changed(a, "会议议定期限.日期") && r.ownTaskAfter(a.after)
}

// tellWash tells of what the office enters or fixes in its own task; decisions
// are told by who takes them.
func (r *replay) tellWash(a *act, t taker) {
	if !a.who.checked || !a.who.Has(config.Office) || r.independent(a.who) || t.rule == "self-review" {
		return
	}
	what, key := "会议议定期限", "会议议定期限"
	switch {
	case t.proxy && r.ownTask():
		what, key = "代录", "代录"
	case !r.fixesOwnDate(a):
		return
	}
	w := r.washes(a, what)
	r.fault(w.rule, key, w.unit, w.message, w.fix)
}

// officeName is the unit under which an act of the office is shown.
func (r *replay) officeName(a *act) string {
	if u := a.who.unit(); u != "" {
		return u
	}
	return r.env.officeUnit()
}

func (r *replay) parties(who []Who, collector string) string {
	var names []string
	for _, w := range who {
		switch w {
		case ByCollector:
			names = append(names, "收集单位“"+orNone(collector)+"”")
		case ByLead:
			names = append(names, "承办单位“"+orNone(r.lead)+"”")
		case ByOffice:
			names = append(names, "联席办")
		case BySupervisor:
			names = append(names, "监督考评小组")
		}
	}
	return join(names)
}

// actsForUnit says for which unit an act is taken, if it is a unit's act at
// all, and whether the office takes it in the unit's place.
func (r *replay) actsForUnit(a *act, takers []taker) (unit string, proxy bool) {
	for _, t := range takers {
		if t.proxy {
			return t.unit, true
		}
		if !t.office {
			unit = t.unit
		}
	}
	if len(takers) > 0 {
		return unit, false
	}
	for _, ch := range a.changes {
		t := r.writerOf(a, ch)
		if t.proxy {
			return t.unit, true
		}
		if !t.office && unit == "" {
			unit = t.unit
		}
	}
	return unit, false
}

// proxyEntry is the 代录 entry that the act brings for a unit.
func (r *replay) proxyEntry(a *act, unit string) *record.Proxy {
	known := 0
	if a.before != nil {
		known = len(a.before.Proxies)
	}
	for i := len(a.after.Proxies) - 1; i >= 0 && i >= known; i-- {
		if p := &a.after.Proxies[i]; p.Unit == unit || p.Unit == "" {
			return p
		}
	}
	return nil
}
