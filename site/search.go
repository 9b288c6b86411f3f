package site

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/casefile"
	"suqiu/internal/office"
	"suqiu/internal/search"
	"suqiu/internal/workflow"
)

// searchPage is 查询. What it searches stands in search/, see package search.
type searchPage struct{ Frame }

func (v *view) searchPages(s *sheets) []file {
	page := &searchPage{v.frame("查询", "", "search")}
	return []file{{"search.html", func(b *bytes.Buffer) error { return s.search.render(b, page) }}}
}

// searchIndex writes the index of all cases as this edition may show them, a
// quarter a segment.
func (v *view) searchIndex(emit func(name string, data []byte) error) error {
	byKey := map[string][]*Element{}
	for _, e := range v.cases {
		key := searchSegment(e.ID)
		byKey[key] = append(byKey[key], e)
	}
	var segments []search.Segment
	for key, list := range byKey {
		segments = append(segments, search.Segment{Key: key, Len: len(list), Doc: func(i int) search.Doc { return searchDoc(list[i]) }})
	}
	slices.SortFunc(segments, func(a, b search.Segment) int { return cmp.Compare(a.Key, b.Key) })
	var terms search.Terms
	for _, s := range workflow.States() {
		terms.States = append(terms.States, string(s))
	}
	terms.Categories, terms.Lights = categories[:], lightWords[:]
	for _, u := range v.units {
		terms.Units = append(terms.Units, u.Name)
	}
	return search.Write(segments, terms, emit)
}

// searchSegment is the quarter of the month that a 编号 begins with. Numbers
// that begin with none share a segment.
func searchSegment(id string) string {
	year, month, ok := yearMonth(id)
	if !ok {
		return "0000Q0"
	}
	return year + "Q" + strconv.Itoa((month+2)/3)
}

func yearMonth(id string) (year string, month int, ok bool) {
	if len(id) < 6 {
		return "", 0, false
	}
	for _, c := range []byte(id[:6]) {
		if c < '0' || c > '9' {
			return "", 0, false
		}
	}
	month = int(id[4]-'0')*10 + int(id[5]-'0')
	return id[:4], month, month >= 1 && month <= 12
}

// searchDoc is a case as it is found. Of a restricted one that is its number,
// category and units.
func searchDoc(e *Element) search.Doc {
	units := e.Co
	if e.Lead != "" {
		units = append([]string{e.Lead}, e.Co...)
	}
	d := search.Doc{ID: e.ID, Title: e.Name(), Page: e.Page, State: string(e.State), Category: e.Category, Light: e.lightWord(), Units: units}
	lines := []string{strings.TrimSpace(e.Category + " " + strings.Join(units, " "))}
	if e.Text != nil {
		lines = append(lines, searchLines(e.Text.Case.Case)...)
	}
	d.Text = strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
	return d
}

// searchLines are what a case says, a paragraph or value a line: the body
// first, as that is what a reader recognises.
func searchLines(c *casefile.Case) []string {
	var lines []string
	for i := range c.Sections {
		lines = append(lines, office.Plain(c.Sections[i].Text))
	}
	for i := range c.Feedback {
		f := &c.Feedback[i]
		lines = append(lines, f.Result, f.Measures, f.FollowUp, f.ReturnReason)
	}
	for i := range c.Statements {
		s := &c.Statements[i]
		lines = append(lines, s.Grounds, s.DutyBasis, s.ProposedUnit)
	}
	for i := range c.Extensions {
		lines = append(lines, c.Extensions[i].Reason, c.Extensions[i].Measures)
	}
	for _, f := range c.CoFeedback {
		lines = append(lines, f.Result)
	}
	for i := range c.Improvements {
		lines = append(lines, c.Improvements[i].Reason, c.Improvements[i].Measures)
	}
	for i := range c.Evaluations {
		lines = append(lines, strings.TrimSpace(c.Evaluations[i].Method+" "+c.Evaluations[i].Result))
	}
	return append(lines, c.Nature, c.Channel, c.Collector, c.Locality, strings.Join(c.Taxes, " "), strings.Join(c.Topics, " "),
		strings.Join(c.SourceNos, " "), c.TaskList, c.Agreed.Basis, c.AdjustReason, c.NotPushed, c.TransferTo, c.MergedInto, c.WithdrawReason, c.NoEvaluation)
}
