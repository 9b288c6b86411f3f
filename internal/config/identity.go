package config

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// lookup answers by map what is asked for every step of a history.
type lookup struct {
	units    map[string]*Unit // by name, alias and code
	exact    map[string][]int // address → units, in display order
	patterns map[string][]int // domain → units
	people   map[string][]*Person
	bots     map[string]bool
}

// index lays out the look-ups; a Config does not change after it.
func (c *Config) index() {
	if c.Calendar == nil {
		c.Calendar = workday.NewCalendar(workday.Overrides{})
	}
	l := lookup{units: map[string]*Unit{}, exact: map[string][]int{}, patterns: map[string][]int{}, people: map[string][]*Person{}, bots: map[string]bool{}}
	for i := range c.Units {
		u := &c.Units[i]
		l.units[u.Name] = u
		l.units[u.Code] = u
		for _, a := range u.Aliases {
			l.units[a] = u
		}
		for _, e := range u.Emails {
			if domain, ok := strings.CutPrefix(e, "*@"); ok {
				l.patterns[domain] = append(l.patterns[domain], i)
			} else {
				l.exact[e] = append(l.exact[e], i)
			}
		}
	}
	for i := range c.People {
		email := strings.ToLower(c.People[i].Email)
		l.people[email] = append(l.people[email], &c.People[i])
	}
	for _, b := range c.Bots {
		l.bots[b] = true
	}
	c.lookup = l
}

// Canon is the name of the unit that an alias or code stands for; a name that
// belongs to no unit stays itself.
func (c *Config) Canon(name string) string {
	if u := c.lookup.units[name]; u != nil {
		return u.Name
	}
	return name
}

// Unit finds a unit by name, alias or code; nil if there is none.
func (c *Config) Unit(name string) *Unit { return c.lookup.units[name] }

// HasAddresses reports whether any address is named: without one, nobody can
// be told apart and the rules about actors are off.
func (c *Config) HasAddresses() bool {
	return len(c.lookup.exact)+len(c.lookup.patterns)+len(c.lookup.people) > 0
}

// RestrictedScope reports whether a case shows only its 要素 (编号, category,
// units, clocks) on the 公开 edition: as its 公开范围 says, else by 仅要素.
func (c *Config) RestrictedScope(scope, channel, category string) bool {
	switch scope {
	case "全文":
		return false
	case "仅要素":
		return true
	}
	return slices.Contains(c.Restricted, channel) || slices.Contains(c.Restricted, category)
}

// Actor finds who stands behind an e-mail address on a day: 人员 in force
// first, then 单位.邮箱, an exact address before a pattern. An address may
// stand in several units.
func (c *Config) Actor(email string, on workday.Date) Actor {
	email = strings.ToLower(strings.TrimSpace(email))
	a := Actor{Bot: c.lookup.bots[email]}
	for _, p := range c.lookup.people[email] {
		if p.From != 0 && on < p.From || p.To != 0 && on > p.To {
			continue
		}
		unit := c.lookup.units[p.Unit]
		if unit == nil {
			continue
		}
		roles := p.Roles
		if len(roles) == 0 {
			roles = unit.Roles
		}
		a.add(unit.Name, roles)
	}
	if len(a.Units) > 0 {
		return a
	}
	units := c.lookup.exact[email]
	if len(units) == 0 {
		if _, domain, ok := strings.Cut(email, "@"); ok {
			units = c.lookup.patterns[domain]
			for len(units) == 0 && ok {
				var parent string
				if _, parent, ok = strings.Cut(domain, "."); ok {
					domain = parent
					units = c.lookup.patterns["*."+domain]
				}
			}
		}
	}
	for _, i := range units {
		a.add(c.Units[i].Name, c.Units[i].Roles)
	}
	return a
}

func (a *Actor) add(unit string, roles []Role) {
	if !slices.Contains(a.Units, unit) {
		a.Units = append(a.Units, unit)
	}
	for _, r := range roles {
		if !slices.Contains(a.Roles, r) {
			a.Roles = append(a.Roles, r)
		}
	}
}

// Has reports whether the actor holds a role.
func (a Actor) Has(role Role) bool { return slices.Contains(a.Roles, role) }

// In reports whether the actor belongs to a unit.
func (a Actor) In(unit string) bool { return slices.Contains(a.Units, unit) }

// Has reports whether the unit holds a role.
func (u *Unit) Has(role Role) bool { return slices.Contains(u.Roles, role) }

// crossCheck tells of names that stand twice and of units that nobody knows.
func (r *reader) crossCheck(root *yamltext.Node) {
	seen := map[string]string{}
	for i, u := range r.c.Units {
		var at *yamltext.Node
		if f := root.Get("单位"); f != nil && i < len(f.Value.Items) {
			at = f.Value.Items[i]
		}
		for _, name := range append([]string{u.Name, u.Code}, u.Aliases...) {
			if name == "" {
				continue
			}
			if other, ok := seen[name]; ok {
				r.tell("key-duplicate", "单位["+itoa(i)+"]", at, "“"+name+"”已经是“"+other+"”的名称、代码或别名", "改用别的名称")
			}
			seen[name] = u.Name
		}
	}
	for i, p := range r.c.People {
		if seen[p.Unit] == "" {
			var at *yamltext.Node
			if f := root.Get("人员"); f != nil && i < len(f.Value.Items) {
				at = f.Value.Items[i]
			}
			r.tell("unit-unknown", "人员["+itoa(i)+"].单位", at, "“"+p.Unit+"”不在“单位”里", "改为“单位”中的名称、别名或代码")
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
