package frontmatter

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/mdfile"
	"suqiu/internal/slip"
	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// keep stores the value of a known key in its owner.
func (d *decoder) keep(owner any, p place) {
	switch p.key.Shape {
	case Record:
		if d.isRecord(p) {
			d.each(p.key.Fields, p.field.Value, p.path, p.key.At(owner))
		}
		return
	case Records:
		d.records(owner, p)
		return
	case ByUnit:
		d.byUnit(owner, p)
		return
	}
	switch to := p.key.At(owner).(type) {
	case *string:
		*to = d.text(p)
	case *int:
		*to = d.count(p)
	case *bool:
		*to = d.scalar(p) == YesNo[0]
	case *workday.Date:
		*to = d.day(p)
	case *workday.Month:
		*to, _ = workday.ParseMonth(d.period(p, slip.Month, "月份", "2026-07"))
	case *workday.Quarter:
		*to, _ = workday.ParseQuarter(d.period(p, slip.Quarter, "季度", "2026Q3"))
	case *[]string:
		*to = d.names(p)
	case *[]Named:
		*to = d.counts(p)
	}
}

// text is the valid text of a scalar.
func (d *decoder) text(p place) string {
	if p.key.Type == Points {
		return d.points(p)
	}
	return d.scalar(p)
}

// each reads every known field of a map; unknown ones are told of.
func (d *decoder) each(keys []Key, n *yamltext.Node, prefix func() string, owner any) {
	for i := range n.Fields {
		f := &n.Fields[i]
		k := Find(keys, f.Key)
		if k == nil {
			d.unknown(keys, n, f, prefix()+".")
			continue
		}
		if len(f.Value.Head()) > 0 {
			d.suppress(f.Value, prefix()+"."+f.Key)
		}
		d.keep(owner, place{k, f, func() string { return prefix() + "." + f.Key }})
	}
}

// isRecord reports whether a field is the map that it should be, and tells of
// it if it is something else.
func (d *decoder) isRecord(p place) bool {
	v := p.field.Value
	if v.Kind == yamltext.Map {
		return true
	}
	if d.isLeft(p, v) {
		return false
	}
	if v.Kind == yamltext.List || v.Text != "" {
		d.at("value-type", p, "“"+p.key.Name+"”应当另起一行、缩进两格，逐项填写",
			p.key.Name+":\n"+recordLines(p.key, v.Text, "  ", "  "))
	}
	return false
}

// records reads a list of records. Entries without any value are no records
// yet: they are the empty form that a person is about to fill in.
func (d *decoder) records(owner any, p place) {
	v := p.field.Value
	items := v.Items
	switch {
	case v.Kind == yamltext.Scalar:
		d.textForRecords(p, v)
		return
	case v.Kind == yamltext.Map && len(v.Fields) > 0: // {} states nothing, as [] does
		f := &v.Fields[0]
		d.report("value-type", p.path(), f.Line, f.Column, v.EndLine, "“"+p.key.Name+"”的每一项前面要有“- ”",
			d.dashed(v))
		items = []*yamltext.Node{v}
	}
	if len(items) > d.schema.Limit {
		d.tooMany(p, items)
		return
	}
	n := 0
	for _, item := range items {
		if item.Kind != yamltext.Map {
			if !d.isLeft(p, item) && (item.Kind == yamltext.List || item.Text != "") {
				d.report("value-type", p.path(), item.Line, item.Column, item.EndLine,
					"“"+p.key.Name+"”的每一项应当写成“键: 值”", withState(p.key)+recordLines(p.key, item.Text, "  - ",
						"    "))
			}
			continue
		}
		if Blank(item) {
			continue
		}
		prefix := func() string { return p.key.Name + "[" + strconv.Itoa(n) + "]" }
		if len(item.Head()) > 0 {
			d.suppress(item, prefix())
		}
		entry := p.key.List.Add(owner)
		d.each(p.key.Fields, item, prefix, entry)
		d.checkEntry(p.key, entry, item, prefix)
		n++
	}
}

// checkEntry tells what is wrong with an entry as a whole.
func (d *decoder) checkEntry(k *Key, entry any, item *yamltext.Node, prefix func() string) {
	if k.Check == nil {
		return
	}
	for _, fault := range k.Check(entry) {
		if f := item.Get(fault.Field); f != nil {
			at := place{Find(k.Fields, fault.Field), f, func() string { return prefix() + "." + fault.Field }}
			d.at(fault.Rule, at, fault.Message, d.paste(f, fault.Value))
		}
	}
}

// nothings are what people write where there is nothing to write.
var nothings = []string{"无", "没有", "暂无", "无。", "-", "—", "/", "0"}

// textForRecords tells of a text where a list of records belongs.
func (d *decoder) textForRecords(p place, v *yamltext.Node) {
	switch {
	case d.isLeft(p, v):
	case slices.Contains(nothings, v.Text):
		d.at("value-type", p, "“"+p.key.Name+"”没有的，冒号后面空着，不写“"+v.Text+"”", p.key.Name+":")
	case v.Text != "":
		d.at("value-type", p, "“"+p.key.Name+"”应当另起一行，逐项填写",
			withState(p.key)+p.key.Name+":\n"+recordLines(p.key, v.Text, "  - ", "    "))
	}
}

// tooMany tells of a list beyond all bounds.
func (d *decoder) tooMany(p place, items []*yamltext.Node) {
	limit, what := d.schema.Limit, "这一项"
	if d.schema.Strict {
		what, d.unreadable = "本文件", true
	}
	first := items[limit]
	d.report("value-type", p.path(), first.Line, first.Column, first.Line,
		"“"+p.key.Name+"”有 "+strconv.Itoa(len(items))+" 条，最多 "+strconv.Itoa(limit)+" 条；多出的是不是误复制",
		"请删去多出的各条；在改好之前，"+what+"按读不出处理")
}

// firstText is the first text that stands in a value, whatever its shape.
func firstText(n *yamltext.Node) string {
	if n.Text != "" {
		return n.Text
	}
	for i := range n.Fields {
		if t := firstText(n.Fields[i].Value); t != "" {
			return t
		}
	}
	for _, item := range n.Items {
		if t := firstText(item); t != "" {
			return t
		}
	}
	return ""
}

// Blank reports whether nothing is stated below a node.
func Blank(n *yamltext.Node) bool { return firstText(n) == "" }

// byUnit reads what units answered, each under its name.
func (d *decoder) byUnit(owner any, p place) {
	v := p.field.Value
	if v.Kind != yamltext.Map {
		if !d.isLeft(p, v) && (v.Kind == yamltext.List || v.Text != "") {
			unit := mdfile.Placeholder("单位名称")
			if units := p.key.Units(owner); len(units) == 1 {
				unit = units[0]
			}
			d.at("value-type", p, "“"+p.key.Name+"”应当按单位填写",
				p.key.Name+":\n  "+unit+":\n"+recordLines(p.key, firstText(v), "    ", "    "))
		}
		return
	}
	seen := map[string]bool{}
	for i := range v.Fields {
		f := &v.Fields[i]
		if d.isLeftKey(p, f) {
			continue
		}
		prefix := func() string { return p.key.Name + "." + f.Key }
		if len(f.Value.Head()) > 0 {
			d.suppress(f.Value, prefix())
		}
		unit, entry := d.unit(f.Key), p.key.List.Add(owner)
		*p.key.List.Unit(entry) = unit
		if !d.ofUnit(place{p.key, f, prefix}, entry) {
			p.key.List.Drop(owner)
			continue
		}
		if seen[unit] { // under its name and an alias
			d.report("key-duplicate", prefix(), f.Line, f.Column, f.Value.EndLine,
				"“"+unit+"”的"+p.key.Name+"重复", "请只保留一处")
			p.key.List.Drop(owner)
			continue
		}
		seen[unit] = true
	}
}

// ofUnit reads what one unit answered; it reports whether that counts.
func (d *decoder) ofUnit(p place, entry any) bool {
	f, first := p.field, &p.key.Fields[0]
	lead := strings.Repeat(" ", max(f.Column-1, 0))
	switch {
	case f.Value.Kind == yamltext.Map:
		d.each(p.key.Fields, f.Value, p.path, entry)
	case d.isLeft(p, f.Value):
	case f.Value.Kind == yamltext.Scalar && f.Value.Text != "":
		d.report("value-type", p.path(), f.Line, f.Column, f.Line,
			"“"+f.Key+"”的反馈应当写在下一行的“"+first.Name+"”里",
			lead+f.Key+":\n"+lead+"  "+first.Name+": "+yamltext.InlineScalar(f.Value.Text))
		*first.At(entry).(*string) = strings.Clone(f.Value.Text)
	case f.Value.Kind == yamltext.List:
		d.report("value-type", p.path(), f.Line, f.Column, f.Value.EndLine,
			"“"+f.Key+"”的反馈应当写成“"+first.Name+": …”，不要加“-”",
			lead+f.Key+":\n"+recordLines(p.key, firstText(f.Value), lead+"  ", lead+"  "))
		return false
	}
	return true
}
