package site

import (
	"html/template"

	"suqiu/internal/draw"
	"suqiu/internal/record"
	"suqiu/internal/regulation"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
	"suqiu/site/guide"
)

// rulesPage is 制度与口径, clausesPage the regulation clause by clause with what
// carries each, checksPage what check looks for, fillingPage how to fill in a case.
type (
	rulesPage struct {
		Frame
		Limits  []guide.LimitGroup
		Rows    []guide.RuleRow
		Diagram template.HTML
		Grace   int
		Years   []guide.YearNote
		Scope   []string // 仅要素
	}
	clausesPage struct {
		Frame
		Clauses []guide.Clause
	}
	checksPage struct {
		Frame
		Groups []guide.CheckGroup
	}
	fillingPage struct {
		Frame
		Categories []string
		Steps      []guide.RuleRow
	}
)

// Anchor is where the page of the regulation has a clause.
func (*rulesPage) Anchor(clause string) string { return regulation.Anchor(clause) }

func (v *builder) rulesPage() framed {
	table := workflow.Regulation()
	return &rulesPage{Limits: guide.Limits(v.Config), Rows: guide.Rows(table), Diagram: draw.Diagram(table),
		Grace: v.Config.Grace, Years: guide.Years(v.Calendar, v.AsOf), Scope: v.Config.Restricted}
}

func (v *builder) clausesPage() framed {
	return &clausesPage{Clauses: guide.Clauses(v.rules, v.Edition == view.Supervision)}
}

func (v *builder) checksPage() framed { return &checksPage{Groups: guide.Checks(v.rules)} }

func (v *builder) fillingPage() framed {
	return &fillingPage{Categories: record.Categories(), Steps: guide.Rows(workflow.Regulation())}
}
