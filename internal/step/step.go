// Package step is what somebody can do with a case now: each row of the table
// and each record, decision and correction without a change of state as one
// value, made from the table and the schema, with what it asks for and the file
// after it. It knows no Git and no clock.
package step

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/draft"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Scene is a case as somebody finds it.
type Scene struct {
	Env  replay.Env // what the case is judged by
	Case *record.Case
	Life *workflow.Life
	// History is what led there: by it the next step is judged. Nil: only what the
	// file says by itself is judged.
	History *timeline.CaseHistory
	Email   string    // of whoever takes the step; empty: anybody
	Now     time.Time // when
}

// Step is one thing that can be done with a case now.
type Step struct {
	Name   string // what it is called among the steps of the case
	Title  string
	Row    int // of the table; 0: the state stays
	Rank   int // the usual ones are first
	Who    string
	To     workflow.State // empty: the state stays
	With   string         // in words: what must come with it
	Clocks string         // in words: what it does to the clocks

	Unit  string       // in whose name it is taken; empty: whoever takes it
	Proxy bool         // the office enters what came on paper (代录)
	Until workday.Date // the last day; zero: there is none
	Late  string       // what happens after it

	Fields []Field

	scene   *Scene
	row     *workflow.Row // nil: none of the table
	asks    []draft.Write // 下一步怎么填: what is written and what is to be filled in
	outputs []output
	some    bool // at least one field must be filled in

	// Quick is set where everything that it asks for is chosen, a date or a number,
	// and it may merge by itself where suqiu.yaml says so.
	Quick bool
	// Alone is set where each case is judged by itself: it is taken on no several.
	Alone bool
}

// Steps lists what can be done with the case, the usual first.
func (s *Scene) Steps() []Step {
	desk := s.desk()
	next := s.table().NextSteps(s.Case, s.Life)
	var list []Step
	for _, n := range append(next, s.unlisted(next)...) {
		grant, may := replay.Grant{Unit: n.Unit}, true
		if desk != nil {
			grant, may = desk.Takes(n.Of, n.Unit)
		}
		if may {
			list = append(list, s.step(n, grant))
		}
	}
	list = append(list, s.edits(desk)...)
	byRank(list)
	nameAll(list)
	return list
}

// Listed are the steps of the table for 下一步怎么填, whoever takes them: texts to
// copy and no fields.
func (s *Scene) Listed() []Step {
	var list []Step
	for _, n := range s.table().NextSteps(s.Case, s.Life) {
		list = append(list, plainStep(n))
	}
	byRank(list)
	return list
}

func byRank(list []Step) { slices.SortStableFunc(list, func(a, b Step) int { return a.Rank - b.Rank }) }

func (s *Scene) table() *workflow.Table {
	if s.Env.Table != nil {
		return s.Env.Table
	}
	return workflow.Regulation()
}

// actor is who takes the step.
func (s *Scene) actor() config.Actor {
	if s.Env.Actor != nil {
		return s.Env.Actor(s.Email, workday.Of(s.Now))
	}
	return s.Env.Config.Actor(s.Email, workday.Of(s.Now))
}

// desk is whoever takes the step before the case; nil: anybody.
func (s *Scene) desk() *replay.Desk {
	if s.Email == "" {
		return nil
	}
	return replay.NewDesk(s.Env, s.Case, s.Life, s.actor())
}

func plainStep(n workflow.Next) Step {
	return Step{Title: n.Title, Row: n.Row, Rank: n.Rank, Who: n.Who, To: n.To, With: n.With, Clocks: n.Clocks,
		Unit: n.Unit, asks: n.Writes}
}

// step is a step of the table as it is offered.
func (s *Scene) step(n workflow.Next, grant replay.Grant) Step {
	st := plainStep(n)
	st.scene, st.row, st.Unit, st.Proxy = s, n.Of, grant.Unit, grant.Proxy
	st.Until, st.Late = s.until(n.Of, n.Unit)
	judged := &n.Of.Record
	st.Alone = judged.Key == "评估" || judged.Key == "反馈" && judged.Decides
	inputs := n.Inputs
	if n.To != "" {
		state := workflow.Input{Key: "状态", Value: string(n.To), Of: &workflow.Field{Key: "状态"}}
		inputs = append([]workflow.Input{state}, inputs...)
	}
	if grant.Proxy {
		inputs = append(inputs, proxied(n.Title, grant.Unit)...)
	}
	st.take(inputs)
	st.withinCap()
	st.Quick = n.Of.Mark != workflow.Terminates && len(n.Of.From) > 0 && judged.Key != "反馈" && judged.Key != "评估" &&
		!slices.ContainsFunc(st.Fields, func(f Field) bool {
			return f.Kind == LongText || f.Kind == Section || f.Kind == Text
		})
	return st
}

// proxyKey is the record of what the office enters for a unit.
const proxyKey = "代录"

// proxied is what the office says of what it enters for a unit.
func proxied(title, unit string) []workflow.Input {
	var list []workflow.Input
	for _, k := range record.KeyOf(proxyKey).Fields {
		in := workflow.Input{Key: proxyKey + "[+]." + k.Name, Of: &workflow.Field{Key: proxyKey + "." + k.Name}}
		switch {
		case k.Type == record.Unit:
			in.Value = unit
		case k.Type == record.Word:
			in.Value = title
		}
		list = append(list, in)
	}
	return list
}

// nameAll gives each step a name of its own: its title, with the unit or a number
// where several have that.
func nameAll(list []Step) {
	times := map[string]int{}
	for i := range list {
		times[list[i].Title]++
	}
	seen := map[string]int{}
	for i := range list {
		st := &list[i]
		st.Name = st.Title
		if times[st.Title] == 1 {
			continue
		}
		if st.Unit != "" {
			st.Name += "（" + st.Unit + "）"
		}
		if seen[st.Name]++; seen[st.Name] > 1 {
			st.Name += strconv.Itoa(seen[st.Name])
		}
	}
}

// Find is the step of that name or, where only one begins so, of that beginning;
// nil if there is none.
func Find(list []Step, name string) *Step {
	var found *Step
	for i := range list {
		switch {
		case list[i].Name == name:
			return &list[i]
		case strings.HasPrefix(list[i].Name, name):
			if found != nil {
				found = &Step{}
				continue
			}
			found = &list[i]
		}
	}
	if found == nil || found.Name == "" {
		return nil
	}
	return found
}

// until is the last day for a step, and what happens after it.
func (s *Scene) until(row *workflow.Row, unit string) (workday.Date, string) {
	units := slices.Contains(row.Who, record.Lead) || slices.Contains(row.Who, record.CoHandler)
	for _, kind := range row.Within {
		for i := len(s.Life.Clocks) - 1; i >= 0; i-- {
			k := &s.Life.Clocks[i]
			if k.Kind != kind || k.Stopped != 0 || units && k.Unit != unit {
				continue
			}
			due, limits := k.Due, &s.Env.Config.Limits
			if row.Record.Key == "延期申请" && !row.Record.Decides && limits.ExtensionMode == "提前" {
				due = s.Env.Config.Calendar.Add(due, -limits.ExtensionAhead)
			}
			return due, s.late(k)
		}
	}
	return 0, ""
}

// late says what happens after the last day of a clock.
func (s *Scene) late(k *clock.Clock) string {
	switch {
	case s.table().ClockRule(k.Kind).Late.Rule == "":
		return "逾期提出的，反馈时限不暂停"
	case k.Class.Counts():
		return "逾期的，计为超期"
	}
	return "逾期的，只作提示，不计超期"
}
