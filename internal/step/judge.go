package step

import (
	"regexp"
	"slices"

	"suqiu/internal/caserules"
	"suqiu/internal/people"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Judge says what check --base says of the case if its file reads so and lands
// now: what is wrong that was not wrong before.
func (s *Scene) Judge(text string) []problem.Problem {
	after := record.Parse(s.Case.Path, []byte(text), s.Env.Config.Canon)
	found := append(added(s.Case.Problems, after.Problems), s.personal(text, s.landed())...)
	if s.History == nil || after.Unreadable {
		return grade(found, after.ID, after.Path)
	}
	life, changes := s.live(after)
	for _, p := range life.Faults {
		if p.Landing == len(s.Env.Landings) && (s.Email != "" || !caserules.AsksWho(p.Rule)) {
			found = append(found, p)
		}
	}
	states := func(key string) bool {
		return slices.ContainsFunc(changes, func(ch record.Change) bool { return topOf(ch.Key) == topOf(key) })
	}
	for _, r := range caserules.All() {
		r.Check(&caserules.Case{Case: after, Life: &life, Config: s.Env.Config}, func(o caserules.Offence) {
			if o.Commit == "" && (states(o.Key) || slices.ContainsFunc(o.RestsOn, states)) {
				o.Rule = r.Slug
				found = append(found, o.Problem)
			}
		})
	}
	return grade(found, after.ID, after.Path)
}

// live follows the case through the landing of a changed file.
func (s *Scene) live(after *record.Case) (workflow.Life, []record.Change) {
	env, h := s.Env, *s.History
	by := timeline.Attribution{Author: people.Person{Email: s.Email}, Authored: s.Now, Committed: s.Now}
	n := len(env.Landings)
	at := timeline.MomentOf(s.Now)
	env.Landings = append(env.Landings[:n:n], timeline.Landing{At: s.Now, Author: &by.Author, Committer: &by.Author,
		Authored: at, Committed: at, Pending: true})
	env.AsOf = max(env.AsOf, workday.Of(s.Now))
	changes := record.Diff(h.Last, after)
	h.Landings = append(h.Landings[:len(h.Landings):len(h.Landings)], timeline.CaseLanding{Landing: n, Before: h.Last,
		After: after, Steps: []timeline.Step{{Attribution: by, State: after.State, Changes: changes}}})
	h.Head, h.Last = after, after
	return replay.Case(&h, env), changes
}

// added are the faults of a file that it had not before.
func added(before, after []problem.Problem) []problem.Problem {
	stood := map[string]int{}
	complaint := func(p *problem.Problem) string {
		return p.Rule + "\x00" + p.Key + "\x00" + lineNumber.ReplaceAllString(p.Message, "")
	}
	for i := range before {
		stood[complaint(&before[i])]++
	}
	var list []problem.Problem
	for i := range after {
		p := after[i]
		if at := complaint(&p); stood[at] > 0 {
			stood[at]--
			continue
		}
		list = append(list, p)
	}
	return list
}

var lineNumber = regexp.MustCompile(`第 \d+ 行`)

// grade says how grave problems are in a request that brings them.
func grade(list []problem.Problem, id, path string) []problem.Problem {
	for i := range list {
		p := &list[i]
		p.Case, p.Path, p.New = id, path, true
		r, known := caserules.Lookup(p.Rule)
		if !known {
			r.Severity = problem.Error
		}
		most := p.Severity
		if p.Severity = r.Grade(true, true); most != "" {
			p.Severity = p.Severity.AtMost(most)
		}
		r.Mask(p, false)
	}
	return list
}
