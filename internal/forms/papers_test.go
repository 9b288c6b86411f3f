package forms

import (
	"strings"
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/timeline"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

const bureau = `名称: 测试局
格式: 1
单位:
  - {名称: 征收管理科, 代码: ZSGLK}
  - {名称: 信息中心, 代码: XXZX}
  - {名称: 纳税服务中心, 代码: NFZX}
`

// The 督促改进单 (三(五)) says how the case was evaluated, why that is not good
// enough, and by when to do better; the limit of the task is not on it.
func TestImprovement(t *testing.T) {
	f := Filler{Bureau: "测试", Calendar: workday.NewCalendar(workday.Overrides{})}
	c := example()
	c.Evaluations = []record.Evaluation{{Method: "调查问卷", Result: "满意"}, {Method: "12366回访", Result: "不满意"}}
	c.Improvements = []record.Improvement{{Reason: "只贴了通知", Measures: "嵌入首页", Basis: "HY2026-02"}}
	c.Life.Clocks = append(c.Life.Clocks, clock.Clock{Kind: clock.Improve, Due: date(9, 28)})
	holds(t, "the form", textOf(t, f.Form(Improvement, text(c), 1)), []string{"税费服务诉求和舆情分析办理督促改进单\n",
		"签发单位：联席会议办公室", "12366回访", "不满意", "只贴了通知（依据：HY2026-02）", "嵌入首页",
		"完成期限\n2026年9月28日",
		"原则上不得申请延期"}, []string{"调查问卷", "推送日期"})
	c.Improvements[0].Due = date(9, 30)
	holds(t, "its own day", textOf(t, f.Form(Improvement, text(c), 1)), []string{"完成期限\n2026年9月30日"}, nil)
	holds(t, "a blank one", textOf(t, f.Form(Improvement, text(c), 0)),
		[]string{"202607-NFZX-012", "签发日期：　　年　月　日", "完成期限\n　　年　月　日"}, []string{"只贴了通知"})
}

// What is granted below what was asked for stands beside it.
func TestExtensionGrantedInPart(t *testing.T) {
	f := Filler{Bureau: "测试", Calendar: workday.NewCalendar(workday.Overrides{})}
	c := example()
	granted := &c.Extensions[0]
	granted.Decision, granted.Granted = "同意", 5
	c.Life.Clocks[0].Due, c.Life.Clocks[0].ExtendedDays = date(8, 24), 5
	holds(t, "the form", textOf(t, f.Form(Extension, text(c), 1)), []string{"申请时的\n到 期 日\n2026年8月17日",
		"10 个工作日\n同意 5 个工作日\n（至2026年8月24日）"}, nil)
	holds(t, "a blank one", textOf(t, f.Form(Extension, text(c), 0)), []string{"（至　　年　月　日）"},
		[]string{"扩容", "决定："})
}

// Each unit is sent the 风险点 that concern it, and room to say what it did (三(二)).
func TestRiskDigests(t *testing.T) {
	cfg := config.Parse("suqiu.yaml", []byte(bureau))
	d := register.New(cfg, date(9, 30), nil, nil)
	sent := &register.Risks{Risks: &papers.Risks{Month: workday.Month{Year: 2026, Month: time.August},
		Points: []papers.RiskPoint{
			{Content: "断号|跳号", From: "纳税服务中心", To: []string{"征收管理科", "信息中心"}, Reply: "已核查"},
			{Content: "接口超时", From: "纳税服务中心", To: []string{"信息中心"}}}},
		Filing: register.Filing{Landed: date(8, 10)}}
	digests := Digests(d, sent, "")
	if len(digests) != 2 || digests[0].Unit != "征收管理科" || len(digests[0].Points) != 1 ||
		len(digests[1].Points) != 2 {
		t.Fatalf("%+v", digests)
	}
	if one := Digests(d, sent, "信息中心"); len(one) != 1 || one[0].Unit != "信息中心" {
		t.Errorf("for one unit: %+v", one)
	}
	holds(t, "the paper", textOf(t, WriteRisks(digests)),
		[]string{"税费服务诉求和舆情风险点转送单\n（2026年8月）\n征收管理科：",
			"风险点 1 个转送你单位", "风险点 2 个转送你单位", "2026.8.10", "断号|跳号", "已核查", "签收人", "接口超时"},
		nil)
	var text strings.Builder
	WriteDigests(&text, digests[:1], sent)
	holds(t, "the text", text.String(), []string{"## 致征收管理科：2026-08 风险点\n\n2026-08-10 转送，共 1 个。",
		"| 1 | 断号\\|跳号 | 纳税服务中心 | 信息中心 | 已核查 |\n", "签收人："}, []string{"接口超时"})
}

// A 任务清单 is found by its number, by a case on it, by a unit and a month, or by a
// month alone.
func TestFindTasks(t *testing.T) {
	d := register.New(config.Parse("suqiu.yaml", []byte(bureau)), date(9, 30), []*register.Case{example()}, nil)
	v := view.Cases(d, view.Supervision)
	v.Cases[0].List = "RW202608-01"
	for _, c := range []struct{ of, month, name string }{
		{"RW202608-01", "", "RW202608-01"}, {"202607-NFZX-012", "", "RW202608-01"}, {"2026-08", "", "2026年8月"},
		{"征收管理科", "2026-08", "征收管理科2026年8月"}, {"信息中心", "2026-08", "信息中心2026年8月"},
	} {
		l, err := FindTasks(v, c.of, c.month)
		if err != nil || l.Name != c.name || len(l.Entries) != 1 || l.Bureau != "测试局" {
			t.Errorf("%s %s: %+v, %v", c.of, c.month, l, err)
		}
	}
	for _, c := range []struct{ of, month, want string }{
		{"征收管理科", "", "单位的任务清单要写月份，如 --month 2026-09"},
		{"征收管理科", "8月", "“8月”不是月份，应写成 2026-07 这样"},
		{"没有这个科", "2026-08", "没有单位“没有这个科”"}, {"RW209901-01", "", "没有任务清单、单位或事项“RW209901-01”"},
		{"2026-07", "", "截至 2026-09-30，2026年7月没有推送的任务"},
		{"纳税服务中心", "2026-08", "截至 2026-09-30，纳税服务中心2026年8月没有推送的任务"},
	} {
		if _, err := FindTasks(v, c.of, c.month); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s: %v, want %s", c.of, c.month, err, c.want)
		}
	}
	v.Cases[0].List = ""
	if _, err := FindTasks(v, "202607-NFZX-012", ""); err == nil || !strings.Contains(err.Error(), "还没有推送") {
		t.Errorf("a case that was not pushed: %v", err)
	}
}

// What an edition does not show of a case is not in the papers of a meeting either.
func TestPackOfTheOpenEdition(t *testing.T) {
	c := example()
	c.Scope = "仅要素"
	m := &register.Meeting{Meeting: &papers.Meeting{ID: "HY2026-03", Type: "例会", Joint: true, Host: "李局长",
		Present: []string{"征收管理科"}, Guests: []string{"信息中心"},
		File:   papers.File{Body: "会议**强调**，抓紧办理。"},
		Topics: []papers.Topic{{Matter: "甲", Cases: []string{c.ID}, Committee: true}}}}
	d := register.New(config.Parse("suqiu.yaml", []byte(bureau)), date(9, 30), []*register.Case{c},
		[]*register.Meeting{m})
	pack := (&Meetings{View: view.Cases(d, view.Public), All: d.Meetings}).Pack(m)
	holds(t, "the pack", textOf(t, pack), []string{"事项 " + c.ID + " 限范围查看，内容见监督版。",
		"李局长主持召开税费服务诉求和舆情分析办理联席会议（例会），与税费征管问题协同处理会商会议并轨进行。",
		"会议强调，抓紧办理。",
		"本项提请市税务局党委会议研究审议。", "列席：信息中心",
		"责任单位：　　　　　　　　。完成期限：　　年　月　日。"},
		[]string{"发票额度", "三日未见", "一号理由", "此前没有议定事项。\n此前"})
}

// A 催办通知书 is for the n-th 督办 that goes out as one, not for a telephone call, and
// says which due day had passed on the day it was issued.
func TestUrging(t *testing.T) {
	c := example()
	c.Supervisions = []record.Supervision{{Unit: "征收管理科", Method: "电话", Content: "电话里说的"},
		{Unit: "征收管理科", Method: "催办通知书", Content: "请于三日内反馈"}}
	entry := []workflow.Entry{{Key: "督办"}}
	c.Life.Events = append(c.Life.Events,
		workflow.Event{At: timeline.MomentOf(date(8, 18).Start()), Entries: entry},
		workflow.Event{At: timeline.MomentOf(date(8, 21).Start()), Entries: entry})
	k := &c.Life.Clocks[0]
	k.Unit, k.Class, k.Status, k.DaysLate, k.Missed = "征收管理科", clock.Statutory, clock.Overdue, 9, k.Due
	f := Filler{Bureau: "测试", Calendar: workday.NewCalendar(workday.Overrides{})}
	if n := Urging.Count(text(c)); n != 1 {
		t.Errorf("%d records, want 1", n)
	}
	holds(t, "the notice", textOf(t, f.Form(Urging, text(c), 1)), []string{"税费服务诉求和舆情分析办理催办通知书\n",
		"签发日期：2026年8月21日", "征收管理科：\n", "202607-NFZX-012", "请于三日内反馈",
		"反馈应于2026年8月17日完成，截至签发日已超 4 个工作日"}, []string{"电话里说的"})
	holds(t, "a blank one", textOf(t, f.Form(Urging, text(c), 0)), []string{"签发日期：　　年　月　日",
		"征收管理科：\n", "反馈应于2026年8月17日完成"}, []string{"请于三日内反馈", "截至签发日"})
}
