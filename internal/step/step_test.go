package step_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"suqiu/internal/caserules"
	"suqiu/internal/demo"
	"suqiu/internal/draft"
	"suqiu/internal/git"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/step"
	"suqiu/internal/workday"
)

// found is a case of the sample repository as of a day, with its file.
type found struct {
	scene step.Scene
	text  string
}

var today = workday.New(2026, time.September, 30)

// sample is every open case of the sample repository as of several days, and
// some that are closed.
var sample = sync.OnceValues(func() ([]found, error) {
	dir := filepath.Join(testDir, "sample")
	if err := demo.Sample(dir, today, nil); err != nil {
		return nil, err
	}
	var list []found
	for _, day := range []workday.Date{today, today.AddDays(-20), today.AddDays(-41), today.AddDays(-63),
		today.AddDays(-90), today.AddDays(-140)} {
		repo, err := git.Open(dir)
		if err != nil {
			return nil, err
		}
		o := register.Options{AsOf: day, Now: day.Start().Add(17 * time.Hour)}
		d, err := register.Load(ctx, repo, o)
		if err != nil {
			return nil, err
		}
		var ids []string
		closed := 0
		for _, c := range d.Cases {
			if c.Life.State.IsOpen() || closed < 4 {
				ids = append(ids, c.ID)
			}
			if !c.Life.State.IsOpen() {
				closed++
			}
		}
		lazy, err := register.Open(ctx, repo, o)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			f, err := lazy.Follow(ctx, id)
			if err != nil {
				return nil, err
			}
			list = append(list, found{step.Scene{Env: lazy.Env(), Case: f.Case.Case, Life: &f.Life,
				History: f.History, Now: o.Now}, string(lazy.Source(f.Path))})
		}
	}
	return list, nil
})

// Whatever is offered to a unit can be taken with values of the kinds that are
// asked for: the file after it has no error that it had not, its remarks and
// foreign keys are where they were, it is in canonical form, and what it states
// more is the step.
func TestLegalStepsBringNoError(t *testing.T) {
	cases, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		f := cases[rapid.IntRange(0, len(cases)-1).Draw(t, "case")]
		f.scene.Email = rapid.SampledFrom(f.addresses()).Draw(t, "who")
		src, scene := f.remarked()
		steps := scene.Steps()
		if len(steps) == 0 {
			t.Skip()
		}
		i := rapid.IntRange(0, len(steps)-1).Draw(t, "step")
		st := steps[i]
		values := legal(t, scene, &st)
		text, faults := st.Apply(src, values)
		if refusedByLife(faults) {
			t.Skip()
		}
		t.Logf("%s %s as %s: %s %q", scene.Case.ID, scene.Life.State, scene.Email, st.Name, values)
		if len(faults) > 0 {
			t.Fatalf("refused: %s %s %s (%s)", faults[0].Field, faults[0].Rule, faults[0].Message, faults[0].Fix)
		}
		names[st.Title] = true
		for _, want := range []string{remark, foreign} {
			if strings.Count(text, want) != strings.Count(src, want) {
				t.Errorf("%q stands %d times", want, strings.Count(text, want))
			}
		}
		if strings.Contains(text, mdfile.Origin) {
			t.Error("it still says what it was copied from")
		}
		if out, _ := record.Format([]byte(text), scene.Env.Config.Canon); string(out) != text {
			t.Errorf("is not canonical: %s", difference(text, string(out)))
		}
		written := map[string]bool{"状态": st.To != "", "代录": st.Proxy}
		for _, field := range st.Fields {
			if values[field.Name] != "" {
				written[step.TopOf(&st, field.Name)] = true
			}
		}
		for _, top := range step.Tops(&st) {
			written[top] = true
		}
		after := record.Parse(scene.Case.Path, []byte(text), scene.Env.Config.Canon)
		if strays := st.Strays(scene.Case, after); strays != nil {
			t.Errorf("it strays into %v", strays)
		}
		for _, ch := range record.Diff(scene.Case, after) {
			top, _, _ := strings.Cut(ch.Key, ".")
			if !written[top] {
				t.Errorf("%s changes too: %+v", top, ch)
			}
			if ch.Kind == record.Removed || ch.Kind == record.Altered {
				t.Errorf("what stood there is gone: %+v", ch)
			}
		}
		for name, value := range values {
			if got := step.Says(&st, name, after); !strings.HasSuffix(got, value) {
				t.Errorf("%s says %q", name, got)
			}
		}
		if st.To != "" && after.State != string(st.To) {
			t.Errorf("leads to %s", after.State)
		}
	})
	t.Logf("%d kinds of step: %v", len(names), names)
}

const (
	remark  = "# 待核：以纪要为准"
	foreign = "自拟: 保留"
)

// remarked is the case with a remark in its file, a key that nobody knows, and the
// line by which a copied text says what it was copied from.
func (f *found) remarked() (string, *step.Scene) {
	src := strings.Replace(f.text, "\n标题:", "\n"+remark+"\n标题:", 1)
	src = strings.Replace(src, "\n\n状态:", "\n"+foreign+"\n\n状态:", 1)
	src = strings.Replace(src, "---\n", "---\n"+mdfile.Origin+" 0123456789\n", 1)
	scene := f.scene
	scene.Case = record.Parse(f.scene.Case.Path, []byte(src), scene.Env.Config.Canon)
	return src, &scene
}

// addresses are one of each unit, and an address of the office.
func (f *found) addresses() []string {
	list := []string{""}
	for i := range f.scene.Env.Config.Units {
		if u := &f.scene.Env.Config.Units[i]; len(u.Emails) > 0 {
			list = append(list, strings.Replace(u.Emails[0], "*", "a", 1))
		}
	}
	return list
}

// refusedByLife reports whether what refuses a step is how much the case has had
// already, which no value mends.
func refusedByLife(faults []step.Fault) bool {
	return slices.ContainsFunc(faults, func(f step.Fault) bool {
		return f.Rule == "extension-cap" // 准延天数 beyond what is left
	})
}

// legal are values for the fields of a step.
func legal(t *rapid.T, s *step.Scene, st *step.Step) map[string]string {
	values := map[string]string{}
	for i := range st.Fields {
		f := &st.Fields[i]
		if f.Required || risky[last(f.Name)] == "" && st.Title != "更正" && rapid.Bool().Draw(t, f.Name) {
			values[f.Name] = value(t, s, f)
		}
	}
	// What comes together.
	for _, pair := range [][2]string{{"日期", "依据"}} {
		for name := range values {
			top, leaf, nested := strings.Cut(name, ".")
			if nested && top == "会议议定期限" && leaf != pair[0] {
				delete(values, name)
			}
		}
	}
	for i := range st.Fields {
		name := st.Fields[i].Name
		switch {
		case strings.HasSuffix(name, "结果") && values[name] == "部分解决":
			values["后续措施"], values["完成期限"] = "继续扩容", workday.Of(s.Now).AddDays(30).String()
		case strings.HasSuffix(name, "结果") && values[name] != "" && st.Title == "反馈":
			delete(values, "后续措施")
			delete(values, "完成期限")
		case strings.HasSuffix(name, "决定") && st.Title == "决定一事一议":
			date, basis := "日期", "会议议定期限.依据"
			delete(values, date)
			delete(values, basis)
			if values[name] == "同意" {
				values[date], values[basis] = workday.Of(s.Now).AddDays(30).String(), "CQ2026-07"
			}
		}
	}
	if st.Title == "修改要素" || st.Title == "补充诉求内容" || st.Title == "补充办理情况" || st.Title == "答复失效" {
		if len(values) == 0 {
			f := &st.Fields[len(st.Fields)-1]
			values[f.Name] = value(t, s, f)
		}
	}
	return values
}

// risky are fields that change what others stand for: which may be is for the
// rules to say, not for chance.
var risky = map[string]string{"收集单位": "编号", "收集日期": "编号", "渠道": "单位", "状态": "表", "准延天数": "决定",
	"不评估原因": "办结", "日期": "依据", "依据": "日期", "协办单位": "承办单位", "规则": "目录", "承办单位": "推送",
	"后续措施": "结果", "完成期限": "结果", "审核": "反馈", "决定": "反馈", "公开范围": ""}

func last(name string) string { return name[strings.LastIndex(name, ".")+1:] }

// value is one of the kind that a field asks for.
func value(t *rapid.T, s *step.Scene, f *step.Field) string {
	day := workday.Of(s.Now)
	switch f.Kind {
	case step.Choice:
		return rapid.SampledFrom(f.Choices).Draw(t, f.Name)
	case step.Unit, step.Units:
		free := slices.DeleteFunc(slices.Clone(f.Choices), func(unit string) bool {
			led := slices.ContainsFunc(s.Life.Clocks, func(k clockOf) bool { return k.Unit == unit })
			return led || unit == s.Case.Lead || slices.Contains(s.Case.Co, unit)
		})
		return rapid.SampledFrom(free).Draw(t, f.Name)
	case step.Date:
		return day.AddDays(rapid.IntRange(1, 60).Draw(t, f.Name)).String()
	case step.Number:
		return fmt.Sprint(rapid.IntRange(1, 9).Draw(t, f.Name))
	case step.Case:
		return "202607-NFZX-001"
	case step.Meeting:
		return "CQ2026-07"
	case step.Text:
		if f.Name == "任务清单" {
			return "RW202609-01"
		}
		return rapid.SampledFrom([]string{"电子税务局", "申报 失败之一", "12366"}).Draw(t, f.Name)
	case step.Section:
		return rapid.SampledFrom([]string{"摘要。", "- 一\n- 二", "第一段。\n\n第二段：`值`。"}).Draw(t, f.Name)
	}
	return rapid.SampledFrom([]string{"已联系承建方", "一: 二 #3", "'引号'", "- 横线", "第一行\n第二行", "[括号]",
		"是"}).Draw(t, f.Name)
}

// difference is the first line in which two texts differ.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d: %q, not %q", i+1, x[i], y[i])
		}
	}
	return fmt.Sprint(len(x), " and ", len(y), " lines")
}

// What a step does not ask for, leaves out or cannot hold is refused, with the
// field that it is about.
func TestIllegalValuesAreRefused(t *testing.T) {
	cases, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		f := cases[rapid.IntRange(0, len(cases)-1).Draw(t, "case")]
		f.scene.Email = rapid.SampledFrom(f.addresses()).Draw(t, "who")
		steps := f.scene.Steps()
		if len(steps) == 0 {
			t.Skip()
		}
		st := steps[rapid.IntRange(0, len(steps)-1).Draw(t, "step")]
		values := legal(t, &f.scene, &st)
		if _, faults := st.Apply(f.text, values); len(faults) > 0 || len(st.Fields) == 0 {
			t.Skip()
		}
		field := st.Fields[rapid.IntRange(0, len(st.Fields)-1).Draw(t, "field")]
		bad := map[step.Kind]string{step.Choice: "大概", step.Date: "2026-02-30", step.Number: "几天",
			step.Unit: "没有的科", step.Units: "没有的科", step.Case: "第三件", step.Section: "一\n## 二"}[field.Kind]
		switch {
		case field.Required && rapid.Bool().Draw(t, "missing"):
			delete(values, field.Name)
		case rapid.Bool().Draw(t, "unknown"):
			values["没有这一项"] = "一"
			field.Name = "没有这一项"
		case bad == "":
			t.Skip()
		default:
			values[field.Name] = bad
		}
		text, faults := st.Apply(f.text, values)
		if !slices.ContainsFunc(faults, func(x step.Fault) bool { return x.Field == field.Name && x.Message != "" }) {
			t.Errorf("%s %s %q: %+v\n%s", f.scene.Case.ID, st.Name, values, faults, text)
		}
	})
}

// A step that the state, the unit or its place do not allow is not offered: who
// writes it all the same is told what check says.
func TestWhatIsNotOfferedIsRefused(t *testing.T) {
	cases, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, f := range cases {
		anybody := f.scene
		for _, who := range f.addresses()[1:] {
			own := f.scene
			own.Email = who
			offered := own.Steps()
			for _, st := range anybody.Listed() {
				if slices.ContainsFunc(offered, func(o step.Step) bool { return o.Title == st.Title && !o.Proxy }) {
					continue
				}
				file, _ := draft.New(record.Schema(), []byte(f.text), own.Env.Config.Canon)
				text, whole := st.Asked(file)
				if !whole || strings.Contains(text, "〔请填") {
					continue
				}
				tried++
				if found := own.Judge(text); !slices.ContainsFunc(found, func(p fault) bool {
					return caserules.AsksWho(p.Rule) || p.Rule == "proxy-entry"
				}) {
					t.Errorf("%s %s by %s: %+v", f.scene.Case.ID, st.Title, who, found)
				}
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d were tried", tried)
	}
}

// A registration asks for the facts of an appeal, gives it the next number of its
// month and unit, and lands without an error. Windows' line ends and a byte order
// mark stay where they were.
func TestRegistration(t *testing.T) {
	cases, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	scene := cases[0].scene
	scene.Email = "a@nfzx.example"
	if _, ok := scene.Registration("征收管理科"); ok {
		t.Error("it is offered for another unit")
	}
	st, ok := scene.Registration("纳税服务中心")
	if !ok {
		t.Fatal("it is not offered")
	}
	next := func(prefix string) (string, error) { return prefix + "019", nil }
	path, text, faults, err := st.Register(map[string]string{"标题": "发票额度调整审核无进度提示", "性质": "诉求",
		"渠道": "12366热线", "收集日期": "2026-09-30", "诉求内容": "纳税人反映无进度提示。"}, next)
	if err != nil || len(faults) > 0 || path != "cases/2026/09/202609-NFZX-019.md" {
		t.Fatal(path, faults, err)
	}
	for _, want := range []string{"---\n编号: 202609-NFZX-019\n标题: 发票", "收集单位: 纳税服务中心\n",
		"状态: 已登记\n",
		"## 诉求内容\n\n纳税人反映无进度提示。\n\n## 研判分析\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	_, _, faults, _ = st.Register(map[string]string{"标题": "发票额度调整审核无进度提示", "性质": "诉求",
		"渠道": "信访", "收集日期": "2026-09-30", "诉求内容": "纳税人反映无进度提示。"}, next)
	if len(faults) != 1 || faults[0].Field != "渠道" {
		t.Errorf("a channel of another unit: %+v", faults)
	}
	for _, f := range cases {
		f.scene.Email = "a@nsfwk.example"
		if st := step.Find(f.scene.Steps(), "修改要素"); st != nil {
			src := "\uFEFF" + strings.ReplaceAll(f.text, "\n", "\r\n")
			text, faults := st.Apply(src, map[string]string{"标题": "换了一个标题"})
			want := strings.Replace(src, "标题: "+f.scene.Case.Title, "标题: 换了一个标题", 1)
			if len(faults) > 0 || text != want {
				t.Fatalf("%v: %s", faults, difference(text, want))
			}
			return
		}
	}
}
