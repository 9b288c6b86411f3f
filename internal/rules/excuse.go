package rules

import (
	"path"
	"strings"

	"suqiu/internal/diag"
	"suqiu/internal/docket"
)

// excused reports whether a 更正 or a 忽略 covers a finding. What a request
// brings is not excused by a 更正 before it has landed without it.
func (p *pass) excused(r *Rule, h *hit, f *diag.Finding) bool {
	if p.Config != nil {
		for _, ig := range p.Config.Ignores {
			if ig.Rule == r.Slug && matches(ig.Path, f.Path) {
				return true
			}
		}
	}
	if h.c == nil || h.c.Case == nil {
		return false
	}
	if r.Excusable() {
		for _, k := range h.c.Corrections {
			if k.Rule == r.Slug {
				return true
			}
		}
	}
	if r.Suppressible() {
		for _, s := range h.c.Suppressions {
			if s.Rule == r.Slug && s.Reason != "" && (s.Key == "" || s.Key == h.key || strings.HasPrefix(h.key, s.Key+".") || strings.HasPrefix(h.key, s.Key+"[")) {
				return true
			}
		}
	}
	return false
}

// matches reports whether a path of 忽略 covers a file: empty covers all, a
// folder what is below it, else a pattern with * and ?.
func matches(pattern, file string) bool {
	if pattern == "" || strings.HasSuffix(pattern, "/") && strings.HasPrefix(file, pattern) {
		return true
	}
	ok, err := path.Match(pattern, file)
	return err == nil && ok
}

// fixedImprovement reports whether the improvement in hand has a day fixed.
func fixedImprovement(c *docket.Case) bool {
	n := len(c.Improvements)
	return n > 0 && c.Improvements[n-1].Due != 0
}
