// Package remind tells each unit what is due, where its people look every day: as
// an issue on the forge, or as a mail for a local relay. Whoever reads either may
// not be allowed to read the repository, so it says of a restricted case no more
// than its number.
package remind

import (
	"slices"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/overdue"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// Message is what one unit is told.
type Message struct {
	Unit, Code string
	Title      string
	Items      []overdue.Item // empty: nothing is due
	Due        workday.Date   // the first day of those to come; zero: all have passed
	Accounts   []string       // 账号 of its people on that day, in order
	Addresses  []string       // of its people and of itself, without patterns
}

// Messages are what each unit is to be told as of the day, in configured order,
// those that have nothing due too. uncoded are the units without a 代码 of their own, by
// which a message is found again: each would be sent anew, or in place of another's.
func Messages(d *register.Register) (list []Message, uncoded []string) {
	taken := map[string]bool{}
	for i := range d.Config.Units {
		u := &d.Config.Units[i]
		if !config.IsCode(u.Code) || taken[u.Code] {
			uncoded = append(uncoded, u.Name)
			continue
		}
		taken[u.Code] = true
		m := Message{Unit: u.Name, Code: u.Code}
		if items := overdue.Items(d, u.Name); slices.ContainsFunc(items, due) {
			m.Items = overdue.Outside(items)
		}
		m.Title = "督办提醒：" + u.Name + "，" + overdue.Tally(m.Items)
		for j := range m.Items {
			if it := &m.Items[j]; due(*it) && it.Due >= d.AsOf && (m.Due == 0 || it.Due < m.Due) {
				m.Due = it.Due
			}
		}
		for _, p := range d.Config.People {
			if p.Unit == u.Name && (p.From == 0 || p.From <= d.AsOf) && (p.To == 0 || d.AsOf <= p.To) {
				m.Accounts = appendNew(m.Accounts, p.Account)
				m.Addresses = appendNew(m.Addresses, p.Email)
			}
		}
		for _, address := range u.Emails {
			m.Addresses = appendNew(m.Addresses, address)
		}
		list = append(list, m)
	}
	return list, uncoded
}

// due reports whether somebody must act on an item now: not on what was handed in,
// is held or waits for others.
func due(it overdue.Item) bool { return it.Status == clock.Overdue || it.Status == clock.Soon }

func appendNew(list []string, s string) []string {
	if s == "" || strings.Contains(s, "*") || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
