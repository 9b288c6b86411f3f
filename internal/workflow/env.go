package workflow

import (
	"strconv"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/history"
	"suqiu/internal/workday"
)

// Env is what a replay needs to know beside the case: the organisation as of
// the day, the limits of each landing's tree, and the day itself.
type Env struct {
	Config   *config.Config
	Landings []history.Landing
	// LimitsAt gives the limits in force in the tree of a landing.
	LimitsAt func(landing int) config.Limits
	AsOf     workday.Date
	// Baseline is the last landing whose cases are taken as found; -1: none.
	Baseline int
	// Calendar defaults to that of Config.
	Calendar *workday.Calendar
}

// actor is who stands behind a step.
type actor struct {
	config.Actor
	email   string
	checked bool // false: the repository names no addresses, so anybody may do anything
}

func (e *Env) actor(email string, on time.Time) actor {
	if !e.Config.HasAddresses() {
		return actor{email: email}
	}
	return actor{Actor: e.Config.Actor(email, workday.Of(on)), email: email, checked: true}
}

func (a actor) known() bool { return len(a.Units) > 0 || len(a.Roles) > 0 || a.Bot }

// is reports whether a acts for the unit; an empty unit is nobody's.
func (a actor) is(unit string) bool { return unit != "" && a.In(unit) }

// unit is the unit that a's act is shown under.
func (a actor) unit() string {
	if len(a.Units) > 0 {
		return a.Units[0]
	}
	return ""
}

// same reports whether two steps came from one unit.
func (a actor) same(b actor) bool {
	if a.email == b.email {
		return true
	}
	for _, u := range a.Units {
		if b.In(u) {
			return true
		}
	}
	return false
}

func (e *Env) officeUnit() string { return e.Config.OfficeUnit() }

// ownedByOffice reports whether a unit is the office's own.
func (e *Env) ownedByOffice(unit string) bool {
	u := e.Config.Unit(unit)
	return u != nil && u.Has(config.Office)
}

func itoa(n int) string { return strconv.Itoa(n) }
