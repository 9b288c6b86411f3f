package site

import (
	"bytes"
	"html/template"
	"strings"

	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/templates"
)

// sheets are the page templates with what each shows.
var sheets = []templates.Page{
	{Name: "index", Data: new(indexPage)},
	{Name: "daily", Data: new(dailyPage)},
	{Name: "changes", Data: new(changesPage)},
	{Name: "office", Data: new(officePage)},
	{Name: "tasks", Data: new(tasksPage)},
	{Name: "unit-tasks", Data: new(unitTasksPage)},
	{Name: "list", Data: new(listPage)},
	{Name: "overdue", Data: new(overduePage)},
	{Name: "case", Data: new(casePage)},
	{Name: "topics", Data: new(topicsPage)},
	{Name: "topic", Data: new(topicPage)},
	{Name: "reports", Data: new(reportsPage)},
	{Name: "report", Data: new(reportPage)},
	{Name: "appraisal", Data: new(appraisalPage)},
	{Name: "units", Data: new(unitsPage)},
	{Name: "unit", Data: new(unitPage)},
	{Name: "meetings", Data: new(meetingsPage)},
	{Name: "meeting", Data: new(meetingPage)},
	{Name: "monthly", Data: new(monthlyPage)},
	{Name: "risks", Data: new(risksPage)},
	{Name: "submissions", Data: new(upwardPage)},
	{Name: "counties", Data: new(countiesPage)},
	{Name: "clauses", Data: new(clausesPage)},
	{Name: "checks", Data: new(checksPage)},
	{Name: "filling", Data: new(fillingPage)},
	{Name: "rules", Data: new(rulesPage)},
	{Name: "help", Data: new(helpPage)},
	{Name: "quality", Data: new(qualityPage)},
	{Name: "search", Data: new(searchPage)},
	{Name: "step", Data: new(stepPage)},
	{Name: "standalone", Data: new(standalonePage), Bare: true},
	{Name: "404", Data: new(missingPage), Bare: true},
}

// page is one page of the site.
type page struct {
	path  string
	sheet string        // its template
	title string        // without the name of the site
	here  string        // the entry of the navigation that it belongs to
	data  func() framed // what it shows, made when it is rendered
	of    func() sitedir.InputHash
}

// fixedPages are those that each site has once.
func (v *builder) fixedPages() []file {
	return v.files(
		page{"search.html", "search", "查询", "search", func() framed { return new(searchPage) }, nil},
		page{"step.html", "step", "填表办理", "", v.stepPage, nil},
		page{"index.html", "index", "首页", "index", v.indexPage, nil},
		page{"daily.html", "daily", "晨报", "index", v.dailyPage, nil},
		page{"office.html", "office", "联席办工作台", "office", v.officePage, nil},
		page{"overdue/index.html", "overdue", "超期与临期", "overdue", v.overduePage, nil},
		page{"reports/index.html", "reports", "分析报告", "reports", v.reportsPage, nil},
		page{"units/index.html", "units", "成员单位", "units", v.unitsPage, nil},
		page{"meetings/index.html", "meetings", "联席会议", "meetings", v.meetingsPage, nil},
		page{"monthly/index.html", "monthly", "月度报送", "monthly", v.monthlyPage, nil},
		page{"counties/index.html", "counties", "旗县市区", "counties", v.countiesPage, nil},
		page{"submissions/index.html", "submissions", "向上级报送", "reports", v.upwardPage, nil},
		page{"risks/index.html", "risks", "风险点", "risks", v.risksPage, nil},
		page{"rules/index.html", "rules", "制度与口径", "rules", v.rulesPage, nil},
		page{"rules/clauses.html", "clauses", "制度逐条", "rules", v.clausesPage, nil},
		page{"rules/checks.html", "checks", "检查规则", "rules", v.checksPage, nil},
		page{"rules/filling.html", "filling", "怎样填写", "rules", v.fillingPage, nil},
	)
}

// lists are all files of the site by kind: those that take longest come first,
// which keeps all cores busy, and the many small ones last.
func (v *builder) lists() []func() []file {
	lists := []func() []file{v.dataStreams, v.ledgerFiles, v.reportData,
		v.fixedPages, v.taskPages, v.reportFiles, v.unitPages, v.meetingPages, v.riskFiles, v.countyFiles,
		v.dataFiles, v.formFiles, v.stepFiles, v.helpPages, v.listFiles, v.feedFiles, v.changeFiles, v.ownFiles,
		v.topicPages, v.dailyFiles, v.missingPage, v.staticFiles}
	if v.Edition == view.Supervision {
		lists = append(lists, v.appraisalFiles, v.qualityPages)
	}
	return append(lists, v.casePages)
}

// files are pages as files.
func (v *builder) files(pages ...page) []file {
	list := make([]file, len(pages))
	for i, p := range pages {
		list[i] = file{path: p.path, of: p.of, write: func(b *bytes.Buffer) error { return v.render(b, &p) }}
	}
	return list
}

// render writes a page with its frame.
func (v *builder) render(b *bytes.Buffer, p *page) (err error) {
	data := p.data()
	f := data.frame()
	f.Chrome, f.Title, f.Here, f.Root = v.chrome, p.title, p.here, strings.Repeat("../", strings.Count(p.path, "/"))
	if f.Masthead, err = v.masthead(p.sheet, f); err != nil {
		return err
	}
	return v.sheets.Execute(b, p.sheet, data)
}

// mastheadKey is all that a masthead follows from within a build.
type mastheadKey struct{ sheet, root, here string }

// masthead is what stands above the content. Twenty thousand cases have the same,
// and its navigation is a good part of what there is to fill in.
func (v *builder) masthead(sheet string, f *Frame) (template.HTML, error) {
	key := mastheadKey{sheet, f.Root, f.Here}
	if made, ok := v.mastheads.Load(key); ok {
		return made.(template.HTML), nil
	}
	html, err := v.sheets.Part(sheet, "masthead", f)
	if err == nil {
		v.mastheads.Store(key, html)
	}
	return html, err
}

// each are the pages or files of every one of a list.
func each[T any](list []T, of func(T) []file) (files []file) {
	for _, one := range list {
		files = append(files, of(one)...)
	}
	return files
}
