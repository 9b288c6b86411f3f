package frontmatter

import (
	"slices"
	"strings"

	"suqiu/internal/slip"
	"suqiu/internal/yamltext"
)

// recordLines is a record to paste, with a text that was typed without the key
// it belongs to: a word that one of its keys takes, else its first text. What
// else the record must say is to be filled in.
func recordLines(k *Key, text, first, lead string) string {
	text = strings.ReplaceAll(text, "\n", "，")
	if lines := braced(k, text, first, lead); lines != "" {
		return lines
	}
	at := slices.IndexFunc(k.Fields, func(f Key) bool { return f.Type == Enum && slices.Contains(f.Values, text) })
	if at < 0 {
		at = slices.IndexFunc(k.Fields, func(f Key) bool { return f.Type == Day && slip.Date(text) != "" })
	}
	if at < 0 {
		at = slices.IndexFunc(k.Fields, func(f Key) bool { return f.Type == Text && !f.Decision })
	}
	var lines []string
	for i := range k.Fields {
		f := &k.Fields[i]
		value := f.Placeholder()
		switch {
		case i == at && text != "" && f.Type == Day:
			value = slip.Date(text)
		case i == at && text != "":
			value = yamltext.InlineScalar(text)
		case f.Decision || f.Extra || f.Optional:
			continue
		}
		lines = append(lines, first+f.Name+": "+value)
		first = lead
	}
	return strings.Join(lines, "\n")
}

// braced are the lines of a record that was typed in full-width braces.
func braced(k *Key, text, first, lead string) string {
	inner, opens := strings.CutPrefix(text, "｛")
	inner, closes := strings.CutSuffix(inner, "｝")
	if !opens || !closes {
		return ""
	}
	var lines []string
	for pair := range strings.FieldsFuncSeq(inner, func(r rune) bool { return r == '，' || r == ',' }) {
		at := strings.IndexAny(pair, "：:")
		if at < 0 || Find(k.Fields, strings.TrimSpace(pair[:at])) == nil {
			return ""
		}
		_, value, _ := strings.Cut(strings.ReplaceAll(pair, "：", ":"), ":")
		lines = append(lines, first+strings.TrimSpace(pair[:at])+":"+yamltext.Behind(strings.TrimSpace(value)))
		first = lead
	}
	return strings.Join(lines, "\n")
}

// withState goes before records that bring another 状态 with them.
func withState(k *Key) string {
	if k.Moves {
		return "请改成下面几行，“状态”也改为这一步之后的状态：\n"
	}
	return ""
}

// dashed are the lines of a record whose dash was forgotten, as they belong.
func (d *decoder) dashed(v *yamltext.Node) string {
	if v.Style == yamltext.Flow {
		return strings.TrimRight(d.line(v.Line)[:strings.Index(d.line(v.Line), "{")], " ") + "\n  - " +
			strings.TrimSpace(d.line(v.Line)[strings.Index(d.line(v.Line), "{"):])
	}
	cut := max(v.Column-1, 0)
	var lines []string
	for n := v.Line; n <= v.EndLine; n++ {
		l := d.line(n)
		if len(l) > cut && strings.TrimSpace(l[:cut]) == "" {
			l = l[cut:]
		} else {
			l = strings.TrimLeft(l, " \t　")
		}
		lead := "    "
		if n == v.Line {
			lead = "  - "
		}
		lines = append(lines, strings.TrimRight(lead+l, " "))
	}
	return strings.Join(lines, "\n")
}
