package report_test

import (
	"fmt"
	"strings"
	"testing"

	. "suqiu/internal/report"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// TestHotTopics: chapter 三 tells what comes up most, what rises first; counts under 5
// are not told. The 公开 edition counts what it shows in full alone: with the cases that
// it can read subtracted, any other count would tell the 主题 of one that it cannot.
func TestHotTopics(t *testing.T) {
	var cases []*builder
	add := func(n int, on, channel, category, topic string) {
		for range n {
			b := newCase(fmt.Sprintf("202607-NSFWK-%03d", len(cases)+1), channel, category, 3)
			b.c.Topics, b.c.Taxes, b.c.Locality = []string{topic, topic}, []string{"契税"}, "集宁区"
			cases = append(cases, b.step(on, 1, workflow.Registered))
		}
	}
	add(6, "2026-05-04", "办税服务厅", "系统技术类", "申报")
	add(3, "2026-05-04", "办税服务厅", "系统技术类", "发票")
	add(6, "2026-09-30", "办税服务厅", "系统技术类", "申报")
	add(5, "2026-07-01", "办税服务厅", "系统技术类", "发票")
	add(4, "2026-08-03", "办税服务厅", "系统技术类", "注销")
	add(2, "2026-08-03", "投诉", "服务言行类", "注销")
	add(5, "2026-08-03", "投诉", "服务言行类", "态度")
	add(9, "2026-10-01", "办税服务厅", "系统技术类", "退税")
	d := registerOf(t, "2026-10-08", cases...)
	for supervision, want := range map[bool]string{
		true: "从主题看，反映较多的是：注销6项（上季度不足5项）、发票5项（上季度不足5项）、态度5项（上季度不足5项）、" +
			"申报6项（上季度6项）。",
		false: "从主题看，反映较多的是：发票5项（上季度不足5项）、申报6项（上季度6项）；" +
			"其余主题各不足5项（限范围查看的事项不计）。",
	} {
		doc := Compose(d, workday.Quarter{Year: 2026, Q: 3}, Options{Supervision: supervision})
		var text strings.Builder
		for _, b := range doc.Chapters[2].Blocks {
			text.WriteString(b.Text + "\n")
		}
		if !strings.Contains(text.String(), want) {
			t.Errorf("%t: %s\nwant %s", supervision, text.String(), want)
		}
		// 件数 and 属地 are no 要素 either.
		many, place := "集中反映的事项有15项", "集宁区15项"
		if supervision {
			many, place = "集中反映的事项有22项", "集宁区22项"
		}
		if all := string(doc.Markdown()); !strings.Contains(all, many) || !strings.Contains(all, place) {
			t.Errorf("%t lacks %s or %s", supervision, many, place)
		}
	}
}
