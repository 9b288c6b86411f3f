package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"suqiu/internal/appraisal"
	. "suqiu/internal/report"
	"testing"

	"suqiu/internal/gittest"
)

// hinging is the history of testdata/settings.txtar.
func hinging(t *testing.T) *gittest.Repository {
	t.Helper()
	script, err := os.ReadFile("testdata/settings.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return gittest.Repo(t, string(script))
}

func writeFile(t *testing.T, r *gittest.Repository, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(r.Path(name)), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(r.Path(name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestSettingsOfThen: what suqiu.yaml says after a quarter was frozen moves no
// figure of it, neither as drift nor as a correction.
func TestSettingsOfThen(t *testing.T) {
	r := hinging(t)
	freeze(t, r, "2026-10-15", nil)
	was := appraisal.Of(registerAt(t, r, "2026-10-16"), third)
	if s := standing(t, r, "2026-10-16").Was.Figures; s.Deadlines.OnTime != 1 || s.Deadlines.LateOpen != 1 ||
		s.Monthly.OnTime != 1 {
		t.Fatalf("the history should hang on 收件宽限: %+v %+v", s.Deadlines, s.Monthly)
	}
	for _, later := range [][2]string{
		{"{反馈: 10}", "{反馈: 5, 月报: 1}"},
		{"名称: 测试局", "名称: 测试局\n收件宽限: 0"},
		{"别名: [信息办], ", ""},
		{"渠道: [12366热线]", "渠道: [12366]"},
		{"渠道: [日常工作], ", ""},
		{"收件宽限: 0", "收件宽限: 0\n考评: {满分: 50, 超期未办: 9, 月报未报: 7, 月报迟报: 3}"},
		{"收件宽限: 0", "收件宽限: 3"},
		{"名称: 信息中心", "名称: 信息科, 别名: [信息中心]"},
		{"收件宽限: 3", "收件宽限: 3\n仅要素: [12366热线]"},
		{"  - {名称: 纳税服务中心, 代码: NFZX, 渠道: [12366], 邮箱: [\"*@nfzx.example\"], 角色: [回访]}\n" +
			"  - {名称: 信息科, 别名: [信息中心], 代码: XXZX, 邮箱: [\"*@xxzx.example\"]}\n",
			"  - {名称: 服务和信息中心, 代码: FXZX, 渠道: [12366], 别名: [纳税服务中心, 信息科, 信息中心], 邮箱: " +
				"[\"*@nfzx.example\", \"*@xxzx.example\"], 角色: [回访]}\n"},
	} {
		old := string(registerAt(t, r, "2026-11-02").Source("suqiu.yaml"))
		if !strings.Contains(old, later[0]) {
			t.Fatalf("no %q in\n%s", later[0], old)
		}
		writeFile(t, r, "suqiu.yaml", strings.Replace(old, later[0], later[1], 1))
		r.Run("at 2026-10-20 10:00\nby 纳税服务科 <a@nsfwk.example>\ncommit 口径")
		d := registerAt(t, r, "2026-11-02")
		s := *StandingOf(d, third)
		if s.Problem != "" || len(s.Drift) > 0 || len(s.Corrected) > 0 {
			t.Errorf("after %s: %s\ndrift %+v\ncorrected %+v", later, s.Problem, s.Drift, s.Corrected)
		}
		now := appraisal.Of(d, third)
		var points, before int
		for _, u := range now.Units {
			points += int(u.Deducted)
		}
		for _, u := range was.Units {
			before += int(u.Deducted)
		}
		if points != before || now.Units[0].Score != was.Units[0].Score {
			t.Errorf("after %s: %+v, were %+v", later, now.Units, was.Units)
		}
	}
}

// TestPapersOfThen: a paper that is changed or taken away after the freeze is
// no drift. Taking it away is a correction: there is nothing to count any more.
func TestPapersOfThen(t *testing.T) {
	r := hinging(t)
	freeze(t, r, "2026-10-15", nil)
	r.Run("at 2026-10-20 10:00\nby 纳税服务科 <a@nsfwk.example>\nreplace monthly/2026-07/NFZX.md '12366热线: 2' " +
		"'12366热线: 5'\ncommit 改数")
	if s := standing(t, r, "2026-11-02"); s.Problem != "" || len(s.Drift) > 0 || len(s.Corrected) > 0 {
		t.Errorf("edited: %+v", s)
	}
	r.Run("at 2026-10-21 10:00\nby 纳税服务科 <a@nsfwk.example>\nrm monthly/2026-07/NFZX.md\ncommit 删")
	if s := standing(t, r, "2026-11-02"); s.Problem != "" || len(s.Drift) > 0 || len(s.Corrected) != 1 ||
		s.Corrected[0].Key != "monthly" {
		t.Errorf("deleted: drift %+v corrected %+v", s.Drift, s.Corrected)
	}
}

// TestAliasOfLater: a name that was nobody's when the quarter was frozen keeps
// its row when it becomes an 别名.
func TestAliasOfLater(t *testing.T) {
	r := begin(t)
	r.Run("at 2026-09-26 11:00\nby 纳税服务中心 <a@nfzx.example>\nnew 202609-NFZX-003\ncommit 登记\n" +
		"at 2026-09-27 10:00\nby 纳税服务科 <a@nsfwk.example>\n" +
		"set 202609-NFZX-003 状态=已推送 任务清单=RW202609-02 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 " +
		"紧急程度=一般 承办单位=信息办\ncommit 推送")
	freeze(t, r, "2026-10-15", nil)
	r.Run("at 2026-10-20 10:00\nby 纳税服务科 <a@nsfwk.example>\nreplace suqiu.yaml '名称: 信息中心' '名称: " +
		"信息中心, 别名: [信息办]'\ncommit 别名")
	if s := standing(t, r, "2026-11-02"); s.Problem != "" || len(s.Drift) > 0 || len(s.Corrected) > 0 {
		t.Errorf("%s\n%+v\n%+v", s.Problem, s.Drift, s.Corrected)
	}
}

// TestMendedTimeOfLater: 落地时间 that is set after the freeze mends the figures
// of today, not the published ones.
func TestMendedTimeOfLater(t *testing.T) {
	r := hinging(t)
	feedback := strings.TrimSpace(r.Git("log", "--format=%H", "--grep=反馈", "-1"))
	freeze(t, r, "2026-10-15", nil)
	writeFile(t, r, "suqiu.yaml", string(registerAt(t, r, "2026-10-16").Source("suqiu.yaml"))+"落地时间: {"+feedback+
		": 2026-08-25 09:00}\n")
	r.Run("at 2026-10-20 10:00\nby 纳税服务科 <a@nsfwk.example>\ncommit 时间")
	s := standing(t, r, "2026-11-02")
	if s.Problem != "" || len(s.Drift) > 0 || len(s.Corrected) == 0 {
		t.Errorf("%s\ndrift %+v\ncorrected %+v", s.Problem, s.Drift, s.Corrected)
	}
}

// TestListsAreVerified: a row of a frozen list that was edited is told of, by
// the name of the list; nothing else is.
func TestListsAreVerified(t *testing.T) {
	for change, want := range map[string]string{
		`"case"}|"CASE"}`:       "",
		`"RW202608-01"|"RW9"`:   "附件“任务清单”第 1 行“任务清单”：RW9 → RW202608-01",
		`"grace": 1|"grace": 2`: "settings.grace：2 → 1",
	} {
		from, to, _ := strings.Cut(change, "|")
		r := hinging(t)
		freeze(t, r, "2026-10-15", func(b []byte) []byte { return bytes.Replace(b, []byte(from), []byte(to), 1) })
		s := standing(t, r, "2026-11-02")
		got := ""
		for _, x := range s.Drift {
			got += x.Name + "：" + x.Published + " → " + x.Now
		}
		if got != want || s.Problem != "" {
			t.Errorf("%s: %q, want %q %s", change, got, want, s.Problem)
		}
	}
}

// TestFirstFormatIsRead: a file of format 1, without settings and lists, is
// verified by what it has.
func TestFirstFormatIsRead(t *testing.T) {
	older := func(b []byte) []byte {
		var file map[string]any
		if err := json.Unmarshal(b, &file); err != nil {
			t.Fatal(err)
		}
		file["version"] = 1
		delete(file, "annexes")
		delete(file, "settings")
		delete(file, "edition")
		b, err := json.Marshal(file)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	r := hinging(t)
	freeze(t, r, "2026-10-15", older)
	if s := standing(t, r, "2026-11-02"); s.Problem != "" || len(s.Drift) > 0 {
		t.Errorf("%s %+v", s.Problem, s.Drift)
	}
	r = hinging(t)
	freeze(t, r, "2026-10-15", func(b []byte) []byte {
		return bytes.Replace(older(b), []byte(`"late_open":1`), []byte(`"late_open":4`), 1)
	})
	if s := standing(t, r, "2026-11-02"); s.Problem != "" || len(s.Drift) != 1 {
		t.Errorf("%s %+v", s.Problem, s.Drift)
	}
}
