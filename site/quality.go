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
	Errors, Warnings, Infos []FindingView
	Corrections             []CorrectionRow
	Proxies                 []ProxyRow
	Suppressed              []FindingView
	Ignores                 []IgnoreRow
}

// FindingView is a finding with a link to its case. The author is left out:
// the site names no person.
type FindingView struct {
	Rule, Unit, Path, Message, Fix string
	Line                           int
	Case                           *Element // nil: not about a case with a page
	Edit                           string
	Explained                      bool // the rule stands on the page of rules
}

// CorrectionRow is one 更正.
type CorrectionRow struct {
	Case *Element
	casefile.Correction
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
		row := FindingView{Rule: f.Rule, Unit: f.Unit, Path: f.Path, Message: f.Message, Fix: f.Fix, Line: f.Line}
		if e := v.byID[f.Case]; e != nil && e.Page {
			row.Case = e
		}
		row.Explained = slices.ContainsFunc(v.rules, func(r diag.Rule) bool { return r.Slug == f.Rule })
		if v.config.URL != "" && f.Path != "" {
			row.Edit = v.config.URL + "/-/edit/" + v.config.MainBranch + "/" + f.Path
		}
		switch {
		case f.Suppressed:
			page.Suppressed = append(page.Suppressed, row)
		case f.Severity == diag.Error:
			page.Errors = append(page.Errors, row)
		case f.Severity == diag.Warning:
			page.Warnings = append(page.Warnings, row)
		default:
			page.Infos = append(page.Infos, row)
		}
	}
	for _, e := range v.cases {
		if e.Text == nil {
			continue
		}
		for _, c := range e.Text.Corrections {
			page.Corrections = append(page.Corrections, CorrectionRow{e, c})
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
