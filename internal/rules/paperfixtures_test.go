package rules

import (
	"maps"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// with adds a paper to the good repository, handed in on a day.
func with(path, text, filed string) change {
	return change{register: func(d *register.Register) { addPaper(d, path, text, filed) },
		added: map[string]string{path: text}}
}

func addPaper(d *register.Register, path, text, filed string) {
	day, err := workday.Parse(filed)
	if err != nil {
		panic(err)
	}
	canon, src, filing := d.Config.Canon, []byte(text), register.Filing{Filed: day, Landed: day, Changed: day}
	switch folder, _, _ := strings.Cut(path, "/"); folder {
	case "monthly":
		d.Monthly = append(d.Monthly, &register.Monthly{Monthly: papers.ParseMonthly(path, src, canon), Filing: filing})
	case "meetings":
		for _, m := range d.Meetings {
			if m.Path == path { // the world has read it already
				m.Filing = filing
				return
			}
		}
		d.Meetings = append(d.Meetings,
			&register.Meeting{Meeting: papers.ParseMeeting(path, src, canon), Filing: filing})
	case "risks":
		d.Risks = append(d.Risks, &register.Risks{Risks: papers.ParseRisks(path, src, canon), Filing: filing})
	case "submissions":
		d.Submissions = append(d.Submissions,
			&register.Submission{Submission: papers.ParseSubmission(path, src, canon), Filing: filing})
	case "counties":
		d.Counties = append(d.Counties, &register.County{County: papers.ParseCounty(path, src, canon), Filing: filing})
	case "appraisal":
		d.Appraisals = append(d.Appraisals,
			&register.Appraisal{Appraisal: papers.ParseAppraisal(path, src, canon), Filing: filing})
	}
}

// started lets the repository begin, and be looked at, on other days than the
// good one's; its second landing stays behind the first.
func started(begin, asOf string, more ...change) change {
	return change{register: func(d *register.Register) {
		from, err := workday.Parse(begin)
		if err != nil {
			panic(err)
		}
		if d.AsOf, err = workday.Parse(asOf); err != nil {
			panic(err)
		}
		for i := range d.Landings {
			at := from.AddDays(i).Start().Add(9 * 3600e9)
			d.Landings[i].At, d.Landings[i].Committed = at, timeline.MomentOf(at)
		}
		together(more...).register(d)
	}, added: together(more...).added}
}

// together makes several changes one.
func together(list ...change) change {
	c := change{added: map[string]string{}}
	for _, x := range list {
		maps.Copy(c.added, x.added)
	}
	c.register = func(d *register.Register) {
		for _, x := range list {
			x.register(d)
		}
	}
	return c
}

const (
	july    = "---\n单位: 纳税服务中心\n月份: 2026-07\n渠道收集量:\n  12366热线: 3\n  网络舆情: 0\n零报告: 否\n---\n"
	minutes = "---\n编号: HY2026-01\n类型: 例会\n召开日期: 2026-07-16\n印发日期: 2026-07-20\n议题:\n  - 事项: " +
		"错峰提醒\n    决定: 同意\n    责任单位: 信息中心\n    完成期限: 2026-08-20\n    落实情况: 已办\n---\n"
	circle = "---\n编号: CQ2026-01\n类型: 传签\n召开日期: 2026-07-08\n议题:\n  - 事项: 口径\n    决定: 同意\n---\n"
	sentUp = "---\n季度: 2026Q2\n报送对象: 区局\n内容: 报告\n---\n"
)

// summary is a county's summary of a quarter.
func summary(quarter string) string {
	q, err := workday.ParseQuarter(quarter)
	if err != nil {
		panic(err)
	}
	text, err := papers.WriteSummary(&papers.Summary{Tool: "suqiu", AsOf: q.Last(), Unit: "集宁区税务局", Code: "JNQ",
		Quarter: q})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// edited is a text with one place changed.
func edited(text, old, new string) string {
	if !strings.Contains(text, old) {
		panic("no " + old)
	}
	return strings.Replace(text, old, new, 1)
}

// county registers a county, which hands in what is given for each quarter.
func county(begin, asOf string, filed ...string) change {
	c := started(begin, asOf)
	before := c.register
	c.register = func(d *register.Register) {
		before(d)
		d.Config = withCounty()
		for i := 0; i < len(filed); i += 2 {
			addPaper(d, "counties/JNQ/"+filed[i]+".json", summary(filed[i]), filed[i+1])
		}
	}
	return c
}

var paperFixtures = []fixture{
	{"json-syntax", with("counties/JNQ/2026Q2.json", "{\"version\": 1,}", "2026-07-08"),
		with("counties/JNQ/2026Q2.json", summary("2026Q2"), "2026-07-08")},
	{"totals-mismatch", with("monthly/2026-07/NFZX.md", edited(july, "零报告: 否", "零报告: 是"), "2026-08-05"),
		with("monthly/2026-07/NFZX.md", july, "2026-08-05")},
	{"monthly-missing",
		started("2026-07-01", "2026-08-07",
			with("monthly/2026-06/NFZX.md", edited(july, "2026-07", "2026-06"), "2026-07-02")),
		started("2026-07-01", "2026-08-06",
			with("monthly/2026-06/NFZX.md", edited(july, "2026-07", "2026-06"), "2026-07-02"))},
	{"monthly-late",
		started("2026-07-01", "2026-09-01", with("monthly/2026-07/NFZX.md", july, "2026-08-06")),
		started("2026-07-01", "2026-09-01", with("monthly/2026-07/NFZX.md", july, "2026-08-05"))},
	{"monthly-incomplete",
		started("2026-07-01", "2026-09-01",
			with("monthly/2026-07/NFZX.md", edited(july, "  网络舆情: 0\n", ""), "2026-08-05")),
		started("2026-07-01", "2026-09-01", with("monthly/2026-07/NFZX.md", july, "2026-08-05"))},
	{"meeting-missing",
		started("2026-04-02", "2026-07-01", with("meetings/HY2026-01.md", minutes, "2026-07-20")),
		started("2026-05-01", "2026-07-01", with("meetings/HY2026-01.md", minutes, "2026-07-20"))},
	{"minutes-late",
		started("2026-07-01", "2026-07-31",
			with("meetings/HY2026-01.md", edited(minutes, "2026-07-20", "2026-07-24"), "2026-07-24")),
		started("2026-07-01", "2026-07-31",
			with("meetings/HY2026-01.md", edited(minutes, "2026-07-20", "2026-07-23"), "2026-07-23"))},
	{"resolution-overdue",
		with("meetings/HY2026-01.md", edited(minutes, "落实情况: 已办", "落实情况:"), "2026-07-20"),
		with("meetings/HY2026-01.md",
			edited(edited(minutes, "落实情况: 已办", "落实情况:"), "2026-08-20", "2026-09-01"), "2026-07-20")},
	{"circular-unratified",
		together(with("meetings/CQ2026-01.md", circle, "2026-07-08"),
			with("meetings/HY2026-01.md", minutes, "2026-07-20")),
		together(with("meetings/CQ2026-01.md", circle, "2026-07-08"),
			with("meetings/HY2026-01.md", edited(minutes, "议题:", "追认: CQ2026-01\n议题:"), "2026-07-20"))},
	{"upward-missing",
		started("2026-04-01", "2026-10-28", with("submissions/2026Q2.md", sentUp, "2026-07-10")),
		started("2026-04-01", "2026-10-27", with("submissions/2026Q2.md", sentUp, "2026-07-10"))},
	{"plea-unfounded",
		started("2026-07-01", "2026-09-01", with("monthly/2026-07/NFZX.md", july, "2026-08-06"),
			with("appraisal/2026Q3.md", edited(plea, "月报迟报", "月报未报"), "2026-08-20")),
		started("2026-07-01", "2026-09-01", with("monthly/2026-07/NFZX.md", july, "2026-08-06"),
			with("appraisal/2026Q3.md", plea, "2026-08-20"))},
	{"county-missing", county("2026-04-01", "2026-10-26", "2026Q2", "2026-07-10"),
		county("2026-04-01", "2026-10-21", "2026Q2", "2026-07-10")},
	{"county-late", county("2026-04-01", "2026-08-01", "2026Q2", "2026-07-15"),
		county("2026-04-01", "2026-08-01", "2026Q2", "2026-07-14")},
}

// paperReferences are second fixtures of rules that look into papers as well.
var paperReferences = []fixture{
	{"unit-unknown", with("risks/2026-07.md",
		"---\n月份: 2026-07\n风险点:\n  - 内容: 某\n    转送单位: 信息技术中心\n---\n", "2026-07-31"),
		with("risks/2026-07.md", "---\n月份: 2026-07\n风险点:\n  - 内容: 某\n    转送单位: 信息中心\n---\n",
			"2026-07-31")},
	{"channel-unknown", with("monthly/2026-07/NFZX.md", edited(july, "12366热线", "12366"), "2026-08-05"),
		with("monthly/2026-07/NFZX.md", july, "2026-08-05")},
	{"channel-unit", with("monthly/2026-07/NFZX.md", edited(july, "12366热线", "办税服务厅"), "2026-08-05"),
		with("monthly/2026-07/NFZX.md", july, "2026-08-05")},
	{"path-mismatch", with("monthly/2026-07/纳税服务中心.md", july, "2026-08-05"),
		with("monthly/2026-07/NFZX.md", july, "2026-08-05")},
	{"case-unknown", with("appraisal/2026Q2.md",
		"---\n季度: 2026Q2\n申辩:\n  - 单位: 信息中心\n    诉求: 202607-NFZX-010\n    扣分项: 超期\n---\n",
		"2026-08-05"),
		with("appraisal/2026Q2.md",
			"---\n季度: 2026Q2\n申辩:\n  - 单位: 信息中心\n    诉求: 202607-NFZX-001\n    扣分项: 超期\n---\n",
			"2026-08-05")},
	{"meeting-unknown", with("meetings/HY2026-01.md", edited(minutes, "议题:", "追认: CQ2026-70\n议题:"), "2026-07-20"),
		with("meetings/HY2026-01.md", edited(minutes, "议题:", "追认: CQ2026-07\n议题:"), "2026-07-20")},
	{"meeting-case", with("meetings/CQ2026-01.md",
		edited(circle, "决定:", "来源: 延期申请\n    诉求: 202607-NFZX-001\n    决定:"), "2026-07-08"),
		with("meetings/CQ2026-01.md", edited(circle, "决定:", "诉求: 202607-NFZX-001\n    决定:"), "2026-07-08")},
}

const plea = "---\n季度: 2026Q3\n申辩:\n  - 单位: 纳税服务中心\n    扣分项: 月报迟报\n    申辩: 网络不通\n---\n"

// withCounty is the configuration of the good repository with a county.
func withCounty() *config.Config {
	archive, err := txtar.ParseFile("testdata/good.txtar")
	if err != nil {
		panic(err)
	}
	for _, f := range archive.Files {
		if f.Name == config.Path {
			text := edited(string(f.Data), "机器人:",
				"  - 名称: 集宁区税务局\n    代码: JNQ\n    邮箱: [\"*@jnq.example\"]\n    角色: [旗县]\n机器人:")
			return config.Parse(config.Path, []byte(text))
		}
	}
	panic("no configuration")
}
