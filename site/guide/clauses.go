// Package guide makes of the regulation, the transition table, the settings and the
// catalogue of rules what pages show of them. It knows no case.
package guide

import (
	"strconv"
	"strings"

	"suqiu/internal/diag"
	"suqiu/internal/regulation"
)

// Clause is one clause.
type Clause struct {
	Anchor, Number, Title string
	Chapter               bool
	Text                  []string
	Items                 []Item
}

// Item is one thing a clause asks for and the ways to where it lives.
type Item struct {
	Name, How string
	Steps     []Way // states and rows, in the table of states
	Rules     []Way
	Pages     []Way
	Commands  []string
	Files     []string
}

// Way is a name with the way to it from the folder of the page; without one
// it names a kind of page, or a page of another edition.
type Way struct{ Text, Href string }

// CheckGroup is a part of the catalogue.
type CheckGroup struct {
	Name  string
	Rules []Check
}

// Check is one rule.
type Check struct {
	Slug, Level, Title, Clause, Anchor string
	Doc                                []string // paragraphs
}

// Clauses links the regulation to the site, in an edition that shows some rules and
// perhaps the pages of the supervisors.
func Clauses(rules []diag.Rule, supervision bool) []Clause {
	titles := map[string]string{}
	for _, r := range rules {
		titles[r.Slug] = r.Title
	}
	var list []Clause
	for _, c := range regulation.Clauses() {
		out := Clause{Anchor: regulation.Anchor(c.Number), Number: c.Number, Title: c.Title, Chapter: c.Chapter(),
			Text: c.Text}
		if chapter, section, ok := strings.Cut(c.Number, "("); ok && chapter != "" {
			out.Number = "（" + strings.TrimSuffix(section, ")") + "）"
		}
		for i := range c.Items {
			out.Items = append(out.Items, newItem(&c.Items[i], titles, supervision))
		}
		list = append(list, out)
	}
	return list
}

func newItem(item *regulation.Item, titles map[string]string, supervision bool) Item {
	out := Item{Name: item.Name, How: item.How, Commands: item.Commands, Files: item.Files}
	for _, s := range item.States {
		out.Steps = append(out.Steps, Way{string(s), "index.html#states"})
	}
	for _, n := range item.Rows {
		out.Steps = append(out.Steps, Way{"第 " + strconv.Itoa(n) + " 行", "index.html#row-" + strconv.Itoa(n)})
	}
	for _, slug := range item.Rules {
		if title, ok := titles[slug]; ok {
			out.Rules = append(out.Rules, Way{title, "checks.html#" + slug})
		}
	}
	elsewhere := false
	for _, p := range item.Pages {
		w := Way{Text: p.Name}
		switch {
		case p.Supervision && !supervision: // the public edition does not name what it has not
			if elsewhere {
				continue
			}
			w.Text, elsewhere = "监督版另有专页", true
		case p.IsKind(): // each has its own place; the lists lead there
		default:
			w.Href = "../" + p.Path
		}
		out.Pages = append(out.Pages, w)
	}
	return out
}

// Checks is the catalogue by group.
func Checks(rules []diag.Rule) []CheckGroup {
	var groups []CheckGroup
	for _, r := range rules {
		if n := len(groups); n == 0 || groups[n-1].Name != r.Group {
			groups = append(groups, CheckGroup{Name: r.Group})
		}
		g := &groups[len(groups)-1]
		first, _, _ := strings.Cut(r.Clause, "、")
		g.Rules = append(g.Rules, Check{r.Slug, r.Severity.Label(), r.Title, r.Clause, regulation.Anchor(first),
			strings.Split(strings.TrimSpace(r.Doc), "\n")})
	}
	return groups
}
