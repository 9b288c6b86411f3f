package rules

import (
	"slices"
	"strconv"

	"suqiu/internal/config"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// drifted finds published quarters that recomputing does not confirm.
func drifted(p *run, tell func(problem.Problem)) {
	for _, s := range p.published() {
		h := problem.Problem{Path: s.Path, Line: 1, Column: 1, Unit: p.Config.OfficeUnit(), New: p.Request && s.Touched}
		if n := len(s.Landings); n > 0 {
			h.Landing = s.Landings[n-1]
			h.Commit, h.Author = p.Landings[h.Landing].Commit, p.Landings[h.Landing].Author.Email
		}
		switch {
		case s.Rewritten: // history-rewritten tells of it
			continue
		case s.Problem != "":
			h.Message = s.Quarter.String() + " 已发布的数字无法核对：" + s.Problem
			h.Fix = "恢复原文件；或由联席办删除该文件并提交，再运行 suqiu report " + s.Quarter.String() + " --freeze"
		case len(s.Drift) > 0:
			d := s.Drift[0]
			h.Message = s.Quarter.String() + " 已发布的数字与按原提交、原日期（" + s.AsOf.String() + "）重算的不符：“" +
				d.Name + "”发布为 " + d.Published + "，重算为 " + d.Now
			if n := len(s.Drift); n > 1 {
				h.Message += "，共 " + strconv.Itoa(n) + " 处"
			}
			h.Fix = "文件被改过的，请恢复；确需重新发布的（原由 " + s.Tool +
				" 计算），删除该文件并提交，再运行 suqiu report " + s.Quarter.String() + " --freeze 并说明"
			if s.Calendar {
				h.Fix = "发布时用的是另一份工作日历：核对 suqiu.yaml 的“日历”；" + h.Fix
			}
		default:
			continue
		}
		tell(h)
	}
}

// recounted finds published quarters that the present 口径 counts otherwise.
func recounted(p *run, tell func(problem.Problem)) {
	for _, s := range p.published() {
		if len(s.Recounted) == 0 {
			continue
		}
		d := s.Recounted[0]
		tell(problem.Problem{Path: s.Path, Line: 1, Column: 1, Unit: p.Config.OfficeUnit(), New: p.Request && s.Touched,
			Message: s.Quarter.String() + " 按口径第 " + strconv.Itoa(s.Was.Counting) + " 版发布，按现行口径（第 " +
				strconv.Itoa(report.CountingVersion) + " 版）重算有 " +
				strconv.Itoa(len(s.Recounted)) + " 处不同（口径变更），如“" + d.Name + "”发布为 " + d.Published +
				"，重算为 " + d.Now,
			Fix: "发布的数字仍然有效，不需要改；季度报告附件1把两种数字并列"})
	}
}

// missingReports finds the last quarter if it should have been frozen by now.
// A repository that began after that quarter owes no report on it.
func missingReports(p *run, tell func(problem.Problem)) {
	if len(p.Landings) == 0 {
		return
	}
	q := workday.QuarterOf(p.AsOf).Add(-1)
	due := p.Config.Calendar.Add(q.Last(), p.Config.Limits.Quarterly)
	if p.AsOf <= due || workday.Of(p.Landings[0].At) > q.Last() {
		return
	}
	for _, s := range p.Published {
		if s.Quarter == q {
			return
		}
	}
	name := q.String()
	fix := "运行 suqiu report " + name + " --freeze，核对后提交 reports/" + name + ".json"
	if !slices.ContainsFunc(p.Appraisals, func(a *register.Appraisal) bool { return a.Quarter == q }) {
		fix = "提交 appraisal/" + name + ".md（只写“季度: " + name + "”）公布考评，申辩满 " +
			strconv.Itoa(p.Config.Limits.Plea) + " 个工作日后，" + fix
	}
	tell(problem.Problem{Path: config.Path, Line: 1, Column: 1, Key: "时限." + name,
		Unit:    p.Config.OfficeUnit(),
		Message: name + " 的分析报告应在 " + due.String() + " 前形成，至今没有留存数字",
		Fix:     fix})
}
