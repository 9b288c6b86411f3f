package replay

import (
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/workflow"
)

// authorised is the unit in whose name a row is taken or a key is written, and
// what is wrong with that, if anything.
type authorised struct {
	unit    string
	office  bool // an act of the office: it counts at the landing
	proxy   bool // 代录: the office acts for the unit
	rule    string
	message string
	fix     string
}

// authority is who may do something.
type authority struct {
	parties []record.Party
	unit    string // of a co-handler, or the one that an 评估 names
	judges  bool   // the unit in charge is judged
	what    string // 推送, 标题
	written bool   // a key is written, and no row taken
	enters  bool   // the office may enter it for the unit
}

// authorise is the one answer to who may do something: in whose name an act
// does it, or what is wrong.
func (r *replay) authorise(a *commitStep, may authority) authorised {
	for _, party := range may.parties {
		if t, ok := r.as(a, party, may); ok {
			return t
		}
	}
	if may.enters && (a.who.Has(config.Office) || r.ownTask() && r.independent(a.who)) {
		for _, party := range may.parties {
			switch party {
			case record.Collector, record.Lead, record.CoHandler:
				return authorised{unit: r.unitOf(a, party, may), proxy: true}
			}
		}
	}
	t := authorised{unit: a.who.unit()}
	if a.who.checked && !a.who.known() {
		return t // told as author-unknown
	}
	verb, who := "提交", r.names(a, may)
	if may.written {
		verb = "填写"
	}
	t.rule = "transition-actor"
	t.message = "“" + may.what + "”应由" + who + verb + "，本次由" + a.who.shown() + "提交"
	t.fix = "请" + who + "提交；收到纸质材料的，由联席办代录并填写“代录”"
	return t
}

// unitOf is the one unit that a party is; empty if it may be several.
func (r *replay) unitOf(a *commitStep, party record.Party, may authority) string {
	switch party {
	case record.Collector:
		return a.after.Collector
	case record.Lead:
		return r.lead
	case record.CoHandler, record.Evaluator:
		return may.unit
	}
	return ""
}

// as reports whether an act may be done as a party. Where the repository names
// no addresses anybody may: a row is then its first party's, a key the office's
// if the office may write it.
func (r *replay) as(a *commitStep, party record.Party, may authority) (authorised, bool) {
	unit := r.unitOf(a, party, may)
	byOffice := a.who.Has(config.Office) || !a.who.checked
	switch party {
	case record.Collector, record.Lead, record.CoHandler, record.Evaluator:
		anybody := !a.who.checked && !(may.written && slices.Contains(may.parties, record.Office))
		return authorised{unit: unit}, a.who.is(unit) || anybody
	case record.Handlers:
		if a.who.is(r.lead) {
			return authorised{unit: r.lead}, true
		}
		if i := slices.IndexFunc(r.co, a.who.is); i >= 0 {
			return authorised{unit: r.co[i]}, true
		}
	case record.Office:
		switch {
		case may.judges:
			return r.judge(a)
		case byOffice:
			return authorised{unit: r.officeName(a), office: true}, true
		case r.fixesOwnDate(a) && r.independent(a.who):
			return authorised{unit: a.who.unit(), office: true}, true
		}
	case record.Supervisor:
		return authorised{unit: a.who.unit(), office: true}, a.who.Has(config.Supervisor)
	case record.Callback:
		return authorised{unit: r.officeName(a), office: true}, a.who.Has(config.Callback)
	}
	return authorised{}, false
}

// names lists who may do something.
func (r *replay) names(a *commitStep, may authority) string {
	var names []string
	for _, party := range may.parties {
		name := string(party)
		switch party {
		case record.Supervisor:
			name = "监督考评小组"
		case record.Collector, record.Lead, record.CoHandler, record.Evaluator:
			name += "“" + workflow.OrNone(r.unitOf(a, party, may)) + "”"
		}
		if party == record.Office && slices.Contains(may.parties, record.Handlers) {
			continue // its part is to enter what the others wrote
		}
		names = append(names, name)
	}
	if n := len(names); may.written && n > 1 {
		return strings.Join(names[:n-1], "、") + "或" + names[n-1]
	}
	return strings.Join(names, "、")
}

// takes is in whose name a hop is made.
func (r *replay) takes(a *commitStep, h workflow.Hop) authorised {
	if h.Row == nil {
		return authorised{unit: a.who.unit(), office: a.who.Has(config.Office)}
	}
	return r.authorise(a, authority{parties: h.Row.Who, judges: h.Row.Judges, what: h.Row.Title, enters: true})
}

// writes is in whose name a change without a change of state is made.
func (r *replay) writes(a *commitStep, ch record.Change) authorised {
	may := authority{parties: []record.Party{record.Office}, what: label(ch), written: true}
	switch by := record.KeyOf(ch.Key).Write.By; by {
	case record.Lead:
		may.parties, may.enters = []record.Party{record.Lead}, true
		if unit := r.filer(a, ch); unit != r.lead {
			may.parties, may.unit = []record.Party{record.CoHandler}, unit
		}
		if ch.Kind == record.Decided {
			may.parties, may.enters, may.judges = []record.Party{record.Office}, false, true
		}
	case record.CoHandler:
		may.parties, may.unit, may.enters = []record.Party{by}, ch.Field, true
	case record.Evaluator:
		if e := evaluationOf(a.after, ch); e != nil {
			may.unit = e.Unit
		}
		may.parties = []record.Party{by, record.Office, record.Callback}
	case record.Handlers:
		may.parties = []record.Party{by, record.Office}
	case record.Answerer:
		may.parties = []record.Party{record.Lead, record.Office}
	case record.Collector:
		if r.table.BeforePush(r.state) {
			may.parties = []record.Party{by, record.Office}
		}
	case record.Office:
		if ch.Key == "代录" && r.ownTask() && r.independent(a.who) {
			return authorised{unit: a.who.unit(), office: true}
		}
	}
	return r.authorise(a, may)
}

// judge finds who may decide about the unit in charge (审核 and decisions).
func (r *replay) judge(a *commitStep) (authorised, bool) {
	if !a.who.checked {
		return authorised{unit: r.env.officeUnit(), office: true}, true
	}
	switch {
	case !r.ownTask():
		if a.who.Has(config.Office) {
			return authorised{unit: r.officeName(a), office: true}, true
		}
	case r.independent(a.who):
		return authorised{unit: a.who.unit(), office: true}, true
	case a.who.Has(config.Office):
		return r.washes(a, "审核和决定"), true
	}
	return authorised{}, false
}

// washes is the office acting in its own task: it counts, and is told.
func (r *replay) washes(a *commitStep, what string) authorised {
	return authorised{unit: r.officeName(a), office: true, rule: "self-review",
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

// fixesOwnDate reports whether an act fixes a date in a task of the office's own.
func (r *replay) fixesOwnDate(a *commitStep) bool {
	return changed(a, "会议议定期限.日期") && r.ownTaskAfter(a.after)
}

// tellWash tells of what the office enters or fixes in its own task; decisions
// are told by who takes them.
func (r *replay) tellWash(a *commitStep, t authorised) {
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
func (r *replay) officeName(a *commitStep) string {
	if u := a.who.unit(); u != "" {
		return u
	}
	return r.env.officeUnit()
}

// actsForUnit says for which unit an act is taken, if it is a unit's act at
// all, and whether the office takes it in the unit's place.
func (r *replay) actsForUnit(a *commitStep, by []authorised) (unit string, proxy bool) {
	for _, t := range by {
		if t.proxy {
			return t.unit, true
		}
		if !t.office {
			unit = t.unit
		}
	}
	if len(by) > 0 {
		return unit, false
	}
	for _, ch := range a.changes {
		t := r.writes(a, ch)
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
func (r *replay) proxyEntry(a *commitStep, unit string) *record.Proxy {
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
