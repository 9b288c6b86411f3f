package casefile

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/yamltext"
)

// names reads a Many value: a list, one scalar, or names with 、 between.
func (d *decoder) names(p place) []string {
	v := p.field.Value
	var out []string
	add := func(item *yamltext.Node, text string) {
		if d.isLeft(p, item) {
			return
		}
		if p.key.Type == Unit && strings.ContainsAny(text, "，,;；") {
			fixed := strings.NewReplacer("，", "、", ",", "、", ";", "、", "；", "、", " ", "").Replace(text)
			d.report("fullwidth-punctuation", p.path(), item.Line, item.Column, item.EndLine,
				"“"+p.key.Name+"”的几个单位之间应当用顿号“、”，或者逐行写成“- 单位”", d.paste(p.field, fixed))
			text = fixed
		}
		for name := range strings.SplitSeq(text, "、") {
			if name = d.name(p, item, strings.TrimSpace(name)); name != "" {
				out = append(out, name)
			}
		}
	}
	switch v.Kind {
	case yamltext.Scalar:
		if text := d.whole(p, v); text != "" {
			add(v, text)
		}
	case yamltext.List:
		for i, item := range v.Items {
			if item.Kind != yamltext.Scalar {
				d.report("value-type", p.path(), item.Line, item.Column, item.EndLine,
					"“"+p.key.Name+"”的第 "+strconv.Itoa(i+1)+" 项应当只是一个名称", "  - 名称")
				continue
			}
			if item.Text != "" {
				add(item, item.Text)
			}
		}
	default:
		d.at("value-type", p, "“"+p.key.Name+"”应当逐行写成“- 内容”", p.key.Name+":\n  - 内容")
	}
	if p.key.Type == Unit && len(out) > 1 {
		for i := 1; i < len(out); i++ {
			if slices.Contains(out[:i], out[i]) {
				d.at("value-type", p, "“"+p.key.Name+"”里“"+out[i]+"”重复", "请删去重复的一项")
				out = slices.Delete(out, i, i+1)
				i--
			}
		}
	}
	return out
}

func (d *decoder) name(p place, item *yamltext.Node, name string) string {
	if p.key.Type == Unit {
		return d.unit(name)
	}
	if p.key.Type != CaseID || wellFormed(name) {
		return strings.Clone(name)
	}
	paste := func(id string) string {
		if l := d.line(item.Line); strings.Contains(l, name) {
			return strings.Replace(l, name, id, 1)
		}
		return id
	}
	if fixed := strings.ToUpper(halfWidth(name)); wellFormed(fixed) {
		d.report("fullwidth-punctuation", p.path(), item.Line, item.Column, item.EndLine, "“"+p.key.Name+"”的编号“"+clip(name)+"”用了全角或小写字符", paste(fixed))
		return fixed
	}
	d.report("value-type", p.path(), item.Line, item.Column, item.EndLine,
		"“"+p.key.Name+"”的“"+clip(name)+"”不是诉求编号", paste("202607-NFZX-012")+"（换成实际编号）")
	return ""
}

// firstKeys names the keys that a front matter begins with, as an example.
func firstKeys(keys []Key) string {
	text := ""
	for _, k := range keys[:min(2, len(keys))] {
		text += "“" + k.Name + ": …”"
	}
	return text
}

func firstName(text string) string {
	if i := strings.IndexAny(text, "、，,;；"); i > 0 {
		return strings.TrimSpace(text[:i])
	}
	return text
}
