package register

import (
	"encoding/json"

	"suqiu/internal/config"
	"suqiu/internal/timeline"
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
	// Then is the register at that head and day, replayed from the one walk; nil
	// if that cannot be: Problem says why.
	Then      *Register
	Problem   string
	Rewritten bool // the Problem is that the mainline does not go on from Head

	// apart: names of units did not mean then what they mean now, so the cases
	// are read once more, by the names of then.
	apart bool

	fingerprint string // of Data
}

// locate finds the landings that a frozen quarter saw, and the suqiu.yaml that
// it was computed by. They are a prefix of the mainline that was walked, so
// only papers and, where names have changed, cases are read again.
func (p *Published) locate(d *Register) {
	var file struct {
		Tool    string       `json:"tool"`
		Head    string       `json:"head"`
		AsOf    workday.Date `json:"as_of"`
		Figures struct {
			Units []struct {
				Unit string `json:"unit"`
			} `json:"units"`
		} `json:"figures"`
	}
	if err := json.Unmarshal(p.Data, &file); err != nil || file.Head == "" || file.AsOf == 0 {
		p.Problem = "文件不是“suqiu report --freeze”写成的，读不出提交和日期"
		return
	}
	p.Tool, p.Head, p.AsOf = file.Tool, file.Head, file.AsOf
	at := d.LandingOf(file.Head)
	if at < 0 {
		at = d.LandingOf(d.Config.Successor(file.Head))
	}
	if at < 0 {
		p.Problem, p.Rewritten = "计算时的提交 "+file.Head+" 不在主分支的历史上", true
		return
	}
	landings := d.LandingsBy(at)
	landings = landings[:min(len(landings), d.landedBy(file.AsOf))]
	known, ok := d.Settings.Then(landings)
	if !ok {
		p.Problem = "提交 " + file.Head + " 时还没有 " + config.Path
		return
	}
	then := &Register{Head: file.Head, AsOf: file.AsOf, Settings: known, Landings: landings}
	p.apart = !d.Names.Reads(then.Names)
	for _, row := range file.Figures.Units {
		// A name that was nobody's then has become somebody's.
		p.apart = p.apart || then.Names.Canon(row.Unit) == row.Unit && d.Names.Canon(row.Unit) != row.Unit
	}
	p.Then, p.fingerprint = then, fingerprintOf(p.Data)
}

// frozenAt reads at which head and as of which day a quarter was frozen; empty
// if the file does not say.
func frozenAt(data []byte) (head string, asOf workday.Date) {
	var file struct {
		Head string       `json:"head"`
		AsOf workday.Date `json:"as_of"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return "", 0
	}
	return file.Head, file.AsOf
}

// publishedBefore are the quarters that were frozen when another one was: what
// they charged comes back in it where a 更正 undid it.
func (d *Register) publishedBefore(p *Published) []*Published {
	var list []*Published
	for _, other := range d.Published {
		if other != p && other.Then != nil && len(other.Landings) > 0 && other.Landings[0] < len(p.Then.Landings) {
			list = append(list, other)
		}
	}
	return list
}

// then is a case as it stood when the quarter was frozen; nil if it was not
// there yet. A case on which nothing landed since, and whose clocks had all
// stopped before, is the same case if the settings are the same, too: most are,
// and cost nothing.
func (p *Published) then(ch *timeline.CaseHistory, now *Case, settings *config.Config) *Case {
	if n := len(ch.Landings); n > 0 && p.Then.seen(ch) == n && now != nil && p.same(now, settings) {
		return now
	}
	return p.Then.was(ch)
}

// seen is how many of a case's landings are among the register's.
func (d *Register) seen(ch *timeline.CaseHistory) int {
	n := len(ch.Landings)
	for n > 0 && ch.Landings[n-1].Landing >= len(d.Landings) {
		n--
	}
	return n
}

// was is a case as it stood after the register's landings, on its day, by a history
// that goes on; nil if it was not there yet.
func (d *Register) was(ch *timeline.CaseHistory) *Case {
	n := d.seen(ch)
	if n == 0 {
		return nil
	}
	past := &timeline.CaseHistory{ID: ch.ID, Path: ch.Path, Landings: ch.Landings[:n]}
	for i := n - 1; i >= 0 && past.Last == nil; i-- {
		past.Last = past.Landings[i].After
	}
	past.Head, past.Deleted = past.Landings[n-1].After, past.Landings[n-1].After == nil
	c := evaluate(past, d.Env())
	screenCase(c, ch.Flagged, d.Env())
	return c
}

// same reports whether a case on which nothing landed since stood the same when
// the quarter was frozen.
func (p *Published) same(now *Case, settings *config.Config) bool {
	return p.Then.Config == settings && settled(&now.Life, p.AsOf)
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
