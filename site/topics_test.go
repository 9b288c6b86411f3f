package site

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/timeline"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// answeredCase is a closed case about 注销 whose answer was 满意.
func answeredCase(id, on, answer string) *register.Case {
	event := func(days int, to workflow.State, entries ...workflow.Entry) workflow.Event {
		d := day(on).AddDays(days)
		return workflow.Event{At: timeline.MomentOf(d.Start().Add(9 * time.Hour)), Kind: workflow.Transition, To: to,
			Entries: entries, Counted: d}
	}
	return &register.Case{Fingerprint: id + answer, Registered: day(on),
		Case: &record.Case{ID: id, Title: "标题" + id, Channel: "办税服务厅", Category: "政策业务类", Lead: "信息中心",
			Tickets: 1, Topics: []string{"注销"}, Taxes: []string{"契税"}, State: "已办结",
			Feedback:    []record.Feedback{{Result: "已解决", Review: "通过"}},
			Evaluations: []record.Evaluation{{Result: "基本满意"}},
			Sections: []mdfile.Section{{Heading: "诉求内容", Text: "怎样办理" + id},
				{Heading: "反馈答复", Text: answer + "<!-- suqiu:忽略 pii-phone 批注 -->"}}},
		Life: workflow.Life{State: workflow.Closed, Lead: "信息中心", Events: []workflow.Event{
			event(0, workflow.Registered), event(5, workflow.FedBack, workflow.Entry{Key: "反馈", Word: "已解决"}),
			event(6, workflow.Evaluating, workflow.Entry{Key: "反馈", Word: "通过", Decided: true}),
			event(8, workflow.Closed, workflow.Entry{Key: "评估", Word: "基本满意"})}}}
}

// TestReportAndTopicsAgree: at the same day chapter 三 of the running quarter's report
// and the page of topics say the same, each edition of what it shows.
func TestReportAndTopicsAgree(t *testing.T) {
	said := regexp.MustCompile(`([^、：]+?)(\d+)项（上季度(不足)?(\d+)项）`)
	row := regexp.MustCompile(`(?s)<tr><th scope="row">(?:<a [^>]*>)?([^<]+)(?:</a>)?` +
		`(?: <span[^>]*>上升</span>)?</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>`)
	for edition, want := range map[view.Edition]string{
		view.Public:      "注销 6 不足 5; 发票 5 6",
		view.Supervision: "注销 8 不足 5; 退库 5 不足 5; 发票 5 6",
	} {
		in := input(edition)
		add := func(n int, on, topic, channel string) {
			for range n {
				c := answeredCase(fmt.Sprintf("202607-NSFWK-%03d", len(in.Register.Cases)+100), on, "请到窗口办理")
				c.Topics, c.Taxes, c.Channel = []string{topic}, nil, channel
				in.Register.Cases = append(in.Register.Cases, c)
			}
		}
		add(6, "2026-07-01", "注销", "办税服务厅")
		add(2, "2026-07-01", "注销", "投诉")
		add(4, "2026-07-02", "退库", "办税服务厅")
		add(1, "2026-07-02", "退库", "投诉")
		add(5, "2026-09-16", "发票", "办税服务厅")
		add(6, "2026-06-30", "发票", "办税服务厅")
		out := t.TempDir()
		build(t, in, out)
		pages := tree(t, out)
		var report, page []string
		text := pages["reports/2026Q3.html"]
		_, text, _ = strings.Cut(text, "从主题看，反映较多的是：")
		text, _, _ = strings.Cut(text, "。")
		for _, m := range said.FindAllStringSubmatch(text, -1) {
			before := m[4]
			if m[3] != "" {
				before = "不足 " + m[4]
			}
			report = append(report, m[1]+" "+m[2]+" "+before)
		}
		table, _, _ := strings.Cut(pages["topics/index.html"], "</table>")
		for _, m := range row.FindAllStringSubmatch(table, -1) {
			cell := func(s string) string { return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, "") }
			page = append(page, m[1]+" "+cell(m[2])+" "+cell(m[3]))
		}
		if got := strings.Join(report, "; "); got != want {
			t.Errorf("%s: the report says %q, want %q", edition, got, want)
		}
		if got := strings.Join(page, "; "); got != want {
			t.Errorf("%s: the page says %q, want %q", edition, got, want)
		}
	}
}

// TestTurnedRestricted: once a case that was 全文 is 仅要素, nothing of it is left among the
// answers, in either edition; in the 公开 edition on no other page at all. What a comment
// holds was never there.
func TestTurnedRestricted(t *testing.T) {
	const secret, follower = "202607-NSFWK-501", "202607-NSFWK-502"
	for _, edition := range []view.Edition{view.Public, view.Supervision} {
		in, out := input(edition), t.TempDir()
		open := in.Register.Case("202609-NSFWK-001")
		open.Topics, open.Fingerprint = []string{"注销"}, "open"
		first, second := answeredCase(secret, "2026-07-01", "机密口径"),
			answeredCase(follower, "2026-07-06", "照旧办理")
		second.Feedback[0].Follows = secret
		in.Register.Cases = append(in.Register.Cases, first, second)
		build(t, in, out)
		held := func() (names []string) {
			for name, text := range tree(t, out) {
				if strings.Contains(text, "批注") {
					t.Errorf("%s: %s shows a comment", edition, name)
				}
				text = html.UnescapeString(text)
				said, named := strings.Contains(text, "机密口径"), strings.Contains(text, secret)
				among := strings.HasPrefix(name, "topics/")
				switch {
				case among && (said || named), name == "cases/"+open.ID+".html" && said,
					edition == view.Public && name != "cases/"+secret+".html" && said:
					names = append(names, name)
				}
			}
			return names
		}
		// The topic, its tax and its category, its return, and the case that is open.
		if got := held(); len(got) < 4 {
			t.Errorf("%s: only %v show the answer", edition, got)
		}
		first.Scope, first.Fingerprint = "仅要素", "turned"
		build(t, in, out)
		if got := held(); len(got) > 0 {
			t.Errorf("%s: left in %v", edition, got)
		}
	}
}
