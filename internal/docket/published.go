package docket

import (
	"encoding/json"

	"suqiu/internal/history"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Published is a quarter's figures as the office froze them: reports/2026Q3.json.
type Published struct {
	Path    string
	Quarter workday.Quarter
	Data    []byte
	Filing
	Head string       // that it was computed at
	AsOf workday.Date // and as of which day
	Tool string       // that computed it
	// Then is the docket at that head and day, replayed from the one walk; nil
	// if that cannot be: Problem says why.
	Then    *Docket
	Problem string

	last int // index of the last landing that Then sees
	env  workflow.Env
	// settings is which version of suqiu.yaml was in force.
	settings int
}

// locate finds the landings that a frozen quarter saw. They are a prefix of
// the mainline that was walked, so nothing is read again.
func (p *Published) locate(d *Docket, versions []version) {
	var head struct {
		Tool string       `json:"tool"`
		Head string       `json:"head"`
		AsOf workday.Date `json:"as_of"`
	}
	if err := json.Unmarshal(p.Data, &head); err != nil || head.Head == "" || head.AsOf == 0 {
		p.Problem = "文件不是“suqiu report --freeze”写成的，读不出提交和日期"
		return
	}
	p.Tool, p.Head, p.AsOf = head.Tool, head.Head, head.AsOf
	at := -1
	for i := range d.Landings {
		if d.Landings[i].Commit == head.Head {
			at = i
		}
	}
	if at < 0 {
		p.Problem = "计算时的提交 " + head.Head + " 不在主分支的历史上"
		return
	}
	for at >= 0 && !d.Landings[at].At.Before(head.AsOf.End()) {
		at--
	}
	p.last, p.settings = at, -1
	for i, v := range versions {
		if v.landing <= at {
			p.settings = i
		}
	}
	if p.settings < 0 {
		p.Problem = "提交 " + head.Head + " 时还没有 " + ConfigPath
		return
	}
	p.Then = &Docket{Head: head.Head, AsOf: head.AsOf, Config: versions[p.settings].config, Landings: d.Landings[:at+1], joined: d.joined}
	for _, m := range d.Monthly {
		if m.before(at) {
			p.Then.Monthly = append(p.Then.Monthly, m)
		}
	}
}

// before reports whether a paper was there when a landing had landed.
func (f *Filing) before(landing int) bool { return len(f.Landings) > 0 && f.Landings[0] <= landing }

// prepare makes the environment in which the cases of then are replayed.
func (p *Published) prepare(now workflow.Env) {
	if p.Then == nil {
		return
	}
	p.env = now
	p.env.Config, p.env.Calendar = p.Then.Config, p.Then.Config.Calendar
	p.env.Landings, p.env.AsOf = p.Then.Landings, p.AsOf
	p.env.Baseline = p.Then.Baseline()
}

// then is a case as it stood when the quarter was frozen; nil if it was not
// there yet. A case on which nothing landed since, and whose clocks had all
// stopped before, is the same case: most are, and cost nothing.
func (p *Published) then(ch *history.CaseHistory, now *Case, latest int) *Case {
	n := len(ch.Landings)
	for n > 0 && ch.Landings[n-1].Landing > p.last {
		n--
	}
	if n == 0 {
		return nil
	}
	if n == len(ch.Landings) && p.settings == latest && now != nil && settled(&now.Life, p.AsOf) {
		return now
	}
	past := &history.CaseHistory{ID: ch.ID, Path: ch.Path, Landings: ch.Landings[:n]}
	for i := n - 1; i >= 0 && past.Last == nil; i-- {
		past.Last = past.Landings[i].After
	}
	past.Head, past.Deleted = past.Landings[n-1].After, past.Landings[n-1].After == nil
	return evaluate(past, p.env)
}

// settled reports whether no clock of a life can stand otherwise on an earlier
// day: all had stopped before it.
func settled(l *workflow.Life, asOf workday.Date) bool {
	if l.State == workflow.LongTerm {
		return false
	}
	for i := range l.Clocks {
		if k := &l.Clocks[i]; k.Stopped == 0 || k.Stopped >= asOf {
			return false
		}
	}
	return true
}
