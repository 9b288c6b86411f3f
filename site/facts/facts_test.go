package facts

import (
	"strings"
	"testing"

	"suqiu/internal/prose"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

func reader() *Reader {
	return &Reader{Cases: prose.NewRenderer("", func(id string) bool { return id == "202607-NFZX-001" }),
		Meeting: func(id string) string {
			if id == "HY2026-03" {
				return "../meetings/HY2026-03.html"
			}
			return ""
		}}
}

// text is a fact as a line: label, then the text with the ways to other pages.
func text(f Fact) string {
	var b strings.Builder
	b.WriteString(f.Key + "：")
	for _, s := range f.Text {
		if s.Href != "" {
			b.WriteString("[" + s.Text + "](" + s.Href + ")")
			continue
		}
		b.WriteString(s.Text)
	}
	return b.String()
}

// TestFacts: what a case says of itself stands in the order of section 3 of DESIGN;
// what is not stated, or goes without saying, does not.
func TestFacts(t *testing.T) {
	c := &record.Case{Nature: "诉求", Collector: "办公室", Collected: workday.New(2026, 7, 15), Tickets: 1,
		Taxes: []string{"增值税", "契税"}, Reach: "高", Impact: "中", Urgency: "急",
		Lapsed: record.Lapse{Date: workday.New(2026, 9, 1), Replaces: "202607-NFZX-001"}}
	var got []string
	for _, f := range reader().Of(c) {
		got = append(got, text(f))
	}
	want := "性质：诉求\n收集：办公室　2026-07-15\n税费种：增值税、契税\n紧急程度：急\n分级：涉及面高　影响度中\n" +
		"答复失效：2026-09-01　[202607-NFZX-001](202607-NFZX-001.html)"
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// TestForms: each record is a form with the light of its decision; a unit that has
// not answered has none.
func TestForms(t *testing.T) {
	c := &record.Case{
		Statements: []record.Statement{{Reason: "异议", Unit: "信息中心", Decision: "不成立", Basis: "HY2026-03"}},
		CoFeedback: []record.CoFeedback{{Unit: "办公室"}, {Unit: "法制科", Result: "已答复"}},
		Feedback:   []record.Feedback{{Result: "已解决", Follows: "202607-NFZX-001"}},
	}
	var got []string
	for _, form := range reader().Forms(c) {
		line := form.Title + "（" + form.Light.Text + "）"
		for _, f := range form.Facts {
			line += " " + text(f)
		}
		got = append(got, line)
	}
	all := strings.Join(got, "\n")
	for _, want := range []string{"（不成立）", "依据：[HY2026-03](../meetings/HY2026-03.html)",
		"单位：法制科 结果：已答复",
		"办理反馈（待确认） 结果：已解决", "参照：[202607-NFZX-001](202607-NFZX-001.html)"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s in\n%s", want, all)
		}
	}
	if strings.Contains(all, "办公室") {
		t.Errorf("a unit that has not answered has a form:\n%s", all)
	}
}
