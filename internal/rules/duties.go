package rules

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/frontmatter"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// absent is an offence of a file that is not there: its place is the first line
// of the file to write.
func absent(path, unit, message, fix string) problem.Problem {
	return problem.Problem{Path: path, Unit: unit, Line: 1, Column: 1, Message: message, Fix: fix}
}

// missingMonthly finds units whose 月度报送 is overdue. Where nobody ever handed
// one in, that is told once.
func missingMonthly(p *run, tell func(problem.Problem)) {
	var months []string
	for _, duty := range p.MonthlyDuties() {
		if duty.Standing != register.Missing {
			continue
		}
		month := duty.Month.String()
		if len(p.Monthly) == 0 {
			if !slices.Contains(months, month) {
				months = append(months, month)
			}
			continue
		}
		path := papers.MonthlyPath(duty.Month, p.Config.Unit(duty.Unit).Code)
		tell(absent(path, duty.Unit, duty.Unit+" "+month+" 的月度报送应于 "+duty.Due.String()+" 前报送，尚未报送",
			"运行 suqiu monthly "+month+" --unit "+duty.Unit+"，填好后提交；没有收集到的也要零报告"))
	}
	if len(months) > 0 {
		tell(problem.Problem{Path: config.Path, Key: "单位",
			Message: "还没有任何单位报送过月度报送，已过期的有 " + strconv.Itoa(len(months)) + " 个月（" + months[0] +
				" 起）",
			Fix: "请各单位运行 suqiu monthly " + months[len(months)-1] +
				" 生成并提交；渠道由别的库报送的，请在 suqiu.yaml 中去掉该单位的“渠道”"})
	}
}

// silentChannels finds 月度报送 that say nothing of a channel that the unit
// collected from: whether nothing came or it was forgotten cannot be told.
func silentChannels(p *run, tell func(problem.Problem)) {
	for _, duty := range p.MonthlyDuties() {
		m := duty.File
		if m == nil || m.Unreadable || m.Zero ||
			!slices.ContainsFunc(m.Volumes, func(v frontmatter.Named) bool { return v.Given }) {
			continue // all channels at once are told of otherwise
		}
		var silent []string
		for _, channel := range duty.Channels {
			if !slices.ContainsFunc(m.Volumes, func(v frontmatter.Named) bool {
				return v.Name == channel &&
					v.Given
			}) && !m.Told("渠道收集量."+channel) {
				silent = append(silent, channel)
			}
		}
		if len(silent) == 0 {
			continue
		}
		h := p.ofPaper(&m.File, m.Touched, "渠道收集量", duty.Unit+" "+duty.Month.String()+" 的月度报送没有写“"+
			strings.Join(silent, "”“")+"”的件数，看不出是没有收集到还是漏报",
			"在“渠道收集量”下补写（没有收集到的写 0）："+strings.Join(silent, ": 0，")+": 0；或运行 suqiu monthly "+
				duty.Month.String()+" --unit "+duty.Unit+" 补上")
		h.Unit = duty.Unit
		tell(h)
	}
}

// lateMonthly finds 月度报送 that came after their day.
func lateMonthly(p *run, tell func(problem.Problem)) {
	for _, duty := range p.MonthlyDuties() {
		if duty.Standing != register.Late || duty.File.Misplaced {
			continue // a renamed file would seem to come in anew
		}
		m := duty.File
		h := p.ofPaper(&m.File, m.Touched, "月份",
			duty.Unit+" "+duty.Month.String()+" 的月度报送应于 "+duty.Due.String()+" 前报送，"+m.Filed.String()+" 报送",
			"无须再改；以后请在每月前 "+strconv.Itoa(p.Config.Limits.Monthly)+" 个工作日内报送")
		h.Unit = duty.Unit
		tell(h)
	}
}

// began is the first day of the repository; zero if nothing landed.
func (p *run) began() workday.Date {
	if len(p.Landings) == 0 || p.Landings[0].Pending {
		return 0
	}
	return workday.Of(p.Landings[0].At)
}

// quartersPast lists the quarters that ended before the register's day and began
// no earlier than the month of another day.
func (p *run) quartersPast(from workday.Date) []workday.Quarter {
	if from == 0 {
		return nil
	}
	q := workday.QuarterOf(from)
	if workday.MonthOf(from) != workday.MonthOf(q.First()) {
		q = q.Add(1)
	}
	var list []workday.Quarter
	for ; q.Last() < p.AsOf; q = q.Add(1) {
		list = append(list, q)
	}
	return list
}

// silentQuarters finds quarters without a meeting: 原则上每季度召开一次.
func silentQuarters(p *run, tell func(problem.Problem)) {
	var quiet []string
	any := false
	for _, m := range p.Meetings {
		any = any || !m.Circular() && !m.Proposed()
	}
	for _, q := range p.quartersPast(p.began()) {
		if slices.ContainsFunc(p.Meetings,
			func(m *register.Meeting) bool { return !m.Circular() && q.Contains(m.Held) }) {
			continue
		}
		quiet = append(quiet, q.String())
	}
	if !any && len(quiet) > 1 {
		quiet = []string{quiet[0] + " 至 " + quiet[len(quiet)-1]}
	}
	for _, q := range quiet {
		first, _, _ := strings.Cut(q, " ") // several quarters share a place: the quarter tells them apart
		tell(problem.Problem{Path: config.Path, Key: "名称." + first, Unit: p.Config.OfficeUnit(),
			Message: q + " 没有召开联席会议的记录",
			Fix: "已经召开的，请联席办补录 meetings/ 中的会议纪要；" +
				"没有召开的，运行 suqiu meeting new 准备议题，报召集人确定"})
	}
}

// lateMinutes finds meetings whose minutes were or are not printed in time.
func lateMinutes(p *run, tell func(problem.Problem)) {
	for _, m := range p.Meetings {
		if m.Proposed() || m.Circular() {
			continue
		}
		due := p.Config.Calendar.Add(m.Held, p.Config.Limits.Minutes)
		switch {
		case m.Told("召开日期") || m.Printed > p.AsOf: // one of the two is wrong
		case m.Printed > due:
			tell(p.ofOffice(&m.File, m.Touched, "印发日期", m.ID+" 的会议纪要宜于 "+due.String()+" 前印发，"+
				m.Printed.String()+" 印发", "无须再改；议定事项以会议纪要印发实施，宜早不宜迟"))
		case m.Printed == 0 && p.AsOf > due && !m.Told("印发日期"):
			tell(p.ofOffice(&m.File, m.Touched, "召开日期", m.ID+" 的会议纪要宜于 "+due.String()+" 前印发，尚未印发",
				"印发后填写“印发日期”和“文号”"))
		}
	}
}

func (p *run) ofOffice(f *papers.File, touched bool, key, message, fix string) problem.Problem {
	h := p.ofPaper(f, touched, key, message, fix)
	h.Unit = p.Config.OfficeUnit()
	return h
}

// openResolutions finds topics whose 完成期限 has passed without a 落实情况.
func openResolutions(p *run, tell func(problem.Problem)) {
	for _, r := range p.Resolutions() {
		if !r.Overdue || r.Meeting.Told(at("议题", r.Index, "完成期限")) {
			continue
		}
		h := p.ofPaper(&r.Meeting.File, r.Meeting.Touched, at("议题", r.Index, "完成期限"),
			r.Meeting.ID+" 议定的“"+r.Topic.Matter+"”应于 "+r.Topic.Due.String()+" 前完成，没有落实情况",
			"    落实情况: （请责任单位报联席办填写）")
		h.Unit = strings.Join(r.Topic.Units, "、")
		tell(h)
	}
}

// unratified finds circulated decisions that a later regular meeting passed
// over.
func unratified(p *run, tell func(problem.Problem)) {
	for _, m := range p.Unratified() {
		var next *register.Meeting
		for _, other := range p.Meetings {
			if other.Type == "例会" && other.Printed != 0 && other.Held > m.Held &&
				(next == nil || other.Held < next.Held) {
				next = other
			}
		}
		if next == nil {
			continue
		}
		tell(p.ofOffice(&m.File, m.Touched, "编号", m.ID+" 传签之后的例会 "+next.ID+" 没有追认",
			"请联席办在下一次会议纪要的“追认”中写上 "+m.ID))
	}
}

// missingUpward finds quarters of which nothing was sent up in time.
func missingUpward(p *run, tell func(problem.Problem)) {
	have := map[workday.Quarter]bool{}
	for _, x := range p.Submissions {
		have[x.Quarter] = have[x.Quarter] || !x.Unreadable
	}
	quarters := p.quartersPast(p.began())
	if len(have) > 0 {
		first := slices.IndexFunc(quarters, func(q workday.Quarter) bool { return have[q] })
		quarters = quarters[max(first, 0):]
	}
	quarters = slices.DeleteFunc(quarters, func(q workday.Quarter) bool { return have[q] || p.AsOf <= p.sendUpBy(q) })
	if len(have) == 0 && len(quarters) > 1 {
		quarters = quarters[len(quarters)-1:] // not in use yet: the last one is enough
	}
	for _, q := range quarters {
		path := "submissions/" + q.String() + ".md"
		tell(absent(path, p.Config.OfficeUnit(),
			q.String()+" 向上级的报送宜于 "+p.sendUpBy(q).String()+" 前完成，还没有",
			"报送后在 "+path+" 中填写“报送对象”“文号”“内容”"))
	}
}

// sendUpBy is the day by which a quarter's report is to be sent up.
func (p *run) sendUpBy(q workday.Quarter) workday.Date {
	return p.Config.Calendar.Add(q.Last(), p.Config.Limits.SendUp)
}

// missingSummaries finds counties whose quarterly summary is not there.
func missingSummaries(p *run, tell func(problem.Problem)) {
	for _, duty := range p.CountyDuties() {
		if duty.Standing != register.Missing {
			continue
		}
		q := duty.Quarter.String()
		tell(absent(papers.CountyPath(duty.Code, duty.Quarter), duty.Unit,
			duty.Unit+" "+q+" 的季度报送宜于 "+duty.Due.String()+" 前报送，尚未报送",
			"请该局在本局的库里运行 suqiu report "+q+" --summary，把生成的文件提交到这里"))
	}
}

// lateSummaries finds quarterly summaries that came after their day.
func lateSummaries(p *run, tell func(problem.Problem)) {
	for _, duty := range p.CountyDuties() {
		if duty.Standing != register.Late || duty.File.Misplaced {
			continue
		}
		c := duty.File
		h := p.ofPaper(&c.File, c.Touched, "", duty.Unit+" "+duty.Quarter.String()+" 的季度报送宜于 "+duty.Due.String()+
			" 前报送，"+c.Filed.String()+" 报送", "无须再改；以后请按期报送")
		h.Unit, h.Line, h.Column = duty.Unit, 1, 1
		tell(h)
	}
}
