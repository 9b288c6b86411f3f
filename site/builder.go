package site

import (
	"io/fs"
	"slices"
	"sync"

	"suqiu/internal/appraisal"
	"suqiu/internal/changes"
	"suqiu/internal/diag"
	"suqiu/internal/document"
	"suqiu/internal/form/engine"
	"suqiu/internal/problem"
	"suqiu/internal/prose"
	"suqiu/internal/report"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site/answered"
	"suqiu/site/casepage"
	"suqiu/site/daily"
	"suqiu/site/facts"
	"suqiu/site/morning"
	"suqiu/site/quarter"
	"suqiu/site/returns"
	"suqiu/templates"
)

// builder makes the pages of one edition from what that edition may show.
type builder struct {
	*view.View
	chrome    *Chrome
	static    fs.FS // templates and static files
	engine    *engine.Files
	forms     *view.Forms // nil: the site has none
	sheets    *templates.Sheets
	mastheads sync.Map // by mastheadKey

	book     *report.Book
	findings []problem.Problem // 监督 only
	rules    []diag.Rule

	quarters   []quarter.Figures   // newest first
	reports    []document.Document // of quarters
	appraisals [][]document.Annex  // of quarters; 监督 edition
	monthly    *returns.Monthly
	counties   *returns.Counties
	upward     []upwardRow // newest quarter first

	pushed map[workday.Month][]*view.Case // of the latest months

	morning morning.Maker           // of what is new, and of what each unit has to do
	sheet   func() *daily.Sheet     // of the morning
	units   []*view.Unit            // that have pages
	handled map[string][]*view.Case // by unit

	hashes       []sitedir.InputHash        // of all that can be told of a case, by Case.Nth
	pageHash     sitedir.InputHash          // of which cases have a page
	reportHashes []func() sitedir.InputHash // of the files of reports
	shards       []shard                    // of cases
	shelf        *answered.Shelf
	caseMaker    casepage.Maker
	facts        facts.Reader
	prose        *prose.Renderer // of cases
	minutesProse *prose.Renderer // of meetings
}

// hints is the group of rules that the 公开 edition knows nothing of.
const hints = "提示"

// newBuilder makes a builder that can tell what the files of cases are made of.
func newBuilder(in *Input) *builder {
	v := &builder{View: in.View, chrome: newChrome(in), static: in.Templates, engine: in.Engine, book: in.Book,
		handled: map[string][]*view.Case{}}
	for _, e := range v.Cases {
		v.hashes = append(v.hashes, hashOf(e))
	}
	for _, r := range in.Rules {
		if v.Edition == view.Supervision || r.Group != hints {
			v.rules = append(v.rules, r)
		}
	}
	if v.Edition == view.Supervision {
		v.findings = in.Findings
	}
	return v
}

// read computes what several pages show.
func (v *builder) read() {
	var counting sync.WaitGroup // of what takes nothing of the cases below
	counting.Go(v.countQuarters)
	for _, e := range v.Cases {
		for _, name := range e.Handlers() {
			v.handled[name] = append(v.handled[name], e)
		}
	}
	for _, u := range v.Units {
		if u.Page {
			v.units = append(v.units, u)
		}
	}
	known := func(id string) bool { return v.hasPage(id) != nil }
	v.prose, v.minutesProse = prose.NewRenderer("", known), prose.NewRenderer("../cases/", known)
	v.facts = facts.Reader{Cases: v.prose, Meeting: func(id string) string {
		if m := v.Meeting(id); m != nil {
			return "../" + m.Href()
		}
		return ""
	}}
	v.caseMaker = v.newCaseMaker()
	v.monthly, v.counties = returns.ReadMonthly(v.View), returns.ReadCounties(v.View)
	v.morning = morning.Maker{View: v.View, Days: changes.Days(v.View, morning.Shown), Forms: v.chrome.Forms}
	v.pushed = v.pushedIn()
	v.pageHash, v.shards = v.hashPages(), v.splitShards()
	counting.Wait()
	v.shelf = v.readAnswers()
	v.caseMaker.Answers = v.shelf
	v.readUpward()
}

// countQuarters makes the figures and reports of the quarters.
func (v *builder) countQuarters() {
	v.quarters = quarter.Compute(v.book, v.AsOf)
	v.reports = v.documents()
	for i := range v.reports {
		v.reportHashes = append(v.reportHashes,
			sync.OnceValue(func() sitedir.InputHash { return hashOfReport(&v.reports[i]) }))
	}
	if v.Edition == view.Supervision {
		book := appraisal.Open(v.book)
		for i := range v.quarters {
			a := book.Of(v.quarters[i].Quarter)
			v.appraisals = append(v.appraisals, book.Tables(&a))
		}
	}
}

// hasPage finds the case of that 编号 if it has a page; else nil.
func (v *builder) hasPage(id string) *view.Case {
	if e := v.Case(id); e != nil && e.Page {
		return e
	}
	return nil
}

// figuresOf are the figures of q; nil if it has no report.
func (v *builder) figuresOf(q workday.Quarter) *quarter.Figures {
	i := slices.IndexFunc(v.quarters, func(f quarter.Figures) bool { return f.Quarter == q })
	if i < 0 {
		return nil
	}
	return &v.quarters[i]
}
