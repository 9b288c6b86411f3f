package site

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/diag"
	"suqiu/internal/document"
	"suqiu/internal/history"
	"suqiu/internal/problem"
	"suqiu/internal/prose"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/sitedir"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// restrictedLabel stands where a title would stand.
const restrictedLabel = "限范围查看"

// Element is what every edition may show of any case (要素): number,
// category, units and clocks.
type Element struct {
	ID       string
	Category string // 办理类别; empty before the push
	// State is the state as it is shown: of a case whose content the edition does
	// not show, 在办 or 已结.
	State   workflow.State
	state   workflow.State
	Lead    string
	Co      []string
	List    string // 任务清单
	Clocks  []Clock
	limits  []clock.Clock     // that Clocks point to
	mark    string            // see register.Case
	path    string            // of the file, which the forge shows to whoever may read it
	hash    sitedir.InputHash // of all that can be told of it
	landing int               // the last that changed it, as an index into the landings
	nth     int               // among all cases
	steps   int               // how many steps it has taken, whatever they were
	Page    bool              // a page of its own exists
	Scoped  bool              // 仅要素 on the 公开 edition
	// Text is everything else. It is nil for a case whose content this
	// edition does not show, so a page has nothing to leak.
	Text *Text
}

// Text is a case whose content the edition shows.
type Text struct {
	*register.Case
	source func(path string) []byte // of the files at the head
}

// Name is the title, or the word that stands for it.
func (e *Element) Name() string {
	switch {
	case e.Text == nil:
		return restrictedLabel
	case e.Text.Title == "":
		return "（无标题）"
	}
	return e.Text.Title
}

// handlers are the units that handle a case, the one in charge first, each once.
func (e *Element) handlers() []string {
	var list []string
	for _, name := range append([]string{e.Lead}, e.Co...) {
		if name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// Restricted reports whether this edition hides the content.
func (e *Element) Restricted() bool { return e.Text == nil }

// Urgent is 特急 or 急; empty otherwise and where the content is hidden.
func (e *Element) Urgent() string {
	if e.Text != nil && (e.Text.Urgency == "特急" || e.Text.Urgency == "急") {
		return e.Text.Urgency
	}
	return ""
}

// Open reports whether the case waits for somebody.
func (e *Element) Open() bool { return e.state.IsOpen() }

// The words for the state of a case whose content is hidden.
const (
	openCase   workflow.State = "在办"
	closedCase workflow.State = "已结"
)

// view is the register as one edition may show it. It keeps no way back to the
// register.
type view struct {
	edition    Edition
	chrome     *Chrome
	head       string // commit, whole
	trace      string // 留痕编号 of the head
	asOf       workday.Date
	calendar   *workday.Calendar
	config     *config.Config           // the organisation; nothing of it concerns a case
	source     func(path string) []byte // handed on with the content of cases only
	cases      []*Element               // by 编号, without deleted ones
	byID       map[string]*Element
	units      []*Unit // in configured order
	byUnit     map[string]*Unit
	landings   []history.Landing
	revision   int // of suqiu.yaml
	settings   report.SettingsNote
	findings   []problem.Problem // 监督 only
	rules      []diag.Rule
	quarters   []quarterFigures
	results    map[string][]evaluationResult // by unit in charge, newest first
	reports    []document.Document           // of quarters
	hashes     []func() sitedir.InputHash    // of the files of reports
	pages      sitedir.InputHash             // see hashPages
	shards     []shard                       // of cases
	appraisals []quarterAppraisal            // of quarters; 监督 edition
	pushed     map[workday.Month][]*Element  // of the latest months
	merged     map[string][]*Element         // master → merged into it
	topics     map[string][]*Element         // 主题 → cases whose content is shown, by 编号

	dues  []Duty    // of everybody, what is most urgent first
	waits []Waiting // the longest waiting first

	meetings  []*Meeting // newest first
	byMeeting map[string]*Meeting
	dealtWith map[string][]*Meeting // 编号 of a case → the meetings, newest first
	decided   map[string]string     // 编号 of a case → of the meeting that decided what it asks

	monthly  monthlyBook
	risks    []RiskPoint // newest month first
	counties countyBook
	upward   []upwardRow // newest quarter first

	markdown        *prose.Renderer // of cases
	minutesMarkdown *prose.Renderer // of meetings
}

// Unit is one unit with what it has to do.
type Unit struct {
	config.Unit
	Page bool // the code can be a file name
	Todo []Duty
	// Leads are all cases it is or was last in charge of, open and closed.
	Leads []*Element
	Tally Tally
}

// hints is the group of rules that the 公开 edition knows nothing of.
const hints = "提示"

// newView copies what the edition may show of a register.
func newView(in *Input) *view {
	d := in.Register
	v := &view{
		edition: in.Edition, head: d.Head, trace: d.TraceID(), asOf: d.AsOf, calendar: d.Config.Calendar, config: d.Config, source: d.Source,
		byID: make(map[string]*Element, len(d.Cases)), byUnit: map[string]*Unit{},
		landings: d.Landings, revision: d.Revision, settings: report.NoteSettings(d), merged: map[string][]*Element{}, topics: map[string][]*Element{},
	}
	if v.calendar == nil {
		v.calendar = workday.NewCalendar(workday.Overrides{})
	}
	v.chrome = newChrome(in)
	for _, u := range d.Config.Units {
		unit := &Unit{Unit: u, Page: fileName(u.Code) && (u.Code[0] < '0' || u.Code[0] > '9')}
		v.units = append(v.units, unit)
		v.byUnit[u.Name] = unit
	}
	var counting sync.WaitGroup // of what takes nothing of the cases below
	counting.Go(func() { v.countQuarters(d) })
	elements, of := v.elements(d)
	for i := range elements {
		e := &elements[i]
		v.cases = append(v.cases, e)
		if v.byID[e.ID] != nil { // a second file of that 编号, which check tells of: one page an 编号
			e.Page = false
			e.hash = hashOf(e)
			continue
		}
		v.byID[e.ID] = e
	}
	slices.SortStableFunc(v.cases, func(a, b *Element) int { return strings.Compare(a.ID, b.ID) })
	for i, e := range v.cases {
		if e.nth = i; e.Text == nil {
			continue
		}
		if e.Text.MergedInto != "" {
			v.merged[e.Text.MergedInto] = append(v.merged[e.Text.MergedInto], e)
		}
		for _, topic := range e.Text.Topics {
			v.topics[topic] = append(v.topics[topic], e)
		}
	}
	known := func(id string) bool { e := v.byID[id]; return e != nil && e.Page }
	v.markdown, v.minutesMarkdown = prose.NewRenderer("", known), prose.NewRenderer("../cases/", known)
	v.decided = map[string]string{}
	agenda := d.Agenda(d.AsOf)
	v.readMeetings(d.Meetings, register.OpenWishes(agenda))
	for i := range agenda {
		if w := &agenda[i]; w.Case != nil && w.Decided != "" {
			v.decided[w.Case.ID] = w.Decided
		}
	}
	v.readMonthly(d)
	v.readRisks(d)
	v.readCounties(d)
	for _, r := range in.Rules {
		if in.Edition == Supervision || r.Group != hints {
			v.rules = append(v.rules, r)
		}
	}
	if in.Edition == Supervision {
		v.findings = in.Findings
	}
	v.readDues(d, of)
	v.distribute()
	v.pushed = v.pushedIn()
	v.readResults(d)
	v.pages, v.shards = v.hashPages(), splitShards(v.cases)
	counting.Wait()
	v.readUpward(d)
	return v
}

// countQuarters makes the figures and reports of the quarters.
func (v *view) countQuarters(d *register.Register) {
	book := report.Open(d)
	v.quarters = computeQuarters(book, d.AsOf)
	v.reports = v.documents(book)
	for i := range v.reports {
		v.hashes = append(v.hashes, sync.OnceValue(func() sitedir.InputHash { return hashOfReport(&v.reports[i]) }))
	}
	if v.edition == Supervision {
		v.appraisals = appraise(book, v.quarters)
	}
}

// elements are the cases of a register, as the edition may show them, and which is of
// which case.
func (v *view) elements(d *register.Register) ([]Element, map[*register.Case]*Element) {
	var cases []*register.Case
	for _, c := range d.Cases {
		if !c.Deleted && c.Case != nil {
			cases = append(cases, c)
		}
	}
	list := make([]Element, len(cases))
	const stretch = 1 << 10
	var copying errgroup.Group
	copying.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < len(cases); from += stretch {
		copying.Go(func() error {
			for i := from; i < min(from+stretch, len(cases)); i++ {
				list[i] = v.element(cases[i], d.Restricted(cases[i]))
				list[i].hash = hashOf(&list[i])
			}
			return nil
		})
	}
	copying.Wait()
	of := make(map[*register.Case]*Element, len(cases))
	for i, c := range cases {
		of[c] = &list[i]
	}
	return list, of
}

// element is the border that content does not cross: what it does not copy
// into an Element, no page of this edition knows.
func (v *view) element(c *register.Case, restricted bool) Element {
	e := Element{
		ID: c.ID, Category: c.Category, State: c.Life.State, state: c.Life.State, Lead: c.Life.Lead, Co: c.Co, List: c.TaskList,
		Page: fileName(c.ID), Scoped: restricted, steps: len(c.Life.Events), mark: c.Mark, path: c.Path, landing: c.Landing,
	}
	hidden := v.edition != Supervision && restricted
	e.limits = c.Life.Clocks
	if hidden {
		e.limits = withheld(e.limits)
		if e.State = closedCase; e.Open() {
			e.State = openCase
		}
	}
	e.Clocks = make([]Clock, len(e.limits))
	for i := range e.limits {
		e.Clocks[i] = Clock{&e.limits[i], v.light(&e.limits[i])}
	}
	if e.Lead == "" {
		e.Lead = c.Lead
	}
	if !hidden {
		e.Text = &Text{c, v.source}
	}
	return e
}

// fileName reports whether s can be a file name on every system and an
// address without escapes.
func fileName(s string) bool {
	if s == "" || len(s) > 100 {
		return false
	}
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '-', r == '_':
		default:
			return false
		}
	}
	return s != "index"
}
