package workflow

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/draft"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
)

// Next is one thing that may be done with a case now, and what to write for it.
type Next struct {
	Row    int           // of the table; 0: without a change of state
	Rank   int           // the usual ones are first
	Title  string        // what is done, in a few characters
	Who    string        // who takes it: 承办单位（信息中心）
	To     State         // empty: the state stays
	With   string        // what must come with it
	Clocks string        // what it does to the clocks
	Writes []draft.Write // with what is to be filled in marked
	Unit   string        // that takes it, if it is one of the case's
	Of     *Row
	Inputs []Input
}

// Input is one value that a step writes into a case.
type Input struct {
	Key   string // as of a draft.Write
	Value string // what the step says by itself; empty: somebody must answer
	Need  Need   // in this case
	Of    *Field
}

// NextSteps lists what may come next: who, and what to write. What follows
// from the step alone is written out; the rest is to be filled in.
func (t *Table) NextSteps(c *record.Case, life *Life) []Next {
	s := &Scene{c, life, t}
	var list []Next
	for i := range t.Rows {
		if row := &t.Rows[i]; slices.Contains(row.From, life.State) {
			for _, to := range row.To {
				list = append(list, t.offers(row, s, to)...)
			}
		}
	}
	for i := range t.Steps {
		if row := &t.Steps[i]; slices.Contains(row.From, life.State) {
			list = append(list, t.offers(row, s, "")...)
		}
	}
	return list
}

// Waiting are the decisions of what waits for one although the case has moved to
// a state in which they are not usual.
func (t *Table) Waiting(c *record.Case, life *Life) []Next {
	var list []Next
	for i := range t.Steps {
		row := &t.Steps[i]
		waits := slices.ContainsFunc(life.Filings, func(f Filing) bool {
			return f.Waits() && f.Key == row.Record.Key && (f.Reason == "" || slices.Contains(row.Record.Of, f.Reason))
		})
		if waits && row.Record.Decides && !slices.Contains(row.From, life.State) {
			list = append(list, t.offers(row, &Scene{c, life, t}, "")...)
		}
	}
	return list
}

// Registration is the step that registers a case of a unit.
func (t *Table) Registration(unit string) Next {
	row := &t.Rows[slices.IndexFunc(t.Rows, func(row Row) bool { return len(row.From) == 0 })]
	scene := &Scene{&record.Case{Collector: unit}, &Life{Lead: unit}, t}
	return t.offers(row, scene, row.To[0])[0]
}

// offers is the step once for each record or unit that it may be about.
func (t *Table) offers(row *Row, s *Scene, to State) []Next {
	if row.Offer != nil && !row.Offer(s, to) {
		return nil
	}
	var list []Next
	for _, target := range row.targets(s) {
		next := Next{Row: row.N, Rank: row.Rank, Title: row.Title + row.Ending, To: to, With: row.With,
			Clocks: row.Clocks, Unit: target.unit, Of: row}
		who := make([]string, len(row.Who))
		for i, party := range row.Who {
			who[i] = string(party)
			if unit := s.unit(party, target); unit != "" {
				who[i] += "（" + unit + "）"
			}
		}
		next.Who = strings.Join(who, "、")
		if to != "" {
			next.Writes = append(next.Writes, draft.Write{Key: "状态", Value: string(to)})
		}
		next.Inputs = row.inputs(s, target)
		for _, along := range t.along(row) {
			for _, target := range along.targets(s) {
				next.Inputs = append(next.Inputs, along.inputs(s, target)...)
			}
		}
		for i := range next.Inputs {
			if in := &next.Inputs[i]; in.Need != Allowed {
				next.Writes = append(next.Writes, in.Of.write(in.Key, target.unit))
			}
		}
		list = append(list, next)
	}
	return list
}

// along are the steps without a change of state that go with a row.
func (t *Table) along(row *Row) []*Row {
	var list []*Row
	for _, title := range row.Along {
		list = append(list, &t.Steps[slices.IndexFunc(t.Steps, func(r Row) bool { return r.Title == title })])
	}
	return list
}

// target is what a step is about: the entry of a list, and who takes the step.
type target struct {
	at   string // 说明单[0], or 说明单[+]; empty: no entry
	unit string
}

// unit is who a party is in this case; empty if the party's name says it.
func (s *Scene) unit(p record.Party, t target) string {
	switch p {
	case record.Lead, record.CoHandler:
		return t.unit
	case record.Collector:
		return s.Case.Collector
	}
	return ""
}

// targets lists what a step may be about: each record that waits for its
// decision, each co-handler whose turn it is, or the case.
func (row *Row) targets(s *Scene) []target {
	k := &row.Record
	to := target{at: k.Key, unit: s.Life.Lead}
	switch {
	case k.Key == "":
		return []target{to}
	case slices.Contains(row.Who, record.CoHandler):
		return row.coHandlers(s)
	case !k.Decides:
		to.at += "[+]"
		return []target{to}
	case k.Key == "反馈":
		to.at += "[" + strconv.Itoa(len(s.Case.Feedback)-1) + "]"
		return []target{to}
	}
	var list []target
	for i := range count(s.Case, k.Key) {
		if Said(s.Case, k.Key+".决定", i) == "" && (k.Key != "说明单" || concerns(s.Case, k, i, s.Life.Lead)) {
			list = append(list, target{at: k.Key + "[" + strconv.Itoa(i) + "]", unit: s.Life.Lead})
		}
	}
	if n := len(list); n > 1 && row.N != 0 {
		return list[n-1:] // one that a row decides is the last
	}
	return list
}

// coHandlers lists the co-handlers that a step is open to: who has answered has
// no part in the case any more.
func (row *Row) coHandlers(s *Scene) []target {
	var list []target
	for _, co := range s.Case.Co {
		answered := func(f record.CoFeedback) bool { return f.Unit == co && f.Result != "" }
		switch {
		case slices.ContainsFunc(s.Case.CoFeedback, answered):
		case record.KeyOf(row.Record.Key).Shape == record.ByUnit:
			list = append(list, target{at: row.Record.Key + "." + co, unit: co})
		case s.runs(clock.Objection, co):
			list = append(list, target{at: row.Record.Key + "[+]", unit: co})
		}
	}
	return list
}

// inputs are what the step writes.
func (row *Row) inputs(s *Scene, t target) []Input {
	done := row.Record.Done != nil && row.Record.Done(s)
	var list []Input
	fields := slices.Concat(row.Fields, row.allowed())
	for i := range fields {
		f := &fields[i]
		name, nested := row.inRecord(f)
		if nested && done {
			continue
		}
		in := Input{Key: f.Key, Value: f.Value, Need: f.Need, Of: f}
		if f.If != nil && !f.If(s) {
			in.Need = Allowed
		}
		if f.Value == theUnit {
			in.Value = t.unit
		}
		if nested {
			in.Key = t.at + "." + name
		}
		list = append(list, in)
	}
	return list
}

// allowed are what may come along by the schema: the other keys of the record
// that the row files, and whatever a push sets.
func (row *Row) allowed() []Field {
	var list []Field
	add := func(path string) {
		if !row.has(func(f *Field) bool { return f.Key == path }) {
			list = append(list, Field{Key: path, Need: Allowed})
		}
	}
	keys := record.Schema().Keys
	for i := range keys {
		k := &keys[i]
		switch {
		case k.Name == row.Record.Key && !row.Record.Decides:
			for j := range k.Fields {
				if !k.Fields[j].Decision {
					add(k.Name + "." + k.Fields[j].Name)
				}
			}
		case !row.Pushes || !k.Push:
		case k.Shape == record.Record:
			for j := range k.Fields {
				add(k.Name + "." + k.Fields[j].Name)
			}
		default:
			add(k.Name)
		}
	}
	return list
}

// write asks for the field at a key. What a step decides by itself (事由: 异议,
// 决定: 成立) is written out; what somebody must answer is asked for, never
// offered: the first of a list of choices becomes a statistic if it only has to
// be left alone.
func (f *Field) write(key, unit string) draft.Write {
	w := draft.Write{Key: key, Value: f.Value, Soft: f.Soft}
	switch {
	case f.Value == theUnit:
		w.Value = unit
	case f.Value != "":
	case f.Ask != "":
		w.Value = mdfile.Placeholder(f.Ask)
	case f.Choices != "":
		w.Value = mdfile.Placeholder(f.Choices)
	default:
		w.Value = record.PlaceholderAt(f.Key)
	}
	return w
}

// unresolved: the last feedback says 暂未解决.
func unresolved(s *Scene, _ State) bool {
	f := lastFeedback(s.Case)
	return f != nil && f.Result == "暂未解决"
}

// settled: there is a feedback that says something else.
func settled(s *Scene, to State) bool { return len(s.Case.Feedback) > 0 && !unresolved(s, to) }

// backToOrigin: the state is the one that the feedback came from.
func backToOrigin(s *Scene, to State) bool { return len(s.Case.Feedback) > 0 && to == s.origin() }

// origin is the state to which a return leads.
func (s *Scene) origin() State {
	for i := len(s.Life.Events) - 1; i >= 0; i-- {
		if e := &s.Life.Events[i]; s.table.Row(e.Row).Mark == Answers && !e.Voided {
			return CameFrom(e.From)
		}
	}
	return Handling
}

// CameFrom is where a feedback leads back to: what was filed before it is
// withdrawn by it.
func CameFrom(s State) State {
	if s == Objected || s == Escalated {
		return Handling
	}
	return s
}

// evaluated reports whether an 评估 was entered since the case came into its
// state.
func evaluated(s *Scene) bool {
	for i := len(s.Life.Events) - 1; i >= 0; i-- {
		e := &s.Life.Events[i]
		if slices.ContainsFunc(e.Entries, func(x Entry) bool { return x.Key == "评估" }) {
			return true
		}
		if e.Kind == Transition {
			return false
		}
	}
	return false
}

func dissatisfied(s *Scene) bool {
	n := len(s.Case.Evaluations)
	return n > 0 && evaluated(s) && s.Case.Evaluations[n-1].Result == "不满意"
}

func notDissatisfied(s *Scene, _ State) bool { return !dissatisfied(s) }

// unfounded: no evaluation says that the improvement is due.
func unfounded(s *Scene) bool { return !dissatisfied(s) }

// promised: what the lead promised in part is still to be done.
func promised(s *Scene, _ State) bool { return s.runs(clock.Promise, s.Life.Lead) }

// runs reports whether a clock of a unit is open.
func (s *Scene) runs(kind clock.Kind, unit string) bool {
	return slices.ContainsFunc(s.Life.Clocks, func(k clock.Clock) bool {
		return k.Kind == kind && k.Unit == unit && k.Stopped == 0
	})
}

// notRejected: no objection to this push was found unfounded, after which the lead may
// not object again.
func notRejected(s *Scene, _ State) bool {
	return !slices.ContainsFunc(s.Life.Filings, func(f Filing) bool {
		return f.Reason == Objection && f.Push == s.Life.Pushes && f.Unit == s.Life.Lead && f.Decision == "不成立"
	})
}

func noAgreedDate(s *Scene, _ State) bool { return s.Case.Agreed.Date == 0 }
