package step_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/papers"
	"suqiu/internal/record"
	"suqiu/internal/step"
	"suqiu/internal/workday"
)

// somebody is a scene without a case.
func somebody(t *testing.T, email string) *step.Scene {
	t.Helper()
	cases, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	return &step.Scene{Env: cases[0].scene.Env, Email: email, Now: cases[0].scene.Now}
}

var months = workday.Month{Year: 2026, Month: 9}

// A monthly submission is made of the channels of the unit; 零报告 follows from
// what came in, and that nothing did is the unit's to say.
func TestMonthly(t *testing.T) {
	scene := somebody(t, "a@nfzx.example")
	p, err := scene.Monthly("NFZX", months, "", map[string]int{"12366热线": 3})
	if err != nil {
		t.Fatal(err)
	}
	if p.Number != "2026-09" || p.Until != workday.New(2026, 10, 10) || p.Proxy {
		t.Errorf("%s %s %v", p.Number, p.Until, p.Proxy)
	}
	values := map[string]string{}
	for _, f := range p.Fields {
		if f.Required {
			values[f.Name] = "0"
		}
	}
	if _, faults := p.Apply(map[string]string{"12366热线": "3"}); len(faults) != len(values)-1 {
		t.Errorf("channels that were left out: %+v", faults)
	}
	if _, faults := p.Apply(values); len(faults) != 1 || faults[0].Field != "零报告" {
		t.Errorf("nothing at all: %+v", faults)
	}
	values["12366热线"] = "二十"
	if _, faults := p.Apply(values); len(faults) != 1 || faults[0].Field != "12366热线" {
		t.Errorf("no number: %+v", faults)
	}
	maps.Copy(values, map[string]string{"12366热线": "46", "风险点.内容": "征期末日卡顿",
		"风险点.转送单位": "信息中心、征收管理科"})
	files, faults := p.Apply(values)
	if len(faults) > 0 || len(files) != 1 || files[0].Path != "monthly/2026-09/NFZX.md" {
		t.Fatal(files, faults)
	}
	m := papers.ParseMonthly(files[0].Path, []byte(files[0].Text), scene.Env.Config.Canon)
	if len(m.Problems) > 0 || m.Zero || m.Total() != 46 || len(m.Risks) != 1 || len(m.Risks[0].To) != 2 {
		t.Errorf("%+v\n%s", m, files[0].Text)
	}
	if string(papers.PrintMonthly(m)) != files[0].Text {
		t.Errorf("is not canonical:\n%s", files[0].Text)
	}
	// What was handed in can be mended, by its lines alone.
	src := strings.Replace(files[0].Text, "12366热线: 46", "12366热线: 46  # 待核", 1)
	p, err = scene.Monthly("NFZX", months, src, nil)
	if err != nil {
		t.Fatal(err)
	}
	files, faults = p.Apply(map[string]string{"12366热线": "47"})
	if len(faults) > 0 || files[0].Text != strings.Replace(src, "46  #", "47  #", 1) {
		t.Errorf("%+v\n%s", faults, files[0].Text)
	}
	if _, err := scene.Monthly("征收管理科", months, "", nil); err == nil {
		t.Error("it is offered for another unit")
	}
	office := somebody(t, "lianxiban@nsfwk.example")
	if p, err := office.Monthly("NFZX", months, "", nil); err != nil || !p.Proxy {
		t.Errorf("the office cannot enter it: %v", err)
	}
}

// A plea is an entry of the unit's own; the office decides on it.
func TestPleas(t *testing.T) {
	q, unit := workday.Quarter{Year: 2026, Q: 3}, somebody(t, "a@xxzx.example")
	p, err := unit.Plea("信息中心", q, step.Appraised{Text: "---\n季度: 2026Q3\n\n申辩:\n---\n", Landed: today})
	if err != nil {
		t.Fatal(err)
	}
	if p.Until != workday.New(2026, 10, 13) {
		t.Errorf("until %s", p.Until)
	}
	if _, faults := p.Apply(map[string]string{"扣分项": "态度", "申辩": "已说明"}); len(faults) != 1 ||
		faults[0].Field != "扣分项" || !strings.Contains(faults[0].Fix, "超期已办、") {
		t.Errorf("%+v", faults)
	}
	files, faults := p.Apply(map[string]string{"扣分项": "超期已办", "诉求": "202607-NFZX-001", "申辩": "系统故障"})
	if len(faults) > 0 || !papers.OwnPleas(files[0].Path, []byte("---\n季度: 2026Q3\n\n申辩:\n---\n"),
		[]byte(files[0].Text), unit.Env.Config.Canon, func(u string) bool { return u == "信息中心" }) {
		t.Fatalf("%+v\n%s", faults, files)
	}
	// A second one stands behind the first.
	p, err = unit.Plea("信息中心", q, step.Appraised{Text: files[0].Text})
	if err != nil {
		t.Fatal(err)
	}
	files, faults = p.Apply(map[string]string{"扣分项": "月报迟报", "申辩": "已报"})
	a := papers.ParseAppraisal(files[0].Path, []byte(files[0].Text), nil)
	if len(faults) > 0 || len(a.Pleas) != 2 || a.Pleas[1].Item != "月报迟报" || len(a.Problems) > 0 {
		t.Fatalf("%+v\n%s", faults, files)
	}
	if _, err := unit.Plea("信息中心", q, step.Appraised{Frozen: true}); err == nil {
		t.Error("a published quarter is open")
	}
	if _, err := unit.Finding(q, step.Appraised{Text: files[0].Text}); err == nil {
		t.Error("a unit decides on its own plea")
	}
	office := somebody(t, "lianxiban@nsfwk.example")
	p, err = office.Finding(q, step.Appraised{Text: files[0].Text})
	if err != nil {
		t.Fatal(err)
	}
	if _, faults := p.Apply(map[string]string{"申辩2.核实结论": "减轻扣分"}); len(faults) != 2 ||
		faults[0].Field != "申辩2.核定扣分" || faults[1].Field != "申辩2.核实说明" {
		t.Errorf("%+v", faults)
	}
	files, faults = p.Apply(map[string]string{"申辩2.核实结论": "不予扣分", "申辩2.核实说明": "属实"})
	if len(faults) > 0 || strings.Count(files[0].Text, "核实结论: 不予扣分") != 1 {
		t.Errorf("%+v\n%s", faults, files)
	}
}

// A suggestion says no more than a unit's own words, and names the cases on which
// it asks to decide; what became of a resolution its unit says.
func TestMeetingsOfUnits(t *testing.T) {
	cases, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	unit := somebody(t, "a@xxzx.example")
	own := func(u string) bool { return u == "信息中心" }
	var handled, registered *step.Scene
	for i := range cases {
		switch c := &cases[i].scene; {
		case c.Life.State == "办理中":
			handled = c
		case c.Life.State.BeforePush():
			registered = c
		}
	}
	if _, err := unit.Wish("XXZX", "HY2026-09", []*step.Scene{registered}); err == nil {
		t.Error("一事一议 of what is not handled")
	}
	for _, list := range [][]*step.Scene{nil, {handled}} {
		p, err := unit.Wish("XXZX", "HY2026-09", list)
		if err != nil {
			t.Fatal(err)
		}
		if _, faults := p.Apply(map[string]string{"事由": "见 13912345678"}); len(faults) != 1 ||
			faults[0].Rule != "pii-phone" || faults[0].Field != "事由" {
			t.Errorf("%+v", faults)
		}
		files, faults := p.Apply(map[string]string{"事由": "请研究扩容", "并轨会商": "是"})
		if len(faults) > 0 || !papers.OwnWords(files[0].Path, nil, []byte(files[0].Text), nil, own) {
			t.Errorf("%+v %s", faults, files)
		}
		m := papers.ParseMeeting(files[0].Path, []byte(files[0].Text), nil)
		if len(m.Topics) != len(list) || !m.Joint || len(m.Problems) > 0 {
			t.Errorf("%s", files)
		}
	}
	held := "---\n编号: HY2026-03\n类型: 例会\n召开日期: 2026-09-01\n印发日期: 2026-09-03\n\n议题:\n" +
		"  - 事项: 扩容\n    决定: 九月完成\n    责任单位: 信息中心\n    完成期限: 2026-09-20\n    落实情况:\n\n" +
		"  - 事项: 报告\n    决定: 通过\n    责任单位: 法制科\n---\n"
	p, err := unit.CarriedOut("HY2026-03", held)
	if err != nil {
		t.Fatal(err)
	}
	if p.Until != workday.New(2026, 9, 20) || len(p.Fields) != 1 || p.Fields[0].Name != "落实情况" {
		t.Errorf("%+v", p)
	}
	files, faults := p.Apply(map[string]string{"落实情况": "已扩容"})
	if len(faults) > 0 || files[0].Text != strings.Replace(held, "落实情况:", "落实情况: 已扩容", 1) ||
		!papers.OwnWords(files[0].Path, []byte(held), []byte(files[0].Text), nil, own) {
		t.Errorf("%+v %s", faults, files)
	}
	if _, err := unit.CarriedOut("HY2026-03", files[0].Text); err == nil {
		t.Error("it is asked again")
	}
}

// The decisions of a meeting go into its cases and back into its minutes: each
// case rests on the meeting, and the minutes name each case with what was decided.
func TestResolution(t *testing.T) {
	all, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	decided := map[string]bool{}
	for _, f := range all {
		scene := f.scene
		scene.Email = "lianxiban@nsfwk.example"
		id := scene.Case.ID
		for _, listed := range []bool{false, true} {
			src := "---\n编号: HY2026-09\n类型: 例会\n主持: 召集人\n\n议题:\n"
			if listed {
				src += "  - 事项: 一件\n    诉求: " + id + "\n    决定:\n    完成期限: 2026-12-10\n    落实情况:\n"
			}
			p, err := scene.Resolution("HY2026-09", "", src+"---\n", []step.CaseFile{{Scene: &scene, Text: f.text}})
			if err != nil {
				continue
			}
			for _, choice := range choices(p, id) {
				files, faults := p.Apply(decision(p, id, choice, workday.Of(scene.Now).AddDays(20).String()))
				if len(faults) > 0 {
					t.Errorf("%s %s %s: %+v", id, scene.Life.State, choice, faults)
					continue
				}
				after := record.Parse(files[0].Path, []byte(files[0].Text), scene.Env.Config.Canon)
				m := papers.ParseMeeting(files[1].Path, []byte(files[1].Text), scene.Env.Config.Canon)
				if len(m.Topics) != 1 || !m.Names(id) || m.Topics[0].Decision == "" || len(m.Problems) > 0 ||
					m.Held != workday.New(2026, 9, 28) || !strings.Contains(files[0].Text, "依据: HY2026-09") ||
					after.Agreed.Basis == m.ID && after.Agreed.Date != m.Topics[0].Due {
					t.Errorf("%s %s:\n%s\n%s", id, choice, files[0].Text, files[1].Text)
				}
				decided[m.Topics[0].Decision] = true
			}
			if _, faults := p.Apply(map[string]string{"召开日期": "2026-09-28"}); len(faults) != 1 {
				t.Errorf("nothing was decided on %s: %+v", id, faults)
			}
		}
	}
	for _, want := range []string{"异议成立，改派：承办单位 法制科", "异议不成立", "决定继续办理",
		"转长期推进：下次研究日期 2026-10-20", "决定延期：决定 不同意", "恢复办理：日期 2026-12-10"} {
		if !decided[want] {
			t.Errorf("the minutes do not say %q: %v", want, slices.Sorted(maps.Keys(decided)))
		}
	}
}

// choices are the decisions that there are on a case.
func choices(p *step.Paper, id string) []string {
	i := slices.IndexFunc(p.Fields, func(f step.Field) bool { return f.Name == id })
	if i < 0 {
		return []string{""}
	}
	return p.Fields[i].Choices
}

// decision are the values of a decision on a case.
func decision(p *step.Paper, id, choice, next string) map[string]string {
	values := map[string]string{"召开日期": "2026-09-28", id: choice}
	for _, f := range p.Fields {
		switch name := strings.TrimPrefix(f.Name, id+"."); {
		case name == "决定":
			values[f.Name] = "不同意"
		case name == "承办单位" && strings.HasSuffix(choice, "改派"):
			values[f.Name] = "法制科"
		case name == "下次研究日期" && choice == "转长期推进":
			values[f.Name] = next
		case name == "日期" && choice == "":
			values[f.Name] = "2026-12-10"
		}
	}
	return values
}
