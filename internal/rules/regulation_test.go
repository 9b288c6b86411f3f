package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/caserules"
	"suqiu/internal/regulation"
)

func TestRulesStandInTheRegulation(t *testing.T) {
	for _, wrong := range misplaced(caserules.All(), regulation.Clauses()) {
		t.Error(wrong)
	}
}

// TestMisplacedRulesAreFound makes sure that the test above finds what it
// looks for.
func TestMisplacedRulesAreFound(t *testing.T) {
	spoil := map[string]func([]caserules.Rule, []regulation.Clause) ([]caserules.Rule, []regulation.Clause){
		"names no-such-rule": func(r []caserules.Rule, c []regulation.Clause) ([]caserules.Rule, []regulation.Clause) {
			c[2].Items[0].Rules = []string{"no-such-rule"}
			return r, c
		},
		"value-enum serves 三(七), which is no clause": func(r []caserules.Rule,
			c []regulation.Clause) ([]caserules.Rule, []regulation.Clause) {
			r[slices.IndexFunc(r, func(r caserules.Rule) bool { return r.Slug == "value-enum" })].Clause = "三(七)"
			return r, c
		},
		"decision-late serves 三(三), which does not name it": func(r []caserules.Rule,
			c []regulation.Clause) ([]caserules.Rule, []regulation.Clause) {
			c[10].Items[3].Rules = nil
			return r, c
		},
		"encoding is named in 二(二), which it does not serve": func(r []caserules.Rule,
			c []regulation.Clause) ([]caserules.Rule, []regulation.Clause) {
			c[6].Items[0].Rules = append(c[6].Items[0].Rules, "encoding")
			return r, c
		},
	}
	for want, spoilt := range spoil {
		if found := strings.Join(misplaced(spoilt(caserules.All(), regulation.Clauses())),
			"\n"); !strings.Contains(found, want) {
			t.Errorf("%s: found only %q", want, found)
		}
	}
}

// misplaced holds the catalogue and the regulation against each other: a rule
// is named in the clauses it serves and in no other; one that serves a law, in
// a part without a number.
func misplaced(rules []caserules.Rule, clauses []regulation.Clause) []string {
	var list []string
	named := map[string][]string{} // slug → clauses
	for _, c := range clauses {
		for _, i := range c.Items {
			for _, slug := range i.Rules {
				if !slices.ContainsFunc(rules, func(r caserules.Rule) bool { return r.Slug == slug }) {
					list = append(list, fmt.Sprintf("%s%s names %s, which is no rule", c.Number, c.Title, slug))
				}
				named[slug] = append(named[slug], c.Number)
			}
		}
	}
	for _, r := range rules {
		serves := strings.Split(r.Clause, "、")
		for i, number := range serves {
			if strings.HasPrefix(number, "《") {
				serves[i] = ""
			} else if !slices.ContainsFunc(clauses, func(c regulation.Clause) bool { return c.Number == number }) {
				list = append(list, fmt.Sprintf("%s serves %s, which is no clause", r.Slug, number))
				continue
			}
			if !slices.Contains(named[r.Slug], serves[i]) {
				list = append(list, fmt.Sprintf("%s serves %s, which does not name it", r.Slug, number))
			}
		}
		for _, number := range named[r.Slug] {
			if !slices.Contains(serves, number) {
				list = append(list, fmt.Sprintf("%s is named in %s, which it does not serve", r.Slug, number))
			}
		}
	}
	return list
}
