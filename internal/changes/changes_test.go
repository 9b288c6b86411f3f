package changes

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

const bureau = `名称: 测试局
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 渠道: [办税服务厅], 邮箱: ["*@nsfwk.example"], 角色: [联席办, 监督考评]}
  - {名称: 纳税服务中心, 代码: NFZX, 渠道: [12366热线], 邮箱: ["*@nfzx.example"], 角色: [回访]}
  - {名称: 信息中心, 代码: XXZX, 邮箱: ["*@xxzx.example"]}
  - {名称: 征收管理科, 代码: ZSGLK, 邮箱: ["*@zsglk.example"]}
仅要素: [侵害权益类]
`

const push = "状态=已推送 任务清单=RW202609-01 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 "

// lived is a history that begins on 2026-09-01 with suqiu.yaml.
func lived(t *testing.T, script string) *git.Repo {
	t.Helper()
	r := gittest.Empty(t)
	if err := os.WriteFile(filepath.Join(r.Dir, "suqiu.yaml"), []byte(bureau), 0o666); err != nil {
		t.Fatal(err)
	}
	r.Run("at 2026-09-01 09:00\nby a@nsfwk.example\ncommit 启用\n" + script)
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	return repo
}

func seen(t *testing.T, repo *git.Repo, asOf string, e view.Edition) *view.View {
	t.Helper()
	day := date(t, asOf)
	d, err := register.Load(t.Context(), repo, register.Options{Ref: "main", AsOf: day, Now: day.Start()})
	if err != nil {
		t.Fatal(err)
	}
	return view.New(d, e)
}

func date(t *testing.T, s string) workday.Date {
	t.Helper()
	day, err := workday.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// told is a line for each change: 新登记 001.
func told(p *Period) []string {
	var lines []string
	for _, c := range p.Changes {
		lines = append(lines, string(c.Kind)+" "+c.ID()[max(0, len(c.ID())-3):])
	}
	return lines
}

// on is what of some days stands on the page of one.
func on(t *testing.T, days []Period, day string) *Period {
	t.Helper()
	i := slices.IndexFunc(days, func(p Period) bool { return p.Day == date(t, day) })
	if i < 0 {
		t.Fatalf("no page for %s", day)
	}
	return &days[i]
}

func expect(t *testing.T, what string, p *Period, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, told(p)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// A day holds what landed after the working day before it had ended until its own end,
// to the second. 2026-09-20 is a Sunday that is worked, 09-25 to 09-27 are days off.
func TestMidnightWeekendAndMakeUpDay(t *testing.T) {
	repo := lived(t, `by b@nfzx.example
at 2026-09-18T23:59:59+08:00
new 202609-NFZX-001
commit 周五末刻
at 2026-09-19T00:00:00+08:00
new 202609-NFZX-002
commit 周六零时
at 2026-09-20T23:59:59+08:00
new 202609-NFZX-003
commit 补班日末刻
at 2026-09-21T00:00:00+08:00
new 202609-NFZX-004
commit 周一零时
at 2026-09-24T23:59:59+08:00
new 202609-NFZX-005
commit 节前末刻
at 2026-09-25T00:00:00+08:00
new 202609-NFZX-006
commit 节日零时
at 2026-09-28T09:00:00+08:00
new 202609-NFZX-007
commit 节后
`)
	days := Days(seen(t, repo, "2026-09-28", view.Supervision), 30)
	expect(t, "09-18", on(t, days, "2026-09-18"), "新登记 001")
	expect(t, "09-20", on(t, days, "2026-09-20"), "新登记 002", "新登记 003")
	expect(t, "09-21", on(t, days, "2026-09-21"), "新登记 004")
	expect(t, "09-22", on(t, days, "2026-09-22"))
	expect(t, "09-24", on(t, days, "2026-09-24"), "新登记 005")
	expect(t, "09-28", on(t, days, "2026-09-28"), "新登记 006", "新登记 007")
	if p := on(t, days, "2026-09-28"); p.From != date(t, "2026-09-25") || p.To != date(t, "2026-09-28") {
		t.Errorf("09-28 holds %s to %s", p.From, p.To)
	}
	// From 09-01, a Tuesday, to 09-28 there are 4, 5, 5, 5 (Sunday among them) and 1 working days.
	if len(days) != 20 || days[19].Day != date(t, "2026-09-01") {
		t.Errorf("%d days since the repository began", len(days))
	}
	if got := Days(seen(t, repo, "2026-09-28", view.Supervision), 3); len(got) != 3 {
		t.Errorf("%d days, asked for 3", len(got))
	}
	last := Join(Days(seen(t, repo, "2026-09-28", view.Supervision), 2))
	expect(t, "since the last working day", &last, "新登记 005", "新登记 006", "新登记 007")

	// On a day off the page of the working day to come fills.
	days = Days(seen(t, repo, "2026-09-26", view.Supervision), 30)
	if p := days[0]; p.Day != date(t, "2026-09-28") || p.To != date(t, "2026-09-26") {
		t.Errorf("on a day off the first page is of %s, until %s", p.Day, p.To)
	}
	expect(t, "on a day off", &days[0], "新登记 006")
	last = Join(Days(seen(t, repo, "2026-09-26", view.Supervision), 2))
	expect(t, "since the last working day, on a day off", &last, "新登记 005", "新登记 006")
}

// It is the landing that makes the news, not the day that counts: a feedback of the
// 24th that was received on the 28th is on the page of the 28th. Every kind is there,
// with whom it concerns.
func TestKindsByLanding(t *testing.T) {
	repo := lived(t, `at 2026-09-18 09:00
by b@nfzx.example
new 202609-NFZX-001
commit 登记
at 2026-09-21 10:00
by a@nsfwk.example
set 202609-NFZX-001 `+push+`办理类别=系统技术类 承办单位=征收管理科
commit 推送
at 2026-09-21 15:00
by d@zsglk.example
set 202609-NFZX-001 状态=异议待确认
record 202609-NFZX-001 说明单 事由=异议 单位=征收管理科 理由=不属职责 职责依据= 建议单位= 决定= 依据=
commit 异议
at 2026-09-22 10:00
by a@nsfwk.example
set 202609-NFZX-001 状态=已推送 承办单位=信息中心 说明单.决定=成立 说明单.依据=CQ2026-07
commit 改派
at 2026-09-23 10:00
by c@xxzx.example
record 202609-NFZX-001 延期申请 申请天数=3 原因=扩容 措施=电话辅导 决定= 依据=
commit 延期
at 2026-09-24 10:00
by a@nsfwk.example
set 202609-NFZX-001 延期申请.决定=同意 延期申请.依据=CQ2026-07
commit 同意
at 2026-09-24 16:00
committed 2026-09-28 09:00
by c@xxzx.example
committer 纳税服务科 <a@nsfwk.example>
set 202609-NFZX-001 状态=已反馈
record 202609-NFZX-001 反馈 结果=已解决 措施=已扩容 审核= 退回原因=
section 202609-NFZX-001 办理情况 已扩容
section 202609-NFZX-001 反馈答复 已答复
commit 反馈
at 2026-09-29 10:00
by a@nsfwk.example
set 202609-NFZX-001 状态=办理中 反馈.审核=退回 反馈.退回原因=请补充
commit 退回
`)
	v := seen(t, repo, "2026-09-30", view.Supervision)
	days := Days(v, 30)
	expect(t, "09-18", on(t, days, "2026-09-18"), "新登记 001")
	expect(t, "09-21", on(t, days, "2026-09-21"), "新推送 001")
	expect(t, "09-22", on(t, days, "2026-09-22"), "新推送 001", "决定 001")
	expect(t, "09-23", on(t, days, "2026-09-23"), "延期申请 001")
	expect(t, "09-24", on(t, days, "2026-09-24"), "决定 001")
	expect(t, "09-28", on(t, days, "2026-09-28"), "反馈 001")
	expect(t, "09-29", on(t, days, "2026-09-29"), "审核 001")
	expect(t, "09-30", on(t, days, "2026-09-30"))

	whose := map[string][]string{
		"2026-09-18": {"纳税服务中心"},    // which registered it
		"2026-09-21": {"征收管理科"},     // to which it was pushed then
		"2026-09-24": {"信息中心"},      // which handles it now
		"2026-09-22": {"征收管理科信息中心"}, // the one that objected, the one that has it since
	}
	for day, units := range whose {
		for _, unit := range []string{"纳税服务科", "纳税服务中心", "征收管理科", "信息中心"} {
			of := on(t, days, day).For(unit)
			if want := strings.Contains(units[0], unit); want != (len(of.Changes) > 0) {
				t.Errorf("%s: it concerns %s: %v, want %v", day, unit, !want, want)
			}
		}
	}
	if groups := on(t, days, "2026-09-22").Groups(); len(groups) != 7 || len(groups[1].Changes) != 1 {
		t.Errorf("groups %v", groups)
	}
	c := on(t, days, "2026-09-22").Changes[0]
	if c.Title != "异议成立，改派：推送至信息中心" || c.Unit != "纳税服务科" {
		t.Errorf("told as %q by %s", c.Title, c.Unit)
	}
}

// 新超期 is news on the first day on which nothing that arrives is in time any more:
// until then it is 待收件. Pushed on 09-01, due on 09-15; received until 09-16.
func TestNewlyOverdue(t *testing.T) {
	begin := `at 2026-09-01 10:00
by b@nfzx.example
new 202609-NFZX-001
new 202609-NFZX-002
new 202609-NFZX-003
commit 登记
at 2026-09-01 11:00
by a@nsfwk.example
set 202609-NFZX-001 ` + push + `办理类别=系统技术类 承办单位=信息中心
set 202609-NFZX-002 ` + push + `办理类别=系统技术类 承办单位=征收管理科
commit 推送
at 2026-09-04 11:00
set 202609-NFZX-003 ` + push + `办理类别=系统技术类 承办单位=信息中心
commit 推送
`
	answer := `set 202609-NFZX-002 状态=已反馈
record 202609-NFZX-002 反馈 结果=已解决 措施=已扩容 审核= 退回原因=
section 202609-NFZX-002 办理情况 已扩容
section 202609-NFZX-002 反馈答复 已答复
commit 反馈
`
	open := lived(t, begin)
	days := Days(seen(t, open, "2026-09-16", view.Public), 30)
	expect(t, "待收件", on(t, days, "2026-09-16"))
	days = Days(seen(t, open, "2026-09-22", view.Public), 30)
	expect(t, "09-16", on(t, days, "2026-09-16"))
	expect(t, "09-17", on(t, days, "2026-09-17"), "新超期 001", "新超期 002")
	// Due on Friday 09-18, received until Sunday 09-20, which is worked.
	expect(t, "09-20", on(t, days, "2026-09-20"))
	expect(t, "09-21", on(t, days, "2026-09-21"), "新超期 003")
	of := on(t, days, "2026-09-17").For("征收管理科")
	expect(t, "of one unit", &of, "新超期 002")

	// A late answer says that it is late when it lands.
	late := lived(t, begin+"at 2026-09-16 15:00\nby d@zsglk.example\n"+answer)
	days = Days(seen(t, late, "2026-09-22", view.Public), 30)
	expect(t, "09-16", on(t, days, "2026-09-16"), "反馈 002", "新超期 002")
	expect(t, "09-17", on(t, days, "2026-09-17"), "新超期 001")

	// One that was received a day later was in time all along.
	received := lived(t, begin+"at 2026-09-15 17:00\ncommitted 2026-09-16 09:00\nby d@zsglk.example\n"+answer)
	days = Days(seen(t, received, "2026-09-22", view.Public), 30)
	expect(t, "09-16", on(t, days, "2026-09-16"), "反馈 002")
	expect(t, "09-17", on(t, days, "2026-09-17"), "新超期 001")
}

// Of a case that is 仅要素 the 公开 edition tells what the case's own page shows there:
// pushes, feedback, lateness; not how it was registered, what was asked, what was
// decided. Before it has a 办理类别 every case is one.
func TestRestricted(t *testing.T) {
	repo := lived(t, `at 2026-09-17 09:00
by b@nfzx.example
new 202609-NFZX-001 标题=机密标题
new 202609-NFZX-002 标题=机密标题
commit 登记
at 2026-09-21 10:00
by a@nsfwk.example
set 202609-NFZX-001 `+push+`办理类别=侵害权益类 承办单位=信息中心
commit 推送
at 2026-09-22 10:00
by c@xxzx.example
record 202609-NFZX-001 延期申请 申请天数=3 原因=机密 措施=机密 决定= 依据=
commit 延期
at 2026-09-23 10:00
by a@nsfwk.example
set 202609-NFZX-001 延期申请.决定=同意 延期申请.依据=CQ2026-07
commit 同意
at 2026-09-24 10:00
by c@xxzx.example
set 202609-NFZX-001 状态=已反馈
record 202609-NFZX-001 反馈 结果=已解决 措施=机密 审核= 退回原因=
section 202609-NFZX-001 办理情况 机密
section 202609-NFZX-001 反馈答复 机密
commit 反馈
`)
	public := Days(seen(t, repo, "2026-09-28", view.Public), 30)
	whole := Join([]Period{})
	for _, p := range public {
		whole.Changes = append(whole.Changes, p.Changes...)
	}
	whole.sort()
	expect(t, "公开", &whole, "新推送 001", "反馈 001")
	for _, c := range whole.Changes {
		if c.Name() != view.Restricted || strings.Contains(c.Title, "机密") || c.At != c.Day().Start() {
			t.Errorf("公开 tells %s %s %s %s", c.Name(), c.Title, c.Unit, c.At)
		}
	}
	days := Days(seen(t, repo, "2026-09-28", view.Supervision), 30)
	expect(t, "监督", on(t, days, "2026-09-17"), "新登记 001", "新登记 002")
	expect(t, "监督", on(t, days, "2026-09-22"), "延期申请 001")
	expect(t, "监督", on(t, days, "2026-09-23"), "决定 001")
}

// A 月报 that did not come is 超期 as well: due on the third working day of the next
// month, received a working day longer.
func TestPapers(t *testing.T) {
	repo := lived(t, `at 2026-10-08 10:00
by a@nsfwk.example
text monthly/2026-09/NSFWK.md ---\n单位: 纳税服务科\n月份: 2026-09\n渠道收集量:\n  办税服务厅: 3\n零报告: 否\n---
commit 月报
`)
	// October's working days: 8, 9, 10 (a Saturday that is worked), 12.
	days := Days(seen(t, repo, "2026-10-13", view.Public), 30)
	expect(t, "10-12", on(t, days, "2026-10-12"))
	p := on(t, days, "2026-10-13")
	if len(p.Changes) != 1 || p.Changes[0].Paper == nil || p.Changes[0].Unit != "纳税服务中心" ||
		p.Changes[0].Kind != Overdue || p.Changes[0].ID() != "2026-09" {
		t.Errorf("10-13: %v", told(p))
	}
}
