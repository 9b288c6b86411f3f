package replay

import (
	"slices"

	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/workflow"
)

// Desk is somebody before a case as it stands: it answers what he may do with it,
// by the rules that judge what he did.
type Desk struct {
	r *replay
	a commitStep
}

// NewDesk puts somebody before a case.
func NewDesk(env Env, c *record.Case, life *workflow.Life, who config.Actor) *Desk {
	if env.Table == nil {
		env.Table = workflow.Regulation()
	}
	r := &replay{env: &env, table: env.Table, state: life.State, lead: life.Lead, co: c.Co}
	for i := range life.Clocks {
		if k := &life.Clocks[i]; k.Pushed != 0 && !slices.Contains(r.leads, k.Unit) && k.Role == "承办" {
			r.leads = append(r.leads, k.Unit)
		}
	}
	checked := env.Config.HasAddresses()
	return &Desk{r, commitStep{who: actor{Actor: who, checked: checked}, before: c, after: c}}
}

// Grant is a right to do something: in whose name, and whether as an entry for a
// unit (代录).
type Grant struct {
	Unit  string
	Proxy bool
}

// Takes reports whether a step may be taken, of the unit that it is about.
func (d *Desk) Takes(row *workflow.Row, unit string) (Grant, bool) {
	a := d.a
	for i := range row.Fields {
		if f := &row.Fields[i]; f.Need == workflow.Required && f.Key == "会议议定期限.日期" {
			a.changes = []record.Change{{Key: f.Key}}
		}
	}
	may := authority{parties: row.Who, unit: unit, judges: row.Judges || row.Mark == workflow.CorrectsPast,
		what: row.Title, enters: true, written: row.N == 0}
	if row.Record.Key == "评估" && !row.Record.Decides && row.N == 0 {
		may.unit = a.who.unit() // each evaluates in its own name
	}
	if row.Record.Key == "评估" && slices.ContainsFunc(d.r.leads, func(unit string) bool {
		return a.who.checked && slices.Equal(a.who.Units, []string{unit})
	}) {
		return Grant{}, false
	}
	return d.grant(&a, d.r.authorise(&a, may))
}

// Writes reports whether a key may be written while 状态 stays: of records, a new
// entry.
func (d *Desk) Writes(key string) (Grant, bool) {
	ch := record.Change{Key: key}
	if isRecord(ch) {
		ch.Kind = record.Added
	}
	if !d.r.permitted(&d.a, ch) {
		return Grant{}, false
	}
	return d.grant(&d.a, d.r.writes(&d.a, ch))
}

func (d *Desk) grant(a *commitStep, t authorised) (Grant, bool) {
	office := a.who.checked && a.who.Has(config.Office) && !d.r.independent(a.who)
	washes := office && (t.proxy && d.r.ownTask() || d.r.fixesOwnDate(a))
	return Grant{t.unit, t.proxy}, t.rule == "" && !washes && (!a.who.checked || a.who.known())
}
