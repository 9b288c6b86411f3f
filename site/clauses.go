package site

import (
	"strconv"
	"strings"

	"suqiu/internal/diag"
	"suqiu/internal/regulation"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// clausesPage is the regulation clause by clause, with what carries each.
type clausesPage struct {
	Frame
	Clauses []ClauseView
}

// ClauseView is one clause.
type ClauseView struct {
	Anchor, Number, Title string
	Chapter               bool
	Text                  []string
	Items                 []ClauseItem
}

// ClauseItem is one thing a clause asks for and the ways to where it lives.
type ClauseItem struct {
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

// checksPage is 检查规则: what check looks for.
type checksPage struct {
	Frame
	Groups []CheckGroup
}

// CheckGroup is a part of the catalogue.
type CheckGroup struct {
	Name  string
	Rules []CheckView
}

// CheckView is one rule.
type CheckView struct {
	Slug, Level, Title, Clause, Anchor string
	Doc                                []string // paragraphs
}

// fillingPage says how to fill in a case.
type fillingPage struct {
	Frame
	Categories []string
	Steps      []RuleRow
}

func (v *builder) clausesPage() framed { return &clausesPage{Clauses: v.clauses()} }

func (v *builder) checksPage() framed { return &checksPage{Groups: checkGroups(v.rules)} }

func (v *builder) fillingPage() framed {
	return &fillingPage{Categories: categories[:], Steps: ruleRows(workflow.Regulation())}
}

// clauses links the regulation to the site.
func (v *builder) clauses() []ClauseView {
	titles := map[string]string{}
	for _, r := range v.rules {
		titles[r.Slug] = r.Title
	}
	var list []ClauseView
	for _, c := range regulation.Clauses() {
		out := ClauseView{Anchor: regulation.Anchor(c.Number), Number: c.Number, Title: c.Title, Chapter: c.Chapter(),
			Text: c.Text}
		if chapter, section, ok := strings.Cut(c.Number, "("); ok && chapter != "" {
			out.Number = "（" + strings.TrimSuffix(section, ")") + "）"
		}
		for i := range c.Items {
			out.Items = append(out.Items, v.clauseItem(&c.Items[i], titles))
		}
		list = append(list, out)
	}
	return list
}

func (v *builder) clauseItem(item *regulation.Item, titles map[string]string) ClauseItem {
	out := ClauseItem{Name: item.Name, How: item.How, Commands: item.Commands, Files: item.Files}
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
		case p.Supervision && v.Edition != view.Supervision: // the public edition does not name what it has not
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

func checkGroups(rules []diag.Rule) []CheckGroup {
	var groups []CheckGroup
	for _, r := range rules {
		if n := len(groups); n == 0 || groups[n-1].Name != r.Group {
			groups = append(groups, CheckGroup{Name: r.Group})
		}
		g := &groups[len(groups)-1]
		first, _, _ := strings.Cut(r.Clause, "、")
		g.Rules = append(g.Rules, CheckView{r.Slug, r.Severity.Label(), r.Title, r.Clause, regulation.Anchor(first),
			strings.Split(strings.TrimSpace(r.Doc), "\n")})
	}
	return groups
}
