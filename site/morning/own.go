package morning

import (
	"slices"
	"strings"

	"suqiu/internal/changes"
	"suqiu/internal/clock"
	"suqiu/internal/step"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// Own is what a unit has to do, as the first page opens with it where the reader has
// chosen his unit.
type Own struct {
	Unit   *view.Unit
	Groups []Duties // of which there is something
	None   []string // the other ones
	// Monthly is how many of the figures of Unit.Tally are 月报, which have a group of
	// their own.
	Monthly int
	Later   int // duties that are not due soon
	Held    int // and those that wait for a decision
	Since   Since
}

// Duties is what of a unit's duties stands alike, the most urgent first.
type Duties struct {
	Title, Note string
	N           int
	Rows        []Row
}

// More is how many are left out.
func (d *Duties) More() int { return d.N - len(d.Rows) }

// Row is a duty with what its unit does next.
type Row struct {
	view.Duty
	Step string // what the step is called; empty: the edition does not say where the case stands
	Form string // where it is taken; empty: there is no form
}

// shown is how many duties of a group are listed.
const shown = 20

// The groups, in the order in which the page shows them.
var groups = []Duties{
	{Title: "今日到期"}, {Title: "临期"}, {Title: "超期"},
	{Title: "待收件", Note: "期限已过，但此前提交的，联席办今日收到仍算按期"},
	{Title: "月报"},
	{Title: "内部期限", Note: "接收、协办等内部控制期限，逾期只作提示"},
}

const (
	today = iota
	soon
	late
	received
	monthly
	internal
	held
	later
)

// Maker knows of what days the news is, and whether there are forms.
type Maker struct {
	*view.View
	Days  []changes.Period
	Forms bool
}

// Own is what a unit has to do, for the page at the root of the site.
func (m *Maker) Own(u *view.Unit) *Own {
	lists := make([][]view.Duty, later+1)
	own := &Own{Unit: u, Since: m.Since("", u)}
	for _, d := range u.Todo {
		at := m.group(&d)
		if at == monthly && slices.Contains([]int{today, soon, late}, m.standing(&d)) {
			own.Monthly++
		}
		lists[at] = append(lists[at], d)
	}
	for i, g := range groups {
		if g.N = len(lists[i]); g.N == 0 {
			own.None = append(own.None, g.Title)
			continue
		}
		for _, d := range lists[i][:min(shown, g.N)] {
			g.Rows = append(g.Rows, m.row(u, d))
		}
		own.Groups = append(own.Groups, g)
	}
	own.Held, own.Later = len(lists[held]), len(lists[later])
	return own
}

// Since is what is new for a unit; nil: for all.
func (m *Maker) Since(root string, u *view.Unit) Since {
	id, days, most := "h-since", m.Days, excerpt
	if u != nil {
		id, days, most = "h-news", nil, shown
		for i := range m.Days[:min(2, len(m.Days))] {
			days = append(days, m.Days[i].For(u.Name))
		}
	}
	return NewSince(m.Edition, root, id, days, most)
}

// excerpt is how many changes of a kind the first page lists.
const excerpt = 4

// group is where a duty stands on the page.
func (m *Maker) group(d *view.Duty) int {
	if d.Monthly() {
		return monthly
	}
	return m.standing(d)
}

// standing tells the duties apart as a unit's Tally counts them; those of internal
// limits, which it does not count, are told only when they are due.
func (m *Maker) standing(d *view.Duty) int {
	k := d.Clock
	switch {
	case k.Late():
		return late
	case k.Status == clock.Paused, k.Status == clock.Pending:
		return held
	case !k.Counts() && (k.Status != clock.Running || k.Due == m.AsOf):
		return internal
	case !k.Counts():
		return later
	case k.Status == clock.Received:
		return received
	case k.Due == m.AsOf:
		return today
	case k.Status == clock.Soon:
		return soon
	}
	return later
}

func (m *Maker) row(u *view.Unit, d view.Duty) Row {
	r := Row{Duty: d}
	place := ""
	switch {
	case d.Monthly():
		r.Step, place = "报送月报", step.MonthlyStep+"/"+d.Paper.Number
	case d.Case == nil:
		r.Step, place = step.CarriedOutStep, step.CarriedOutStep+"/"+d.Paper.Number
	default:
		var name string
		r.Step, name = next(d.Case, d.Clock, u.Name)
		if place = strings.TrimSuffix(d.Case.ID+"/"+name, "/"); !d.Case.Page || !d.Case.Open() {
			place = ""
		}
	}
	if m.Forms && place != "" {
		r.Form = "step.html?unit=" + u.Code + "#" + place
	}
	return r
}

// next is the step that ends a limit, and by which name the form knows it. Where one of
// several has to be chosen it is called as the limit is, and the form asks which.
func next(e *view.Case, k *view.Clock, unit string) (title, name string) {
	if e.Text == nil {
		return "", ""
	}
	kind := k.Kind
	if kind == clock.Channel { // what keeps the source's date is what keeps one's own
		if kind = clock.Push; k.Role == clock.Lead {
			kind = clock.Feedback
		}
	}
	var fit []workflow.Next
	for _, n := range workflow.Regulation().NextSteps(e.Text.Case, e.Text.Life) {
		if slices.Contains(n.Of.Within, kind) && (n.Unit == "" || n.Unit == unit) {
			fit = append(fit, n)
		}
	}
	usual := slices.DeleteFunc(slices.Clone(fit), func(n workflow.Next) bool {
		return slices.ContainsFunc(fit, func(o workflow.Next) bool { return o.Rank < n.Rank })
	})
	if len(usual) == 1 && !usual[0].Of.Judges {
		return usual[0].Title, usual[0].Title
	}
	return string(k.Kind), ""
}
