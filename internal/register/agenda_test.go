package register_test

import (
	"fmt"
	"strings"
	"testing"

	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// asking is a case in a state with what it asks.
func asking(t *testing.T, n int, state workflow.State, matter string) *register.Case {
	t.Helper()
	id := fmt.Sprintf("202607-NFZX-%03d", n)
	c := record.Parse(record.PathOf(id), []byte("---\n编号: "+id+"\n标题: 第"+fmt.Sprint(n)+"件\n状态: "+string(state)+
		"\n承办单位: 信息中心\n"+matter+"---\n"), nil)
	if c.Unreadable {
		t.Fatal(c.Problems)
	}
	life := workflow.Life{State: state, Lead: c.Lead}
	filed := workday.New(2026, 8, 20)
	for _, s := range c.Statements {
		f := workflow.Filing{Key: "说明单", Reason: s.Reason, Unit: s.Unit, Filed: filed}
		if s.Decision != "" {
			f.Ended, f.Decision = filed, s.Decision
		}
		life.Filings = append(life.Filings, f)
	}
	for _, e := range c.Extensions {
		f := workflow.Filing{Key: "延期申请", Unit: c.Lead, Days: e.Days, Filed: filed}
		if e.Decision != "" {
			f.Ended, f.Decision = filed, e.Decision
		}
		life.Filings = append(life.Filings, f)
	}
	return &register.Case{Case: c, Life: life}
}

func meetingOf(id, matter string) *register.Meeting {
	return &register.Meeting{Meeting: papers.ParseMeeting("meetings/"+id+".md", []byte("---\n编号: "+id+"\n"+matter+
		"---\n"), nil)}
}

// agenda is what waits, in one line each.
func agenda(d *register.Register, on workday.Date) string {
	var lines []string
	for _, w := range d.Agenda(on) {
		line := w.Source
		if w.Case != nil {
			line += " " + w.Case.ID[len(w.Case.ID)-3:]
		}
		if w.Urgent() {
			line += " 急"
		}
		lines = append(lines, strings.TrimSpace(line+" "+w.Tabled))
	}
	return strings.Join(lines, "，")
}

func TestAgenda(t *testing.T) {
	cfg := config.Parse("suqiu.yaml", []byte("名称: 试\n单位:\n  - 名称: 信息中心\n    代码: XXZX\n"))
	on := workday.New(2026, 9, 1)
	cases := func() []*register.Case {
		return []*register.Case{
			asking(t, 1, workflow.Closed, "延期申请:\n  - 申请天数: 10\n"), // over: asks nothing any more
			asking(t, 2, "长期推进", "下次研究日期: 2026-09-01\n"),
			asking(t, 3, "长期推进", "下次研究日期: 2026-09-02\n"),
			asking(t, 4, "办理中", "延期申请:\n  - 申请天数: 30\n"),
			asking(t, 5, "办理中", "延期申请:\n  - 申请天数: 10\n    决定: 同意\n  - 申请天数: 5\n"),
			asking(t, 6, "待研究决定", "说明单:\n  - 事由: 无法解决\n    单位: 信息中心\n"),
			asking(t, 7, "异议待确认", "说明单:\n  - 事由: 异议\n    单位: 信息中心\n    决定: 不成立\n  - 事由: "+
				"异议\n    单位: 信息中心\n"),
		}
	}
	minutes := meetingOf("HY2026-01", "类型: 例会\n召开日期: 2026-07-16\n议题:\n  - {事项: 错峰, 决定: 同意, "+
		"责任单位: 信息中心, 完成期限: 2026-08-20}\n  - {事项: 已办的, 决定: 同意, 完成期限: 2026-08-20, 落实情况: "+
		"已办}\n  - {事项: 未到期, 决定: 同意, 完成期限: 2026-09-20}\n")
	proposal := meetingOf("HY2026-02", "类型: 专题\n提议单位: 信息中心\n事由: 研究扩容\n")
	const all = "异议 007 急，说明单 006 急，延期申请 004 急，延期申请 005 急，长期推进 002，HY2026-02，HY2026-01"
	wish := meetingOf("HY2026-04", "类型: 即时\n提议单位: 信息中心\n事由: 定期限\n议题:\n  - {事项: 某, 来源: "+
		"一事一议, 诉求: 202607-NFZX-006}\n")
	asked := strings.Replace(all, "005 急", "005 急，一事一议 006", 1)
	for _, c := range []struct {
		name     string
		meetings []*register.Meeting
		want     string
	}{
		{"nothing on an agenda", []*register.Meeting{minutes, proposal}, all},
		{"a draft has some of it", []*register.Meeting{minutes, proposal,
			meetingOf("HY2026-03", "类型: 例会\n议题:\n  - {事项: 某, 来源: 异议, 诉求: 202607-NFZX-007}\n  - {事项: "+
				"研究扩容, 来源: HY2026-02}\n"),
			meetingOf("CQ2026-01", "类型: 传签\n议题:\n  - {事项: 某, 来源: 异议, 诉求: 202607-NFZX-007}\n")},
			strings.Replace(strings.Replace(all, "007 急", "007 急 CQ2026-01", 1), "HY2026-02", "HY2026-02 HY2026-03",
				1)},
		{"a draft that names its day has some of it", []*register.Meeting{minutes, proposal, wish,
			meetingOf("HY2026-03", "类型: 例会\n主持: 召集人\n召开日期: 2026-09-08\n议题:\n  - {事项: 研究扩容, 来源:"+
				" HY2026-02}\n  - {事项: 某, 来源: 一事一议, 诉求: 202607-NFZX-006}\n")},
			strings.Replace(strings.Replace(asked, "HY2026-02", "HY2026-02 HY2026-03", 1), "一事一议 006",
				"一事一议 006 HY2026-03", 1)},
		{"a meeting took the proposal up", []*register.Meeting{minutes, proposal,
			meetingOf("HY2026-03", "类型: 例会\n召开日期: 2026-08-20\n议题:\n  - {事项: 研究扩容, 来源: HY2026-02, "+
				"决定: 同意}\n")},
			strings.Replace(all, "，HY2026-02", "", 1)},
		{"a unit asks for 一事一议", []*register.Meeting{minutes, proposal, wish}, asked},
		{"a draft has what it asks", []*register.Meeting{minutes, proposal, wish,
			meetingOf("HY2026-05", "类型: 例会\n主持: 召集人\n议题:\n  - {事项: 某, 来源: 一事一议, 诉求: 202607-"+
				"NFZX-006}\n")},
			strings.Replace(asked, "一事一议 006", "一事一议 006 HY2026-05", 1)},
		{"a meeting decided on it", []*register.Meeting{minutes, proposal, wish,
			meetingOf("HY2026-05", "类型: 例会\n召开日期: 2026-08-20\n议题:\n  - {事项: 某, 来源: 一事一议, 诉求: "+
				"202607-NFZX-006, 决定: 9月底前}\n")}, all},
		{"it is about a case that is closed", []*register.Meeting{minutes, proposal,
			meetingOf("HY2026-04", "类型: 即时\n提议单位: 信息中心\n事由: 定期限\n议题:\n  - {事项: 某, 来源: "+
				"一事一议, 诉求: 202607-NFZX-001}\n")}, all},
	} {
		if got := agenda(register.New(cfg, on, cases(), c.meetings), on); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
	taken := meetingOf("HY2026-05", "类型: 例会\n召开日期: 2026-08-20\n议题:\n  - {事项: 某, 来源: 一事一议, 诉求: "+
		"202607-NFZX-006, 决定: 9月底前}\n")
	for _, c := range []struct {
		meetings []*register.Meeting
		want     string
	}{{[]*register.Meeting{proposal, wish}, "map[HY2026-02:true HY2026-04:true]"},
		{[]*register.Meeting{proposal, wish, taken}, "map[HY2026-02:true]"}} {
		if got := fmt.Sprint(
			register.OpenWishes(register.New(cfg, on, cases(), c.meetings).Agenda(on))); got != c.want {
			t.Errorf("open suggestions: %s, want %s", got, c.want)
		}
	}
	d := register.New(cfg, on, nil, []*register.Meeting{minutes, proposal, meetingOf("CQ2026-09", "类型: 传签\n")})
	if hy, cq, next := d.NextMeeting("HY", 2026), d.NextMeeting("CQ", 2026),
		d.NextMeeting("HY", 2027); hy != "HY2026-03" || cq != "CQ2026-10" || next != "HY2027-01" {
		t.Errorf("next: %s, %s, %s", hy, cq, next)
	}
}

// TestAgendaDecided lets meetings decide what a case asked on 2026-08-20: that
// they did is known before the office writes it into the case, and what was
// decided before the case asked again is not that decision.
func TestAgendaDecided(t *testing.T) {
	cfg := config.Parse("suqiu.yaml", []byte("名称: 试\n单位:\n  - 名称: 信息中心\n    代码: XXZX\n"))
	on := workday.New(2026, 9, 1)
	for held, want := range map[string]string{"2026-08-19": "", "2026-08-20": "HY2026-01", "2026-08-31": "HY2026-01",
		"2026-09-08": ""} {
		c := asking(t, 7, "异议待确认", "说明单:\n  - 事由: 异议\n    单位: 信息中心\n")
		d := register.New(cfg, on, []*register.Case{c}, []*register.Meeting{
			meetingOf("HY2026-01", "类型: 例会\n召开日期: "+held+
				"\n议题:\n  - {事项: 某, 来源: 异议, 诉求: 202607-NFZX-007, 决定: 不成立}\n"),
			meetingOf("CQ2026-01", "类型: 传签\n召开日期: "+held+
				"\n议题:\n  - {事项: 某, 来源: 异议, 诉求: 202607-NFZX-007}\n")})
		if list := d.Agenda(on); len(list) != 1 || list[0].Decided != want {
			t.Errorf("held %s: %+v, want it decided by %q", held, list, want)
		}
	}
}
