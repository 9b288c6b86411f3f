package site

import (
	"slices"

	"suqiu/internal/diag"
	"suqiu/site/quality"
)

// qualityPage is 数据核查, in the 监督 edition only.
type qualityPage struct {
	Frame
	*quality.Page
	Pages []PageLink // empty if there is only one
}

func (v *builder) qualityPages() []file {
	var all quality.Page
	for i := range v.findings {
		f := &v.findings[i]
		row := quality.FindingView{Unit: f.Unit, Path: f.Path, Message: f.Message, Fix: f.Fix, Line: f.Line}
		if e := v.Case(f.Case); e != nil && e.Page {
			row.Case = e
		}
		if v.Config.URL != "" && f.Path != "" {
			row.Edit = v.Config.URL + "/-/edit/" + v.Config.MainBranch + "/" + f.Path
		}
		all.Add(f, v.ruleTitle(f.Rule), row)
	}
	for _, e := range v.Cases {
		if e.Text == nil {
			continue
		}
		for _, c := range e.Text.Corrections {
			all.Corrections = append(all.Corrections, quality.CorrectionRow{Case: e, Correction: c,
				Title: v.ruleTitle(c.Rule)})
		}
		for _, p := range e.Text.Proxies {
			all.Proxies = append(all.Proxies, quality.ProxyRow{Case: e, Proxy: p})
		}
	}
	for _, g := range v.Config.Ignores {
		all.Ignores = append(all.Ignores, quality.IgnoreRow{Rule: g.Rule, Path: g.Path, Reason: g.Reason})
	}
	var files []file
	pages := all.Split(rowsPerPage, func(i int) string { return numbered("index", i) })
	for i, p := range pages {
		data := &qualityPage{v.dated(), p, numberedLinks("index", len(pages), i)}
		files = append(files, v.files(page{"quality/" + numbered("index", i), "quality", nthPage("数据核查", i),
			"quality", func() framed { return data }, nil})...)
	}
	return files
}

// ruleTitle is what the page of rules calls a rule; empty if it does not tell
// of it.
func (v *builder) ruleTitle(slug string) string {
	if i := slices.IndexFunc(v.rules, func(r diag.Rule) bool { return r.Slug == slug }); i >= 0 {
		return v.rules[i].Title
	}
	return ""
}
