package site

import (
	"archive/zip"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"suqiu/internal/clock"
	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// samplePapers are a meeting about the hidden case and one about another, a
// circulated decision, two risk points, two submissions and a county.
func samplePapers() register.Papers {
	july := workday.MonthOf(day("2026-07-01"))
	quarter := workday.QuarterOf(day("2026-06-30"))
	filed := func(on string) register.Filing {
		return register.Filing{Filed: day(on), Landed: day(on), Changed: day(on)}
	}
	return register.Papers{
		Meetings: []*register.Meeting{
			{Meeting: &papers.Meeting{File: papers.File{Body: "传签同意，见[此件](202608-NSFWK-001.md)"},
				ID: "CQ2026-01", Type: "传签", Held: day("2026-08-05"), Host: "张某某",
				Topics: []papers.Topic{{Matter: "办结的一件", Cases: []string{"202608-NSFWK-001"}, Decision: "同意",
					Units: []string{"信息中心"}}}}, Filing: filed("2026-08-05")},
			{Meeting: &papers.Meeting{File: papers.File{Body: "机密纪要"}, ID: "HY2026-01", Type: "例会",
				Held: day("2026-09-20"), Reason: "研究机密事由", Host: "张某某", Ratifies: []string{"CQ2026-01"},
				Topics: []papers.Topic{
					{Matter: "机密议题", Cases: []string{hiddenID}, Decision: "机密决定", Units: []string{"信息中心"},
						Done: "机密落实"},
					{Matter: "待落实的议题", Cases: []string{"202609-NSFWK-001"}, Decision: "限期办结",
						Units: []string{"信息中心", "办公室"}, Due: day("2026-09-28"), Committee: true}}},
				Filing: filed("2026-09-20")},
			{Meeting: &papers.Meeting{ID: "HY2026-02", Type: "专题", Proposer: "信息中心", Reason: "提议的事由"}},
		},
		Risks: []*register.Risks{{Risks: &papers.Risks{Month: july, Points: []papers.RiskPoint{
			{Content: "机密风险", Reply: "机密反馈", To: []string{"信息中心"}, Cases: []string{hiddenID}},
			{Content: "提醒偏晚", Reply: "已提前", To: []string{"信息中心", "集宁区税务局"},
				Cases: []string{"202609-NSFWK-001"}},
		}}, Filing: filed("2026-08-10")}},
		Monthly: []*register.Monthly{
			{Monthly: &papers.Monthly{Unit: "纳税服务科", Month: july,
				Volumes: []frontmatter.Named{{Name: "办税服务厅", N: 12, Given: true}}}, Filing: filed("2026-08-04")},
			{Monthly: &papers.Monthly{Unit: "信息中心", Month: july, Zero: true}, Filing: filed("2026-08-07")},
		},
		Submissions: []*register.Submission{
			{Submission: &papers.Submission{Quarter: quarter.Add(-1),
				Reports: []papers.SentUp{{To: "自治区税务局联席会议办公室", Content: "第一季度报告"}}},
				Filing: filed("2026-04-30")},
			{Submission: &papers.Submission{File: papers.File{Unreadable: true}, Quarter: quarter},
				Filing: filed("2026-07-02")},
		},
		Counties: []*register.County{{County: &papers.County{Unit: "集宁区税务局", Code: "JNQ", Quarter: quarter,
			Summary: &papers.Summary{
				Funnel: papers.SummaryFunnel{Tickets: 31, Registered: 7}}}, Filing: filed("2026-07-10")}},
	}
}

func TestPublicEditionHoldsNoHiddenText(t *testing.T) {
	out := t.TempDir()
	build(t, input(view.Public), out)
	public := tree(t, out)
	unzipped := 0
	for name, content := range public {
		for part, text := range unzip(t, name, content) {
			public[name+"!"+part] = text
			unzipped++
		}
	}
	if unzipped == 0 {
		t.Error("no Word or Excel file to look into")
	}
	for name, content := range public {
		for _, word := range secrets {
			if strings.Contains(content, word) || strings.Contains(name, word) {
				t.Errorf("%s holds %q", name, word)
			}
		}
	}
	page := public["cases/"+hiddenID+".html"]
	for _, want := range []string{hiddenID, "侵害权益类", "信息中心", "2026-10-09", view.Restricted} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the hidden case lacks %q", want)
		}
	}
	for _, forbidden := range []string{"quality/index.html", "data/findings.json"} {
		if _, ok := public[forbidden]; ok {
			t.Errorf("%s is part of the 公开 edition", forbidden)
		}
	}
	// The same words do appear where they may: the test can fail.
	out = t.TempDir()
	build(t, input(view.Supervision), out)
	var all strings.Builder
	for _, content := range tree(t, out) {
		all.WriteString(content)
	}
	for _, word := range secrets[:len(secrets)-2] {
		if !strings.Contains(all.String(), word) {
			t.Errorf("the 监督 edition lacks %q", word)
		}
	}
	if strings.Contains(all.String(), "someone@example") {
		t.Error("the 监督 edition names a person")
	}
}

// unzip gives the parts of a Word or Excel file.
func unzip(t *testing.T, name, content string) map[string]string {
	t.Helper()
	if !strings.HasPrefix(content, "PK\x03\x04") {
		return nil
	}
	z, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
	}
	return parts
}

func TestUnknownScopeIsHidden(t *testing.T) {
	for name, change := range map[string]func(*record.Case){
		"no channel":      func(c *record.Case) { c.Channel = "" },
		"unreadable":      func(c *record.Case) { c.Unreadable = true },
		"scope misspelt":  func(c *record.Case) { c.Scope = "仅 要素" },
		"scope of 要素":     func(c *record.Case) { c.Scope = "仅要素" },
		"hidden category": func(c *record.Case) { c.Category = "投诉" },
		"no category":     func(c *record.Case) { c.Category, c.Scope = "", "全文" },
		"unknown channel": func(c *record.Case) { c.Channel = "投 诉" },
		"key misspelt": func(c *record.Case) {
			c.Problems = []problem.Problem{{Rule: "key-unknown",
				Key: "公开范畴"}}
		},
		"key twice": func(c *record.Case) {
			c.Scope, c.Problems = "全文", []problem.Problem{{Rule: "key-duplicate", Key: "公开范围"}}
		},
	} {
		in := input(view.Public)
		change(in.Register.Cases[0].Case)
		if e := in.builder().Case("202608-NSFWK-001"); e.Text != nil {
			t.Errorf("%s: content is shown", name)
		}
	}
	in := input(view.Public)
	in.Register.Case(hiddenID).Scope = "全文"
	if in.builder().Case(hiddenID).Text == nil {
		t.Error("全文 does not lift the default of the channel")
	}
}

// TestWithheldUntilItHasACategory is EXAMPLES 59: a case of an open channel has
// neither title nor text in any file of the 公开 edition until it has a 办理类别,
// whatever else is written, and shows as 在办; with 系统技术类 it has both, with
// 服务言行类 neither (DESIGN 3, 9).
func TestWithheldUntilItHasACategory(t *testing.T) {
	const id = "202609-NSFWK-059"
	words := []string{"五九标题", "五九正文", "五九属地", "五九单号", "五九措施", "五九主题"}
	site := func(edition view.Edition, category, scope string, state workflow.State) map[string]string {
		in := input(edition)
		in.Register.Config.Restricted = []string{"投诉", "信访", "服务言行类"}
		push := clock.Clock{Kind: clock.Push, Unit: "纳税服务科", Start: day("2026-09-28"), Due: day("2026-10-09"),
			OriginalDue: day("2026-10-09"), Status: clock.Running, Class: clock.Internal}
		in.Register.Cases = append(in.Register.Cases, &register.Case{
			Case: &record.Case{Path: "cases/2026/09/" + id + ".md", ID: id, Title: words[0], Nature: "诉求",
				Channel: "办税服务厅", Collector: "纳税服务科", Tickets: 1,
				State: string(state), Category: category, Scope: scope, Locality: words[2],
				SourceNos: []string{words[3]}, Topics: []string{words[5]},
				Feedback: []record.Feedback{{Measures: words[4]}},
				Sections: []mdfile.Section{{Heading: "诉求内容", Text: words[1]}}},
			Life: workflow.Life{State: state, Clocks: []clock.Clock{push},
				Events: []workflow.Event{{N: 1, Landing: -1, Kind: workflow.Transition, To: state, Title: words[0],
					Reason: words[4]}}}})
		out := t.TempDir()
		build(t, in, out)
		files := tree(t, out)
		for name, content := range files {
			for part, text := range unzip(t, name, content) {
				files[name+"!"+part] = text
			}
		}
		return files
	}
	shown := func(files map[string]string) (list []string) {
		for name, content := range files {
			for _, word := range words {
				if strings.Contains(content, word) || strings.Contains(name, word) {
					list = append(list, name+": "+word)
				}
			}
		}
		return list
	}
	for _, c := range []struct {
		category, scope string
		state           workflow.State
		word            string
	}{
		{"", "", workflow.Registered, "在办"}, {"", "全文", workflow.Analysing, "在办"},
		{"服务言行类", "", workflow.Pushed, "在办"},
		{"", "", workflow.Withdrawn, "已结"}, {"系统枝术类", "全文", workflow.Pushed, "在办"},
	} {
		files := site(view.Public, c.category, c.scope, c.state)
		if list := shown(files); len(list) > 0 {
			t.Errorf("%q %q %s: %v", c.category, c.scope, c.state, list)
		}
		page := files["cases/"+id+".html"]
		for _, want := range []string{id, view.Restricted, ">" + c.word + "<",
			"https://git.example/office/cases/-/edit/main/cases/2026/09/" + id + ".md"} {
			if !strings.Contains(page, want) {
				t.Errorf("%q %q %s: the page lacks %q", c.category, c.scope, c.state, want)
			}
		}
		if i := strings.Index(page, string(c.state)); i >= 0 {
			t.Errorf("%q %q: the page says %s: …%s…", c.category, c.scope, c.state,
				page[max(0, i-60):min(len(page), i+60)])
		}
		if strings.Contains(page, "内部控制") {
			t.Errorf("%q %q: the page has clocks of 内部控制", c.category, c.scope)
		}
	}
	if list := shown(site(view.Public, "系统技术类", "", workflow.Pushed)); len(list) < len(words) {
		t.Errorf("with a category only %v is shown", list)
	}
	if list := shown(site(view.Supervision, "", "", workflow.Registered)); len(list) < len(words) {
		t.Errorf("the 监督 edition shows only %v", list)
	}
}

// TestPublicEditionRanksNobody looks for what would compare units by merit, or
// tell of findings: scores, hints, 数据核查, a table of units that can be sorted. The
// manual says what these words mean, of no unit: it is the same for all.
func TestPublicEditionRanksNobody(t *testing.T) {
	out := t.TempDir()
	build(t, input(view.Public), out)
	words := regexp.MustCompile(`数据核查|扣分|得分|排名第|名次|末位|多次调整承办单位|到期日反馈|答复内容相近|` +
		`可能重复|feedback-overdue|repeated-reassignment|last-day-feedback|similar-feedback|duplicate-suspected|` +
		`proxy-entry`)
	for name, content := range tree(t, out) {
		if m := words.FindString(content); m != "" && !strings.HasSuffix(name, ".js") &&
			!strings.HasPrefix(name, "help/") {
			t.Errorf("%s says %s", name, m)
		}
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		doc, err := html.Parse(strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && n.Data == "table" && rowsAreUnits(n) && hasAttr(n, "data-list") {
				t.Errorf("%s: a table of units can be sorted", name)
			}
		}
	}
}

// rowsAreUnits reports whether each row of a table is headed by a unit.
func rowsAreUnits(table *html.Node) bool {
	for n := range table.Descendants() {
		if n.Type == html.ElementNode && n.Data == "th" {
			return n.FirstChild != nil && n.FirstChild.Data == "单位"
		}
	}
	return false
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// TestWithheldMeeting holds that the rest of a meeting about a hidden case is
// told: when it was, which units must act, what else it decided.
func TestWithheldMeeting(t *testing.T) {
	out := t.TempDir()
	build(t, input(view.Public), out)
	page := tree(t, out)["meetings/HY2026-01.html"]
	for _, want := range []string{view.Restricted, "待落实的议题", "限期办结", "信息中心、办公室", "2026-09-28",
		"CQ2026-01.html", "提请党委会", hiddenID} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the meeting lacks %q", want)
		}
	}
	if other := tree(t, out)["meetings/CQ2026-01.html"]; !strings.Contains(other,
		`href="../cases/202608-NSFWK-001.html"`) {
		t.Error("a link in the minutes does not lead to the case")
	}
}
