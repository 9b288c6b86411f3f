// Package casepage says what the page of a case shows: where the case stands and what is
// to be done, its limits, what happened to it, and what it has to do with.
package casepage

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/prose"
	"suqiu/internal/record"
	"suqiu/internal/regulation"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site/answered"
	"suqiu/site/dueday"
	"suqiu/site/facts"
)

// Page is 诉求详情. For a case whose content the edition does not show,
// only Case and the clocks are filled.
type Page struct {
	Case     *view.Case
	Main     *view.Clock
	Now      string // who must do what next, in words; empty if nobody
	NowWho   string
	Final    *view.Clock  // the last feedback limit of a closed case; nil if there was none
	Outcome  []facts.Fact // of a closed case
	Why      string       // how the due day of Main was counted
	Says     string       // what the light of Main means
	Rights   string       // what units may do, and till when
	Track    []Station    // the way of the case; none where the content is hidden
	LeadHref string       // page of 承办单位
	ListHref string       // page of 任务清单
	Edit     string       // address of GitLab's editor; empty without 网址
	Form     string       // where one chooses among forms for what can be done; empty without forms
	Broken   bool         // the file at the head cannot be read; an earlier version is shown
	Facts    []facts.Fact
	Sections []SectionView
	Limits   []ClockView // that count, with the days; the one that matters first
	Internal []ClockView // the office's own
	Events   []EventView
	Forms    []facts.Form
	Related  []view.Relation
	Merged   []view.Relation // into this, beyond those in Related
	Same     *answered.Same  // what was answered before, of an open case
	Next     []Step
}

// Anchor is where the page of the regulation has a clause.
func (*Page) Anchor(clause string) string { return regulation.Anchor(clause) }

// SectionView is one section of the body.
type SectionView struct {
	ID, Heading string
	HTML        template.HTML
}

// ClockView is a clock with its explanation. Its fields are copies, not an
// embedded Clock: templates find the fields of a struct much faster than
// those of a struct within it, and there are some hundred thousand to show.
type ClockView struct {
	Name, Unit, Role, Clause string
	Class                    clock.Class
	Light                    view.Light
	Push                     int
	Start, Due, Stopped      workday.Date
	OriginalDue              workday.Date
	Moved, Live              bool
	Count                    dueday.Count
	Says                     string // what the light means, in a sentence
	main                     bool
}

func newClockView(k *view.Clock, count dueday.Count, says string) ClockView {
	return ClockView{Name: k.Name(), Unit: k.Unit, Role: k.Role, Clause: k.Clause, Class: k.Class, Light: k.Light,
		Push:  k.Push,
		Start: k.Start, Due: k.Due, Stopped: k.Stopped, OriginalDue: k.OriginalDue, Moved: k.Moved(), Live: k.Live(),
		Count: count, Says: says}
}

// Maker makes the pages of an edition's cases.
type Maker struct {
	*view.View
	Facts   facts.Reader
	Prose   *prose.Renderer
	Counter dueday.Counter
	// Form is where a step of a case is taken, and without a name where one chooses;
	// nil: there are no forms.
	Form func(name string, e *view.Case) string
	// ListPage reports whether a 任务清单 has a page.
	ListPage func(number string) bool
	// Answers are those that were given before.
	Answers *answered.Shelf

	merged map[string][]*view.Case // master → merged into it
	topics map[string][]*view.Case // 主题 → cases whose content is shown, by 编号
}

// ReadRelations reads which cases have to do with each other.
func (v *Maker) ReadRelations() {
	v.merged, v.topics = map[string][]*view.Case{}, map[string][]*view.Case{}
	for _, e := range v.Cases {
		if e.Text == nil {
			continue
		}
		if e.Text.MergedInto != "" {
			v.merged[e.Text.MergedInto] = append(v.merged[e.Text.MergedInto], e)
		}
		for _, topic := range e.Text.Topics {
			v.topics[topic] = append(v.topics[topic], e)
		}
	}
}

// Page is the page of a case.
func (v *Maker) Page(e *view.Case) *Page {
	page := &Page{Case: e, Main: e.Main()}
	if u := v.Unit(e.Lead); u != nil && u.Page {
		page.LeadHref = "../units/" + u.Code + ".html"
	}
	if e.List != "" && v.ListPage(e.List) {
		page.ListHref = "../tasks/" + e.List + ".html"
	}
	v.limits(page)
	page.Rights = v.rights(e)
	if !e.Open() {
		page.Final = e.Last(clock.Feedback)
	}
	if v.Config.URL != "" && e.Path != "" {
		page.Edit = v.Config.URL + "/-/edit/" + v.Config.MainBranch + "/" + e.Path
	}
	if v.Form != nil && e.Open() {
		page.Form = v.Form("", e)
	}
	if e.Text == nil {
		return page
	}
	c := e.Text.Case
	if !e.Open() {
		page.Outcome = facts.Outcome(c)
	}
	page.Broken = e.Text.Broken
	page.Facts = v.Facts.Of(c)
	page.Sections = v.sections(c)
	page.Events = v.events(e.Text.Life.Events)
	page.Track = track(e)
	page.Forms = v.Facts.Forms(c)
	page.Related, page.Merged = v.Related(e)
	page.Same = v.Answers.Same(e)
	page.Next = v.next(e)
	if len(page.Next) > 0 {
		page.Now, page.NowWho = page.Next[0].Title, page.Next[0].Who
	}
	return page
}

// limits lists the clocks of a case, but for those of rights.
func (v *Maker) limits(page *Page) {
	e := page.Case
	for i := range e.Clocks {
		switch k := &e.Clocks[i]; {
		case k.Right():
		case k.Counts() || k.Kind == clock.CoFeedback:
			shown := newClockView(k, v.Counter.Count(k), v.Counter.Explain(k))
			if shown.main = k == page.Main; shown.main {
				page.Why, page.Says = shown.Count.Sentence, shown.Says
			}
			page.Limits = append(page.Limits, shown)
		case e.Text != nil && (k.Stopped == 0 || k.Start <= k.Stopped): // else it ended before it began
			page.Internal = append(page.Internal, newClockView(k, dueday.Count{}, ""))
		}
	}
	if page.Main != nil && page.Says == "" {
		page.Why, page.Says = v.Counter.Count(page.Main).Sentence, v.Counter.Explain(page.Main)
	}
	// The limit that matters comes first, then those that run, then the latest push.
	slices.SortStableFunc(page.Limits, func(a, b ClockView) int {
		return cmp.Or(view.CompareBool(b.main, a.main), view.CompareBool(b.Live, a.Live), b.Push-a.Push)
	})
}

func (v *Maker) sections(c *record.Case) []SectionView {
	var list []SectionView
	used := map[string]int{}
	for _, s := range c.Sections {
		if strings.TrimSpace(s.Text) == "" {
			continue
		}
		id := prose.Slug(s.Heading)
		if id == "" {
			id = "正文"
		}
		if used[id]++; used[id] > 1 {
			id += "-" + strconv.Itoa(used[id])
		}
		list = append(list, SectionView{id, s.Heading, v.Prose.HTML(s.Text, id+"-")})
	}
	return list
}
