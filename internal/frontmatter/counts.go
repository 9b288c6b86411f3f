package frontmatter

import (
	"strconv"
	"strings"

	"suqiu/internal/mdfile"
	"suqiu/internal/slip"
	"suqiu/internal/yamltext"
)

// counts reads a map from names to whole numbers.
func (d *decoder) counts(p place) []Named {
	fields, dashed := countFields(p.field.Value)
	switch v := p.field.Value; {
	case v.Kind == yamltext.Map:
	case dashed:
		lines := p.key.Name + ":"
		for _, f := range fields {
			lines += "\n  " + f.Key + ": " + f.Value.Text
		}
		d.at("value-type", p, "“"+p.key.Name+"”的各行前面不写“-”", lines)
	default:
		if d.isLeft(p, v) {
			return nil
		}
		if v.Kind == yamltext.List || v.Text != "" {
			d.at("value-type", p, "“"+p.key.Name+"”应当另起一行、缩进两格，逐行写“渠道: 件数”", p.key.Name+":\n  "+
				mdfile.Placeholder("渠道名称")+": "+mdfile.Placeholder("件数，如 10"))
		}
		return nil
	}
	var list []Named
	for i := range fields {
		f := &fields[i]
		if d.isLeftKey(p, f) {
			continue
		}
		q := place{&Key{Name: f.Key, Type: Count}, f, func() string { return p.path() + "." + f.Key }}
		if len(f.Value.Head()) > 0 {
			d.suppress(f.Value, q.path())
		}
		n, given := d.wholeNumber(q)
		list = append(list, Named{strings.Clone(f.Key), n, given})
	}
	return list
}

// countFields are the names of a map of numbers, also of one whose lines were
// typed as those of a list.
func countFields(v *yamltext.Node) (fields []yamltext.Field, dashed bool) {
	if v.Kind == yamltext.Map {
		return v.Fields, false
	}
	for _, item := range v.Items {
		if item.Kind != yamltext.Map || len(item.Fields) != 1 {
			return nil, false
		}
		fields = append(fields, item.Fields[0])
	}
	return fields, len(fields) > 0
}

// wholeNumber reads a number that may be zero.
func (d *decoder) wholeNumber(p place) (n int, given bool) {
	text := d.scalar(p)
	if text == "" {
		return 0, false
	}
	fixed, ok := slip.Number(text)
	if !ok {
		d.at("value-type", p, "“"+p.key.Name+"”应当是不小于 0 的整数，只写数字",
			d.paste(p.field, mdfile.Placeholder("件数，如 10")))
		return 0, false
	}
	switch {
	case fixed == text:
	case slip.HalfWidth(text) != text:
		d.at("fullwidth-punctuation", p, "“"+p.key.Name+"”用了全角数字", d.paste(p.field, fixed))
	default:
		d.at("value-type", p, "“"+p.key.Name+"”只写数字，不写单位", d.paste(p.field, fixed))
	}
	n, _ = strconv.Atoi(fixed)
	return n, true
}
