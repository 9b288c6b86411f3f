package step

import (
	"strconv"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// Monthly is the step by which a unit hands in a month, or mends what it handed in
// (text; empty: nothing yet). registered counts the tickets of its cases by
// channel.
func (s *Scene) Monthly(unit string, month workday.Month, text string, registered map[string]int) (*Paper, error) {
	cfg := s.Env.Config
	u := cfg.Unit(unit)
	switch {
	case u == nil:
		return nil, misuse.New("suqiu.yaml 中没有单位“%s”", unit)
	case u.Has(config.County) || len(u.Channels) == 0:
		return nil, misuse.New("“%s”不报月度报送：旗县市区局按季报送，没有渠道的单位不收集", u.Name)
	case month.First() > s.day():
		return nil, misuse.New("%s 还没有开始", month)
	}
	path := papers.MonthlyPath(month, u.Code)
	p := s.paper(MonthlyStep, "monthly/", month.String(), path, text, &papers.Monthly{Unit: u.Name, Month: month})
	if err := p.inName(u.Name); err != nil {
		return nil, err
	}
	p.Until, p.Late = cfg.Calendar.Add(month.Last(), cfg.Limits.Monthly), "逾期报送的，计为迟报"
	p.With = "每个渠道本月收集的件数，发现的风险点"
	p.some = p.is
	for _, channel := range u.Channels {
		f := p.asksFor(channel, "渠道收集量."+channel, "渠道收集量."+channel, !p.is)
		f.Help = "本月收集的件数，没有的填 0"
		if n := registered[channel]; n > 0 {
			f.Help += "；已登记为事项的有 " + strconv.Itoa(n) + " 件"
		}
	}
	f := p.asksFor("零报告", "零报告", "零报告", false)
	f.Help = "各渠道都是 0 的，填“是”"
	for _, name := range []string{"内容", "转送单位", "诉求"} {
		f := p.asksFor("风险点."+name, "风险点."+name, "风险点[+]."+name, false)
		if name == "内容" {
			f.Help = "可能存在的风险点，没有的不填"
		}
	}
	p.follows = p.zero
	return p, nil
}

// zero says 零报告: 否 where something was collected. That nothing was nobody but
// the unit can say.
func (p *Paper) zero(given map[string]string) []Fault {
	if given["零报告"] != "" {
		return nil
	}
	counts := map[string]int{}
	if p.is {
		m := papers.ParseMonthly(p.scene.Case.Path, []byte(p.text), p.scene.Env.Config.Canon)
		for _, v := range m.Volumes {
			counts[v.Name] = v.N
		}
	}
	total := 0
	for i := range p.Fields {
		channel, ok := strings.CutPrefix(p.Fields[i].path, "渠道收集量.")
		if text := given[p.Fields[i].Name]; ok && text != "" {
			n, err := strconv.Atoi(text)
			if err != nil {
				return []Fault{p.fault(channel, "value-type", "“"+channel+"”应当是不小于 0 的整数，只写数字", "如 10")}
			}
			counts[channel] = n
		}
	}
	for _, n := range counts {
		total += n
	}
	switch {
	case total > 0:
		given["零报告"] = "否"
	case !p.is:
		return []Fault{p.fault("零报告", "key-missing", "各渠道都没有收集到，“零报告”没有填写",
			"填“是”，或核对各渠道的件数")}
	}
	return nil
}
