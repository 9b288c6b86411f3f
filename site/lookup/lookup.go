// Package lookup says what the search index knows of a case.
package lookup

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/office"
	"suqiu/internal/record"
	"suqiu/internal/search"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// Terms are the values that cases can have, and behind them those that
// cases have all the same.
func Terms(v *view.View) search.Terms {
	var states, units columnTerms
	categories := columnTerms{list: record.Categories()}
	lights := columnTerms{list: slices.Clone(view.LightWords[:])} // others read the array
	for _, s := range workflow.States() {
		states.list = append(states.list, string(s))
	}
	for _, u := range v.Units {
		units.list = append(units.list, u.Name)
	}
	for _, e := range v.Cases {
		states.add(string(e.State))
		categories.add(e.Category)
		lights.add(e.LightWord())
		for _, name := range e.Handlers() {
			units.add(name)
		}
	}
	return search.Terms{States: states.list, Categories: categories.list, Lights: lights.list, Units: units.list}
}

// columnTerms are the values of a column, each once.
type columnTerms struct {
	list  []string
	known map[string]bool
}

func (c *columnTerms) add(value string) {
	if c.known == nil {
		c.known = map[string]bool{"": true}
		for _, s := range c.list {
			c.known[s] = true
		}
	}
	if !c.known[value] {
		c.known[value] = true
		c.list = append(c.list, value)
	}
}

// Segment is the quarter of the month that a 编号 begins with. Numbers
// that begin with none share a segment.
func Segment(id string) string {
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

// Doc is a case as it is found. Of a restricted one that is its number,
// category and units.
func Doc(e *view.Case) search.Doc {
	units := e.Handlers()
	d := search.Doc{ID: e.ID, Title: e.Name(), Page: e.Page, State: string(e.State), Category: e.Category,
		Light: e.LightWord(), Units: units}
	lines := []string{strings.TrimSpace(e.Category + " " + strings.Join(units, " "))}
	if e.Text != nil {
		lines = append(lines, Lines(e.Text.Case)...)
	}
	lines = append(lines, dashless(append([]string{e.ID}, lines...)))
	d.Text = strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
	return d
}

// dashedNumber is a number of parts: 202607-NFZX-012, RW202608-01.
var dashedNumber = regexp.MustCompile(`[0-9A-Za-z]+(?:[-－–][0-9A-Za-z]+)+`)

// dashless are the numbers that stand in some texts as people type them in haste,
// without the dashes.
func dashless(texts []string) string {
	var list []string
	for _, text := range texts {
		if !strings.ContainsAny(text, "-－–") {
			continue
		}
		for _, number := range dashedNumber.FindAllString(text, -1) {
			if strings.ContainsAny(number, "0123456789") {
				list = append(list, strings.NewReplacer("-", "", "－", "", "–", "").Replace(number))
			}
		}
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

// Lines are what a case says, a paragraph or value a line: the body
// first, as that is what a reader recognises.
func Lines(c *record.Case) []string {
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
	return append(lines, c.Nature, c.Channel, c.Collector, c.Locality, strings.Join(c.Taxes, " "),
		strings.Join(c.Topics, " "),
		strings.Join(c.SourceNos, " "), c.TaskList, c.Agreed.Basis, c.AdjustReason, c.NotPushed, c.TransferTo,
		c.MergedInto, c.WithdrawReason, c.NoEvaluation)
}
