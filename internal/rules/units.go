package rules

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/register"
)

// mention is one place of a case file that names a unit.
type mention struct {
	key, name string
	paste     string // what stands before the name in the line to paste
}

// mentions lists every unit that a case names, in the order of the file.
func mentions(c *record.Case) []mention {
	var all []mention
	add := func(key, name, paste string) {
		if name != "" {
			all = append(all, mention{key, name, paste})
		}
	}
	at := func(key string, i int, field string) string {
		return key + "[" + strconv.Itoa(i) + "]" + field
	}
	add("收集单位", c.Collector, "收集单位: ")
	for i, name := range c.Analysts {
		add(at("分析单位", i, ""), name, "- ")
	}
	add("承办单位", c.Lead, "承办单位: ")
	for i, name := range c.Co {
		add(at("协办单位", i, ""), name, "- ")
	}
	for i, s := range c.Statements {
		add(at("说明单", i, ".单位"), s.Unit, "单位: ")
		add(at("说明单", i, ".建议单位"), s.ProposedUnit, "建议单位: ")
	}
	for _, f := range c.CoFeedback {
		add("协办反馈."+f.Unit, f.Unit, "")
	}
	for i, e := range c.Evaluations {
		add(at("评估", i, ".单位"), e.Unit, "单位: ")
	}
	for i, e := range c.Proxies {
		add(at("代录", i, ".单位"), e.Unit, "单位: ")
	}
	return all
}

// unknownUnits finds names that suqiu.yaml does not have, in cases and papers. What suqiu.yaml says of itself its parser has found.
func unknownUnits(p *pass, slug string) []hit {
	hits := told(p, slug)
	for _, c := range p.Cases {
		if !readable(c) {
			continue
		}
		for _, m := range mentions(c.Case) {
			if p.Config.Unit(m.name) == nil {
				hits = append(hits, p.ofCase(c, m.key, "“"+m.name+"”不是 suqiu.yaml 中登记的单位", p.unitFix(m)))
			}
		}
	}
	for _, n := range p.paperUnits() {
		if p.Config.Unit(n.name) == nil {
			hits = append(hits, p.ofPaper(n.file, n.touched, n.key, n.what+"“"+n.name+"”不是 suqiu.yaml 中登记的单位", p.paperFix(n)))
		}
	}
	return hits
}

// names splits a list of units, cases or papers that stands on one line.
func names(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；; \t", r) })
}

// unitFix is the line to paste instead, or where to look.
func (p *pass) unitFix(m mention) string {
	var known []string
	for _, u := range p.Config.Units {
		known = append(known, u.Name)
		known = append(known, u.Aliases...)
	}
	near := nearestOf(m.name, known, p.Config.Canon)
	switch {
	case near == "":
		return "填写成员单位的名称或别名；确是新单位的，请联席办先在 suqiu.yaml 的“单位”中登记"
	case m.paste == "":
		return p.Config.Canon(near) + ":"
	}
	return m.paste + p.Config.Canon(near)
}

// paperFix is unitFix for a name in a paper.
func (p *pass) paperFix(n named) string {
	if n.paste != "" {
		return p.unitFix(mention{name: n.name, paste: n.paste})
	}
	fix := p.unitFix(mention{name: n.name})
	if near, ok := strings.CutSuffix(fix, ":"); ok {
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

// unknownChannels finds 渠道 that no unit collects from.
func unknownChannels(p *pass, slug string) []hit {
	hits := told(p, slug)
	var all []string
	for _, u := range p.Config.Units {
		all = append(all, u.Channels...)
	}
	if len(all) == 0 {
		return hits // channels are not kept in this repository
	}
	for _, c := range p.Cases {
		if !readable(c) || c.Channel == "" || slices.Contains(all, c.Channel) {
			continue
		}
		fix := "填写 suqiu.yaml“单位”中登记的渠道"
		if near := nearest(c.Channel, all); near != "" {
			fix = "渠道: " + near
		} else if u := p.Config.Unit(c.Collector); u != nil && len(u.Channels) > 0 {
			fix = u.Name + "的渠道有：" + strings.Join(u.Channels, "、")
		}
		hits = append(hits, p.ofCase(c, "渠道", "渠道“"+c.Channel+"”不在任何单位的渠道之中", fix))
	}
	return append(hits, p.paperChannels(false)...)
}

// foreignChannels finds 渠道 that another unit than 收集单位 collects from.
func foreignChannels(p *pass, slug string) []hit {
	hits := told(p, slug)
	for _, c := range p.Cases {
		if !readable(c) || c.Channel == "" {
			continue
		}
		unit := p.Config.Unit(c.Collector)
		if unit == nil || slices.Contains(unit.Channels, c.Channel) {
			continue
		}
		var owners []string
		for _, u := range p.Config.Units {
			if slices.Contains(u.Channels, c.Channel) {
				owners = append(owners, u.Name)
			}
		}
		if len(owners) == 0 {
			continue // told as channel-unknown
		}
		hits = append(hits, p.ofCase(c, "渠道",
			"渠道“"+c.Channel+"”由"+strings.Join(owners, "、")+"收集，不是“"+unit.Name+"”的渠道", p.channelFix(unit, owners), "收集单位"))
	}
	return append(hits, p.paperChannels(true)...)
}

// foreignNumbers finds 编号 with the code of another unit than 收集单位. Of what
// has landed only codes that are another unit's today are told of: a unit may
// have had another code then.
func foreignNumbers(p *pass, slug string) []hit {
	hits := told(p, slug)
	for _, c := range p.Cases {
		if !readable(c) || c.Collector == "" || c.ID == "" {
			continue
		}
		_, code, _ := strings.Cut(c.ID, "-")
		at := strings.LastIndexByte(code, '-')
		unit := p.Config.Unit(c.Collector)
		if at < 0 || unit == nil || unit.Code == code[:at] {
			continue
		}
		code = code[:at]
		owner := p.Config.Unit(code)
		h := p.ofCase(c, "编号", "编号里的单位代码是 "+code+"，收集单位“"+unit.Name+"”的代码是 "+unit.Code,
			"请核对：收集单位填错的，改“收集单位”；编号取错、还没有入库的，用收集单位的代码重新编号，文件名一并改", "收集单位")
		if owner != nil && slices.Contains(owner.Channels, c.Channel) {
			h.fix = "收集单位: " + owner.Name
			h.key = "收集单位"
		}
		if h.past = !h.added; h.added || owner != nil {
			hits = append(hits, h)
		}
	}
	return hits
}

func (p *pass) channelFix(unit *config.Unit, owners []string) string {
	fix := "收集单位: " + owners[0]
	if len(unit.Channels) > 0 {
		fix = "改“收集单位”为" + owners[0] + "（编号、文件名随之改用其代码），或改用本单位的渠道：" + strings.Join(unit.Channels, "、")
	}
	return fix
}

// ofCase is an offence of what a case says at the head. The request under check
// brings it if it states that key, or one of the keys it rests on.
func (p *pass) ofCase(c *register.Case, key, message, fix string, rests ...string) hit {
	top, _, _ := strings.Cut(key, ".")
	top, _, _ = strings.Cut(top, "[")
	return hit{c: c, key: key, message: message, fix: fix, landing: -1, added: p.brings(c, append(rests, top)...)}
}
