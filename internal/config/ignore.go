package config

import (
	"path"
	"strings"
)

// Ignored reports whether 忽略 names a rule and a path. An entry without a path
// holds everywhere; one without a reason, nowhere.
func (c *Config) Ignored(rule, path string) bool {
	for _, ig := range c.Ignores {
		if ig.Rule == rule && ig.Reason != "" && (ig.Path == "" || covers(ig.Path, path)) {
			return true
		}
	}
	return false
}

// covers reports whether a pattern of 忽略 matches a path: * and ? within one
// folder or file name, ** for any number of folders, a folder for all below it.
func covers(pattern, name string) bool {
	pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/")
	parts := strings.Split(pattern, "/")
	// reached holds the positions in the pattern that the path has come to.
	reached := map[int]bool{}
	add := func(to map[int]bool, i int) {
		to[i] = true
		for ; i < len(parts) && parts[i] == "**"; i++ {
			to[i+1] = true
		}
	}
	add(reached, 0)
	for part := range strings.SplitSeq(name, "/") {
		if reached[len(parts)] {
			return true // a folder covers what is below it
		}
		next := map[int]bool{}
		for i := range reached {
			if parts[i] == "**" {
				add(next, i)
			} else if ok, err := path.Match(parts[i], part); ok && err == nil {
				add(next, i+1)
			}
		}
		reached = next
	}
	return reached[len(parts)]
}
