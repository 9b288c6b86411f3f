// Package quality is what 数据核查 shows: findings by severity and rule, parted over
// pages of equal length, with what answers for some of them.
package quality

import (
	"slices"

	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/view"
)

// Page is all of 数据核查, or one page of it.
type Page struct {
	Errors, Warnings, Infos FindingList
	Corrections             []CorrectionRow
	Proxies                 []ProxyRow
	Suppressed              FindingList
	Ignores                 []IgnoreRow
	NCorrections, NProxies  int  // on all pages
	First                   bool // of the pages: what is no finding stands on it
}

// lists are the findings of a page, in the order in which they stand on it.
func (p *Page) lists() []*FindingList {
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

// Add puts a finding of a rule into the list of its severity.
func (p *Page) Add(f *problem.Problem, title string, row FindingView) {
	list := &p.Infos
	switch {
	case f.Suppressed:
		list = &p.Suppressed
	case f.Severity == problem.Error:
		list = &p.Errors
	case f.Severity == problem.Warning:
		list = &p.Warnings
	}
	list.add(f.Rule, title, row)
}

// IgnoreRow is one entry of 忽略 in suqiu.yaml.
type IgnoreRow struct{ Rule, Path, Reason string }

// Split parts what was found over pages of so many rows; address names the file of
// a page.
func (p *Page) Split(rows int, address func(i int) string) []*Page {
	for _, list := range p.lists() {
		list.shareFixes()
	}
	var pages []*Page
	room := 0
	turn := func() {
		page := &Page{NCorrections: len(p.Corrections), NProxies: len(p.Proxies)}
		for i, list := range page.lists() {
			list.N = p.lists()[i].N
		}
		pages = append(pages, page)
		room = rows
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
				list.Page = address(begins[k])
			}
			for r := range list.Rules {
				list.Rules[r].Part = len(pages) > 1
			}
		}
	}
	return pages
}
