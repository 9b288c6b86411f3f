package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"suqiu/templates"
)

// A kind is the pages that one template makes, or those of one sort if it
// makes several.
type kind struct {
	name     string
	template string
	path     string // pattern of the whole path
	only     string // the edition that alone has it
}

// kinds are all that a site has, and the report that stands alone, which the
// tests put beside the sites. A page that is none of these, a kind without a
// page, and a template without a kind each fail TestSite.
var kinds = []kind{
	{"首页", "index.html", `index\.html`, ""},
	{"晨报", "daily.html", `daily\.html`, ""},
	{"每日变化", "changes.html", `changes/\d{4}-\d\d-\d\d(-\d+)?\.html`, ""},
	{"联席办工作台", "office.html", `office\.html`, ""},
	{"任务清单", "tasks.html", `tasks/index(-\d+)?\.html`, ""},
	{"一年的已结事项", "tasks.html", `tasks/\d{4}(-\d+)?\.html`, ""},
	{"单位待办", "unit-tasks.html", `tasks/[A-Z]+(-\d+)?\.html`, ""},
	{"推送时的清单", "list.html", `tasks/RW\d{6}-\d+\.html`, ""},
	{"超期与临期", "overdue.html", `overdue/index\.html`, ""},
	{"同类诉求与答复", "topics.html", `topics/index(-\d+)?\.html`, ""},
	{"一类诉求的答复", "topic.html", `topics/[tsc]-[0-9a-f]+(-\d+)?\.html`, ""},
	{"诉求详情", "case.html", `cases/\d{6}-[A-Z]+-\d+\.html`, ""},
	{"分析报告", "reports.html", `reports/index\.html`, ""},
	{"季度报告", "report.html", `reports/\d{4}Q\d\.html`, ""},
	{"考评", "appraisal.html", `appraisal/\d{4}Q\d\.html`, "监督"},
	{"成员单位", "units.html", `units/index\.html`, ""},
	{"单位", "unit.html", `units/[A-Z]+\.html`, ""},
	{"联席会议", "meetings.html", `meetings/index\.html`, ""},
	{"会议纪要", "meeting.html", `meetings/HY\d{4}-\d+\.html`, ""},
	{"传签", "meeting.html", `meetings/CQ\d{4}-\d+\.html`, ""},
	{"月度报送", "monthly.html", `monthly/index\.html`, ""},
	{"风险点", "risks.html", `risks/index\.html`, ""},
	{"转送一个单位的风险点", "risks.html", `risks/[A-Z]+\.html`, ""},
	{"向上级报送", "submissions.html", `submissions/index\.html`, ""},
	{"旗县市区", "counties.html", `counties/index\.html`, ""},
	{"制度与口径", "rules.html", `rules/index\.html`, ""},
	{"制度逐条", "clauses.html", `rules/clauses\.html`, ""},
	{"检查规则", "checks.html", `rules/checks\.html`, ""},
	{"怎样填写", "filling.html", `rules/filling\.html`, ""},
	{"使用手册", "help.html", `help/[a-z]+\.html`, ""},
	{"数据核查", "quality.html", `quality/index(-\d+)?\.html`, "监督"},
	{"查询", "search.html", `search\.html`, ""},
	{"填表办理", "step.html", `step\.html`, ""},
	{"没有这一页", "404.html", `404\.html`, ""},
	{"单独的报告", "standalone.html", `report\.html`, "单独"},
}

// in reports whether an edition has pages of the kind.
func (k *kind) in(edition string) bool {
	return k.only == edition || k.only == "" && edition != "单独"
}

// A page is one to look at: the largest of its kind, or the smallest.
type page struct {
	edition, kind, path string
	again               bool // the smallest, beside the largest
}

// address is where a page is below the address of all editions.
func (p page) address(base string) string { return base + p.edition + "/" + p.path }

// once leaves the largest page of each kind, unless there is time.
func once(pages []page) []page {
	if long() {
		return pages
	}
	return slices.DeleteFunc(slices.Clone(pages), func(p page) bool { return p.again })
}

// pick takes the largest and the smallest page of every kind of an edition.
func pick(t *testing.T, root, edition string) []page {
	t.Helper()
	content := htmlFiles(t, filepath.Join(root, edition))
	names := slices.SortedFunc(maps.Keys(content), func(a, b string) int { // the largest first
		return cmp.Or(cmp.Compare(len(content[b]), len(content[a])), cmp.Compare(a, b))
	})
	of := map[string]int{} // the number of kinds that a page is of
	var pages []page
	for _, k := range kinds {
		if !k.in(edition) {
			continue
		}
		path := regexp.MustCompile(`^(?:` + k.path + `)$`)
		var same []string
		for _, name := range names {
			if path.MatchString(name) {
				same = append(same, name)
				of[name]++
			}
		}
		if len(same) > 0 { // else missing tells of it
			pages = append(pages, page{edition, k.name, same[0], false})
		}
		if len(same) > 1 {
			pages = append(pages, page{edition, k.name, same[len(same)-1], true})
		}
	}
	for _, name := range names {
		if of[name] != 1 {
			t.Errorf("%s: %s is of %d kinds, must be of one", edition, name, of[name])
		}
	}
	return pages
}

// coverage counts what was done to pages, a cell for each kind, edition and
// manner.
type coverage struct {
	mu    sync.Mutex
	cells map[string]int
}

func cell(kind, edition, manner string) string {
	return fmt.Sprintf("%s, %s, %s", kind, edition, manner)
}

func (c *coverage) add(p page, manner string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cells == nil {
		c.cells = map[string]int{}
	}
	c.cells[cell(p.kind, p.edition, manner)]++
}

// missing are the cells of an edition without an entry.
func (c *coverage) missing(edition string, manners ...string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var empty []string
	for _, k := range kinds {
		for _, m := range manners {
			if name := cell(k.name, edition, m); k.in(edition) && c.cells[name] == 0 {
				empty = append(empty, name)
			}
		}
	}
	return empty
}

// TestKinds: every template of the pages is a kind, and what was not looked at
// is missed.
func TestKinds(t *testing.T) {
	files, err := fs.Glob(templates.Builtin(), "pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		name = strings.TrimPrefix(name, "pages/")
		if name == "layout.html" || name == "parts.html" { // parts of pages
			continue
		}
		if !slices.ContainsFunc(kinds, func(k kind) bool { return k.template == name }) {
			t.Errorf("the pages of %s are no kind", name)
		}
	}
	for _, k := range kinds {
		if !slices.Contains(files, "pages/"+k.template) {
			t.Errorf("%s: no template %s", k.name, k.template)
		}
	}
	var looked coverage
	for _, k := range kinds {
		looked.add(page{edition: "监督", kind: k.name}, "390")
		if k.name != "考评" {
			looked.add(page{edition: "监督", kind: k.name}, "1280")
		}
	}
	if got := looked.missing("监督", "390", "1280"); !slices.Equal(got, []string{"考评, 监督, 1280"}) {
		t.Errorf("missing are %q", got)
	}
	if got := looked.missing("公开", "390"); len(got) != len(kinds)-3 {
		t.Errorf("missing are %q", got)
	}
}

// htmlFiles reads every page of a site, by its path from the root.
func htmlFiles(t *testing.T, out string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	err := fs.WalkDir(os.DirFS(out), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".html") {
			return err
		}
		content, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		pages[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}
