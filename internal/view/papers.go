package view

import (
	"slices"

	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// standingLight shows how a duty to hand something in stands. Only the word
// 未报 is as loud as 超期: it is what the regulation counts.
func standingLight(s register.Standing) Light {
	kind := map[register.Standing]string{
		register.OnTime: "met", register.Late: "missed", register.Missing: "overdue", register.Awaited: "running",
		register.Receipt: "received",
	}[s]
	if kind == "" {
		kind = "hint"
	}
	return Light{kind, string(s)}
}

// MonthlyDuty, CountyDuty and UpwardDuty are papers that somebody owes, with the
// light that they show. None of it tells of a case.
type (
	MonthlyDuty struct {
		register.MonthlyDuty
		Light Light
	}
	CountyDuty struct {
		register.CountyDuty
		Light Light
	}
	UpwardDuty struct {
		register.UpwardDuty
		Light Light
	}
)

// Missing reports whether it should be there and is not.
func (d *MonthlyDuty) Missing() bool { return d.Standing == register.Missing }

// Ripe reports whether it can be told if it came in time.
func (d *MonthlyDuty) Ripe() bool {
	return d.Standing != register.Awaited && d.Standing != register.Receipt
}

// InTime reports whether it came in time.
func (d *MonthlyDuty) InTime() bool { return d.Standing == register.OnTime }

// MonthlyDuties are the 月度报送, by month.
func (v *View) MonthlyDuties() []MonthlyDuty {
	var list []MonthlyDuty
	for _, duty := range v.register.MonthlyDuties() {
		list = append(list, MonthlyDuty{duty, standingLight(duty.Standing)})
	}
	return list
}

// CountyDuties are the quarterly summaries of the bureaus below, by quarter.
func (v *View) CountyDuties() []CountyDuty {
	var list []CountyDuty
	for _, duty := range v.register.CountyDuties() {
		list = append(list, CountyDuty{duty, standingLight(duty.Standing)})
	}
	return list
}

// UpwardDuties are what is sent up, by quarter. Late or missing is no more than a
// hint: the limit is the office's own.
func (v *View) UpwardDuties() []UpwardDuty {
	var list []UpwardDuty
	for _, duty := range v.register.UpwardDuties() {
		light := standingLight(duty.Standing)
		switch duty.Standing {
		case register.Late:
			light = Light{"hint", "提示：晚于内部时限"}
		case register.Missing:
			light = Light{"hint", "提示：内部时限已过"}
		}
		list = append(list, UpwardDuty{duty, light})
	}
	return list
}

// Relation is another case, or a meeting, that has to do with this one.
type Relation struct {
	Label string
	ID    string
	Name  string
	Href  string // empty: no page
	State workflow.State
}

// RiskPoint is one 风险点 that was sent on. If it was seen from a case that the
// edition does not show, Content says so and Reply is empty.
type RiskPoint struct {
	Month          workday.Month
	Sent           workday.Date
	Content, Reply string
	From           string
	To             []string
	Cases          []Relation
}

func (v *View) readRisks() {
	for _, r := range slices.Backward(v.register.Risks) {
		for _, p := range r.Points {
			point := RiskPoint{Month: r.Month, Sent: r.Landed, Content: p.Content, Reply: p.Reply, From: p.From,
				To: p.To}
			for _, id := range p.Cases {
				relation, hidden := v.relation(id)
				if hidden {
					point.Content, point.Reply = Restricted, ""
				}
				point.Cases = append(point.Cases, relation)
			}
			v.Risks = append(v.Risks, point)
		}
	}
}

// relation is how a page one folder below the root points to a case; hidden
// says that the edition does not show its content, or cannot tell.
func (v *View) relation(id string) (r Relation, hidden bool) {
	r = Relation{ID: id, Name: id}
	e := v.byID[id]
	if e == nil {
		return r, v.Edition != Supervision
	}
	r.Name, r.State = e.Name(), e.State
	if e.Page {
		r.Href = "../cases/" + id + ".html"
	}
	return r, e.Restricted()
}
