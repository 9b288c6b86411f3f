package caserules_test

import (
	"slices"
	"strings"
	"testing"

	"suqiu/internal/caserules"
	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/frontmatter"
	"suqiu/internal/gittest"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/workflow"
)

const bureau = `名称: 测试局
格式: 1
主分支: main
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 渠道: [办税服务厅], 角色: [联席办, 监督考评]}
  - {名称: 纳税服务中心, 代码: NFZX, 渠道: [12366热线], 角色: [回访]}
  - {名称: 信息中心, 代码: XXZX, 别名: [信息科], 渠道: [日常工作]}
`

// judge runs one rule over a new case of 纳税服务中心 with some settings.
func judge(t *testing.T, slug string, life workflow.Life, settings ...string) (found []caserules.Offence) {
	t.Helper()
	path := gittest.CasePath("202607-NFZX-001")
	text, err := gittest.NewCase(path, settings...)
	if err != nil {
		t.Fatal(err)
	}
	cfg := config.Parse("suqiu.yaml", []byte(bureau))
	rule, ok := caserules.Lookup(slug)
	if !ok || !rule.OneCase() {
		t.Fatalf("%s is no rule of one case", slug)
	}
	rule.Check(&caserules.Case{Case: record.Parse(path, []byte(text), cfg.Canon), Life: &life, Config: cfg},
		func(o caserules.Offence) { found = append(found, o) })
	return found
}

// Units, channels and the code in the 编号 must be those of suqiu.yaml; what is
// nearest is the line to paste.
func TestReferences(t *testing.T) {
	for _, test := range []struct {
		slug     string
		settings []string
		key, fix string // empty key: nothing is found
	}{
		{"unit-unknown", []string{"收集单位=纳税服务中心"}, "", ""},
		{"unit-unknown", []string{"收集单位=纳税服务种心"}, "收集单位", "收集单位: 纳税服务中心"},
		{"unit-unknown", []string{"承办单位=信息科"}, "", ""},
		{"unit-unknown", []string{"承办单位=信息技术中心"}, "承办单位", "承办单位: 信息中心"},
		{"unit-unknown", []string{"承办单位=海关"}, "承办单位", "确是新单位的，请联席办先在 suqiu.yaml"},

		{"channel-unknown", []string{"渠道=12366热线"}, "", ""},
		{"channel-unknown", []string{"渠道=12366"}, "渠道", "渠道: 12366热线"},
		{"channel-unknown", []string{"渠道=网络舆情"}, "渠道", "纳税服务中心的渠道有：12366热线"},
		{"channel-unknown", []string{"收集单位=海关", "渠道=网络舆情"}, "渠道", "填写 suqiu.yaml"},

		{"channel-unit", []string{"渠道=12366热线"}, "", ""},
		{"channel-unit", []string{"渠道=网络舆情"}, "", ""}, // channel-unknown tells of it
		{"channel-unit", []string{"渠道=办税服务厅"}, "渠道", "改“收集单位”为纳税服务科"},
	} {
		found := judge(t, test.slug, workflow.Life{}, test.settings...)
		if test.key == "" {
			if len(found) != 0 {
				t.Errorf("%s %v: %+v", test.slug, test.settings, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Key != test.key || !strings.Contains(found[0].Fix, test.fix) {
			t.Errorf("%s %v: %+v, want %s, %s", test.slug, test.settings, found, test.key, test.fix)
		}
	}
}

// TestEveryUnitIsLookedUp: whatever key of a case says that its value is a unit,
// an unknown one is told there, with the line to paste.
func TestEveryUnitIsLookedUp(t *testing.T) {
	var c record.Case
	var want []string
	set := func(k *frontmatter.Key, owner any, path string) {
		switch v := k.At(owner).(type) {
		case *string:
			*v = "信息技术中心"
			want = append(want, path+" "+k.Name+": 信息中心")
		case *[]string:
			*v = []string{"信息技术中心"}
			want = append(want, path+"[0] - 信息中心")
		}
	}
	keys := record.Schema().Keys
	for i := range keys {
		k := &keys[i]
		if k.Type == frontmatter.Unit {
			set(k, &c, k.Name)
		}
		for n := range k.Fields {
			if f := &k.Fields[n]; f.Type == frontmatter.Unit {
				if k.List.Len(&c) == 0 {
					k.List.Add(&c)
				}
				set(f, k.List.At(&c, 0), k.Name+"[0]."+f.Name)
			}
		}
	}
	c.CoFeedback = []record.CoFeedback{{Unit: "信息技术中心"}}
	want = append(want, "协办反馈.信息技术中心 信息中心:")
	rule, _ := caserules.Lookup("unit-unknown")
	var got []string
	rule.Check(&caserules.Case{Case: &c, Config: config.Parse("suqiu.yaml", []byte(bureau))},
		func(o caserules.Offence) { got = append(got, o.Key+" "+o.Fix) })
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || !slices.Contains(got, "督办[0].单位 单位: 信息中心") {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What is pushed a third time is told, with the leads in their order.
func TestPushedAgain(t *testing.T) {
	accept := func(push int, unit string) clock.Clock {
		return clock.Clock{Kind: clock.Accept, Push: push, Unit: unit}
	}
	clocks := []clock.Clock{accept(1, "信息中心"), {Kind: clock.Feedback, Push: 1, Unit: "信息中心"},
		accept(2, "纳税服务科"), accept(3, "纳税服务中心")}
	if found := judge(t, "repeated-reassignment", workflow.Life{Pushes: 2, Clocks: clocks}); len(found) != 0 {
		t.Errorf("pushed twice: %+v", found)
	}
	found := judge(t, "repeated-reassignment", workflow.Life{Pushes: 3, Clocks: clocks})
	if len(found) != 1 || !strings.Contains(found[0].Message, "推送 3 次：信息中心 → 纳税服务科 → 纳税服务中心") {
		t.Errorf("pushed three times: %+v", found)
	}
}

// A hint is never an error and can be silenced; what was done, when, and what
// proves it cannot be (DESIGN section 8).
func TestGradeOfGroups(t *testing.T) {
	for _, rule := range caserules.All() {
		switch rule.Group {
		case caserules.Hints:
			if rule.Grade(true, true) == problem.Error || !rule.Suppressible() {
				t.Errorf("%s: a hint is an error, or cannot be silenced", rule.Slug)
			}
		case caserules.Workflow, caserules.Evidence:
			if rule.Suppressible() {
				t.Errorf("%s: what was done can be silenced in a case file", rule.Slug)
			}
		}
	}
}
