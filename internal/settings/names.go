package settings

import (
	"fmt"
	"slices"
	"strings"
)

// Names tells what unit is meant by a name that ever stood in suqiu.yaml. What
// the newest version says of a name counts. A name that only older ones know
// means the unit that it meant to the last of them, by the name it has since: a
// file that landed does not become unreadable because an 别名 was struck off.
type Names map[string]string

func (list versions) names() Names {
	r := Names{}
	for _, v := range list {
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

// Canon is the name of the unit that is meant; a name that nobody knows stays
// itself.
func (r Names) Canon(name string) string {
	if full, ok := r[name]; ok {
		return full
	}
	return name
}

// Text is all that Canon goes by.
func (r Names) Text() string {
	lines := make([]string, 0, len(r))
	for name, full := range r {
		lines = append(lines, fmt.Sprintf("%q %q\n", name, full))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// Reads reports whether what was written while then were the names says the same
// by r, names of units and all.
func (r Names) Reads(then Names) bool {
	for name, full := range then {
		if r[name] != full {
			return false
		}
	}
	return true
}
