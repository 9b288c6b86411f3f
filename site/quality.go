package site

import (
	"bytes"
	"slices"

	"suqiu/internal/casefile"
	"suqiu/internal/diag"
)

// qualityPage is 数据核查, in the 监督 edition only.
type qualityPage struct {
	Frame
	Errors, Warnings, Infos FindingList
	Corrections             []CorrectionRow
	Proxies                 []ProxyRow
	Suppressed              FindingList
	Ignores                 []IgnoreRow
}

// FindingList is findings of one kind by their rule.
type FindingList struct {
	N     int
	Rules []RuleFindings // in the order of their first finding
}

// RuleFindings is what one rule found.
type RuleFindings struct {
	Slug  string
	Title string // empty: the page of rules does not tell of it
	Fix   string // of every row; empty if rows have their own
	Rows  []FindingView
}

func (l *FindingList) add(slug, title string, row FindingView) {
	l.N++
	i := slices.IndexFunc(l.Rules, func(r RuleFindings) bool { return r.Slug == slug })
	if i < 0 {
		i = len(l.Rules)
		l.Rules = append(l.Rules, RuleFindings{Slug: slug, Title: title})
	}
	l.Rules[i].Rows = append(l.Rules[i].Rows, row)
}

// shareFixes says what all rows of a rule say once.
func (l *FindingList) shareFixes() {
	for i := range l.Rules {
		rows := l.Rules[i].Rows
		if len(rows) < 2 || slices.ContainsFunc(rows, func(r FindingView) bool { return r.Fix != rows[0].Fix }) {
			continue
		}
		l.Rules[i].Fix = rows[0].Fix
		for j := range rows {
			rows[j].Fix = ""
		}
	}
}

// FindingView is a finding with a link to its case. The author is left out:
// the site names no person.
type FindingView struct {
	Unit, Path, Message, Fix string
	Line                     int
	Case                     *Element // nil: not about a case with a page
	Edit                     string
}

// CorrectionRow is one 更正.
type CorrectionRow struct {
	Case *Element
	casefile.Correction
	Title string // of the rule
}

// ProxyRow is one 代录.
type ProxyRow struct {
	Case *Element
	casefile.Proxy
}

// IgnoreRow is one entry of 忽略 in suqiu.yaml.
type IgnoreRow struct{ Rule, Path, Reason string }

func (v *view) qualityPages(s *sheets) []file {
	page := &qualityPage{Frame: v.dated("数据核查", "../", "quality")}
	for i := range v.findings {
		f := &v.findings[i]
		row := FindingView{Unit: f.Unit, Path: f.Path, Message: f.Message, Fix: f.Fix, Line: f.Line}
		if e := v.byID[f.Case]; e != nil && e.Page {
			row.Case = e
		}
		if v.config.URL != "" && f.Path != "" {
			row.Edit = v.config.URL + "/-/edit/" + v.config.MainBranch + "/" + f.Path
		}
		list := &page.Infos
		switch {
		case f.Suppressed:
			list = &page.Suppressed
		case f.Severity == diag.Error:
			list = &page.Errors
		case f.Severity == diag.Warning:
			list = &page.Warnings
		}
		list.add(f.Rule, v.ruleTitle(f.Rule), row)
	}
	for _, list := range []*FindingList{&page.Errors, &page.Warnings, &page.Infos, &page.Suppressed} {
		list.shareFixes()
	}
	for _, e := range v.cases {
		if e.Text == nil {
			continue
		}
		for _, c := range e.Text.Corrections {
			page.Corrections = append(page.Corrections, CorrectionRow{e, c, v.ruleTitle(c.Rule)})
		}
		for _, p := range e.Text.Proxies {
			page.Proxies = append(page.Proxies, ProxyRow{e, p})
		}
	}
	for _, g := range v.config.Ignores {
		page.Ignores = append(page.Ignores, IgnoreRow{g.Rule, g.Path, g.Reason})
	}
	return []file{{"quality/index.html", func(b *bytes.Buffer) error { return s.quality.render(b, page) }}}
}

// ruleTitle is what the page of rules calls a rule; empty if it does not tell
// of it.
func (v *view) ruleTitle(slug string) string {
	if i := slices.IndexFunc(v.rules, func(r diag.Rule) bool { return r.Slug == slug }); i >= 0 {
		return v.rules[i].Title
	}
	return ""
}
