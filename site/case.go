package site

import (
	"bytes"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/casefile"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// casePage is 诉求详情. For a case whose content the edition does not show,
// only Case and the clocks are filled.
type casePage struct {
	Frame
	Case     *Element
	Main     *Clock
	Edit     string // address of GitLab's editor; empty without 网址
	Broken   bool   // the file at the head cannot be read; an earlier version is shown
	Facts    []Fact
	Sections []SectionView
	Limits   []ClockView // that count, with the days
	Internal []ClockView // the office's own
	Events   []EventView
	Forms    []Form
	Related  []Relation
	Next     []Step
}

// Fact is one line of the summary.
type Fact struct{ Key, Value string }

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
	Class                    workflow.Class
	Light                    Light
	Push                     int
	Start, Due, Stopped      workday.Date
	OriginalDue              workday.Date
	Moved, Live              bool
	Count                    Count
}

func newClockView(k *Clock, count Count) ClockView {
	return ClockView{Name: k.Name(), Unit: k.Unit, Role: k.Role, Clause: k.Clause, Class: k.Class, Light: k.Light, Push: k.Push,
		Start: k.Start, Due: k.Due, Stopped: k.Stopped, OriginalDue: k.OriginalDue, Moved: k.Moved(), Live: k.Live(), Count: count}
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
	Light Light // Kind is empty if there is nothing to decide
	Facts []Fact
}

// Relation is another case that has to do with this one.
type Relation struct {
	Label string
	Case  *Element
	ID    string
}

// Step is one legal next step with what to write for it.
type Step struct {
	ID, Title, Who, To, With, Clocks, Block string
}

func (v *view) casePages(s *sheets) []file {
	files := make([]file, 0, len(v.cases))
	for _, e := range v.cases {
		if e.Page {
			files = append(files, file{"cases/" + e.ID + ".html", func(b *bytes.Buffer) error {
				return s.kase.render(b, v.casePage(e))
			}})
		}
	}
	return files
}

func (v *view) casePage(e *Element) *casePage {
	page := &casePage{Frame: v.frame(e.ID+" "+e.Name(), "../", ""), Case: e, Main: e.Main()}
	for i := range e.Clocks {
		k := &e.Clocks[i]
		if k.Counts() && !(right(k) && k.Status == workflow.Cancelled) || k.Kind == workflow.CoFeedbackClock {
			page.Limits = append(page.Limits, newClockView(k, v.count(k)))
		} else if !k.Counts() {
			page.Internal = append(page.Internal, newClockView(k, Count{}))
		}
	}
	// The limits that run come first, then the latest push.
	slices.SortStableFunc(page.Limits, func(a, b ClockView) int {
		if c := compareBool(b.Live, a.Live); c != 0 {
			return c
		}
		return b.Push - a.Push
	})
	if e.Text == nil {
		return page
	}
	c := e.Text.Case
	page.Broken = c.Broken != nil
	if v.config.URL != "" && c.Path != "" {
		page.Edit = v.config.URL + "/-/edit/" + v.config.MainBranch + "/" + c.Path
	}
	page.Facts = facts(c.Case)
	page.Sections = v.sections(c.Case)
	page.Events = v.events(c.Life.Events)
	page.Forms = forms(c.Case)
	page.Related = v.related(e)
	page.Next = v.next(c.Case, &c.Life)
	return page
}

// facts are the keys of the first group and of the push that have a value.
func facts(c *casefile.Case) []Fact {
	tickets := ""
	if c.Tickets > 1 {
		tickets = strconv.Itoa(c.Tickets) + " 件"
	}
	grades := ""
	for _, g := range [...]Fact{{"涉及面", c.Reach}, {"影响度", c.Impact}, {"复杂度", c.Complexity}} {
		if g.Value != "" {
			grades += g.Key + g.Value + "　"
		}
	}
	limit := ""
	if c.LimitDays > 0 {
		limit = strconv.Itoa(c.LimitDays) + " 个工作日"
	}
	return filled(
		Fact{"性质", c.Nature},
		Fact{"渠道", c.Channel},
		Fact{"收集", strings.TrimSpace(c.Collector + "　" + c.Collected.String())},
		Fact{"件数", tickets},
		Fact{"属地", c.Locality},
		Fact{"税费种", strings.Join(c.Taxes, "、")},
		Fact{"主题", strings.Join(c.Topics, "、")},
		Fact{"原渠道单号", strings.Join(c.SourceNos, "、")},
		Fact{"原渠道期限", c.SourceDue.String()},
		Fact{"紧急程度", c.Urgency},
		Fact{"分级", strings.TrimSpace(grades)},
		Fact{"分析单位", strings.Join(c.Analysts, "、")},
		Fact{"限办天数", limit},
		Fact{"会议议定期限", strings.TrimSpace(c.Agreed.Date.String() + "　" + c.Agreed.Basis)},
		Fact{"调整原因", c.AdjustReason},
		Fact{"不评估原因", c.NoEvaluation},
		Fact{"不推送原因", c.NotPushed},
		Fact{"转办去向", c.TransferTo},
		Fact{"撤回原因", c.WithdrawReason},
		Fact{"下次研究", c.NextReview.String()},
	)
}

// filled drops the facts without a value.
func filled(all ...Fact) []Fact {
	return slices.DeleteFunc(all, func(f Fact) bool { return f.Value == "" })
}

func (v *view) sections(c *casefile.Case) []SectionView {
	var list []SectionView
	used := map[string]int{}
	for _, s := range c.Sections {
		if strings.TrimSpace(s.Text) == "" {
			continue
		}
		id := slugify(s.Heading)
		if id == "" {
			id = "正文"
		}
		if used[id]++; used[id] > 1 {
			id += "-" + strconv.Itoa(used[id])
		}
		list = append(list, SectionView{id, s.Heading, v.markdown.html(s.Text, id+"-")})
	}
	return list
}

func (v *view) events(events []workflow.Event) []EventView {
	list := make([]EventView, len(events))
	for i := range events {
		e := &events[i]
		view := EventView{Kind: e.Kind, Title: e.Title, Reason: e.Reason, Unit: e.Unit, To: e.To,
			Proxy: e.Proxy, Voided: e.Voided, Pending: e.Pending, Day: workday.Of(e.At), Time: clockTime(e.At)}
		if landed := workday.Of(e.Landed); landed != view.Day {
			view.Landed = landed
		}
		if v.config.URL != "" {
			if e.Commit != "" {
				view.Links = append(view.Links, PageLink{Href: v.config.URL + "/-/commit/" + e.Commit, Label: "提交 " + e.Commit[:min(8, len(e.Commit))]})
			}
			if e.Landing >= 0 && e.Landing < len(v.landings) {
				if n := v.landings[e.Landing].Request; n > 0 {
					view.Links = append(view.Links, PageLink{Href: v.config.URL + "/-/merge_requests/" + strconv.Itoa(n), Label: "合并请求 !" + strconv.Itoa(n)})
				}
			}
		}
		list[i] = view
	}
	return list
}

func (v *view) related(e *Element) []Relation {
	var list []Relation
	if id := e.Text.MergedInto; id != "" {
		list = append(list, Relation{"并入主件", v.byID[id], id})
	}
	for _, other := range v.merged[e.ID] {
		list = append(list, Relation{"并入本件", other, other.ID})
	}
	return list
}

// next lists the legal next steps, and what may be added without one.
func (v *view) next(c *casefile.Case, life *workflow.Life) []Step {
	if !life.State.IsOpen() {
		return nil
	}
	var steps []Step
	add := func(s Step) {
		s.ID = "next-" + strconv.Itoa(len(steps)+1)
		steps = append(steps, s)
	}
	rows := workflow.NextSteps(c, life, v.calendar, v.asOf)
	slices.SortStableFunc(rows, func(a, b workflow.Next) int { return rarity(a.Row.N) - rarity(b.Row.N) })
	for _, n := range rows {
		to := make([]string, len(n.Row.To))
		for i, s := range n.Row.To {
			to[i] = string(s)
		}
		add(Step{Title: n.Row.Title, Who: n.Who, To: strings.Join(to, "、"), With: n.Row.With, Clocks: n.Row.Clocks, Block: n.Block})
	}
	if life.State == workflow.Pushed || life.State == workflow.Handling {
		add(Step{Title: "申请延期", Who: "承办单位（" + life.Lead + "）", With: "延期申请一条；状态不变", Clocks: "联席会议同意后顺延",
			Block: "延期申请:\n  - 申请天数: \n    原因: \n    措施: \n    决定:\n    依据:"})
	}
	if life.State == workflow.Pushed || life.State == workflow.Handling || life.State == workflow.Improving {
		for _, co := range c.Co {
			if !slices.ContainsFunc(c.CoFeedback, func(f casefile.CoFeedback) bool { return f.Unit == co && f.Result != "" }) {
				add(Step{Title: "协办反馈", Who: "协办单位（" + co + "）", With: "协办结果；状态不变", Clocks: "该单位的协办反馈停止计时",
					Block: "协办反馈:\n  " + co + ":\n    结果: "})
			}
		}
	}
	return steps
}

// rarity puts the usual next step first: what ends the case without an answer
// comes last, objections and changes of the unit before it.
func rarity(row int) int {
	switch row {
	case 19, 20, 21:
		return 3
	case 12, 14:
		return 2
	case 5, 8:
		return 1
	}
	return 0
}
