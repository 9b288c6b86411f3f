package daily

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

const bureau = `名称: 测试局
格式: 1
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 角色: [联席办]}
  - {名称: 信息中心, 代码: XXZX, 渠道: [日常工作]}
  - {名称: 法制科, 代码: FZK}
  - {名称: 征收管理科, 代码: ZSGLK}
仅要素: [侵害权益类]
`

// The day of the tests is a Wednesday; the three working days after it are 19, 20 and 23
// November.
var today = workday.New(2026, time.November, 18)

func nov(day int) workday.Date { return workday.New(2026, time.November, day) }

// limit is a clock that counts.
func limit(unit string, status clock.Status, due workday.Date, late int) clock.Clock {
	return clock.Clock{Kind: clock.Feedback, Unit: unit, Role: clock.Lead, Class: clock.Statutory, Push: 1,
		Start: nov(2), Due: due, OriginalDue: due, Status: status, DaysLate: late}
}

// open is a case in hand.
func open(id, category string, clocks ...clock.Clock) *register.Case {
	return &register.Case{
		Case: &record.Case{ID: id, Title: "标题" + id, Category: category, Channel: "日常工作",
			TaskList: "RW202611-01"},
		Life: workflow.Life{State: workflow.Handling, Lead: clocks[0].Unit, Pushes: 1, Clocks: clocks}}
}

func shown(e view.Edition, cases ...*register.Case) *view.View {
	return view.New(register.New(config.Parse("suqiu.yaml", []byte(bureau)), today, cases, nil), e)
}

// standing are cases in every situation, of three units.
func standing() []*register.Case {
	internal := limit("法制科", clock.Overdue, nov(3), 9)
	internal.Class, internal.Kind = clock.Internal, clock.CoFeedback
	right := limit("法制科", clock.Soon, nov(19), 0)
	right.Kind = clock.Objection
	source := limit("信息中心", clock.Overdue, nov(16), 2)
	source.Kind, source.Class = clock.Channel, clock.Source
	return []*register.Case{
		open("202611-NFZX-001", "系统技术类", limit("信息中心", clock.Overdue, nov(10), 6), source),
		open("202611-NFZX-002", "侵害权益类", limit("征收管理科", clock.Overdue, nov(17), 1)),
		open("202611-NFZX-003", "系统技术类", limit("信息中心", clock.Soon, today, 0)),
		open("202611-NFZX-004", "系统技术类", limit("信息中心", clock.Running, nov(23), 0)),
		open("202611-NFZX-005", "系统技术类", limit("信息中心", clock.Running, nov(24), 0)),
		open("202611-NFZX-006", "系统技术类", limit("信息中心", clock.Received, nov(17), 0)),
		open("202611-NFZX-007", "系统技术类", limit("信息中心", clock.Pending, nov(10), 0)),
		open("202611-NFZX-008", "系统技术类", limit("信息中心", clock.Paused, nov(19), 0)),
		open("202611-NFZX-009", "系统技术类", internal, right),
		open("202611-NFZX-010", "系统技术类", limit("纳税服务科", clock.Soon, nov(19), 0)),
		open("202611-NFZX-011", "系统技术类", limit("征收管理科", clock.Met, nov(18), 0)),
	}
}

// A paragraph a unit, in configured order: numbers, days and due days of what is late,
// due today and due in three working days, and nothing of what is 待收件, held, paused,
// internal or a mere right; not even of the edition that shows all.
func TestUrgings(t *testing.T) {
	want := []string{
		"【催办】纳税服务科：截至 2026年11月18日（星期三），3 个工作日内到期 1 项：202611-NFZX-010" +
			"（11 月 19 日到期，还有 1 个工作日）。请抓紧办理，按期反馈联席会议办公室。",
		"【催办】信息中心：截至 2026年11月18日（星期三），超期 1 项：202611-NFZX-001" +
			"（11 月 10 日到期，已超 6 个工作日）；今日到期 1 项：202611-NFZX-003；" +
			"3 个工作日内到期 1 项：202611-NFZX-004（11 月 23 日到期，还有 3 个工作日）。" +
			"请抓紧办理，按期反馈联席会议办公室。",
		"【催办】征收管理科：截至 2026年11月18日（星期三），超期 1 项：202611-NFZX-002" +
			"（11 月 17 日到期，已超 1 个工作日）。请抓紧办理，按期反馈联席会议办公室。",
	}
	form := func(cases []*view.Case) string {
		var ids []string
		for _, e := range cases {
			ids = append(ids, e.ID)
		}
		return strings.Join(ids, ",")
	}
	for _, edition := range []view.Edition{view.Public, view.Supervision} {
		s := New(shown(edition, standing()...), nil, nil, form)
		var got, forms []string
		for _, u := range s.Urgings {
			got, forms = append(got, u.Text), append(forms, u.Form)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant:\n%s", edition, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		// A case that is 仅要素 has no form here: whoever may read it goes by its page.
		if !slices.Equal(forms, []string{"", "202611-NFZX-001", ""}) {
			t.Errorf("%s leads to the forms %q", edition, forms)
		}
	}
}

// The sheet counts limits as the page of 超期与临期 does, and names a case that is 仅要素
// by its number alone in either edition.
func TestSheet(t *testing.T) {
	for _, edition := range []view.Edition{view.Public, view.Supervision} {
		s := New(shown(edition, standing()...), nil, &Headline{Open: 12, Late: 1, Today: 1, Soon: 3}, nil)
		var figures []string
		for _, f := range s.Figures {
			figures = append(figures, f.Name+strconv.Itoa(f.Now)+"/"+f.WasText()+"/"+f.Change())
		}
		want := "在办11/12/−1 超期未办3/1/+2 今日到期1/1/持平 临期1/3/−2 待联席会议确认0/0/持平"
		if got := strings.Join(figures, " "); got != want {
			t.Errorf("%s: %s, want %s", edition, got, want)
		}
		var late []string
		for _, u := range s.Late {
			late = append(late, u.Unit+strconv.Itoa(u.N)+"："+numbers(u.Refs, u.More)+"，"+u.Longest)
		}
		want = "信息中心2：202611-NFZX-001，6 个工作日 征收管理科1：202611-NFZX-002，1 个工作日"
		if got := strings.Join(late, " "); got != want {
			t.Errorf("%s: %s, want %s", edition, got, want)
		}
		if n := s.Ahead.Total(); n != 2 || s.Today.List[0].Name != "标题202611-NFZX-003" {
			t.Errorf("%s: %d in three working days, today %v", edition, n, s.Today)
		}
		if got := dueRows(shown(edition, standing()...).Deadlines().Late)[2]; got.Name != "限范围查看" {
			t.Errorf("%s: the sheet says %q of a case that is 仅要素", edition, got.Name)
		}
	}
}

// The 公开 edition lists what was registered only from its push on, and hides most of a
// case that is 仅要素: its sheet neither says that nothing was registered nor, of the other
// kinds, that nothing happened without saying what it leaves out. Nor does the Word file.
func TestNoNewsIsNotMoreThanIsKnown(t *testing.T) {
	for edition, want := range map[view.Edition]string{
		view.Public: "没有新推送、反馈、审核、决定、延期申请、新超期。" +
			"限范围查看的事项只列推送、反馈和超期；尚未推送的事项，推送后才列入登记那天。",
		view.Supervision: "没有新登记、新推送、反馈、审核、决定、延期申请、新超期。",
	} {
		var word bytes.Buffer
		if err := New(shown(edition, standing()...), nil, nil, nil).Document().Write(&word); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(word.Bytes()), int64(word.Len()))
		if err != nil {
			t.Fatal(err)
		}
		text, err := fs.ReadFile(z, "word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), ">"+want+"<") {
			t.Errorf("%s: the sheet does not say %q", edition, want)
		}
	}
}

// However much is due, the lists stay as long as two pages have room for, and say how
// much they leave out.
func TestLongLists(t *testing.T) {
	var cases []*register.Case
	for i := range 400 {
		status, due := clock.Soon, today
		if i%2 == 0 {
			status, due = clock.Overdue, nov(10)
		}
		cases = append(cases, open("202611-NFZX-"+strconv.Itoa(1000+i), "其他类", limit("信息中心", status, due, 6)))
	}
	s := New(shown(view.Public, cases...), nil, nil, nil)
	if u := s.Late[0]; u.N != 200 || len(u.Refs) != 6 || u.More != 194 {
		t.Errorf("late: %d, %d shown, %d more", u.N, len(u.Refs), u.More)
	}
	if len(s.Today.List) != 12 || s.Today.Total() != 200 {
		t.Errorf("today: %d of %d", len(s.Today.List), s.Today.Total())
	}
	if f := s.Figures[0]; f.WasText() != "—" || f.Change() != "—" {
		t.Errorf("nothing is known of the day before, the sheet says %s, %s", f.WasText(), f.Change())
	}
}
