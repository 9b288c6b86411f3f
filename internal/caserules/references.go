package caserules

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/frontmatter"
	"suqiu/internal/problem"
	"suqiu/internal/record"
)

// mentions tells of every unit that a record names, in the order of the file: its
// key path, the name, and what stands before the name in the line to paste.
func mentions(keys []frontmatter.Key, owner any, path string, tell func(key, name, paste string)) {
	for i := range keys {
		k := &keys[i]
		key := path + k.Name
		switch k.Shape {
		case frontmatter.Record:
			mentions(k.Fields, k.At(owner), key+".", tell)
		case frontmatter.Records:
			for n := range k.List.Len(owner) {
				mentions(k.Fields, k.List.At(owner, n), at(key, n, "."), tell)
			}
		case frontmatter.ByUnit:
			for n := range k.List.Len(owner) {
				unit := *k.List.Unit(k.List.At(owner, n))
				tell(key+"."+unit, unit, "")
			}
		case frontmatter.Many:
			if k.Type == frontmatter.Unit {
				for n, name := range *k.At(owner).(*[]string) {
					tell(at(key, n, ""), name, "- ")
				}
			}
		default:
			if k.Type == frontmatter.Unit {
				tell(key, *k.At(owner).(*string), k.Name+": ")
			}
		}
	}
}

func at(list string, i int, field string) string { return list + "[" + strconv.Itoa(i) + "]" + field }

// unknownUnits finds names that suqiu.yaml does not have.
func unknownUnits(c *Case, tell func(Offence)) {
	mentions(record.Schema().Keys, c.Case, "", func(key, name, paste string) {
		if name != "" && c.Config.Unit(name) == nil {
			tell(Offence{Problem: problem.Problem{Key: key, Message: "“" + name + "”不是 suqiu.yaml 中登记的单位",
				Fix: UnitFix(c.Config, name, paste)}})
		}
	})
}

// UnitFix is the line to paste instead of an unknown name, or where to look. An
// empty paste stands for a name that is a key itself.
func UnitFix(cfg *config.Config, name, paste string) string {
	var known []string
	for _, u := range cfg.Units {
		known = append(known, u.Name)
		known = append(known, u.Aliases...)
	}
	near := nearestOf(name, known, cfg.Canon)
	switch {
	case near == "":
		return "填写成员单位的名称或别名；确是新单位的，请联席办先在 suqiu.yaml 的“单位”中登记"
	case paste == "":
		return cfg.Canon(near) + ":"
	}
	return paste + cfg.Canon(near)
}

// unknownChannels finds a 渠道 that no unit collects from.
func unknownChannels(c *Case, tell func(Offence)) {
	var all []string
	for _, u := range c.Config.Units {
		all = append(all, u.Channels...)
	}
	if len(all) == 0 || c.Channel == "" || slices.Contains(all, c.Channel) {
		return // without any, channels are not kept in this repository
	}
	fix := "填写 suqiu.yaml“单位”中登记的渠道"
	if near := Nearest(c.Channel, all); near != "" {
		fix = "渠道: " + near
	} else if u := c.Config.Unit(c.Collector); u != nil && len(u.Channels) > 0 {
		fix = u.Name + "的渠道有：" + strings.Join(u.Channels, "、")
	}
	tell(Offence{Problem: problem.Problem{Key: "渠道", Message: "渠道“" + c.Channel + "”不在任何单位的渠道之中",
		Fix: fix}})
}

// foreignChannels finds a 渠道 that another unit than 收集单位 collects from.
func foreignChannels(c *Case, tell func(Offence)) {
	unit := c.Config.Unit(c.Collector)
	if c.Channel == "" || unit == nil || slices.Contains(unit.Channels, c.Channel) {
		return
	}
	var owners []string
	for _, u := range c.Config.Units {
		if slices.Contains(u.Channels, c.Channel) {
			owners = append(owners, u.Name)
		}
	}
	if len(owners) == 0 {
		return // channel-unknown tells of it
	}
	fix := "收集单位: " + owners[0]
	if len(unit.Channels) > 0 {
		fix = "改“收集单位”为" + owners[0] + "（编号、文件名随之改用其代码），或改用本单位的渠道：" +
			strings.Join(unit.Channels, "、")
	}
	tell(Offence{RestsOn: []string{"收集单位"}, Problem: problem.Problem{Key: "渠道", Fix: fix,
		Message: "渠道“" + c.Channel + "”由" + strings.Join(owners, "、") + "收集，不是“" + unit.Name + "”的渠道"}})
}

// foreignNumbers finds an 编号 with the code of another unit than 收集单位. Of what
// has landed only codes that are another unit's today are told of: a unit may
// have had another code then.
func foreignNumbers(c *Case, tell func(Offence)) {
	if c.Collector == "" || c.ID == "" {
		return
	}
	_, code, _ := strings.Cut(c.ID, "-")
	end := strings.LastIndexByte(code, '-')
	unit := c.Config.Unit(c.Collector)
	if end < 0 || unit == nil || unit.Code == code[:end] {
		return
	}
	code = code[:end]
	owner := c.Config.Unit(code)
	o := Offence{RestsOn: []string{"编号", "收集单位"}, Settled: true, RequestOnly: owner == nil,
		Problem: problem.Problem{Key: "编号",
			Message: "编号里的单位代码是 " + code + "，收集单位“" + unit.Name + "”的代码是 " + unit.Code,
			Fix: "请核对：收集单位填错的，改“收集单位”；编号取错、还没有入库的，" +
				"用收集单位的代码重新编号，文件名一并改"}}
	if owner != nil && slices.Contains(owner.Channels, c.Channel) {
		o.Key, o.Fix = "收集单位", "收集单位: "+owner.Name
	}
	tell(o)
}

// emptyCorrections finds 更正 that excuse nothing: they name no rule that there
// is, or a lateness without the 依据 that undoing it takes. What the replay
// found wrong with a 更正 that changes something comes first.
func emptyCorrections(c *Case, tell func(Offence)) {
	for i := range c.Life.Faults {
		if c.Life.Faults[i].Rule == "correction-unfounded" {
			return
		}
	}
	for i, entry := range c.Corrections {
		if entry.Rule == "" {
			continue
		}
		r, known := Lookup(entry.Rule)
		switch {
		case !known:
			fix := "“规则”填写检查结果方括号中的英文名称，如 transition-actor；不针对某条规则的，留空"
			if meant := NearestSlug(entry.Rule); meant != "" {
				fix = "规则: " + meant
			}
			tell(Offence{Problem: problem.Problem{Key: at("更正", i, ".规则"),
				Message: "没有规则“" + entry.Rule + "”，这条更正不起作用", Fix: fix}})
		case r.Group == Deadlines && entry.Basis == "":
			tell(Offence{Problem: problem.Problem{
				Key: at("更正", i, ".依据"), Fix: "依据: " + record.PlaceholderAt("更正.依据"),
				Message: "免去“" + r.Title + "”须写明“依据”（会议纪要或传签的编号）"}})
		}
	}
}
