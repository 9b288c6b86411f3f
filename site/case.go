package site

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/frontmatter"
	"suqiu/internal/prose"
	"suqiu/internal/record"
	"suqiu/internal/regulation"
	"suqiu/internal/sitedir"
	"suqiu/internal/step"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
	"suqiu/site/dueday"
)

// casePage is 诉求详情. For a case whose content the edition does not show,
// only Case and the clocks are filled.
type casePage struct {
	Frame
	Case     pageCase
	Main     *view.Clock
	Now      string // who must do what next, in words; empty if nobody
	NowWho   string
	Final    *view.Clock // the last feedback limit of a closed case; nil if there was none
	Outcome  []Fact      // of a closed case
	Why      string      // how the due day of Main was counted
	LeadHref string      // page of 承办单位
	ListHref string      // page of 任务清单
	Edit     string      // address of GitLab's editor; empty without 网址
	Broken   bool        // the file at the head cannot be read; an earlier version is shown
	Facts    []Fact
	Sections []SectionView
	Limits   []ClockView // that count, with the days
	Internal []ClockView // the office's own
	Events   []EventView
	Forms    []Form
	Related  []view.Relation
	Merged   []view.Relation // into this, beyond those in Related
	Next     []Step
}

// Anchor is where the page of the regulation has a clause.
func (*casePage) Anchor(clause string) string { return regulation.Anchor(clause) }

// Fact is one line of the summary.
type Fact struct {
	Key  string
	Text []prose.Segment
}

// plain is a text without links; none if it is empty.
func plain(text string) []prose.Segment {
	if text == "" {
		return nil
	}
	return []prose.Segment{{Text: text}}
}

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

// Form is one record of the case, laid out as the paper form is.
type Form struct {
	Title string
	Light view.Light // Kind is empty if there is nothing to decide
	Facts []Fact
}

// Step is one legal next step with what to write for it.
type Step struct {
	ID, Title, Who, To, With, Clocks, Block string

	Whole bool // Block is the whole new file
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
	if e.Text == nil {
		return page
	}
	c := e.Text.Case
	if !e.Open() {
		page.Outcome = outcome(c)
	}
	page.Broken = e.Text.Broken
	page.Facts = v.facts(c)
	page.Sections = v.sections(c)
	page.Events = v.events(e.Text.Life.Events)
	page.Forms = v.forms(c)
	page.Related, page.Merged = v.related(e)
	page.Next = v.next(e.Text)
	if len(page.Next) > 0 {
		page.Now, page.NowWho = page.Next[0].Title, page.Next[0].Who
	}
	return page
}

// outcome says how a closed case ended: the last answer and the last word on it.
func outcome(c *record.Case) []Fact {
	var feedback, evaluation string
	if n := len(c.Feedback); n > 0 {
		feedback = c.Feedback[n-1].Result
	}
	if n := len(c.Evaluations); n > 0 {
		evaluation = c.Evaluations[n-1].Result + "（" + c.Evaluations[n-1].Method + "）"
	}
	return filled("办理结果", feedback, "评估", evaluation, "不推送原因", c.NotPushed,
		"并入", c.MergedInto, "撤回原因", c.WithdrawReason)
}

// facts are the keys that a page shows and that have a value, in the order of
// the schema but for those that say behind which other one they stand.
func (v *builder) facts(c *record.Case) []Fact {
	var list []Fact
	keys := record.Schema().Keys
	for i := range keys {
		k := &keys[i]
		if k.Page.Label == "" || k.List != nil {
			continue
		}
		if n := len(list); n > 0 && list[n-1].Key == k.Page.Label {
			list[n-1].Text = apart(list[n-1].Text, v.shown(k, c))
			continue
		}
		at := len(list)
		if k.Page.After != "" {
			at = 1 + slices.IndexFunc(list, func(f Fact) bool { return f.Key == k.Page.After })
		}
		list = slices.Insert(list, at, Fact{k.Page.Label, v.shown(k, c)})
	}
	return slices.DeleteFunc(list, func(f Fact) bool { return len(f.Text) == 0 })
}

// apart is two texts with a wide blank between.
func apart(a, b []prose.Segment) []prose.Segment {
	if len(a) == 0 || len(b) == 0 {
		return append(a, b...)
	}
	return slices.Concat(a, plain("　"), b)
}

// shown is the value of a key of a case as the page shows it, empty if it says
// nothing or what goes without saying. One under a label that is not its name
// says which it is.
func (v *builder) shown(k *record.Key, c *record.Case) []prose.Segment {
	if k.Shape == record.Record {
		var all []prose.Segment
		for i := range k.Fields {
			all = apart(all, v.value(&k.Fields[i], k.At(c)))
		}
		return all
	}
	text := frontmatter.TextOf(k.At(c))
	if names, ok := k.At(c).(*[]string); ok {
		text = strings.Join(*names, "、")
	}
	switch {
	case text == "" || text == k.Default:
		return nil
	case !strings.HasPrefix(k.Name, k.Page.Label):
		return plain(k.Name + text)
	}
	return plain(text + k.Page.Unit)
}

// value is what a record says under a key; the 编号 of another case leads there.
func (v *builder) value(k *record.Key, entry any) []prose.Segment {
	text := k.Text(entry)
	switch {
	case text == "":
		return nil
	case k.Type == record.CaseID:
		return v.prose.Links(text)
	}
	return plain(text + k.Page.Unit)
}

// filled are facts by key and value in turn, without those that have no value.
func filled(pairs ...string) []Fact {
	var list []Fact
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			list = append(list, Fact{pairs[i], plain(pairs[i+1])})
		}
	}
	return list
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
func (v *builder) next(t *view.Text) []Step {
	scene := step.Scene{Case: t.Case, Life: t.Life}
	listed := scene.Listed()
	if !t.Life.State.IsOpen() {
		listed = slices.DeleteFunc(listed, func(n step.Step) bool { return n.Row != 0 })
	}
	if len(listed) == 0 {
		return nil
	}
	var draft *record.Draft
	if !t.Masked {
		draft, _ = record.NewDraft(t.Source(), v.Config.Canon)
	}
	var steps []Step
	for _, n := range listed {
		s := Step{ID: "next-" + strconv.Itoa(len(steps)+1), Title: n.Title, Who: n.Who, To: string(n.To),
			With: n.With, Clocks: n.Clocks}
		s.Block, s.Whole = n.Asked(draft)
		steps = append(steps, s)
	}
	return steps
}
