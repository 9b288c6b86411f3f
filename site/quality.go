package site

import (
	"slices"

	"suqiu/internal/diag"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/view"
)

// qualityPage is 数据核查, in the 监督 edition only.
type qualityPage struct {
	Frame
	Errors, Warnings, Infos FindingList
	Corrections             []CorrectionRow
	Proxies                 []ProxyRow
	Suppressed              FindingList
	Ignores                 []IgnoreRow
	NCorrections, NProxies  int        // on all pages
	First                   bool       // of the pages: what is no finding stands on it
	Pages                   []PageLink // empty if there is only one
}

// lists are the findings of a page, in the order in which they stand on it.
func (p *qualityPage) lists() []*FindingList {
	return []*FindingList{&p.Errors, &p.Warnings, &p.Infos, &p.Suppressed}
}

// FindingList is findings of one kind by their rule: those of one page.
type FindingList struct {
	N     int            // on all pages
	Page  string         // the first on which the list stands; empty: this one
	Here  bool           // it stands on this one as well
	Rules []RuleFindings // in the order of their first finding
}

// RuleFindings is what one rule found.
type RuleFindings struct {
	Slug  string
	Title string // empty: the page of rules does not tell of it
	Fix   string // of every row; empty if rows have their own
	N     int    // rows on all pages
	Part  bool   // the page is one of several
	Rows  []FindingView
}

func (l *FindingList) add(slug, title string, row FindingView) {
	l.N++
	i := slices.IndexFunc(l.Rules, func(r RuleFindings) bool { return r.Slug == slug })
	if i < 0 {
		i = len(l.Rules)
		l.Rules = append(l.Rules, RuleFindings{Slug: slug, Title: title})
	}
	l.Rules[i].N++
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
	Case                     *view.Case // nil: not about a case with a page
	Edit                     string
}

// CorrectionRow is one 更正.
type CorrectionRow struct {
	Case *view.Case
	record.Correction
	Title string // of the rule
}

// ProxyRow is one 代录.
type ProxyRow struct {
	Case *view.Case
	record.Proxy
}

// IgnoreRow is one entry of 忽略 in suqiu.yaml.
type IgnoreRow struct{ Rule, Path, Reason string }

func (v *builder) qualityPages() []file {
	all := &qualityPage{Frame: v.dated()}
	for i := range v.findings {
		f := &v.findings[i]
		row := FindingView{Unit: f.Unit, Path: f.Path, Message: f.Message, Fix: f.Fix, Line: f.Line}
		if e := v.Case(f.Case); e != nil && e.Page {
			row.Case = e
		}
		if v.Config.URL != "" && f.Path != "" {
			row.Edit = v.Config.URL + "/-/edit/" + v.Config.MainBranch + "/" + f.Path
		}
		list := &all.Infos
		switch {
		case f.Suppressed:
			list = &all.Suppressed
		case f.Severity == problem.Error:
			list = &all.Errors
		case f.Severity == problem.Warning:
			list = &all.Warnings
		}
		list.add(f.Rule, v.ruleTitle(f.Rule), row)
	}
	for _, list := range all.lists() {
		list.shareFixes()
	}
	for _, e := range v.Cases {
		if e.Text == nil {
			continue
		}
		for _, c := range e.Text.Corrections {
			all.Corrections = append(all.Corrections, CorrectionRow{e, c, v.ruleTitle(c.Rule)})
		}
		for _, p := range e.Text.Proxies {
			all.Proxies = append(all.Proxies, ProxyRow{e, p})
		}
	}
	for _, g := range v.Config.Ignores {
		all.Ignores = append(all.Ignores, IgnoreRow{g.Rule, g.Path, g.Reason})
	}
	var files []file
	for i, data := range all.split() {
		files = append(files, v.files(page{"quality/" + numbered("index", i), "quality", nthPage("数据核查", i),
			"quality", func() framed { return data }, nil})...)
	}
	return files
}

// split parts what was found over pages of no more rows than a list has.
func (p *qualityPage) split() []*qualityPage {
	var pages []*qualityPage
	room := 0
	turn := func() {
		page := &qualityPage{Frame: p.Frame, NCorrections: len(p.Corrections), NProxies: len(p.Proxies)}
		for i, list := range page.lists() {
			list.N = p.lists()[i].N
		}
		pages = append(pages, page)
		room = rowsPerPage
	}
	turn()
	var begins [4]int // the page on which each list does
	for k, list := range p.lists() {
		if list.N == 0 {
			continue // the first page says so
		}
		if room == 0 {
			turn()
		}
		begins[k] = len(pages) - 1
		for _, rule := range list.Rules {
			for rest := rule.Rows; len(rest) > 0; {
				if room == 0 {
					turn()
				}
				n := min(room, len(rest))
				rule.Rows, rest, room = rest[:n], rest[n:], room-n
				to := pages[len(pages)-1].lists()[k]
				to.Rules = append(to.Rules, rule)
			}
		}
	}
	first := pages[0]
	first.First, first.Corrections, first.Proxies = true, p.Corrections, p.Proxies
	pages[begins[3]].Ignores = p.Ignores // with what they suppress
	for i, page := range pages {
		for k, list := range page.lists() {
			list.Here = len(list.Rules) > 0 || begins[k] == i
			if begins[k] != i {
				list.Page = numbered("index", begins[k])
			}
			for r := range list.Rules {
				list.Rules[r].Part = len(pages) > 1
			}
		}
		page.Pages = numberedLinks("index", len(pages), i)
	}
	return pages
}

// ruleTitle is what the page of rules calls a rule; empty if it does not tell
// of it.
func (v *builder) ruleTitle(slug string) string {
	if i := slices.IndexFunc(v.rules, func(r diag.Rule) bool { return r.Slug == slug }); i >= 0 {
		return v.rules[i].Title
	}
	return ""
}
