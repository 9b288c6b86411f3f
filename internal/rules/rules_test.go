package rules

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/diag"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
)

// slugs are those of section 8, in its order.
const slugs = `front-matter-missing front-matter-unclosed encoding yaml-syntax key-unknown key-duplicate key-missing value-type value-enum
value-truncated date-invalid fullwidth-punctuation id-mismatch id-duplicate id-taken path-mismatch title-length section-missing state-behind-record placeholder-left table-cells size-limit json-syntax totals-mismatch
unit-unknown channel-unknown channel-unit case-unknown meeting-unknown meeting-case plea-unfounded merge-cycle
transition-illegal transition-actor transition-requires record-changed record-removed case-deleted second-objection extension-cap extension-count
extension-in-improvement self-evaluation self-review unresolved-closed third-push correction-unfounded config-actor base-stale
push-late accept-late objection-late escalation-late feedback-overdue feedback-late extension-late extension-early co-feedback-late decision-late
review-late evaluation-late improvement-overdue channel-overdue promise-overdue review-date-passed calendar-missing calendar-changed monthly-missing monthly-late monthly-incomplete meeting-missing minutes-late resolution-overdue circular-unratified upward-missing county-missing county-late report-missing
backdated commit-from-future landing-not-monotonic merge-reversed history-rewritten signature-missing signature-bad author-mismatch author-unknown receipt-delayed report-drift counting-changed
pii-id-card pii-phone pii-bank-card pii-credit-code pii-email pii-document pii-account raw-html
repeated-reassignment last-day-feedback similar-feedback duplicate-suspected proxy-entry`

func TestCatalogue(t *testing.T) {
	var got []string
	titles := map[string]string{}
	// The regulation has these clauses, and no others.
	clause := regexp.MustCompile(`^(三|((一|二)\([一二]\)|三\([一二三四五六]\))(、三\([一二三四五六]\))?|《[^《》]{4,` +
		`20}》(第[一二三四五六七八九十百]+条)?)$`)
	for _, r := range caserules.All() {
		got = append(got, r.Slug)
		if other := titles[r.Title]; other != "" {
			t.Errorf("%s and %s have one title", other, r.Slug)
		}
		titles[r.Title] = r.Slug
		if n := utf8.RuneCountInString(r.Title); n < 2 || n > 20 {
			t.Errorf("%s: title of %d characters", r.Slug, n)
		}
		if !clause.MatchString(r.Clause) {
			t.Errorf("%s: clause %q", r.Slug, r.Clause)
		}
		lines := strings.Split(Doc(r.Slug), "\n")
		if len(lines) < 3 || len(lines) > 8 {
			t.Errorf("%s: doc of %d lines", r.Slug, len(lines))
			continue
		}
		labels := []string{"为什么：", "反例：", "怎么改："}
		if r.Group == caserules.Hints {
			labels[1] = "举例：" // there is nothing wrong with it
		}
		for i, label := range labels {
			if !strings.HasPrefix(lines[i], label) || utf8.RuneCountInString(lines[i]) < 12 {
				t.Errorf("%s: line %d of the doc: %q", r.Slug, i+1, lines[i])
			}
		}
		if r.Severity == "" || r.Group == "" {
			t.Errorf("%s is incomplete", r.Slug)
		}
		if r.Group == caserules.Deadlines && r.Severity == problem.Error {
			t.Errorf("%s: time alone is never an error", r.Slug)
		}
		if r.Group == caserules.Hints && (r.Severity != problem.Info || !strings.Contains(Doc(r.Slug), "无须改动")) {
			t.Errorf("%s: a hint asks for nothing, and says so", r.Slug)
		}
		if strings.Contains(r.Title+Doc(r.Slug), "主责") {
			t.Errorf("%s: the regulation says 承办单位", r.Slug)
		}
		if found, ok := caserules.Lookup(r.Slug); !ok || found.Title != r.Title {
			t.Errorf("%s is not looked up", r.Slug)
		}
	}
	if want := strings.Fields(slugs); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("catalogue:\n%s\nwant:\n%s", got, want)
	}
	if _, ok := caserules.Lookup("no-such-rule"); ok {
		t.Error("a rule that is not there was found")
	}
	for slug := range checks {
		if !slices.Contains(got, slug) {
			t.Errorf("a check is of %s, which is no rule", slug)
		}
	}
	if n := strings.Count("\n"+docs, "\n## "); n != len(got) {
		t.Errorf("%d sections in docs.md, %d rules", n, len(got))
	}
}

// TestSeverity holds the policy of section 7: what a file says wrongly is an
// error, unless a request is judged that leaves the file alone; an act is an
// error only in the request that brings it; time is never an error.
func TestSeverity(t *testing.T) {
	edit := change{file: first, old: "性质: 诉求", new: "性质: 投诉"}
	other := change{file: second, old: "性质: 诉求", new: "性质: 投诉"}
	for _, test := range []struct {
		name, slug string
		edit       change
		register   func(*register.Register)
		want       problem.Severity
		added      bool
	}{
		{"file", "value-enum", edit, nil, problem.Error, false},
		{"file in the request", "value-enum", edit, request, problem.Error, true},
		{"file beside the request", "value-enum", other, request, problem.Warning, false},
		{"act, landed", "transition-actor", change{}, fault("transition-actor", 1), problem.Warning, false},
		{"act in the request", "transition-actor", change{}, all(request, fault("transition-actor", 1)), problem.Error,
			true},
		{"act before the request", "transition-actor", change{}, all(request, fault("transition-actor", 0)),
			problem.Warning, false},
		{"third push in the request", "third-push", change{}, all(request, fault("third-push", 1)), problem.Warning,
			true},
		{"limit of the regulation", "feedback-overdue", change{}, fault("feedback-overdue", -1), problem.Warning,
			false},
		{"late objection in the request", "objection-late", change{}, all(request, fault("objection-late", 1)),
			problem.Warning, true},
		{"limit of the office", "review-late", change{}, fault("review-late", -1), problem.Info, false},
		{"improvement without a day", "improvement-overdue", change{}, fault("improvement-overdue", -1), problem.Info,
			false},
		{"slug without a rule", "new-rule", change{}, fault("new-rule", 0), problem.Warning, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := good(t)
			test.edit.register = test.register
			test.edit.apply(t, w)
			found := only(w.run(t), test.slug)
			if len(found) != 1 {
				t.Fatalf("%d findings", len(found))
			}
			if f := found[0]; f.Severity != test.want || f.New != test.added {
				t.Errorf("severity %s, new %v; want %s, %v", f.Severity, f.New, test.want, test.added)
			}
		})
	}
}

func only(findings []problem.Problem, slug string) []problem.Problem {
	var kept []problem.Problem
	for _, f := range findings {
		if f.Rule == slug {
			kept = append(kept, f)
		}
	}
	return kept
}

func TestExcuses(t *testing.T) {
	inCase := func(slug, reason string) change {
		return change{file: first, old: "性质: 诉求", new: "# suqiu:忽略 " + slug + " " + reason + "\n性质: 投诉"}
	}
	ignore := func(rule, path string) change {
		return change{file: config.Path, old: "机器人:",
			new: "忽略:\n  - 规则: " + rule + "\n    路径: " + path + "\n    原因: 试行\n机器人:"}
	}
	html := change{file: first, old: "后台拥堵。", new: "<!-- suqiu:忽略 raw-html 引用原文 -->\n<b>后台</b>拥堵。"}
	for _, test := range []struct {
		name, slug string
		edit       change
		register   func(*register.Register)
		want       bool
	}{
		{"correction after the act", "transition-actor", change{},
			all(fault("transition-actor", 0), withCorrection("transition-actor")), true},
		{"correction before the act", "transition-actor", change{}, all(withCorrection("transition-actor"),
			func(d *register.Register) { d.Cases[0].Life.Events[0].Landing = 0 }, fault("transition-actor", 1)), false},
		{"correction of another rule", "transition-actor", change{},
			all(fault("transition-actor", 0), withCorrection("transition-illegal")), false},
		{"correction that never landed", "transition-actor", change{},
			all(fault("transition-actor", 0), func(d *register.Register) {
				d.Cases[0].Corrections = []record.Correction{{Rule: "transition-actor", Reason: "差错"}}
			}), false},
		{"second correction of two", "transition-actor", change{},
			all(fault("transition-actor", 1), withCorrection("transition-actor"), withCorrection("third-push"),
				func(d *register.Register) { d.Cases[0].Life.Events[0].Landing = 0 }), false},
		{"correction of a limit", "feedback-overdue", change{},
			all(fault("feedback-overdue", -1), withCorrection("feedback-overdue")), false},
		{"correction of itself", "correction-unfounded", change{},
			all(fault("correction-unfounded", 1), withCorrection("correction-unfounded")), false},
		{"in the case, with a reason", "value-enum", inCase("value-enum", "原渠道如此"), nil, true},
		{"in the case, without a reason", "value-enum", inCase("value-enum", ""), nil, false},
		{"in the case, of an act", "transition-actor", inCase("transition-actor", "领导同意"),
			fault("transition-actor", 0), false},
		{"in a body section", "raw-html", html, nil, true},
		{"in suqiu.yaml, of an act", "transition-actor", ignore("transition-actor", "cases/2026/**"),
			fault("transition-actor", 0), true},
		{"in suqiu.yaml, elsewhere", "transition-actor", ignore("transition-actor", "cases/2025/**"),
			fault("transition-actor", 0), false},
		{"in suqiu.yaml, another rule", "transition-actor", ignore("third-push", ""), fault("transition-actor", 0),
			false},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := good(t)
			test.edit.register = test.register
			test.edit.apply(t, w)
			found := only(w.run(t), test.slug)
			if len(found) != 1 {
				t.Fatalf("%d findings", len(found))
			}
			if found[0].Suppressed != test.want {
				t.Errorf("suppressed %v, want %v", found[0].Suppressed, test.want)
			}
			if n := diag.Count(found).Total(); (n == 0) != test.want {
				t.Errorf("it counts %d times", n)
			}
		})
	}
}

// TestPlace holds that a finding with a key stands where the key does.
func TestPlace(t *testing.T) {
	for _, test := range []struct {
		edit change
		slug string
		line int
		fix  string
	}{
		{change{file: first, old: "承办单位: 信息中心", new: "承办单位: 信息技术中心"}, "unit-unknown", 18,
			"承办单位: 信息中心"},
		{change{file: first, old: "- 征收管理科", new: "- 征管课"}, "unit-unknown", 20, "  - 征收管理科"},
		{change{file: first, old: "    单位: 信息中心", new: "    单位: 信息中"}, "unit-unknown", 24,
			"    单位: 信息中心"},
		{change{file: first, old: "渠道: 12366热线", new: "渠道: 12366"}, "channel-unknown", 5, "渠道: 12366热线"},
		{change{file: second, old: "并入: 202607-NFZX-001", new: "并入: 202607-NFZX-011"}, "case-unknown", 11,
			"并入: 202607-NFZX-001"},
	} {
		w := good(t)
		test.edit.apply(t, w)
		found := only(w.run(t), test.slug)
		if len(found) != 1 || found[0].Line != test.line || found[0].Column == 0 || found[0].Fix != test.fix {
			t.Errorf("%s: %+v, want line %d, fix %q", test.slug, found, test.line, test.fix)
		}
	}
}

// TestUnknownAuthors holds that an address is told of once, where it can be
// registered, and in the request that brings it.
func TestUnknownAuthors(t *testing.T) {
	w := good(t)
	w.register = all(fault("author-unknown", 0), fault("author-unknown", 1))
	if found := only(w.run(t), "author-unknown"); len(found) != 1 || found[0].Path != config.Path ||
		found[0].Severity != problem.Warning {
		t.Errorf("landed: %+v", found)
	}
	w.register = all(request, fault("author-unknown", 0), fault("author-unknown", 1))
	found := only(w.run(t), "author-unknown")
	if len(found) != 2 || diag.Count(found) != (diag.Summary{Errors: 1, Warnings: 1}) {
		t.Errorf("request: %+v", found)
	}
	w = good(t)
	for _, address := range []string{"nsfwk", "nfzx", "zsglk", "xxzx"} {
		w.edit(t, config.Path, "    邮箱: [\"*@"+address+".example\"]\n", "")
	}
	if found := only(w.run(t), "author-unknown"); len(found) != 1 || !strings.Contains(found[0].Message, "一律不检查") {
		t.Errorf("no addresses: %+v", found)
	}
}

// TestDeletedAndBroken holds that what is not there, or cannot be read, is
// judged by what is known of it alone.
func TestDeletedAndBroken(t *testing.T) {
	w := good(t)
	w.register = func(d *register.Register) {
		d.Cases[0].Deleted = true
		fault("case-deleted", 0)(d)
	}
	found := w.run(t)
	if got := rulesOf(found); got != "case-deleted case-unknown case-unknown" {
		t.Errorf("deleted: %s", got)
	}
	w = good(t)
	w.files[first] = "没有首部\n"
	w.files[second] = strings.Replace(w.files[second], "并入: 202607-NFZX-001", "并入:", 1)
	for _, f := range w.run(t) {
		if f.Path == first && f.Rule != "front-matter-missing" {
			t.Errorf("broken: %+v", f)
		}
	}
}

func rulesOf(findings []problem.Problem) string {
	var names []string
	for _, f := range findings {
		names = append(names, f.Rule)
	}
	return strings.Join(names, " ")
}

// TestMergeCycles holds that exactly the members of a ring are told of.
func TestMergeCycles(t *testing.T) {
	merged := map[string]string{"A": "B", "B": "C", "C": "B", "D": "A", "E": "E", "F": "G"}
	d := register.New(good(t).judged(t).Config, 0, nil, nil)
	for _, id := range []string{"A", "B", "C", "D", "E", "F", "G"} {
		d.Cases = append(d.Cases,
			&register.Case{Case: &record.Case{ID: id, Path: "cases/" + id + ".md", MergedInto: merged[id]}})
	}
	d = register.New(d.Config, 0, d.Cases, nil)
	var got []string
	mergeCycles(newRun(d, func(string) []byte { return nil }), func(f problem.Problem) { got = append(got, f.Case) })
	if s := strings.Join(got, ""); s != "CBE" {
		t.Errorf("members %s, want CBE", s)
	}
}

// TestMinutesFixTheDate: a 完成期限 decided in minutes must be the case's
// 会议议定期限 (issue T 1.8; meeting-case is a warning).
func TestMinutesFixTheDate(t *testing.T) {
	decided := "类型: 传签\n召开日期: 2026-07-20"
	topic := "责任单位: 信息中心\n    来源: 异议\n    决定: 不成立\n    完成期限: 2026-09-30"
	for _, test := range []struct {
		name, agreed string
		want         int
	}{
		{"none in the case", "", 1},
		{"another in the case", "会议议定期限:\n  日期: 2026-09-15\n  依据: CQ2026-07\n", 1},
		{"the same", "会议议定期限:\n  日期: 2026-09-30\n  依据: CQ2026-07\n", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := good(t)
			for _, c := range []change{{file: paper, old: "类型: 传签", new: decided},
				{file: paper, old: "责任单位: 信息中心", new: topic},
				{file: first, old: "说明单:\n", new: test.agreed + "\n说明单:\n"}} {
				c.apply(t, w)
			}
			found := only(w.run(t), "meeting-case")
			if len(found) != test.want {
				t.Fatalf("%d findings, want %d: %+v", len(found), test.want, found)
			}
			if test.want > 0 && (found[0].Severity != problem.Warning || found[0].Case == "") {
				t.Errorf("%+v", found[0])
			}
		})
	}
}
