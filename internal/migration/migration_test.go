package migration_test

import (
	"slices"
	"strings"
	"testing"

	"suqiu/internal/config"
	"suqiu/internal/dossier"
	"suqiu/internal/migration"
	"suqiu/internal/problem"
)

const settings = "主分支: main\n单位:\n  - 名称: 纳税服务科\n    代码: NSFWK\n    角色: [联席办]\n"

// TestPlan: suqiu.yaml of the first days gets the line that names the format, and
// keeps every other byte; one of the present format is left alone.
func TestPlan(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"below the name":    {"# 本局\n名称: 测试局\n" + settings, "# 本局\n名称: 测试局\n格式: 1\n" + settings},
		"name at the end":   {settings + "名称: 测试局", settings + "名称: 测试局\n格式: 1\n"},
		"a unit's is other": {settings + "名称: 测试局\n", settings + "名称: 测试局\n格式: 1\n"},
		"left empty":        {"名称: 测试局\n格式: # 未填\n" + settings, "名称: 测试局\n格式: 1\n" + settings},
		"none, in front":    {"格式: 0\n名称: 测试局\n" + settings, "名称: 测试局\n格式: 1\n" + settings},
		"present":           {"名称: 测试局\n格式: 1\n" + settings, ""},
	} {
		p, err := migration.PlanOf(config.Parse("suqiu.yaml", []byte(c.text)), []byte(c.text))
		switch {
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want == "" && (len(p.Says) > 0 || p.Text != c.text),
			c.want != "" && (len(p.Says) != 1 || p.Text != c.want):
			t.Errorf("%s: %q\n%s", name, p.Says, p.Text)
		}
	}
	broken := "名称: 测试局\n格式: 一\n" + settings
	if _, err := migration.PlanOf(config.Parse("suqiu.yaml", []byte(broken)), []byte(broken)); err == nil {
		t.Error("a format that is no number is taken for none")
	}
}

// TestChanges: what one standing has and the other has not is told, however often.
func TestChanges(t *testing.T) {
	standing := func(lines ...string) migration.Standing {
		var found []problem.Problem
		for _, l := range lines {
			found = append(found, problem.Problem{Path: l, Rule: "r", Message: "m"})
		}
		return migration.StandingOf([]dossier.Item{{Case: "202609-NFZX-001", State: "办理中"}}, found)
	}
	got := migration.Changes(standing("b", "a", "c", "c"), standing("c", "d", "b"))
	if want := []string{"－ a r m", "－ c r m", "＋ d r m"}; !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if got := migration.Changes(standing("a"), standing("a")); len(got) > 0 {
		t.Errorf("%q", got)
	}
}
