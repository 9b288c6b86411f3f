package site

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/office"
	"suqiu/internal/record"
	"suqiu/internal/search"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// searchPage is 查询. What it searches stands in search/, see package search.
type searchPage struct{ Frame }

// searchIndex writes the index of all cases as this edition may show them, a
// quarter a segment.
func (v *builder) searchIndex(ctx context.Context, t *sitedir.Dir) error {
	byKey := map[string][]*view.Case{}
	for _, e := range v.Cases {
		key := searchSegment(e.ID)
		byKey[key] = append(byKey[key], e)
	}
	terms := v.searchTerms()
	var segments []search.Segment
	hashes, files := map[string]sitedir.InputHash{}, map[string]int{}
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		list := byKey[key]
		r := sitedir.NewHasher()
		for _, column := range [...][]string{terms.States, terms.Categories, terms.Lights, terms.Units} {
			r.Number(len(column))
			r.Texts(column...)
		}
		v.hashCases(r, list)
		hashes[key] = r.Sum()
		segments = append(segments, search.Segment{Key: key, Len: len(list),
			Doc:  func(i int) search.Doc { return searchDoc(list[i]) },
			Made: t.ReuseSegment(key, hashes[key], func(name string) bool { return segmentOf(name) == key })})
	}
	all, err := search.Write(segments, terms, func(name string, data []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		name = "search/" + name
		of := hashes[segmentOf(name)]
		if of != (sitedir.InputHash{}) {
			files[segmentOf(name)]++
		}
		return t.Write(name, of, data)
	})
	if err != nil {
		return err
	}
	for _, made := range all {
		if n := files[made.Key]; n > 0 {
			t.NoteSegment(sitedir.Segment{Hash: hashes[made.Key], Files: n, Made: made})
		}
	}
	return nil
}

// segmentOf is the segment of the search index that a file belongs to; empty if
// it belongs to none.
func segmentOf(name string) string {
	file, ok := strings.CutPrefix(name, "search/")
	if !ok {
		return ""
	}
	key, _, _ := strings.Cut(file, "-")
	return key
}

// searchTerms are the values that cases can have, and behind them those that
// cases have all the same.
func (v *builder) searchTerms() search.Terms {
	var states, units columnTerms
	// Copies: others read the arrays.
	categories, lights := columnTerms{list: slices.Clone(record.Categories())},
		columnTerms{list: slices.Clone(view.LightWords[:])}
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
func searchDoc(e *view.Case) search.Doc {
	units := e.Handlers()
	d := search.Doc{ID: e.ID, Title: e.Name(), Page: e.Page, State: string(e.State), Category: e.Category,
		Light: e.LightWord(), Units: units}
	lines := []string{strings.TrimSpace(e.Category + " " + strings.Join(units, " "))}
	if e.Text != nil {
		lines = append(lines, searchLines(e.Text.Case)...)
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

// searchLines are what a case says, a paragraph or value a line: the body
// first, as that is what a reader recognises.
func searchLines(c *record.Case) []string {
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
