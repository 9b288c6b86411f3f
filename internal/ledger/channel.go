package ledger

import (
	"cmp"
	"slices"
	"strings"

	"suqiu/internal/record"
)

// channel finds the channel and the unit that collects from it.
func (im *importer) channel(c *record.Case) {
	typed := im.word("渠道")
	if s := im.word("收集单位"); s != "" {
		c.Collector = im.unitName(s)
		if im.cfg.Unit(c.Collector) == nil {
			im.fault("收集单位", "没有单位“"+s+"”；可以写全称、别名或代码，如 "+im.someUnits())
			return
		}
	}
	if typed == "" {
		if !im.faulted("渠道") {
			im.fault("渠道", "没有填写，请补上，如 "+im.someChannel(c.Collector))
		}
		return
	}
	type home struct{ unit, channel string }
	var same, like []home
	for i := range im.cfg.Units {
		u := &im.cfg.Units[i]
		if c.Collector != "" && u.Name != c.Collector {
			continue
		}
		for _, channel := range u.Channels {
			switch a, b := plainName(channel), plainName(typed); {
			case a == b:
				same = append(same, home{u.Name, channel})
			case b != "" && (strings.Contains(a, b) || strings.Contains(b, a)):
				like = append(like, home{u.Name, channel})
			}
		}
	}
	homes := same
	if len(homes) == 0 {
		homes = like
	}
	switch {
	case len(homes) == 1:
		c.Collector, c.Channel = homes[0].unit, homes[0].channel
	case len(homes) == 0 && c.Collector != "":
		what := "“" + c.Collector + "”没有渠道“" + typed + "”"
		if channels := im.cfg.Unit(c.Collector).Channels; len(channels) > 0 {
			what += "，有：" + strings.Join(channels, "、")
		}
		if owner := im.ownerOf(typed); owner != "" {
			what += "；这个渠道由“" + owner + "”收集，请改“收集单位”，或把它留空"
		}
		im.fault("渠道", what)
	case len(homes) == 0:
		im.fault("渠道", "没有渠道“"+typed+"”；请写成 suqiu.yaml 中的渠道名，如 "+im.someChannel(""))
	case len(same) > 0:
		im.fault("收集单位", "渠道“"+typed+"”不止一个单位负责，请写明收集单位")
	default:
		var list []string
		for _, h := range homes {
			list = append(list, h.channel)
		}
		slices.Sort(list)
		im.fault("渠道", "渠道“"+typed+"”不止一个，请写全："+strings.Join(slices.Compact(list), "、"))
	}
}

// unitName is the name of a unit that goes by what was typed, or what was typed.
func (im *importer) unitName(typed string) string {
	if u := im.cfg.Unit(typed); u != nil {
		return u.Name
	}
	for i := range im.cfg.Units {
		u := &im.cfg.Units[i]
		for _, name := range append([]string{u.Name, u.Code}, u.Aliases...) {
			if plainName(name) == plainName(typed) && typed != "" {
				return u.Name
			}
		}
	}
	return typed
}

// ownerOf is the one unit that collects from a channel; empty if there is none, or
// more than one.
func (im *importer) ownerOf(channel string) (owner string) {
	for i := range im.cfg.Units {
		u := &im.cfg.Units[i]
		if slices.ContainsFunc(u.Channels, func(s string) bool { return plainName(s) == plainName(channel) }) {
			if owner != "" {
				return ""
			}
			owner = u.Name
		}
	}
	return owner
}

// someChannel is a channel to show how one is written.
func (im *importer) someChannel(unit string) string {
	for i := range im.cfg.Units {
		if u := &im.cfg.Units[i]; len(u.Channels) > 0 && (unit == "" || u.Name == unit) {
			return u.Channels[0]
		}
	}
	return "办税服务厅"
}

// plainName is a name without signs and blanks, so that “5C、5R指标” is told
// from others by its letters alone.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\u3000“”‘’\"'（）()《》、，,·-—", r) {
			return -1
		}
		return r
	}, strings.ToUpper(narrow(s)))
}

func (im *importer) someUnits() string {
	for i := range im.cfg.Units {
		if u := &im.cfg.Units[i]; len(u.Aliases) > 0 {
			return u.Name + "、" + u.Aliases[0] + "、" + u.Code
		}
	}
	return cmp.Or(im.cfg.Units[0].Name, "单位全称")
}
