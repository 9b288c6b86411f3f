package site

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/draft"
	"suqiu/internal/prose"
	"suqiu/internal/record"
	"suqiu/internal/regulation"
	"suqiu/internal/sitedir"
	"suqiu/internal/step"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
	"suqiu/site/dueday"
	"suqiu/site/facts"
)

// casePage is 诉求详情. For a case whose content the edition does not show,
// only Case and the clocks are filled.
type casePage struct {
	Frame
	Case     pageCase
	Main     *view.Clock
	Now      string // who must do what next, in words; empty if nobody
	NowWho   string
	Final    *view.Clock  // the last feedback limit of a closed case; nil if there was none
	Outcome  []facts.Fact // of a closed case
	Why      string       // how the due day of Main was counted
	LeadHref string       // page of 承办单位
	ListHref string       // page of 任务清单
	Edit     string       // address of GitLab's editor; empty without 网址
	Form     string       // where one chooses among forms for what can be done; empty without forms
	Broken   bool         // the file at the head cannot be read; an earlier version is shown
	Facts    []facts.Fact
	Sections []SectionView
	Limits   []ClockView // that count, with the days
	Internal []ClockView // the office's own
	Events   []EventView
	Forms    []facts.Form
	Related  []view.Relation
	Merged   []view.Relation // into this, beyond those in Related
	Next     []Step
}

// Anchor is where the page of the regulation has a clause.
func (*casePage) Anchor(clause string) string { return regulation.Anchor(clause) }

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
}

func newClockView(k *view.Clock, count dueday.Count) ClockView {
	return ClockView{Name: k.Name(), Unit: k.Unit, Role: k.Role, Clause: k.Clause, Class: k.Class, Light: k.Light,
		Push:  k.Push,
		Start: k.Start, Due: k.Due, Stopped: k.Stopped, OriginalDue: k.OriginalDue, Moved: k.Moved(), Live: k.Live(),
		Count: count}
}

// EventView is one thing that happened, by unit and never by person.
type EventView struct {
	Kind                   workflow.EventKind
	Title, Reason, Unit    string
	To                     workflow.State
	Proxy, Voided, Pending bool
	Day                    workday.Date
	Time                   string
	Landed                 workday.Date // if on another day
	Links                  []PageLink   // commit and merge request in GitLab
}

// Step is one legal next step with what to write for it.
type Step struct {
	ID, Title, Who, To, With, Clocks, Block string

	Form  string // where there is a form for it; empty without forms
	Whole bool   // Block is the whole new file
}

func (v *builder) casePages() []file {
	return each(v.Cases, func(e *view.Case) []file {
		if !e.Page {
			return nil
		}
		return v.files(page{"cases/" + e.ID + ".html", "case", e.ID + " " + e.Name(), "tasks",
			func() framed { return v.casePage(e) }, func() sitedir.InputHash { return v.hashOfPage(e) }})
	})
}

func (v *builder) casePage(e *view.Case) *casePage {
	page := &casePage{Case: pageCase{e}, Main: e.Main()}
	if u := v.Unit(e.Lead); u != nil && u.Page {
		page.LeadHref = "../units/" + u.Code + ".html"
	}
	if e.List != "" && v.listName(e.List) {
		page.ListHref = "../tasks/" + e.List + ".html"
	}
	for i := range e.Clocks {
		k := &e.Clocks[i]
		if k == page.Main {
			page.Why = v.counter.Count(k).Sentence
		}
		if k.Counts() && !(k.Right() && k.Status == clock.Cancelled) || k.Kind == clock.CoFeedback {
			page.Limits = append(page.Limits, newClockView(k, v.counter.Count(k)))
		} else if !k.Counts() && e.Text != nil {
			page.Internal = append(page.Internal, newClockView(k, dueday.Count{}))
		}
	}
	// The limits that run come first, then the latest push.
	slices.SortStableFunc(page.Limits, func(a, b ClockView) int {
		if c := view.CompareBool(b.Live, a.Live); c != 0 {
			return c
		}
		return b.Push - a.Push
	})
	if !e.Open() {
		page.Final = e.Last(clock.Feedback)
	}
	if v.Config.URL != "" && e.Path != "" {
		page.Edit = v.Config.URL + "/-/edit/" + v.Config.MainBranch + "/" + e.Path
	}
	if v.chrome.Forms && e.Open() {
		page.Form = stepHref("../", "", e)
	}
	if e.Text == nil {
		return page
	}
	c := e.Text.Case
	if !e.Open() {
		page.Outcome = facts.Outcome(c)
	}
	page.Broken = e.Text.Broken
	page.Facts = v.facts.Of(c)
	page.Sections = v.sections(c)
	page.Events = v.events(e.Text.Life.Events)
	page.Forms = v.facts.Forms(c)
	page.Related, page.Merged = v.related(e)
	page.Next = v.next(e)
	if len(page.Next) > 0 {
		page.Now, page.NowWho = page.Next[0].Title, page.Next[0].Who
	}
	return page
}

func (v *builder) sections(c *record.Case) []SectionView {
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
		list = append(list, SectionView{id, s.Heading, v.prose.HTML(s.Text, id+"-")})
	}
	return list
}

func (v *builder) events(events []workflow.Event) []EventView {
	list := make([]EventView, len(events))
	for i := range events {
		e := &events[i]
		view := EventView{Kind: e.Kind, Title: e.Title, Reason: e.Reason, Unit: e.Unit, To: e.To,
			Proxy: e.Proxy, Voided: e.Voided, Pending: e.Pending, Day: e.Day(), Time: clockTime(e.At.Time())}
		if landed := workday.Of(v.Landed(e)); landed != view.Day {
			view.Landed = landed
		}
		if v.Config.URL != "" {
			if e.Commit != "" {
				view.Links = append(view.Links, PageLink{Href: v.Config.URL + "/-/commit/" + e.Commit,
					Label: "提交 " + e.Commit[:min(8, len(e.Commit))]})
			}
			if n := v.Request(e); n > 0 {
				view.Links = append(view.Links, PageLink{Href: v.Config.URL + "/-/merge_requests/" + strconv.Itoa(n),
					Label: "合并请求 !" + strconv.Itoa(n)})
			}
		}
		list[i] = view
	}
	return list
}

// next lists the legal next steps of an open case, and what may be added
// without one, each with the whole new file to copy. Of a closed case it lists
// what somebody still owes.
func (v *builder) next(e *view.Case) []Step {
	t := e.Text
	scene := step.Scene{Case: t.Case, Life: t.Life}
	listed := scene.Listed()
	if !t.Life.State.IsOpen() {
		listed = slices.DeleteFunc(listed, func(n step.Step) bool { return n.Row != 0 })
	}
	if len(listed) == 0 {
		return nil
	}
	var file *draft.Draft
	if !t.Masked {
		file, _ = draft.New(record.Schema(), t.Source(), v.Config.Canon)
	}
	var steps []Step
	for _, n := range listed {
		s := Step{ID: "next-" + strconv.Itoa(len(steps)+1), Title: n.Title, Who: n.Who, To: string(n.To),
			With: n.With, Clocks: n.Clocks}
		s.Block, s.Whole = n.Asked(file)
		if v.chrome.Forms && e.Open() {
			s.Form = stepHref("../", n.Title, e)
		}
		steps = append(steps, s)
	}
	return steps
}
