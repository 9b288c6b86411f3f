package config

import (
	"slices"
	"strings"

	"suqiu/internal/workday"
)

// lookup answers by map what is asked for every step of a history. It is laid
// out once and only read afterwards.
type lookup struct {
	units  map[string]*Unit // by name, alias and code
	exact  map[string]Actor // by address
	domain map[string]Actor // by what follows the @ of a pattern
	people map[string][]member
	bots   map[string]bool // by address, and by what follows the @ of a pattern
}

// member is one entry of 人员 with the actor it makes.
type member struct {
	from, to workday.Date
	unit     string
	roles    []Role
}

// index lays out the look-ups; a Config does not change after it.
func (c *Config) index() {
	if c.Calendar == nil {
		c.Calendar = workday.NewCalendar(workday.Overrides{})
	}
	l := lookup{units: map[string]*Unit{}, exact: map[string]Actor{}, domain: map[string]Actor{},
		people: map[string][]member{}, bots: map[string]bool{}}
	claim := func(name string, u *Unit) {
		if l.units[name] == nil && name != "" { // the first of two keeps a name
			l.units[name] = u
		}
	}
	for i := range c.Units {
		claim(c.Units[i].Name, &c.Units[i])
	}
	for i := range c.Units {
		u := &c.Units[i]
		claim(u.Code, u)
		for _, alias := range u.Aliases {
			claim(alias, u)
		}
		for _, address := range u.Emails {
			actors, key := l.exact, address
			if domain, ok := strings.CutPrefix(address, "*@"); ok {
				actors, key = l.domain, domain
			}
			a := actors[key]
			a.add(u.Name, u.Roles)
			actors[key] = a
		}
	}
	for _, p := range c.People {
		u := l.units[p.Unit]
		if u == nil {
			continue
		}
		m := member{p.From, p.To, u.Name, p.Roles}
		if len(p.Roles) == 0 {
			m.roles = u.Roles
		}
		l.people[p.Email] = append(l.people[p.Email], m)
	}
	for _, b := range c.Bots {
		l.bots[strings.TrimPrefix(b, "*@")] = true
	}
	c.lookup = l
}

// Anonymous is what everybody may know of the organisation: no address, no person
// and no key. Where addresses tell who somebody is, a unit's is its code.
func (c *Config) Anonymous() *Config {
	public := &Config{Name: c.Name, MainBranch: c.MainBranch, URL: c.URL, Grace: c.Grace, Limits: c.Limits,
		Calendar: c.Calendar, Restricted: c.Restricted, Withholds: c.Withholds, Forms: c.Forms}
	for _, u := range c.Units {
		u.Emails = nil
		if c.HasAddresses() {
			u.Emails = []string{strings.ToLower(u.Code)}
		}
		public.Units = append(public.Units, u)
	}
	public.index()
	return public
}

// Indexed is a Config that was put together by hand, with its look-ups laid out.
func (c *Config) Indexed() *Config {
	c.index()
	return c
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
	return len(c.lookup.exact)+len(c.lookup.domain)+len(c.lookup.people) > 0
}

// RestrictedScope reports whether a case shows only its 要素 (编号, category,
// units, clocks) on the 公开 edition: as its 公开范围 says, else by 仅要素. A
// 公开范围 that is neither word hides the text, so that a slip of the pen
// publishes nothing, as does a 仅要素 that is not understood.
func (c *Config) RestrictedScope(scope, channel, category string) bool {
	switch scope {
	case "全文":
		return false
	case "":
		return c.Withholds || slices.Contains(c.Restricted, channel) || slices.Contains(c.Restricted, category)
	}
	return true
}

// HasChannel reports whether some unit has a channel.
func (c *Config) HasChannel(channel string) bool {
	return slices.ContainsFunc(c.Units, func(u Unit) bool { return slices.Contains(u.Channels, channel) })
}

// Actor finds who stands behind an e-mail address on a day: 人员 in force
// first, then 单位.邮箱, an exact address before a pattern. An address may
// stand in several units. A person acts as the unit named, with exactly the
// roles listed, or the unit's if none is. The slices are shared and must not
// be changed.
func (c *Config) Actor(email string, on workday.Date) Actor {
	l := &c.lookup
	email = strings.ToLower(strings.TrimSpace(email))
	var a Actor
	for _, m := range l.people[email] {
		if (m.from == 0 || on >= m.from) && (m.to == 0 || on <= m.to) {
			a.add(m.unit, m.roles)
		}
	}
	_, domain, _ := strings.Cut(email, "@")
	if len(a.Units) > 1 {
		slices.SortStableFunc(a.Units, func(x, y string) int { return c.order(x) - c.order(y) })
	}
	if len(a.Units) == 0 {
		var ok bool
		if a, ok = l.exact[email]; !ok {
			a, _ = byDomain(l.domain, domain)
		}
	}
	if len(l.bots) > 0 {
		if a.Bot = l.bots[email]; !a.Bot {
			a.Bot, _ = byDomain(l.bots, domain)
		}
	}
	return a
}

// Knows reports whether an address is named at all, be it for other days or by
// a pattern.
func (c *Config) Knows(email string) bool {
	l := &c.lookup
	email = strings.ToLower(strings.TrimSpace(email))
	_, domain, _ := strings.Cut(email, "@")
	_, exact := l.exact[email]
	_, pattern := byDomain(l.domain, domain)
	_, bots := byDomain(l.bots, domain)
	return exact || pattern || bots || l.bots[email] || len(l.people[email]) > 0
}

// Accounts are the user names on the forge of whoever has an address, of any
// time; empty: none is known.
func (c *Config) Accounts(email string) []string {
	email = strings.ToLower(strings.TrimSpace(email))
	var list []string
	for _, p := range c.People {
		if p.Account != "" && p.Email == email && !slices.Contains(list, p.Account) {
			list = append(list, p.Account)
		}
	}
	return list
}

// HasAccount reports whether 人员 names a user of the forge.
func (c *Config) HasAccount(account string) bool {
	return slices.ContainsFunc(c.People, func(p Person) bool { return strings.EqualFold(p.Account, account) })
}

// SameAccount reports whether one of the user names is that of a user: forges
// know no capitals.
func SameAccount(accounts []string, user string) bool {
	return slices.ContainsFunc(accounts, func(a string) bool { return strings.EqualFold(a, user) })
}

// byDomain finds what is said of a domain, else of the nearest domain above it
// (*.example).
func byDomain[T any](patterns map[string]T, domain string) (T, bool) {
	v, ok := patterns[domain]
	for !ok && domain != "" {
		_, domain, _ = strings.Cut(domain, ".")
		v, ok = patterns["*."+domain]
	}
	return v, ok
}

// order is the place of a unit in display order.
func (c *Config) order(unit string) int {
	return slices.IndexFunc(c.Units, func(u Unit) bool { return u.Name == unit })
}

func (a *Actor) add(unit string, roles []Role) {
	if !slices.Contains(a.Units, unit) {
		a.Units = append(a.Units[:len(a.Units):len(a.Units)], unit)
	}
	for _, r := range roles {
		if !slices.Contains(a.Roles, r) {
			a.Roles = append(a.Roles[:len(a.Roles):len(a.Roles)], r)
		}
	}
}

// Has reports whether the actor holds a role.
func (a Actor) Has(role Role) bool { return slices.Contains(a.Roles, role) }

// In reports whether the actor belongs to a unit.
func (a Actor) In(unit string) bool { return slices.Contains(a.Units, unit) }

// Has reports whether the unit holds a role.
func (u *Unit) Has(role Role) bool { return slices.Contains(u.Roles, role) }

// OfficeUnit is the unit in which the joint-meeting office sits; 联席办 if none
// has that role.
func (c *Config) OfficeUnit() string {
	for _, u := range c.Units {
		if u.Has(Office) {
			return u.Name
		}
	}
	return string(Office)
}
