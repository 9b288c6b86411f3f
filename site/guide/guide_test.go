package guide

import (
	"strings"
	"testing"

	"suqiu/internal/config"
	"suqiu/internal/diag"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// TestClauses: the public edition names no page that it does not have, and links no
// rule that it does not show.
func TestClauses(t *testing.T) {
	shown := []diag.Rule{{Slug: "overdue", Title: "超期"}}
	for _, supervision := range []bool{false, true} {
		elsewhere := 0
		for _, c := range Clauses(shown, supervision) {
			for _, item := range c.Items {
				for _, p := range item.Pages {
					if p.Text == "监督版另有专页" {
						elsewhere++
					}
					own := strings.Contains(p.Href, "quality/") || strings.Contains(p.Href, "appraisal/")
					if own && !supervision {
						t.Errorf("%s leads to %s", c.Number, p.Href)
					}
				}
				for _, r := range item.Rules {
					if r.Text != "超期" {
						t.Errorf("%s names the rule %s", c.Number, r.Text)
					}
				}
			}
		}
		if (elsewhere > 0) == supervision {
			t.Errorf("supervision %v: %d pages are elsewhere", supervision, elsewhere)
		}
	}
}

// TestRows: each line of the table in words; the long lists of states are said in
// short.
func TestRows(t *testing.T) {
	rows := Rows(workflow.Regulation())
	from := map[string]bool{}
	for i, r := range rows {
		from[r.From] = true
		if first := i == 0 || rows[i-1].N != r.N; r.First != first || r.Title == "" || r.Who == "" {
			t.Errorf("line %d: %+v", i, r)
		}
	}
	for _, want := range []string{"（新建）", "任一状态", "已登记"} {
		if !from[want] {
			t.Errorf("no line leads from %s", want)
		}
	}
}

// TestLimits: those of 三(三) and 三(四) hold where suqiu.yaml says nothing else.
func TestLimits(t *testing.T) {
	cfg := config.Parse("suqiu.yaml", []byte("名称: 试验局\n格式: 1\n"))
	found := map[string]string{}
	for _, g := range Limits(cfg) {
		for _, l := range g.Limits {
			found[l.Name] = l.Value
		}
	}
	for name, want := range map[string]string{"异议": "2 个工作日", "说明": "3 个工作日", "反馈": "10 个工作日"} {
		if found[name] != want {
			t.Errorf("%s: %s, want %s", name, found[name], want)
		}
	}
}

// TestYears: the years around a day, with the working days of section 12.
func TestYears(t *testing.T) {
	years := Years(workday.NewCalendar(workday.Overrides{}), workday.New(2026, 9, 30))
	if len(years) != 3 || years[0].Days != 248 || !years[1].Final || years[1].Days != 248 || years[2].Final {
		t.Errorf("%+v", years)
	}
}
