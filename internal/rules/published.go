package rules

import (
	"slices"
	"strconv"

	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// reportDeadlines and reportEvidence are about the quarterly reports that the
// office froze.
func reportDeadlines() []Rule {
	return []Rule{
		{Slug: "report-missing", Group: Deadlines, Severity: problem.Info, Title: "季度分析报告未按时形成", Clause: "三(五)", check: missingReports, Doc: `为什么：按季度形成分析报告（三(五)）。报告的数字用“suqiu report --freeze”留存后，以后的更正才能与已发布的数字并列。季度终了后多少个工作日由“时限.季报”规定，属于内部控制。
反例：10 月 22 日了，仓库里还没有 reports/2026Q3.json。
怎么改：联席办提交 appraisal/2026Q3.md 公布考评，申辩期满后运行 suqiu report 2026Q3 --freeze，核对后提交 reports/2026Q3.json。`},
	}
}

func reportEvidence() []Rule {
	return []Rule{
		{Slug: "report-drift", Group: Evidence, Severity: problem.Warning, Title: "已发布的季度数字与重算不符", Clause: "三(五)", check: drifted, Doc: `为什么：已发布的季度记下了计算时的提交、日期、版本和日历，任何时候都能按原样重算；以后在 suqiu.yaml 里改别名、渠道、收件宽限或时限，不影响重算的结果。重算不符，说明文件被改过，读的人无从判断哪个数字可信。以后登记的更正不在此列：它们作为“更正后”与已发布的数字并列；suqiu 的口径变了，由 counting-changed 提示。
反例：有人直接把 reports/2026Q3.json 里的按期反馈数由 31 改成 33。
怎么改：用 git log 查看该文件的修改，恢复原文件；确需重新发布的，先删除该文件并提交，再运行 suqiu report 季度 --freeze，并在 reports/季度.md 中说明。`},
		{Slug: "counting-changed", Group: Evidence, Severity: problem.Info, Title: "已发布的季度按旧口径计算（口径变更）", Clause: "三(五)", check: recounted, Doc: `为什么：计数的方法改变时，suqiu 把口径的版本加一；按旧口径发布的季度，用现行口径重算会有不同，这是口径变更，不是数字有误，也不是文件被改。发布的数字仍然有效。
反例：2026Q1 按口径第 1 版发布，办结后改进又办结的计两次；口径第 2 版只计一次。
怎么改：不需要改。季度报告附件1把两种数字并列；要按现行口径重新发布的，先删除 reports/季度.json 并提交，再运行 suqiu report 季度 --freeze。`},
	}
}

// drifted finds published quarters that recomputing does not confirm.
func drifted(p *pass, slug string) []hit {
	hits := told(p, slug)
	for _, s := range p.published() {
		h := hit{path: s.Path, line: 1, column: 1, landing: -1, unit: p.Config.OfficeUnit(), added: p.Request && s.Touched}
		if n := len(s.Landings); n > 0 {
			h.landing = s.Landings[n-1]
			h.commit, h.author = p.Landings[h.landing].Commit, p.Landings[h.landing].Author.Email
		}
		switch {
		case s.Rewritten: // history-rewritten tells of it
			continue
		case s.Problem != "":
			h.message = s.Quarter.String() + " 已发布的数字无法核对：" + s.Problem
			h.fix = "恢复原文件；或由联席办删除该文件并提交，再运行 suqiu report " + s.Quarter.String() + " --freeze"
		case len(s.Drift) > 0:
			d := s.Drift[0]
			h.message = s.Quarter.String() + " 已发布的数字与按原提交、原日期（" + s.AsOf.String() + "）重算的不符：“" + d.Name + "”发布为 " + d.Published + "，重算为 " + d.Now
			if n := len(s.Drift); n > 1 {
				h.message += "，共 " + strconv.Itoa(n) + " 处"
			}
			h.fix = "文件被改过的，请恢复；确需重新发布的（原由 " + s.Tool + " 计算），删除该文件并提交，再运行 suqiu report " + s.Quarter.String() + " --freeze 并说明"
			if s.Calendar {
				h.fix = "发布时用的是另一份工作日历：核对 suqiu.yaml 的“日历”；" + h.fix
			}
		default:
			continue
		}
		hits = append(hits, h)
	}
	return hits
}

// recounted finds published quarters that the present 口径 counts otherwise.
func recounted(p *pass, slug string) []hit {
	hits := told(p, slug)
	for _, s := range p.published() {
		if len(s.Recounted) == 0 {
			continue
		}
		d := s.Recounted[0]
		hits = append(hits, hit{path: s.Path, line: 1, column: 1, landing: -1, unit: p.Config.OfficeUnit(), added: p.Request && s.Touched,
			message: s.Quarter.String() + " 按口径第 " + strconv.Itoa(s.Was.Counting) + " 版发布，按现行口径（第 " + strconv.Itoa(report.CountingVersion) + " 版）重算有 " +
				strconv.Itoa(len(s.Recounted)) + " 处不同（口径变更），如“" + d.Name + "”发布为 " + d.Published + "，重算为 " + d.Now,
			fix: "发布的数字仍然有效，不需要改；季度报告附件1把两种数字并列"})
	}
	return hits
}

// missingReports finds the last quarter if it should have been frozen by now.
// A repository that began after that quarter owes no report on it.
func missingReports(p *pass, slug string) []hit {
	hits := told(p, slug)
	if len(p.Landings) == 0 {
		return hits
	}
	q := workday.QuarterOf(p.AsOf).Add(-1)
	due := p.Config.Calendar.Add(q.Last(), p.Config.Limits.Quarterly)
	if p.AsOf <= due || workday.Of(p.Landings[0].At) > q.Last() {
		return hits
	}
	for _, s := range p.Published {
		if s.Quarter == q {
			return hits
		}
	}
	name := q.String()
	fix := "运行 suqiu report " + name + " --freeze，核对后提交 reports/" + name + ".json"
	if !slices.ContainsFunc(p.Appraisals, func(a *register.Appraisal) bool { return a.Quarter == q }) {
		fix = "提交 appraisal/" + name + ".md（只写“季度: " + name + "”）公布考评，申辩满 " + strconv.Itoa(p.Config.Limits.Plea) + " 个工作日后，" + fix
	}
	return append(hits, hit{path: register.ConfigPath, line: 1, column: 1, key: "时限." + name, landing: -1, unit: p.Config.OfficeUnit(),
		message: name + " 的分析报告应在 " + due.String() + " 前形成，至今没有留存数字",
		fix:     fix})
}
