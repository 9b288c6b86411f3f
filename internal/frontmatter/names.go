package frontmatter

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/caseid"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/slip"
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
				"“"+p.key.Name+"”的几个单位之间应当用顿号“、”，或者逐行写成“- 单位”", d.pasteItem(p, item, fixed))
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
					"“"+p.key.Name+"”的第 "+strconv.Itoa(i+1)+" 项应当只是一个名称",
					d.pasteItem(p, item, p.key.Placeholder()))
				continue
			}
			if text := d.whole(p, item); text != "" {
				add(item, text)
			}
		}
	default:
		d.at("value-type", p, "“"+p.key.Name+"”应当逐行写成“- 内容”", p.key.Name+":\n  - "+p.key.Placeholder())
	}
	if p.key.Type == Unit && len(out) > 1 {
		seen := make(map[string]bool, len(out))
		out = slices.DeleteFunc(out, func(name string) bool {
			if seen[name] {
				d.at("value-type", p, "“"+p.key.Name+"”里“"+name+"”重复", "请删去重复的一项")
			}
			again := seen[name]
			seen[name] = true
			return again
		})
	}
	return out
}

// pasteItem is the line of an item, or of the whole value if that is no list,
// with another text.
func (d *decoder) pasteItem(p place, item *yamltext.Node, text string) string {
	if p.field.Value.Kind != yamltext.List || p.field.Value.Style == yamltext.Flow {
		return d.paste(p.field, text)
	}
	return strings.Repeat(" ", max(p.field.Value.Column-1, 0)) + "- " + text
}

func (d *decoder) name(p place, item *yamltext.Node, name string) string {
	if p.key.Type == Unit {
		return d.unit(name)
	}
	if p.key.Type != CaseID || caseid.WellFormed(name) {
		return strings.Clone(name)
	}
	paste := func(id string) string {
		if l := d.line(item.Line); strings.Contains(l, name) {
			return strings.Replace(l, name, id, 1)
		}
		return id
	}
	if fixed := strings.ToUpper(slip.HalfWidth(name)); caseid.WellFormed(fixed) {
		d.report("fullwidth-punctuation", p.path(), item.Line, item.Column, item.EndLine, "“"+p.key.Name+"”的编号“"+
			problem.Clip(name)+"”用了全角或小写字符", paste(fixed))
		return fixed
	}
	d.report("value-type", p.path(), item.Line, item.Column, item.EndLine,
		"“"+p.key.Name+"”的“"+problem.Clip(name)+"”不是诉求编号", paste(p.key.Placeholder()))
	return ""
}

// cutKeys are the keys of the schema for who cuts a file.
func (s *Schema) cutKeys() mdfile.Keys {
	return mdfile.Keys{
		Top: func(name string) bool { return Find(s.Keys, name) != nil },
		Known: func(name string) bool {
			return slices.ContainsFunc(s.Keys, func(k Key) bool {
				return k.Name == name || Find(k.Fields, name) != nil
			})
		},
		Example: func() string {
			text := "请在第一行写 ---，接着逐行写" + s.firstKeys() + "等各项，再写一行 ---"
			if len(s.Sections) > 0 {
				text += "，下面写“## " + strings.Join(s.Headings(), "”“## ") + "”四节"
			}
			return text
		},
	}
}

// firstKeys names the keys that a front matter begins with, as an example.
func (s *Schema) firstKeys() string {
	text := ""
	for _, k := range s.Keys[:min(2, len(s.Keys))] {
		text += "“" + k.Name + ": …”"
	}
	return text
}

// oneOf asks for one of the names that were typed together.
func oneOf(text string) string {
	names := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,;； ", r) })
	return strings.Join(names, "、") + "，其中一个"
}

// synonyms are words that people use for a key.
var synonyms = map[string]string{
	"主责单位": "承办单位", "主办单位": "承办单位", "牵头单位": "承办单位", "责任单位": "承办单位",
	"办理单位": "承办单位",
	"配合单位": "协办单位", "办理状态": "状态", "类型": "性质", "来源": "渠道", "收集渠道": "渠道", "诉求标题": "标题",
	"诉求编号": "编号", "登记日期": "收集日期", "类别": "办理类别", "数量": "件数", "期限": "限办天数",
	"天数":   "申请天数",
	"办理结果": "结果", "答复时间": "答复日期", "延期": "延期申请", "意见": "决定",
}

// NearestKey is the key that a word was probably meant as, "" if none is near.
func NearestKey(keys []Key, word string) string {
	if k := synonyms[word]; k != "" && Find(keys, k) != nil {
		return k
	}
	names := make([]string, len(keys))
	for i := range keys {
		names[i] = keys[i].Name
	}
	return slip.Nearest(names, word)
}
