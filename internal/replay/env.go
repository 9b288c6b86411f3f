package replay

import (
	"slices"
	"strconv"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Env is what a replay needs to know beside the case: the organisation as of
// the day, the settings of each landing's tree, and the day itself.
type Env struct {
	Config   *config.Config
	Landings []timeline.Landing
	// ConfigAt gives suqiu.yaml as it was in force in the tree of a landing: what
	// limits and 收件宽限 come from. A later change of them moves no day of old.
	ConfigAt func(landing int) *config.Config
	// Actor says who stands behind an address on a day; nil: Config does.
	Actor func(email string, on workday.Date) config.Actor
	// Table is what the case is judged by; nil: that of the regulation.
	Table *workflow.Table
	AsOf  workday.Date
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
	who := e.Actor
	if who == nil {
		who = e.Config.Actor
	}
	return actor{Actor: who(email, workday.Of(on)), email: email, checked: true}
}

// Believed is the time that a clock is believed to have shown when what it
// dates landed: not before 00:00 of the working day that lies grace working
// days before the landing's day, and not after the landing. So a delay of the
// one who merges costs a unit little, and backdating gains nobody more.
func Believed(cal *workday.Calendar, grace int, said, landed time.Time) time.Time {
	floor := cal.Add(workday.Of(landed), -grace).Start()
	switch {
	case said.After(landed):
		return landed
	case said.Before(floor):
		return floor
	}
	return said
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

// shown names the actor in a message.
func (a actor) shown() string {
	switch {
	case len(a.Units) > 0:
		return "“" + join(a.Units) + "”"
	case a.Bot:
		return "机器人（" + a.email + "）"
	}
	return "未登记的人员"
}

// same reports whether two steps came from one hand: one address, or one unit
// with the same roles. Who acts for two units does not lend the one his acts
// for the other, nor the office its role to a colleague.
func (a actor) same(b actor) bool {
	if len(a.Units) == 0 && len(a.Roles) == 0 {
		return a.email == b.email && len(b.Units) == 0
	}
	return sameSet(a.Units, b.Units) && sameSet(a.Roles, b.Roles)
}

func sameSet[T comparable](a, b []T) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x T) bool { return !slices.Contains(b, x) })
}

func (e *Env) officeUnit() string { return e.Config.OfficeUnit() }

// ownedByOffice reports whether a unit is the office's own.
func (e *Env) ownedByOffice(unit string) bool {
	u := e.Config.Unit(unit)
	return u != nil && u.Has(config.Office)
}

func itoa(n int) string { return strconv.Itoa(n) }
