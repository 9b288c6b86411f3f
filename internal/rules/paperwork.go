package rules

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/clock"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// misnamedMonthly finds monthly submissions whose file is not named by the code of
// their unit.
func misnamedMonthly(p *run, tell func(problem.Problem)) {
	for _, m := range p.Monthly {
		u := p.Config.Unit(m.Unit)
		if u == nil || m.Month.Year == 0 || m.Path == papers.MonthlyPath(m.Month, u.Code) ||
			!strings.HasPrefix(m.Path, "monthly/"+m.Month.String()+"/") {
			continue // unknown, or the parser tells of it
		}
		tell(p.ofPaper(&m.File, m.Touched, "单位", "文件名应当是单位的代码，现在是 "+m.Path,
			"请改名为 "+papers.MonthlyPath(m.Month, u.Code)))
	}
}

// aheadOfTime finds papers of a time that has not come.
func aheadOfTime(p *run, tell func(problem.Problem)) {
	for _, x := range p.papers {
		if _, county := strings.CutPrefix(x.Path, "counties/"); county || x.From <= p.AsOf || x.Misplaced {
			continue // a county's figures say themselves as of when they are
		}
		tell(p.ofPaper(x.File, x.Touched, x.Key, "“"+x.Key+"”的“"+x.Value+"”还没有到", "请核对年份和月份"))
	}
	for _, x := range p.Counties {
		if x.Summary != nil && x.Summary.AsOf > p.AsOf {
			h := p.ofPaper(&x.File, x.Touched, "as_of", "数字算到 "+x.Summary.AsOf.String()+"，这一天还没有到",
				"请报送单位核对电脑的日期，重新运行 suqiu report "+x.Quarter.String()+" --summary")
			h.Line, h.Column = 1, 1
			tell(h)
		}
	}
}

// ofPaper is an offence of what a paper says at the head.
func (p *run) ofPaper(f *papers.File, touched bool, key, message, fix string) problem.Problem {
	return problem.Problem{Path: f.Path, Key: key, Message: message, Fix: fix, New: p.Request && touched}
}

// named is one place of a paper that names a unit, a case or a meeting.
type named struct {
	file    *papers.File
	touched bool
	key     string
	what    string // the key as it is told of: 责任单位
	name    string
	paste   string // what stands before the name in the line to paste; empty: it is one of several
}

// gatherer collects the names of one kind in one paper.
type gatherer struct {
	file    *papers.File
	touched bool
	list    *[]named
}

func (r gatherer) add(key, what string, names ...string) {
	for _, name := range names {
		if name != "" {
			*r.list = append(*r.list, named{r.file, r.touched, key, what, name, what + ": "})
		}
	}
}

// each adds the names of a list; the place of one is its item.
func (r gatherer) each(key, what string, names []string) {
	for i, name := range names {
		*r.list = append(*r.list, named{r.file, r.touched, key + "[" + strconv.Itoa(i) + "]", what, name, ""})
	}
}

func at(list string, i int, key string) string { return list + "[" + strconv.Itoa(i) + "]." + key }

// paperUnits lists every unit that a paper names.
func (p *run) paperUnits() []named {
	var all []named
	points := func(r gatherer, list []papers.RiskPoint) {
		for i, x := range list {
			r.each(at("风险点", i, "转送单位"), "转送单位", x.To)
			r.add(at("风险点", i, "提出单位"), "提出单位", x.From)
		}
	}
	for _, m := range p.Monthly {
		r := gatherer{&m.File, m.Touched, &all}
		r.add("单位", "单位", m.Unit)
		points(r, m.Risks)
	}
	for _, m := range p.Meetings {
		r := gatherer{&m.File, m.Touched, &all}
		r.add("提议单位", "提议单位", m.Proposer)
		r.each("出席", "出席", m.Present)
		for i, t := range m.Topics {
			r.each(at("议题", i, "责任单位"), "责任单位", t.Units)
		}
	}
	for _, x := range p.Risks {
		points(gatherer{&x.File, x.Touched, &all}, x.Points)
	}
	for _, c := range p.Counties {
		gatherer{&c.File, c.Touched, &all}.add("unit", "unit", c.Unit)
	}
	for _, a := range p.Appraisals {
		for i, x := range a.Pleas {
			gatherer{&a.File, a.Touched, &all}.add(at("申辩", i, "单位"), "单位", x.Unit)
		}
	}
	return all
}

// paperUnitsUnknown finds names in papers that suqiu.yaml does not have. What
// suqiu.yaml says of itself its parser has found.
func paperUnitsUnknown(p *run, tell func(problem.Problem)) {
	for _, n := range p.paperUnits() {
		if p.Config.Unit(n.name) == nil {
			tell(p.ofPaper(n.file, n.touched, n.key, n.what+"“"+n.name+"”不是 suqiu.yaml 中登记的单位", p.paperFix(n)))
		}
	}
}

// paperFix is what to write instead of an unknown name in a paper.
func (p *run) paperFix(n named) string {
	fix := caserules.UnitFix(p.Config, n.name, n.paste)
	if near, ok := strings.CutSuffix(fix, ":"); ok && n.paste == "" {
		return n.instead(near)
	}
	return fix
}

// instead is what to do where one of several names was meant as another.
func (n *named) instead(name string) string {
	if n.paste != "" {
		return n.paste + name
	}
	return "把“" + n.name + "”改为“" + name + "”"
}

// paperCases lists every case that a paper names.
func (p *run) paperCases() []named {
	var all []named
	points := func(r gatherer, list []papers.RiskPoint) {
		for i, x := range list {
			r.each(at("风险点", i, "诉求"), "诉求", x.Cases)
		}
	}
	for _, m := range p.Monthly {
		points(gatherer{&m.File, m.Touched, &all}, m.Risks)
	}
	for _, m := range p.Meetings {
		for i, t := range m.Topics {
			gatherer{&m.File, m.Touched, &all}.each(at("议题", i, "诉求"), "诉求", t.Cases)
		}
	}
	for _, x := range p.Risks {
		points(gatherer{&x.File, x.Touched, &all}, x.Points)
	}
	for _, a := range p.Appraisals {
		for i, x := range a.Pleas {
			gatherer{&a.File, a.Touched, &all}.add(at("申辩", i, "诉求"), "诉求", x.Case)
		}
	}
	return all
}

// paperMeetings lists every file of meetings/ that a paper names.
func (p *run) paperMeetings() []named {
	var all []named
	for _, m := range p.Meetings {
		r := gatherer{&m.File, m.Touched, &all}
		r.each("追认", "追认", m.Ratifies)
		for i, t := range m.Topics {
			if meetingID.MatchString(t.Source) {
				r.add(at("议题", i, "来源"), "来源", t.Source)
			}
		}
	}
	for _, a := range p.Appraisals {
		for i, x := range a.Pleas {
			gatherer{&a.File, a.Touched, &all}.add(at("申辩", i, "依据"), "依据", names(x.Basis)...)
		}
	}
	return all
}

// paperChannels finds channels in monthly submissions that the unit does not
// collect from.
func (p *run) paperChannels(foreign bool, tell func(problem.Problem)) {
	var all []string
	for _, u := range p.Config.Units {
		all = append(all, u.Channels...)
	}
	for _, m := range p.Monthly {
		u := p.Config.Unit(m.Unit)
		if u == nil {
			continue
		}
		for _, v := range m.Volumes {
			if p.Collects(m, v.Name) || slices.Contains(all, v.Name) != foreign {
				continue
			}
			message, fix := "渠道“"+v.Name+"”不在任何单位的渠道之中", u.Name+"的渠道有："+strings.Join(u.Channels, "、")
			if near := caserules.Nearest(v.Name, u.Channels); near != "" {
				fix = near + ": " + strconv.Itoa(v.N)
			}
			if foreign {
				message, fix = "渠道“"+v.Name+"”不由“"+u.Name+"”收集", "请删去这一行，由负责该渠道的单位报送"
			}
			tell(p.ofPaper(&m.File, m.Touched, "渠道收集量."+v.Name, message, fix))
		}
	}
}

// deafCases finds topics that decided what a case asked for, where the case
// does not name the meeting as its 依据: the decision has not reached it.
func (p *run) deafCases(tell func(problem.Problem)) {
	for _, m := range p.Meetings {
		if m.Proposed() {
			continue
		}
		for i, t := range m.Topics {
			if !t.Decides() {
				continue
			}
			for _, id := range t.Cases {
				c := p.Case(id)
				if c == nil || !readable(c) ||
					slices.ContainsFunc(bases(c.Case), func(b basis) bool { return b.id == m.ID }) {
					continue
				}
				tell(p.ofPaper(&m.File, m.Touched, at("议题", i, "诉求"),
					"议题“"+t.Matter+"”已有决定，“"+id+"”中没有以“"+m.ID+"”为依据的决定",
					"请联席办在 "+c.Path+" 中填写“决定”和 依据: "+m.ID+"；议题与该事项无关的，改正“诉求”"))
			}
		}
	}
}

// otherDates finds cases whose 会议议定期限 is not the 完成期限 that the last
// meeting decided for them. An extension may have moved the due day there.
func (p *run) otherDates(tell func(problem.Problem)) {
	type decided struct {
		by  *register.Meeting
		due workday.Date
		ext bool
	}
	last := map[string]decided{}
	var ids []string
	for _, m := range p.Meetings {
		if m.Proposed() || p.muddled(m) {
			continue
		}
		for _, t := range m.Topics {
			if !t.Decides() || t.Due == 0 {
				continue
			}
			for _, id := range t.Cases {
				was, known := last[id]
				if !known {
					ids = append(ids, id)
				}
				if !known || m.Held >= was.by.Held {
					last[id] = decided{m, t.Due, t.Source == papers.FromExtension}
				}
			}
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		c, by := p.Case(id), last[id]
		if c == nil || !readable(c) || c.Lead == "" || c.Agreed.Date == by.due || by.ext && feedbackDue(c) == by.due ||
			!slices.ContainsFunc(bases(c.Case), func(b basis) bool { return b.id == by.by.ID }) {
			continue // told of already where the decision itself is missing
		}
		is := "没有填写"
		if c.Agreed.Date != 0 {
			is = "是 " + c.Agreed.Date.String()
		}
		tell(p.ofCase(c, "会议议定期限", by.by.ID+" 议定的完成期限是 "+by.due.String()+"，本事项的“会议议定期限”"+is,
			"“会议议定期限”的“日期”填 "+by.due.String()+"，“依据”填 "+
				by.by.ID+"；决定已经入库的，由联席办同时写一条“更正”；会议文件写错的，改会议文件的“完成期限”"))
	}
}

// feedbackDue is the due day of the feedback last asked for.
func feedbackDue(c *register.Case) workday.Date {
	due := workday.Date(0)
	for i := range c.Life.Clocks {
		if k := &c.Life.Clocks[i]; k.Kind == clock.Feedback {
			due = k.Due
		}
	}
	return due
}
