package register

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/history"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// version is suqiu.yaml from one landing on.
type version struct {
	landing int
	config  *config.Config
}

// settings are the landed versions of suqiu.yaml, oldest first. A version in
// which no unit can be read is an accident and rules over nothing.
type settings []version

// configVersions are the landed versions that can be read, oldest first. The
// request under --base is not among them: nobody is judged by rules of his own.
func configVersions(h *history.History) settings {
	var versions settings
	for _, v := range h.Versions(ConfigPath) {
		if v.Data == nil || h.Landings[v.Landing].Pending {
			continue
		}
		versions = append(versions, version{v.Landing, config.Parse(ConfigPath, v.Data)})
	}
	return versions
}

// settingsHash stands for all versions of suqiu.yaml that landed, readable or
// not, and for the one in the tree that is asked for, which counts where none has landed.
func (d *Register) settingsHash(h *history.History, boot []byte) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%d %d\n", d.Baseline(), len(boot))
	sum.Write(boot)
	for _, v := range h.Versions(ConfigPath) {
		if h.Landings[v.Landing].Pending {
			continue
		}
		fmt.Fprintf(sum, "%s %d\n", h.Landings[v.Landing].Commit, len(v.Data))
		sum.Write(v.Data)
	}
	return string(sum.Sum(nil))
}

// until are the versions that landed by a landing.
func (s settings) until(landing int) settings {
	n, found := slices.BinarySearchFunc(s, landing, func(v version, l int) int { return cmp.Compare(v.landing, l) })
	if found {
		n++
	}
	return s[:n]
}

// at is the version in force in the tree of a landing: before the first, the
// first; nil if there is none.
func (s settings) at(landing int) *config.Config {
	now := s.until(landing)
	for i := len(now) - 1; i >= 0; i-- {
		if len(now[i].config.Units) > 0 {
			return now[i].config
		}
	}
	if len(s) > 0 {
		return s[0].config
	}
	return nil
}

// unitNames tells what unit is meant by a name that ever stood in suqiu.yaml. What
// the newest version says of a name counts. A name that only older ones know
// means the unit that it meant to the last of them, by the name it has since: a
// file that landed does not become unreadable because an 别名 was struck off.
type unitNames map[string]string

func (s settings) unitNames() unitNames {
	r := unitNames{}
	for _, v := range s {
		for name, full := range r {
			r[name] = v.config.Canon(full)
		}
		for _, u := range v.config.Units {
			for _, name := range append([]string{u.Name, u.Code}, u.Aliases...) {
				if name != "" {
					r[name] = v.config.Canon(name)
				}
			}
		}
	}
	return r
}

// canon is the name of the unit that is meant; a name that nobody knows stays
// itself.
func (r unitNames) canon(name string) string {
	if full, ok := r[name]; ok {
		return full
	}
	return name
}

// text is all that canon goes by.
func (r unitNames) text() string {
	lines := make([]string, 0, len(r))
	for name, full := range r {
		lines = append(lines, fmt.Sprintf("%q %q\n", name, full))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// reads reports whether what was written while then was the unitNames says the same
// by r, names of units and all.
func (r unitNames) reads(then unitNames) bool {
	for name, full := range then {
		if r[name] != full {
			return false
		}
	}
	return true
}

// settingsOn is suqiu.yaml as it was in force at the end of a day; nil before
// its first landing. A register without a history knows only one.
func (d *Register) settingsOn(day workday.Date) *config.Config {
	if d.settings == nil {
		return d.Config
	}
	n, _ := slices.BinarySearchFunc(d.Landings, day, func(l timeline.Landing, day workday.Date) int {
		if l.At.Before(day.End()) {
			return -1
		}
		return 1
	})
	if len(d.settings.until(n-1)) == 0 {
		return nil
	}
	return d.settings.at(n - 1)
}

// Actor is who stands behind an address on a day. What suqiu.yaml says now
// counts; an address that it names no more is whose it was on that day, by the
// name that unit has now: what a unit did does not become nobody's because it
// was dissolved.
func (d *Register) Actor(email string, on workday.Date) config.Actor {
	a := d.Config.Actor(email, on)
	if len(a.Units) > 0 || a.Bot || d.Config.Knows(email) {
		return a
	}
	for i := len(d.settings) - 1; i >= 0; i-- {
		v := d.settings[i]
		landed := workday.Of(d.Landings[v.landing].At)
		if landed > on {
			continue
		}
		if v.config.Knows(email) {
			a = v.config.Actor(email, on)
			a.Units = slices.Clone(a.Units) // they are the settings' own
			for j, unit := range a.Units {
				a.Units[j] = d.unitNames.canon(unit)
			}
			return a
		}
		if landed < on {
			break // it was in force all day
		}
	}
	return a
}

// SettingsCommit is the landing that brought the suqiu.yaml in force; empty
// without a history.
func (d *Register) SettingsCommit() string {
	if n := len(d.settings); n > 0 {
		return d.Landings[d.settings[n-1].landing].Commit
	}
	return ""
}

// settingsAt is suqiu.yaml in force in the tree of a landing.
func (d *Register) settingsAt(landing int) *config.Config {
	if c := d.settings.at(landing); c != nil {
		return c
	}
	return d.Config
}

// Receipt is the last day on which what counts on a day may still land: 收件宽限
// working days after it, as suqiu.yaml said on that day.
func (d *Register) Receipt(day workday.Date) workday.Date {
	grace := d.Config.Grace
	if then := d.settingsOn(day); then != nil {
		grace = then.Grace
	}
	return d.Config.Calendar.Add(day, grace)
}
