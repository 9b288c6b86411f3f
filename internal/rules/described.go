package rules

import (
	"suqiu/internal/caserules"
	"suqiu/internal/diag"
)

// Described is the catalogue as reports tell of it.
func Described() []diag.Rule {
	var list []diag.Rule
	for _, r := range caserules.All() {
		list = append(list, diag.Rule{Slug: r.Slug, Severity: r.Severity, Title: r.Title, Group: string(r.Group),
			Clause: r.Clause, Doc: Doc(r.Slug)})
	}
	return list
}
