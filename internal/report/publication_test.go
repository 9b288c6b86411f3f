package report_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	. "suqiu/internal/report"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

var third = workday.Quarter{Year: 2026, Q: 3}

// begin makes the history that all these tests begin with: one task fed back in time, one
// still open at the end of 2026Q3.
func begin(t *testing.T) *gittest.Repository {
	t.Helper()
	script, err := os.ReadFile("testdata/frozen.txtar")
	if err != nil {
		t.Fatal(err)
	}
	r := gittest.Empty(t)
	for _, f := range txtar.Parse(script).Files {
		if err := os.WriteFile(filepath.Join(r.Dir, f.Name), f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r.Run(string(txtar.Parse(script).Comment))
	return r
}

func registerAt(t *testing.T, r *gittest.Repository, asOf string) *register.Register {
	t.Helper()
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	d, err := register.Load(context.Background(), repo, register.Options{AsOf: day(asOf)})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// freeze publishes 2026Q3 as of a day, and lets change spoil the file.
func freeze(t *testing.T, r *gittest.Repository, asOf string, change func([]byte) []byte) {
	t.Helper()
	freezeOf(t, r, third, asOf, change)
}

func freezeOf(t *testing.T, r *gittest.Repository, q workday.Quarter, asOf string, change func([]byte) []byte) {
	t.Helper()
	data, err := Publish(registerAt(t, r, asOf), q, Options{}, "suqiu test").Encode()
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		changed := change(data)
		if bytes.Equal(changed, data) {
			t.Fatal("the change changes nothing")
		}
		data = changed
	}
	if err := os.MkdirAll(filepath.Join(r.Dir, "reports"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.Dir, "reports", q.String()+".json"), data, 0o666); err != nil {
		t.Fatal(err)
	}
	r.Run("at " + day(asOf).AddDays(1).String() + " 09:00\nby 纳税服务科 <a@nsfwk.example>\ncommit 发布" + q.String())
}

func standing(t *testing.T, r *gittest.Repository, asOf string) Standing {
	t.Helper()
	s := StandingOf(registerAt(t, r, asOf), third)
	if s == nil {
		t.Fatal("2026Q3 was not published")
	}
	return *s
}

// TestFrozenQuarterHolds: whatever lands after it, a published quarter
// recomputes to what was published; later work is no correction of it.
func TestFrozenQuarterHolds(t *testing.T) {
	r := begin(t)
	freeze(t, r, "2026-10-15", nil)
	for _, later := range []string{
		"",
		"at 2026-10-20 10:00\nby 信息中心 <a@xxzx.example>\nset 202608-NFZX-002 状态=办理中\ncommit 接收",
		"at 2026-10-21 10:00\nby 信息中心 <a@xxzx.example>\nset 202608-NFZX-002 状态=已反馈\n" +
			"record 202608-NFZX-002 反馈 结果=已解决 措施=扩容 答复日期=2026-10-21 审核= 退回原因=\n" +
			"section 202608-NFZX-002 办理情况 已经扩容。\nsection 202608-NFZX-002 反馈答复 已经答复。\ncommit 反馈",
		"at 2026-10-22 10:00\nby 纳税服务中心 <a@nfzx.example>\nnew 202610-NFZX-001\ncommit 登记",
		"at 2026-10-23 10:00\nby 纳税服务科 <a@nsfwk.example>\nreplace suqiu.yaml '反馈: 10' '反馈: 5'\ncommit 口径",
		"at 2026-10-26 10:00\nby 纳税服务科 <a@nsfwk.example>\nreplace suqiu.yaml '名称: 信息中心' '名称: 信息科, " +
			"别名: [信息中心]'\ncommit 更名",
	} {
		if later != "" {
			r.Run(later)
		}
		for _, asOf := range []string{"2026-10-26", "2027-02-01"} {
			s := standing(t, r, asOf)
			if s.Problem != "" || len(s.Drift) > 0 || s.Calendar || len(s.Corrected) > 0 {
				t.Fatalf("after %q as of %s: %s %+v %+v", later, asOf, s.Problem, s.Drift, s.Corrected)
			}
		}
	}
}

// TestThenIsWhatItWas: the register replayed from the one walk for a frozen
// quarter is the register that a walk at that head and day makes.
func TestThenIsWhatItWas(t *testing.T) {
	r := begin(t)
	was := Publish(registerAt(t, r, "2026-10-15"), third, Options{}, "suqiu test")
	freeze(t, r, "2026-10-15", nil)
	r.Run("at 2026-10-20 10:00\nby 信息中心 <a@xxzx.example>\nset 202608-NFZX-002 状态=办理中\ncommit 接收")
	d := registerAt(t, r, "2026-12-31")
	then := d.Published[0].Then
	if then == nil {
		t.Fatal(d.Published[0].Problem)
	}
	got, err := Publish(then, third, Options{}, "suqiu test").Encode()
	if err != nil {
		t.Fatal(err)
	}
	want, _ := was.Encode()
	if !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// The case on which nothing landed since is shared, the other is not.
	if then.Case("202607-NFZX-001") != d.Case("202607-NFZX-001") ||
		then.Case("202608-NFZX-002") == d.Case("202608-NFZX-002") {
		t.Error("settled cases should be shared, and only those")
	}
	if got := then.Case("202608-NFZX-002").Life.State; got != "已推送" {
		t.Errorf("the open case was %s then", got)
	}
}

// TestDrift: a published file that was edited, or whose commit is gone, is
// told of.
func TestDrift(t *testing.T) {
	t.Run("edited", func(t *testing.T) {
		r := begin(t)
		freeze(t, r, "2026-10-15", func(b []byte) []byte {
			return bytes.Replace(b, []byte(`"done": 1`), []byte(`"done": 2`), 1)
		})
		s := standing(t, r, "2026-12-31")
		if len(s.Drift) != 1 || s.Drift[0].Key != "balance.done" || s.Drift[0].Published != "2" ||
			s.Drift[0].Now != "1" {
			t.Errorf("%+v", s.Drift)
		}
	})
	t.Run("an indicator", func(t *testing.T) {
		r := begin(t)
		freeze(t, r, "2026-10-15", func(b []byte) []byte {
			return bytes.Replace(b, []byte(`"key": "due",`), []byte(`"key": "on-time",`), 1)
		})
		if s := standing(t, r, "2026-12-31"); len(s.Drift) != 1 || s.Drift[0].Name != "应办量" {
			t.Errorf("%+v", s.Drift)
		}
	})
	t.Run("another head", func(t *testing.T) {
		r := begin(t)
		freeze(t, r, "2026-10-15", func(b []byte) []byte {
			i := bytes.Index(b, []byte(`"head": "`)) + len(`"head": "`)
			return append(append(bytes.Clone(b[:i]), bytes.Repeat([]byte("0"), 40)...), b[i+40:]...)
		})
		if s := standing(t, r, "2026-12-31"); s.Problem == "" || s.Then != nil {
			t.Errorf("%+v", s)
		}
	})
	t.Run("no JSON", func(t *testing.T) {
		r := begin(t)
		freeze(t, r, "2026-10-15", func(b []byte) []byte { return b[:40] })
		if s := standing(t, r, "2026-12-31"); s.Problem == "" {
			t.Errorf("%+v", s)
		}
	})
	t.Run("another calendar", func(t *testing.T) {
		r := begin(t)
		freeze(t, r, "2026-10-15", func(b []byte) []byte {
			return bytes.Replace(b, []byte(`"digest": "`), []byte(`"digest": "x`), 1)
		})
		if s := standing(t, r, "2026-12-31"); !s.Calendar {
			t.Errorf("%+v", s)
		}
	})
}

// TestCorrected: a 更正 that lands after a quarter was published stands beside
// the published figure, and is no drift.
func TestCorrected(t *testing.T) {
	r := begin(t)
	freeze(t, r, "2026-10-15", nil)
	r.Run("at 2026-10-20 10:00\nby 纳税服务科 <a@nsfwk.example>\n" +
		"set 202608-NFZX-002 状态=已登记\n" +
		"record 202608-NFZX-002 更正 事项=误推送 规则= 原因=重复登记，不应推送 依据=CQ2026-09\ncommit 更正")
	s := standing(t, r, "2026-12-31")
	if s.Problem != "" || len(s.Drift) > 0 {
		t.Fatalf("%s %+v", s.Problem, s.Drift)
	}
	got := map[string]string{}
	for _, c := range s.Corrected {
		got[c.Key] = c.Published + " → " + c.Now
	}
	for key, want := range map[string]string{"balance.pushed": "2 → 1", "balance.closing": "1 → 0"} {
		if got[key] != want {
			t.Errorf("%s: %q, want %q; all: %v", key, got[key], want, got)
		}
	}
}

// TestFreezeIsTheSameTwice: same commit, day and version, same bytes.
func TestFreezeIsTheSameTwice(t *testing.T) {
	r := begin(t)
	var first []byte
	for range 2 {
		data, err := Publish(registerAt(t, r, "2026-10-15"), third, Options{}, "suqiu test").Encode()
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && !bytes.Equal(first, data) {
			t.Error("two freezes differ")
		}
		first = data
	}
}

// TestFrozenQuarterOutlivesAUnit: a unit that leaves suqiu.yaml with its
// addresses did what it did: nothing of a quarter that was published before is
// other than it was. What comes from its addresses afterwards is nobody's.
func TestFrozenQuarterOutlivesAUnit(t *testing.T) {
	// Fed back on the due day, merged on the day after: in time, if it is known
	// whose act it was.
	const merged = `at 2026-09-28 09:00
by 纳税服务中心 <a@nfzx.example>
new 202609-NFZX-003
commit 登记
at 2026-09-28 10:00
by 纳税服务科 <a@nsfwk.example>
set 202609-NFZX-003 状态=已推送 任务清单=RW202609-02 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 承办单位=信息中心 限办天数=1
commit 推送
branch fb
at 2026-09-29 16:00
by 信息中心 <a@xxzx.example>
set 202609-NFZX-003 状态=已反馈
record 202609-NFZX-003 反馈 结果=已解决 措施=扩容 答复日期=2026-09-29 审核= 退回原因=
section 202609-NFZX-003 办理情况 已经扩容。
section 202609-NFZX-003 反馈答复 已经答复。
commit 反馈
checkout main
at 2026-09-30 09:00
by 纳税服务科 <a@nsfwk.example>
merge fb
at 2026-09-30 10:00
set 202609-NFZX-003 状态=已办结 反馈.审核=通过 不评估原因=未抽中
commit 办结
`
	for name, change := range map[string]string{
		"the unit in charge": "replace suqiu.yaml '- {名称: 信息中心' '# {名称: 信息中心'",
		"the collector":      "replace suqiu.yaml '- {名称: 纳税服务中心' '# {名称: 纳税服务中心'",
		"an address":         "replace suqiu.yaml ', 邮箱: [\"*@xxzx.example\"]' ''",
		"a role":             "replace suqiu.yaml ', 角色: [回访]' ''",
	} {
		t.Run(name, func(t *testing.T) {
			r := begin(t)
			r.Run(merged)
			freeze(t, r, "2026-10-15", nil)
			r.Run("at 2026-10-26 10:00\nby 纳税服务科 <a@nsfwk.example>\n" + change + "\ncommit 撤并")
			s := standing(t, r, "2026-12-31")
			if s.Problem != "" || len(s.Drift) > 0 || len(s.Corrected) > 0 {
				t.Errorf("%s\ndrift %+v\ncorrected %+v", s.Problem, s.Drift, s.Corrected)
			}
			d := registerAt(t, r, "2026-12-31")
			before, after := d.Actor("a@xxzx.example", day("2026-10-25")), d.Actor("a@xxzx.example", day("2026-10-27"))
			gone := name == "the unit in charge" || name == "an address"
			if len(before.Units) != 1 || (len(after.Units) == 0) != gone {
				t.Errorf("its address was %v, and is now %v", before, after)
			}
		})
	}
}

// TestOlderCounting: a quarter frozen by an older 口径 is counted otherwise now:
// that is 口径变更, and no drift (DESIGN 10). What its settings were, no 口径
// changes.
func TestOlderCounting(t *testing.T) {
	older := func(data []byte) []byte {
		data = bytes.Replace(data, []byte(`"version": 3,`), []byte(`"version": 2,`), 1)
		data = bytes.Replace(data, []byte("  \"counting\": 2,\n"), nil, 1)
		return bytes.Replace(data, []byte(`"on_time": 1`), []byte(`"on_time": 2`), 1)
	}
	r := begin(t)
	freeze(t, r, "2026-10-15", older)
	s := standing(t, r, "2026-12-31")
	if s.Problem != "" || len(s.Drift) > 0 || len(s.Recounted) == 0 || s.Was.Counting != 1 || len(s.Corrected) > 0 {
		t.Fatalf("%s drift %+v, recounted %+v, corrected %+v", s.Problem, s.Drift, s.Recounted, s.Corrected)
	}
	note := Compose(registerAt(t, r, "2026-12-31"), third, Options{}).Note
	if !strings.Contains(note, "口径变更") || strings.Contains(note, "不符") {
		t.Errorf("the report says: %s", note)
	}

	// The same by the present 口径 is drift, and so is another suqiu.yaml by any.
	r = begin(t)
	freeze(t, r, "2026-10-15", func(data []byte) []byte {
		return bytes.Replace(data, []byte(`"on_time": 1`), []byte(`"on_time": 2`), 1)
	})
	if s := standing(t, r, "2026-12-31"); len(s.Drift) == 0 || len(s.Recounted) > 0 {
		t.Errorf("drift %+v, recounted %+v", s.Drift, s.Recounted)
	}
	r = begin(t)
	freeze(t, r, "2026-10-15", func(data []byte) []byte {
		return bytes.Replace(older(data), []byte(`"grace": 1`), []byte(`"grace": 2`), 1)
	})
	if s := standing(t, r, "2026-12-31"); len(s.Drift) == 0 {
		t.Error("another 收件宽限 is not told")
	}
}
