package caserules

import (
	"slices"

	"suqiu/internal/config"
	"suqiu/internal/record"
)

// Restricted reports whether a case shows only its 要素 on the 公开 edition.
// What cannot be told is withheld: a case that has no 办理类别 yet, whatever else
// is written, or none that is known; a file that cannot be read; a 公开范围 that is
// neither of the two words, or that stands twice or under a misspelt key; a
// channel that is missing or that suqiu.yaml does not know.
func Restricted(cfg *config.Config, c *record.Case) bool {
	switch {
	case c.Unreadable, !slices.Contains(record.Categories(), c.Category), c.ScopeDoubtful():
		return true
	case c.Scope == "全文":
		return false
	case c.Scope != "", !cfg.HasChannel(c.Channel):
		return true
	}
	return cfg.RestrictedScope(c.Scope, c.Channel, c.Category)
}
