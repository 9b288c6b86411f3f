package register_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// TestSettledCases: a case whose clocks have all stopped is taken as it was judged,
// so that not even its blobs are asked for; until something lands on it or
// suqiu.yaml says otherwise.
func TestSettledCases(t *testing.T) {
	config, err := os.ReadFile("testdata/suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const id = "202607-NFZX-001"
	r := gittest.Repo(t, `
by a@nsfwk.example
at 2026-07-01 09:00
write suqiu.yaml
commit 配置
by a@nfzx.example
new `+id+` 渠道=12366热线 收集单位=纳税服务中心 标题=一
commit 登记
by a@nsfwk.example
at 2026-08-20 09:00
set `+id+` 状态=分析中
commit 分析
set `+id+` 状态=不推送 不推送原因=重复反映
commit 不推送
-- suqiu.yaml --
`+string(config))
	load := func(o register.Options) (string, error) {
		t.Helper()
		repo, err := git.Open(r.Dir)
		if err != nil {
			t.Fatal(err)
		}
		o.Worthwhile, o.Workers = 1, 1
		if o.AsOf == 0 {
			o.AsOf = workday.New(2026, 9, 1)
		}
		d, err := register.Load(t.Context(), repo, o)
		if err != nil {
			return "", err
		}
		text, _ := print(d)
		return text, nil
	}
	same := func(what string) string {
		t.Helper()
		want, err := load(register.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := load(register.Options{Build: "this"})
		if err != nil || got != want {
			t.Fatalf("%s: %v\n%s\nwithout what was kept:\n%s", what, err, got, want)
		}
		return got
	}
	late := same("at first")
	if !strings.Contains(late, "missed") {
		t.Fatalf("nothing is late:\n%s", late)
	}
	blob := r.Git("rev-parse", "HEAD~1:"+gittest.CasePath(id))
	object := filepath.Join(r.Dir, ".git", "objects", blob[:2], blob[2:])
	data, err := os.ReadFile(object)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(object); err != nil {
		t.Fatal(err)
	}
	if got, err := load(register.Options{Build: "this"}); err != nil || got != late {
		t.Errorf("a settled case is judged again: %v\n%s", err, got)
	}
	for _, o := range []register.Options{{}, {Build: "other"}, {Build: "this", AsOf: workday.New(2026, 8, 20)}} {
		if _, err := load(o); err == nil {
			t.Errorf("%+v: taken from what was kept of something else", o)
		}
	}
	if err := os.WriteFile(object, data, 0o444); err != nil {
		t.Fatal(err)
	}
	r.Run("at 2026-08-21 09:00\nappend suqiu.yaml '日历: {放假: [2026-08-13]}'\ncommit 改配置\n")
	if now := same("under other settings"); now == late {
		t.Errorf("the settings change nothing:\n%s", now)
	}
	r.Run("at 2026-08-22 09:00\nset " + id + " 标题=二\ncommit 改标题\n")
	same("after another landing")
}

// TestFrozenCases: how a case stood when a quarter was frozen is kept with it, also
// where the quarter is read by names that units had then.
func TestFrozenCases(t *testing.T) {
	config, err := os.ReadFile("testdata/suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const id = "202607-NFZX-001"
	r := gittest.Repo(t, `
by a@nsfwk.example
at 2026-07-01 09:00
write suqiu.yaml
commit 配置
by a@nfzx.example
new `+id+` 渠道=12366热线 收集单位=纳税服务中心 标题=一
commit 登记
by a@nsfwk.example
at 2026-08-20 09:00
set `+id+` 状态=分析中
commit 分析
-- suqiu.yaml --
`+string(config))
	freeze := func(file, head, asOf string) {
		r.Run("write reports/" + file + ".json\ncommit 冻结\n-- reports/" + file + ".json --\n" +
			`{"tool": "suqiu 1", "head": "` + head + `", "as_of": "` + asOf + `", "figures": {"units": []}}` + "\n")
	}
	freeze("2026Q3", r.Rev("main"), "2026-08-25")
	renamed := strings.Replace(string(config), "名称: 纳税服务中心", "名称: 纳服中心\n    别名: [纳税服务中心]", 1)
	r.Run("at 2026-08-26 09:00\nwrite suqiu.yaml\ncommit 改名\nset " + id +
		" 状态=不推送 不推送原因=重复反映\ncommit 不推送\n-- suqiu.yaml --\n" + renamed)
	told := func(o register.Options) string {
		t.Helper()
		repo, err := git.Open(r.Dir)
		if err != nil {
			t.Fatal(err)
		}
		o.Worthwhile, o.AsOf = 1, workday.New(2026, 10, 9)
		d, err := register.Load(t.Context(), repo, o)
		if err != nil {
			t.Fatal(err)
		}
		now, _ := print(d)
		for _, p := range d.Published {
			if p.Then == nil || len(p.Then.Cases) != 1 {
				t.Fatalf("%s: %+v", p.Path, p)
			}
			then, _ := print(p.Then)
			now += p.Path + " " + p.Then.Cases[0].Collector + "\n" + then
		}
		return now
	}
	same := func(what string) {
		t.Helper()
		want := told(register.Options{})
		for run := range 2 {
			if got := told(register.Options{Build: "this"}); got != want {
				t.Errorf("%s, run %d:\n%s\nwithout what was kept:\n%s", what, run, got, want)
			}
		}
	}
	same("one quarter")
	if text := told(register.Options{Build: "this"}); !strings.Contains(text, "2026Q3.json 纳税服务中心") ||
		!strings.Contains(text, "分析中") {
		t.Errorf("the quarter does not stand as it stood:\n%s", text)
	}
	freeze("2026Q2", r.Rev("main"), "2026-08-27")
	same("another quarter")
	blob := r.Git("rev-parse", r.Rev("main")+":"+gittest.CasePath(id))
	if err := os.Remove(filepath.Join(r.Dir, ".git", "objects", blob[:2], blob[2:])); err != nil {
		t.Fatal(err)
	}
	told(register.Options{Build: "this"}) // not even the content is asked for
}
