// Package dossier tells the story of one case: what happened, and how each due day
// was counted, for people and as JSON.
package dossier

import (
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Case is a case as JSON.
type Case struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	State    workflow.State    `json:"state"`
	Urgency  string            `json:"urgency"`
	Channel  string            `json:"channel"`
	Lead     string            `json:"lead"`
	Co       []string          `json:"co"`
	PushNo   int               `json:"push_no"`
	Events   []Event           `json:"events"`
	Clocks   []Clock           `json:"clocks"`
	Findings []problem.Problem `json:"findings"`
}

// Event is one step of a case.
type Event struct {
	N      int                `json:"n"`
	Row    int                `json:"row"`
	At     string             `json:"at"`
	Landed string             `json:"landed"`
	Commit string             `json:"commit"`
	Author string             `json:"author"`
	Unit   string             `json:"unit"`
	Kind   workflow.EventKind `json:"kind"`
	From   workflow.State     `json:"from"`
	To     workflow.State     `json:"to"`
	Proxy  bool               `json:"proxy"`
	Reason string             `json:"reason"`
}

// Clock is one limit of a case, with the days that were counted.
type Clock struct {
	clock.JSON
	Days []CountedDay `json:"days"`
}

// New is a case with the findings about it.
func New(d *register.Register, c *register.Case, findings []problem.Problem) Case {
	s := Case{
		ID: c.ID, Title: c.Title, State: c.Life.State, Urgency: c.Urgency, Channel: c.Channel,
		Lead: c.Life.Lead, Co: append([]string{}, c.Co...), PushNo: c.Life.Pushes,
		Events: []Event{}, Clocks: []Clock{}, Findings: findings,
	}
	for i := range c.Life.Events {
		e := &c.Life.Events[i]
		s.Events = append(s.Events, Event{
			e.N, e.Row, Stamp(e.At.Time()), Stamp(e.Landed(d.Landings)), e.Commit, e.Author, e.Unit, e.Kind, e.From,
			e.To, e.Proxy, e.Reason,
		})
	}
	for i := range c.Life.Clocks {
		k := &c.Life.Clocks[i]
		s.Clocks = append(s.Clocks, Clock{k.JSON(), CountDays(k, d.Config.Calendar, d.AsOf)})
	}
	return s
}

// Stamp is a point in time as every JSON writes it: RFC 3339 in +08:00.
func Stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(workday.Shanghai).Format(time.RFC3339)
}
