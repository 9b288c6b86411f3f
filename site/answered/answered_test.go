package answered

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/sitedir"
	"suqiu/internal/timeline"
	"suqiu/internal/topics"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

const settings = `名称: 试验局
格式: 1
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 渠道: [办税服务厅, 投诉], 角色: [联席办]}
  - {名称: 法制科, 代码: FZK}
仅要素: [投诉]
`

const (
	early = "请登录电子税务局，在“我要办税”里更正当期申报，逾期的按日加收滞纳金，金额由系统自动计算并显示。"
	other = "更正申报须到办税服务厅办理，带上次的申报表和财务报表，当场办结，不收任何费用，也不用预约取号。"
)

func day(s string) workday.Date {
	d, err := workday.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// one is a closed case about 申报, registered a month before its answer, which is 满意.
func one(id, answeredOn, text string, change ...func(*register.Case)) *register.Case {
	event := func(on workday.Date, to workflow.State, entries ...workflow.Entry) workflow.Event {
		return workflow.Event{At: timeline.MomentOf(on.Start().Add(10 * time.Hour)), Kind: workflow.Transition, To: to,
			Entries: entries, Counted: on}
	}
	on := day(answeredOn)
	c := &register.Case{
		Case: &record.Case{ID: id, Title: "标题" + id, Channel: "办税服务厅", Category: "政策业务类", Lead: "法制科",
			Tickets: 1,
			Topics:  []string{"申报"}, State: "已办结",
			Feedback:    []record.Feedback{{Result: "已解决", Review: "通过"}},
			Evaluations: []record.Evaluation{{Result: "满意"}},
			Sections: []mdfile.Section{{Heading: "诉求内容", Text: "怎样更正" + id},
				{Heading: "反馈答复", Text: text}}},
		Registered: on.AddDays(-30),
		Life: workflow.Life{State: workflow.Closed, Lead: "法制科", Events: []workflow.Event{
			event(on.AddDays(-30), workflow.Registered),
			event(on, workflow.FedBack, workflow.Entry{Key: "反馈", Word: "已解决"}),
			event(on.AddDays(2), workflow.Evaluating, workflow.Entry{Key: "反馈", Word: "通过", Decided: true}),
			event(on.AddDays(5), workflow.Closed, workflow.Entry{Key: "评估", Word: "满意"})}}}
	for _, f := range change {
		f(c)
	}
	return c
}

// open is a case about a 主题 that is being handled.
func open(id, registered, topic, question string) *register.Case {
	return one(id, registered, "", func(c *register.Case) {
		c.Life.State, c.State, c.Feedback, c.Evaluations = workflow.Handling, "办理中", nil, nil
		c.Registered, c.Life.Events = day(registered), c.Life.Events[:1]
		c.Life.Events[0].At, c.Life.Events[0].Counted = timeline.MomentOf(day(registered).Start()), day(registered)
		c.Topics, c.Title = []string{topic}, question
		c.Sections = []mdfile.Section{{Heading: "诉求内容", Text: question}}
	})
}

func evaluated(words ...string) func(*register.Case) {
	return func(c *register.Case) {
		c.Evaluations = nil
		last := &c.Life.Events[len(c.Life.Events)-1]
		last.Entries = nil
		for _, w := range words {
			c.Evaluations = append(c.Evaluations, record.Evaluation{Result: w})
			last.Entries = append(last.Entries, workflow.Entry{Key: "评估", Word: w})
		}
	}
}

func shelfOf(t *testing.T, edition view.Edition, asOf string, cases ...*register.Case) *Shelf {
	t.Helper()
	cfg := config.Parse("suqiu.yaml", []byte(settings))
	if len(cfg.Problems) > 0 {
		t.Fatal(cfg.Problems)
	}
	d := register.New(cfg, day(asOf), cases, nil)
	counted := report.Open(d).Subjects(report.Options{Supervision: edition == view.Supervision})
	return Read(view.New(d, edition), Counts{counted.Topics, counted.Taxes, topics.Table{}},
		func(e *view.Case) sitedir.InputHash { return sitedir.NewHasher(e.ID).Sum() })
}

// rows are the answers on the pages of a 主题, the latest first.
func (s *Shelf) rowsOf(topic string) (list []Row) {
	for _, p := range s.Pages() {
		if p.Kind == Topic && p.Name == topic {
			list = append(list, p.Rows()...)
		}
	}
	return list
}

func ids(list []Row) string {
	var names []string
	for _, r := range list {
		names = append(names, strings.TrimLeft(r.ID[len("202607-NSFWK-"):], "0"))
	}
	return strings.Join(names, " ")
}

// TestWhichAnswers: those of closed cases that anybody may read in full and whose last
// 评估 is 满意 or 基本满意, the latest first, in both editions alike.
func TestWhichAnswers(t *testing.T) {
	id := func(n int) string { return fmt.Sprintf("202607-NSFWK-%03d", n) }
	set := func(f func(*register.Case)) func(*register.Case) { return f }
	cases := []*register.Case{
		one(id(1), "2026-07-01", early),
		one(id(2), "2026-07-02", early, evaluated("不满意", "基本满意")),
		one(id(3), "2026-07-03", early, evaluated("满意", "不满意")),
		one(id(4), "2026-07-04", early, evaluated("无法评价")),
		one(id(5), "2026-07-05", early, evaluated()),
		one(id(6), "2026-07-06", early, set(func(c *register.Case) { c.Scope = "仅要素" })),
		one(id(7), "2026-07-07", early, set(func(c *register.Case) { c.Channel = "投诉" })),
		one(id(8), "2026-07-08", early, set(func(c *register.Case) { c.Category = "" })),
		one(id(9), "2026-07-09", early, set(func(c *register.Case) { c.Life.State = workflow.Improving })),
		one(id(10), "2026-07-10", early, set(func(c *register.Case) { c.Life.State = workflow.Merged })),
		one(id(11), "2026-07-11", early, set(func(c *register.Case) { c.Deleted = true })),
		one(id(12), "2026-07-12", early, set(func(c *register.Case) { c.Masked = true })),
		one(id(13), "2026-07-13", early, set(func(c *register.Case) { c.Broken = &record.Case{} })),
		one(id(14), "2026-07-14", ""),
		one(id(15), "2026-07-15", early, set(func(c *register.Case) { // the 评估 was mended away
			c.Life.Events[3].Voided, c.Evaluations = true, nil
		})),
		one(id(16), "2026-07-16", early, set(func(c *register.Case) { // 投诉 that is 全文 all the same
			c.Channel, c.Scope = "投诉", "全文"
		})),
		one(id(17), "2026-07-17", early, set(func(c *register.Case) { // was there before the 基线
			c.Life.Events, c.Inherited.FedBack = nil, day("2026-06-30")
		})),
	}
	for _, edition := range []view.Edition{view.Public, view.Supervision} {
		got := shelfOf(t, edition, "2026-09-30", cases...).rowsOf("申报")
		if want := "16 2 1 17"; ids(got) != want {
			t.Errorf("%s: %s, want %s", edition, ids(got), want)
		}
		if r := got[2]; r.Title != "标题202607-NSFWK-001" || r.Question != "怎样更正202607-NSFWK-001" ||
			r.Text != early ||
			r.Unit != "法制科" || r.Day != day("2026-07-01") || r.Href != "../cases/202607-NSFWK-001.html" {
			t.Errorf("%s: %+v", edition, r)
		}
	}
}

// TestNamesNoSecret: an answer that names a case which is 仅要素, or one that is not there,
// is not shown, however the number is written.
func TestNamesNoSecret(t *testing.T) {
	secret := one("202606-NSFWK-007", "2026-06-07", early, func(c *register.Case) { c.Channel = "投诉" })
	for text, show := range map[string]bool{
		"同202606-NSFWK-007一并办理": false, "见202606-nsfwk-007": false, "见202606NSFWK007": false,
		"见２０２６０６－ＮＳＦＷＫ－００７": false, "见202606 － NSFWK － 007": false,
		"见[此件](202606-NSFWK-007.md)": false,
		"见202605-NSFWK-099":          false, "同202607-NSFWK-002一并办理": true, "单号20260600700，202606期": true,
	} {
		for _, place := range []func(c *register.Case){
			func(c *register.Case) { c.Title = text },
			func(c *register.Case) { c.Sections[0].Text = text },
			func(c *register.Case) { c.Sections[1].Text = text },
		} {
			s := shelfOf(t, view.Supervision, "2026-09-30", secret, one("202607-NSFWK-001", "2026-07-01", early, place),
				one("202607-NSFWK-002", "2026-07-02", early))
			want := "2"
			if show {
				want = "2 1"
			}
			if got := ids(s.rowsOf("申报")); got != want {
				t.Errorf("%s: %s, want %s", text, got, want)
			}
		}
	}
}

// TestMayBeCopied: answers of the last twelve months that are not 答复失效; where answers
// to a 主题 differ none may, unless one follows the other.
func TestMayBeCopied(t *testing.T) {
	const first, second, third = "202507-NSFWK-001", "202607-NSFWK-002", "202607-NSFWK-003"
	follows := func(id string) func(*register.Case) {
		return func(c *register.Case) { c.Feedback[0].Follows = id }
	}
	lapses := func(on, instead string) func(*register.Case) {
		return func(c *register.Case) { c.Lapsed = record.Lapse{Date: day(on), Replaces: instead} }
	}
	about := func(names ...string) func(*register.Case) {
		return func(c *register.Case) { c.Topics = names }
	}
	const yes, old, gone, base, differ = "", "一年以前的答复，请先核对现行政策", "这条答复已经失效，不再照此答复",
		"所参照的答复已经失效，请与主管科室核对", "口径不一，请与主管科室核对"
	for name, test := range map[string]struct {
		cases []*register.Case
		want  string // of the latest first
	}{
		"twelve months": {[]*register.Case{one(first, "2025-09-29", early), one(second, "2025-09-30", early)},
			yes + "|" + old},
		"they differ": {[]*register.Case{one(second, "2026-07-01", early), one(third, "2026-07-02", other)},
			differ + "|" + differ},
		"an old one differs": {[]*register.Case{one(first, "2025-07-01", early), one(third, "2026-07-02", other)},
			yes + "|" + old},
		"nearly the same": {[]*register.Case{one(second, "2026-07-01", early),
			one(third, "2026-07-02", early+"谢谢。")},
			yes + "|" + yes},
		"one follows the other": {[]*register.Case{one(second, "2026-07-01", early),
			one(third, "2026-07-02", other, follows(second))}, yes + "|" + yes},
		"both follow one that is old": {[]*register.Case{one(first, "2025-01-01", early),
			one(second, "2026-07-01", early, follows(first)), one(third, "2026-07-02", other, follows(first))},
			yes + "|" + yes + "|" + old},
		"in a circle": {[]*register.Case{one(second, "2026-07-01", early, follows(third)),
			one(third, "2026-07-02", other, follows(second))}, yes + "|" + yes},
		"follows itself": {[]*register.Case{one(second, "2026-07-01", early),
			one(third, "2026-07-02", other, follows(third))}, differ + "|" + differ},
		"lapsed": {[]*register.Case{one(second, "2026-07-01", early, lapses("2026-09-30", third)),
			one(third, "2026-07-02", other)}, yes + "|" + gone},
		"lapses tomorrow": {[]*register.Case{one(second, "2026-07-01", early, lapses("2026-10-01", third)),
			one(third, "2026-07-02", other)}, differ + "|" + differ},
		"follows a lapsed one": {[]*register.Case{one(second, "2026-07-01", early, lapses("2026-08-01", "")),
			one(third, "2026-07-02", early, follows(second))}, base + "|" + gone},
		"written for the future": {[]*register.Case{one(first, "2025-07-01", early, func(c *register.Case) {
			c.Feedback[0].Answered = day("2030-01-01")
		})}, old},
		"one of two 主题 differs": {[]*register.Case{one(second, "2026-07-01", early, about("申报", "发票")),
			one(third, "2026-07-02", other, about("发票"))}, differ},
		"another 主题": {[]*register.Case{one(second, "2026-07-01", early), one(third, "2026-07-02", other,
			about("发票"))}, yes},
		"too long": {[]*register.Case{one(second, "2026-07-01", strings.Repeat("长", 1501))},
			"答复较长，请到原件查看全文"},
	} {
		var got []string
		for _, r := range shelfOf(t, view.Public, "2026-09-30", test.cases...).rowsOf("申报") {
			if r.Copy != (r.Note == "") {
				t.Errorf("%s: %+v", name, r)
			}
			got = append(got, r.Note)
		}
		if strings.Join(got, "|") != test.want {
			t.Errorf("%s: %q, want %q", name, strings.Join(got, "|"), test.want)
		}
	}
}

// TestFollowsIsNamed: an answer names the one that it follows, and the one to follow
// instead, but none that is 仅要素.
func TestFollowsIsNamed(t *testing.T) {
	const first, second = "202606-NSFWK-001", "202607-NSFWK-002"
	for _, secret := range []bool{false, true} {
		s := shelfOf(t, view.Supervision, "2026-09-30", one(first, "2026-06-01", early, func(c *register.Case) {
			c.Topics = nil
			if secret {
				c.Scope = "仅要素"
			}
		}), one(second, "2026-07-01", early, func(c *register.Case) {
			c.Feedback[0].Follows = first
			c.Lapsed = record.Lapse{Date: day("2026-08-01"), Replaces: first}
		}))
		r := s.rowsOf("申报")[0]
		if secret && (r.Follows != nil || r.Instead != nil) ||
			!secret && (*r.Follows != Link{first, "../cases/" + first + ".html"} || *r.Instead != *r.Follows) {
			t.Errorf("%t: %+v, %+v", secret, r.Follows, r.Instead)
		}
	}
}

// TestCameBack: a new case of the same 主题 that is registered within ninety calendar
// days of an answer, the day of the answer not counted.
func TestCameBack(t *testing.T) {
	answer := one("202606-NSFWK-001", "2026-07-01", early)
	again := func(on, topic string) *register.Case { return open("202607-NSFWK-002", on, topic, "又来了") }
	for _, test := range []struct {
		with *register.Case
		days int
	}{
		{again("2026-07-01", "申报"), 0}, {again("2026-07-02", "申报"), 1}, {again("2026-09-29", "申报"), 90},
		{again("2026-09-30", "申报"), 0}, {again("2026-07-02", "发票"), 0},
		{one("202607-NSFWK-002", "2026-08-01", early), 1}, // closed since, registered on 07-02
	} {
		s := shelfOf(t, view.Public, "2026-09-30", answer, test.with)
		back := s.subjects[Topic]["申报"].returns
		if test.days == 0 && len(back) != 0 || test.days > 0 && (len(back) != 1 || back[0].Days != test.days ||
			back[0].Case.ID != "202607-NSFWK-002" || back[0].After.ID != answer.ID) {
			t.Errorf("%s: %+v, want %d", test.with.Registered, back, test.days)
		}
	}
	// Nothing of what is 仅要素, in either edition; and what the office sent back was no answer.
	for _, edition := range []view.Edition{view.Public, view.Supervision} {
		secret := again("2026-07-02", "申报")
		secret.Scope = "仅要素"
		if back := shelfOf(t, edition, "2026-09-30", answer, secret).subjects[Topic]["申报"].returns; len(back) != 0 {
			t.Errorf("%s: %+v", edition, back)
		}
		hidden := one("202606-NSFWK-001", "2026-07-01", early, func(c *register.Case) { c.Scope = "仅要素" })
		if of := shelfOf(t, edition, "2026-09-30", hidden, again("2026-07-02",
			"申报")).subjects[Topic]["申报"]; of != nil {
			t.Errorf("%s: %+v", edition, of)
		}
	}
}

// TestOverview: what rises comes first, counts under five are not told, and a 主题 that
// has neither is not named. The 公开 edition counts nothing of what is 仅要素.
func TestOverview(t *testing.T) {
	var cases []*register.Case
	add := func(n int, on, topic, scope string) {
		for range n {
			c := open(fmt.Sprintf("202607-NSFWK-%03d", len(cases)+1), on, topic, "甲")
			c.Scope = scope
			cases = append(cases, c)
		}
	}
	add(6, "2026-05-06", "平", "")
	add(6, "2026-08-06", "平", "")
	add(5, "2026-08-07", "升", "")
	add(4, "2026-08-07", "少", "")
	add(4, "2026-08-07", "混", "")
	add(1, "2026-08-07", "混", "仅要素")
	add(7, "2026-08-07", "密", "仅要素")
	cases = append(cases, one("202607-NSFWK-999", "2026-06-01", early))
	for edition, want := range map[view.Edition]string{
		view.Public:      "升[5 0 0 0 0]true 平[6 6 0 0 0]false | 申报 true",
		view.Supervision: "密[7 0 0 0 0]true 升[5 0 0 0 0]true 混[5 0 0 0 0]true 平[6 6 0 0 0]false | 申报 true",
	} {
		pages := shelfOf(t, edition, "2026-09-30", cases...).Overview()
		if len(pages) != 1 || len(pages[0].Groups) != 3 || pages[0].Quarters[0].Quarter != "2026年第三季度" {
			t.Fatalf("%s: %+v", edition, pages)
		}
		g := pages[0].Groups[0]
		var got []string
		for _, of := range g.Frequent {
			var counts []int
			for _, cell := range of.Cells() {
				counts = append(counts, cell.N)
			}
			got = append(got, fmt.Sprintf("%s%v%t", of.Label(), counts, of.Rising()))
		}
		got = append(got, "|")
		for _, of := range g.Few {
			got = append(got, of.Label())
		}
		if got = append(got, fmt.Sprint(g.Merged)); strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", edition, strings.Join(got, " "), want)
		}
	}
}

// TestManySubjects: the overview is parted over pages, and so are the answers of a
// subject; an older page stays as it is when answers come.
func TestManySubjects(t *testing.T) {
	var cases []*register.Case
	text := strings.Repeat("很长的答复", 200)
	for i := range 301 {
		c := one(fmt.Sprintf("202401-NSFWK-%03d", i+1), "2024-01-05", text)
		c.Topics = append(c.Topics, fmt.Sprintf("主题%03d", i))
		cases = append(cases, c)
	}
	s := shelfOf(t, view.Public, "2026-09-30", cases...)
	pages := s.Overview()
	n := 0
	for _, p := range pages {
		for _, g := range p.Groups {
			n += len(g.Frequent) + len(g.Few)
		}
	}
	if want := 302 + 1; len(pages) != 2 || n != want { // and 政策业务类
		t.Errorf("%d subjects on %d pages, want %d on 2", n, len(pages), want)
	}
	before := map[string]sitedir.InputHash{}
	for _, p := range s.Pages() {
		before[p.Path] = p.Hash()
	}
	if got := len(s.rowsOf("申报")); got != 301 {
		t.Errorf("%d answers", got)
	}
	cases = append(cases, one("202608-NSFWK-001", "2026-08-05", text))
	changed := 0
	for _, p := range shelfOf(t, view.Public, "2026-09-30", cases...).Pages() {
		if p.Kind == Category && p.Number > 0 && before[p.Path] != p.Hash() {
			changed++
		}
	}
	if changed > 1 {
		t.Errorf("%d older pages changed", changed)
	}
}

// TestSame: an open case shows the answers to what was asked nearly so, then the latest
// of its 主题; nothing that is lapsed, and nothing on a closed case.
func TestSame(t *testing.T) {
	const question = "企业在电子税务局更正上年度企业所得税汇算清缴申报表，提交以后系统提示滞纳金，不知道从哪一天起算"
	asked := func(id, on, text string, change ...func(*register.Case)) *register.Case {
		c := one(id, on, text, change...)
		c.Title, c.Topics = "更正申报的滞纳金", []string{"滞纳金"}
		c.Sections[0].Text = question
		return c
	}
	now := open("202609-NSFWK-001", "2026-09-20", "申报", question+"，请明确")
	now.Title = "更正申报的滞纳金"
	closed := asked("202607-NSFWK-001", "2026-07-01", early)
	s := shelfOf(t, view.Public, "2026-09-30", now, closed,
		asked("202607-NSFWK-002", "2026-07-02", early, func(c *register.Case) { c.Lapsed.Date = day("2026-08-01") }),
		one("202607-NSFWK-003", "2026-07-03", early), one("202508-NSFWK-004", "2025-08-03", early),
		one("202607-NSFWK-005", "2026-07-05", early, func(c *register.Case) { c.Topics = []string{"发票"} }))
	found := s.Same(s.view.Case(now.ID))
	if got := ids(found.Rows); got != "1 3 4" {
		t.Errorf("%s", got)
	}
	if want := []Link{{"申报", "../topics/" + s.subjects[Topic]["申报"].Href()}}; !slices.Equal(found.Topics, want) {
		t.Errorf("%v, want %v", found.Topics, want)
	}
	if s.Same(s.view.Case(closed.ID)) != nil {
		t.Error("a closed case shows answers to others")
	}
	// What is alike and answered otherwise is not to be copied.
	s = shelfOf(t, view.Public, "2026-09-30", now, closed, asked("202607-NSFWK-002", "2026-07-02", other,
		func(c *register.Case) { c.Topics = nil }))
	for _, r := range s.Same(s.view.Case(now.ID)).Rows {
		if r.Copy || r.Note != disputed {
			t.Errorf("%+v", r)
		}
	}
}
