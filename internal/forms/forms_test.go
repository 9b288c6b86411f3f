package forms

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/mdfile"
	"suqiu/internal/office"
	"suqiu/internal/papers"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/timeline"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

func date(month time.Month, day int) workday.Date { return workday.New(2026, month, day) }

// example has one record of each form decided and one that waits.
func example() *register.Case {
	return &register.Case{
		Case: &record.Case{
			ID: "202607-NFZX-012", Title: "发票额度<b>&调整", Channel: "12366热线", Collector: "纳税服务中心",
			Category: "征管流程类", Urgency: "急",
			TaskList: "RW202608-01", Lead: "征收管理科", Co: []string{"信息中心"},
			Sections: []mdfile.Section{{Heading: "诉求内容", Text: "三日未见**进度**。"}},
			Statements: []record.Statement{
				{Reason: "异议", Unit: "征收管理科", Grounds: "一号理由", Decision: "不成立", Basis: "CQ2026-01"},
				{Reason: "无法解决", Unit: "信息中心", Grounds: "二号理由", ProposedUnit: "办公室"},
			},
			Extensions: []record.Extension{{Days: 10, Reason: "扩容", Measures: "值守"}},
		},
		Life: workflow.Life{State: workflow.Handling, Lead: "征收管理科", Pushes: 1,
			Events: []workflow.Event{
				{At: timeline.MomentOf(date(8, 4).Start()), Entries: []workflow.Entry{{Key: "说明单"}}},
				{At: timeline.MomentOf(date(8, 4).Start()), Voided: true, Entries: []workflow.Entry{{Key: "说明单"}}},
				{At: timeline.MomentOf(date(8, 6).Start()), Entries: []workflow.Entry{{Key: "说明单", Decided: true},
					{Key: "说明单"}}},
			},
			Clocks: []clock.Clock{{Kind: clock.Feedback, Push: 1, Start: date(8, 3), OriginalDue: date(8, 17),
				Due: date(8, 17), Status: clock.Running}},
		},
	}
}

// textOf is the text of a document, one line a paragraph.
// shown is a case as the 监督 edition shows it.
func shown(c *register.Case) *view.Case {
	cfg := config.Parse("suqiu.yaml", []byte("名称: 测试局\n格式: 1\n"))
	return view.Cases(register.New(cfg, date(9, 30), []*register.Case{c}, nil), view.Supervision).Cases[0]
}

func text(c *register.Case) *view.Text { return shown(c).Text }

func textOf(t *testing.T, d *office.Document) string {
	t.Helper()
	var text strings.Builder
	for _, p := range strings.Split(xmlOf(t, d), "</w:p>") {
		for _, run := range strings.Split(p, "<w:t xml:space=\"preserve\">")[1:] {
			s, _, _ := strings.Cut(run, "</w:t>")
			text.WriteString(s)
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// xmlOf is the main part of a document.
func xmlOf(t *testing.T, d *office.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func holds(t *testing.T, what, text string, want, not []string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q:\n%s", what, w, text)
		}
	}
	for _, n := range not {
		if strings.Contains(text, n) {
			t.Errorf("%s says %q:\n%s", what, n, text)
		}
	}
}

func TestStatement(t *testing.T) {
	f := Filler{Bureau: "测试", Calendar: workday.NewCalendar(workday.Overrides{})}
	c := example()
	holds(t, "the first", textOf(t, f.Form(Statement, text(c), 1)),
		[]string{"税费服务诉求和舆情分析办理情况说明单\n", "填报日期：2026年8月4日", "发票额度&lt;b&gt;&amp;调整",
			"三日未见进度。", "■异议　　□无法解决", "一号理由", "决定：不成立", "依据：CQ2026-01"}, []string{"二号"})
	holds(t, "the second", textOf(t, f.Form(Statement, text(c), 2)),
		[]string{"填报单位：信息中心", "填报日期：2026年8月6日", "□异议　　■无法解决", "二号理由", "办公室"},
		[]string{"一号", "决定："})
	for _, n := range []int{0, 3} {
		holds(t, "a blank one", textOf(t, f.Form(Statement, text(c), n)),
			[]string{"填报单位：征收管理科", "填报日期：　　年　月　日", "202607-NFZX-012",
				"□异议　　□无法解决　　□协商未达成一致", "召集人签字："}, []string{"一号", "二号", "决定："})
	}
}

func TestExtension(t *testing.T) {
	f := Filler{Bureau: "测试", Calendar: workday.NewCalendar(workday.Overrides{})}
	c := example()
	holds(t, "a request", textOf(t, f.Form(Extension, text(c), 1)), []string{"税费服务诉求和舆情分析办理延期申请单\n",
		"2026年8月17日", "10 个工作日", "（至2026年8月31日）", "扩容", "值守"}, []string{"决定："})
	c.Extensions[0].Decision, c.Extensions[0].Basis = "同意", "CQ2026-02"
	c.Life.Clocks[0].Due, c.Life.Clocks[0].ExtendedDays = date(8, 31), 10
	holds(t, "a grant", textOf(t, f.Form(Extension, text(c), 1)), []string{"申请时的\n到 期 日\n2026年8月17日",
		"（至2026年8月31日）", "决定：同意", "依据：CQ2026-02"}, nil)
	c.Extensions[0].Decision = "不同意"
	holds(t, "a refusal", textOf(t, f.Form(Extension, text(c), 1)), []string{"决定：不同意"}, []string{"（至"})
}

// TestTaskList: a case that is restricted shows no title, and none is lost.
func TestTaskList(t *testing.T) {
	open, secret := shown(example()), shown(example())
	secret.ID, secret.Text, secret.Category = "202607-NSFWK-001", nil, "没有这一类"
	l := TaskList{Bureau: "测试", Name: "RW202608-01", Entries: []*view.Case{secret, open}, AsOf: date(9, 30)}
	holds(t, "the list", textOf(t, l.Document()), []string{"征管流程类（1 项）", "未分类（1 项）", "限范围查看",
		"发票额度&lt;b&gt;", "2026.8.17", "共 2 项，在办 2 项，截至 2026年9月30日"}, nil)
	var b bytes.Buffer
	if err := l.Workbook().Write(&b); err != nil {
		t.Fatal(err)
	}
}

func TestMeetingPack(t *testing.T) {
	cfg := config.Parse("suqiu.yaml", []byte("名称: 测试局\n格式: 1\n"))
	meeting := func(id, kind string, held workday.Date, topics ...papers.Topic) *register.Meeting {
		return &register.Meeting{Meeting: &papers.Meeting{ID: id, Type: kind, Held: held, Topics: topics}}
	}
	plan := meeting("HY2026-03", "例会", 0,
		papers.Topic{Matter: "发票额度调整", Source: "延期申请", Cases: []string{"202607-NFZX-012", "202601-X-001"},
			Units: []string{"征收管理科"}})
	plan.Ratifies, plan.Reason, plan.Proposer = []string{"CQ2026-01"}, "第三季度情况", "纳税服务科"
	d := register.New(cfg, date(9, 30), []*register.Case{example()}, []*register.Meeting{
		meeting("HY2026-00", "例会", date(1, 10), papers.Topic{Matter: "久远", Decision: "旧定", Done: "已办"}),
		meeting("HY2026-01", "例会", date(4, 10), papers.Topic{Matter: "未完", Decision: "应办", Due: date(5, 1)}),
		meeting("HY2026-02", "例会", date(7, 10), papers.Topic{Matter: "上次", Decision: "上次定", Done: "上次办"}),
		meeting("CQ2026-01", "传签", date(8, 5), papers.Topic{Matter: "传签事", Decision: "不成立",
			Cases: []string{"202607-NFZX-012"}}),
		plan,
		meeting("HY2026-04", "例会", date(10, 10), papers.Topic{Matter: "后来", Decision: "不应列"}),
	})
	// A meeting that has not been held looks back on all that were.
	d.Meetings[len(d.Meetings)-1].Held = 0
	holds(t, "the pack", textOf(t, MeetingPack(d, plan)), []string{
		"会议安排", "未完", "已过完成期限，尚未填写落实情况", "上次定", "上次办", "传签事",
		"202607-NFZX-012 办理中，应于2026.8.17反馈", "追认的传签：CQ2026-01",
		"（一）发票额度调整", "申请延期 10 个工作日", "二号理由", "事项 202601-X-001 不在仓库中",
		"CQ2026-01（2026.8.5）不成立", "拟办意见：",
		"联席会议纪要", "（草稿　HY2026-03）", "一、发票额度调整", "联席会议办公室",
	}, []string{"久远", "不应列", "一号理由"})
}

// TestShortTopicsShareAPage: a topic without a case that can be shown needs no
// page to itself.
func TestShortTopicsShareAPage(t *testing.T) {
	cfg := config.Parse("suqiu.yaml", []byte("名称: 测试局\n格式: 1\n"))
	m := &register.Meeting{Meeting: &papers.Meeting{ID: "HY2026-03", Type: "例会", Topics: []papers.Topic{
		{Matter: "甲", Source: "办公室提议"}, {Matter: "乙", Cases: []string{"202601-X-001"}},
		{Matter: "丙", Cases: []string{"202607-NFZX-012"}}, {Matter: "丁"}, {Matter: "戊"}}}}
	d := register.New(cfg, date(9, 30), []*register.Case{example()}, []*register.Meeting{m})
	pack := MeetingPack(d, m)
	// Before 甲, 丙, 丁 and the minutes.
	if n := strings.Count(xmlOf(t, pack), `<w:br w:type="page"/>`); n != 4 {
		t.Errorf("%d page breaks, want 4", n)
	}
	holds(t, "the pack", textOf(t, pack), []string{"来　　源\n办公室提议", "有关事项\n事项 202601-X-001 不在仓库中。"},
		nil)
}

// Nobody meets for a decision by circulation: its papers speak of none.
func TestCircularPack(t *testing.T) {
	cfg := config.Parse("suqiu.yaml", []byte("名称: 测试局\n格式: 1\n"))
	m := &register.Meeting{Meeting: &papers.Meeting{ID: "CQ2026-02", Type: "传签", Held: date(8, 5),
		Printed: date(8, 6), Proposer: "纳税服务科", Reason: "异议",
		Topics: []papers.Topic{{Matter: "发票额度调整", Decision: "不成立", Cases: []string{"202607-NFZX-012"},
			Units: []string{"征收管理科"}}}}}
	d := register.New(cfg, date(9, 30), []*register.Case{example()}, []*register.Meeting{m})
	holds(t, "the pack", textOf(t, MeetingPack(d, m)), []string{
		"联席会议传签材料", "传签日期", "一、传签安排",
		"2026年8月5日，联席会议办公室将下列事项送召集人传签。事由：异议。", "联席会议传签纪要", "决定：不成立。",
		"责任单位：征收管理科。\n",
	}, []string{"主持召开", "出　　席", "出席：", "会议研究了", "完成期限"})
}

// Many co-handlers stand across the form, and a narrow column counts them; no
// list is left without a word.
func TestManyUnits(t *testing.T) {
	c := example()
	c.Co = nil
	for range 40 {
		c.Co = append(c.Co, "内蒙古自治区某某市某某经济技术开发区税务局第二税源管理分局科")
	}
	f := Filler{Bureau: "测试", Calendar: workday.NewCalendar(workday.Overrides{})}
	for _, kind := range Kinds() {
		got := textOf(t, f.Form(kind, text(c), 0))
		holds(t, string(kind), got, []string{"承办单位\n征收管理科\n协办单位\n内蒙古"}, nil)
		if n := strings.Count(got, c.Co[0]); n != 40 {
			t.Errorf("%s names %d units, want 40", kind, n)
		}
	}
	holds(t, "an improvement", textOf(t, f.Form(Improvement, text(c), 0)), nil, []string{"推送日期", "到 期 日"})
	l := TaskList{Bureau: "测试", Name: "RW202608-01", Entries: []*view.Case{shown(c)}, AsOf: date(9, 30)}
	holds(t, "the list", textOf(t, l.Document()), []string{"等 40 个单位"}, []string{"没有任务"})
	l.Entries = nil
	holds(t, "an empty list", textOf(t, l.Document()), []string{"没有任务。", "共 0 项"}, nil)
}
