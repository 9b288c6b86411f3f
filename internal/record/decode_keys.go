package record

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/yamltext"
)

// setOne stores a top key that holds one scalar.
func (d *decoder) setOne(p place) {
	c := d.c
	switch p.key.Name {
	case "收集日期":
		c.Collected = d.day(p)
	case "原渠道期限":
		c.SourceDue = d.day(p)
	case "下次研究日期":
		c.NextReview = d.day(p)
	case "件数":
		c.Tickets = d.count(p)
	case "限办天数":
		c.LimitDays = d.count(p)
	default:
		if to := c.textOf(p.key.Name); to != nil {
			*to = d.scalar(p)
		}
	}
}

// textOf is where the text of a top key is kept.
func (c *Case) textOf(key string) *string {
	switch key {
	case "编号":
		return &c.ID
	case "标题":
		return &c.Title
	case "性质":
		return &c.Nature
	case "渠道":
		return &c.Channel
	case "收集单位":
		return &c.Collector
	case "属地":
		return &c.Locality
	case "公开范围":
		return &c.Scope
	case "状态":
		return &c.State
	case "任务清单":
		return &c.TaskList
	case "办理类别":
		return &c.Category
	case "涉及面":
		return &c.Reach
	case "影响度":
		return &c.Impact
	case "复杂度":
		return &c.Complexity
	case "紧急程度":
		return &c.Urgency
	case "承办单位":
		return &c.Lead
	case "调整原因":
		return &c.AdjustReason
	case "不评估原因":
		return &c.NoEvaluation
	case "不推送原因":
		return &c.NotPushed
	case "转办去向":
		return &c.TransferTo
	case "并入":
		return &c.MergedInto
	case "撤回原因":
		return &c.WithdrawReason
	}
	return nil
}

func (d *decoder) setMany(p place) {
	names := d.names(p)
	switch p.key.Name {
	case "税费种":
		d.c.Taxes = names
	case "主题":
		d.c.Topics = names
	case "原渠道单号":
		d.c.SourceNos = names
	case "分析单位":
		d.c.Analysts = names
	case "协办单位":
		d.c.Co = names
	}
}

// each calls set for every known field of a map; unknown ones are told of.
func (d *decoder) each(keys []Key, n *yamltext.Node, prefix func() string, set func(place)) {
	for i := range n.Fields {
		f := &n.Fields[i]
		k := field(keys, f.Key)
		if k == nil {
			d.unknown(keys, n, f, prefix()+".")
			continue
		}
		if len(f.Value.Head()) > 0 {
			d.suppress(f.Value, prefix()+"."+f.Key)
		}
		set(place{k, f, func() string { return prefix() + "." + f.Key }})
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
		d.at("value-type", p, "“"+p.key.Name+"”应当另起一行、缩进两格，逐项填写", p.key.Name+":\n"+recordLines(p.key, v.Text, "  ", "  "))
	}
	return false
}

func (d *decoder) setRecord(p place) {
	v := p.field.Value
	if !d.isRecord(p) {
		return
	}
	switch p.key.Name {
	case "会议议定期限":
		d.each(p.key.Fields, v, p.path, func(p place) {
			if p.key.Name == "日期" {
				d.c.Agreed.Date = d.day(p)
			} else {
				d.c.Agreed.Basis = d.scalar(p)
			}
		})
	case "承接":
		in := Inherited{}
		d.each(p.key.Fields, v, p.path, func(p place) {
			day := d.day(p)
			switch p.key.Name {
			case "推送日期":
				in.Pushed = day
			case "到期日":
				in.Due = day
			case "反馈日期":
				in.FedBack = day
			case "办结日期":
				in.Closed = day
			}
		})
		if in != (Inherited{}) {
			d.c.Inherited = &in
		}
	}
}

// maxRecords is far more than the records of one kind that a case can come to,
// maxEntries than the entries of another file. Records are matched with each
// other wherever contents are compared, and looked for wherever one is told of,
// so a list without a bound would take time without one.
const (
	maxRecords = 300
	maxEntries = 1000
)

// setRecords hands each entry of a list of records to set. Entries without any
// value are no records yet: they are the empty form that a person is about to
// fill in.
func (d *decoder) setRecords(p place, set func(item *yamltext.Node, prefix func() string)) {
	v := p.field.Value
	items := v.Items
	switch {
	case v.Kind == yamltext.Scalar:
		switch {
		case d.isLeft(p, v):
		case slices.Contains(nothings, v.Text):
			d.at("value-type", p, "“"+p.key.Name+"”没有的，冒号后面空着，不写“"+v.Text+"”", p.key.Name+":")
		case v.Text != "":
			d.at("value-type", p, "“"+p.key.Name+"”应当另起一行，逐项填写",
				withState(p.key)+p.key.Name+":\n"+recordLines(p.key, v.Text, "  - ", "    "))
		}
		return
	case v.Kind == yamltext.Map && len(v.Fields) > 0: // {} states nothing, as [] does
		f := &v.Fields[0]
		d.report("value-type", p.path(), f.Line, f.Column, v.EndLine, "“"+p.key.Name+"”的每一项前面要有“- ”", d.dashed(v))
		items = []*yamltext.Node{v}
	}
	limit, what := maxRecords, "本文件"
	if d.c == nil {
		limit, what = maxEntries, "这一项"
	}
	if len(items) > limit {
		first := items[limit]
		d.report("value-type", p.path(), first.Line, first.Column, first.Line,
			"“"+p.key.Name+"”有 "+strconv.Itoa(len(items))+" 条，最多 "+strconv.Itoa(limit)+" 条；多出的是不是误复制",
			"请删去多出的各条；在改好之前，"+what+"按读不出处理")
		if d.c != nil {
			d.c.Unreadable = true
		}
		return
	}
	n := 0
	for _, item := range items {
		if item.Kind != yamltext.Map {
			if d.isLeft(p, item) {
				continue
			}
			if item.Kind == yamltext.List || item.Text != "" {
				d.report("value-type", p.path(), item.Line, item.Column, item.EndLine, "“"+p.key.Name+"”的每一项应当写成“键: 值”",
					withState(p.key)+recordLines(p.key, item.Text, "  - ", "    "))
			}
			continue
		}
		if blankNode(item) {
			continue
		}
		prefix := func() string { return p.key.Name + "[" + strconv.Itoa(n) + "]" }
		if len(item.Head()) > 0 {
			d.suppress(item, prefix())
		}
		set(item, prefix)
		n++
	}
}

// nothings are what people write where there is nothing to write.
var nothings = []string{"无", "没有", "暂无", "无。", "-", "—", "/", "0"}

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

// blankNode reports whether nothing is stated below a node.
func blankNode(n *yamltext.Node) bool {
	for i := range n.Fields {
		if !blankNode(n.Fields[i].Value) {
			return false
		}
	}
	for _, item := range n.Items {
		if !blankNode(item) {
			return false
		}
	}
	return n.Text == ""
}

func (d *decoder) setByUnit(p place) {
	v := p.field.Value
	if v.Kind != yamltext.Map {
		if d.isLeft(p, v) {
			return
		}
		if v.Kind == yamltext.List || v.Text != "" {
			unit := Placeholder("单位名称")
			if len(d.c.Co) == 1 {
				unit = d.c.Co[0]
			}
			d.at("value-type", p, "“"+p.key.Name+"”应当按单位填写",
				p.key.Name+":\n  "+unit+":\n"+recordLines(p.key, firstText(v), "    ", "    "))
		}
		return
	}
	for i := range v.Fields {
		f := &v.Fields[i]
		if d.isLeftKey(p, f) {
			continue
		}
		entry := CoFeedback{Unit: d.unit(f.Key)}
		prefix := func() string { return p.key.Name + "." + f.Key }
		if len(f.Value.Head()) > 0 {
			d.suppress(f.Value, prefix())
		}
		switch {
		case f.Value.Kind == yamltext.Map:
			d.each(p.key.Fields, f.Value, prefix, func(p place) { entry.Result = d.scalar(p) })
		case d.isLeft(place{p.key, f, prefix}, f.Value):
		case f.Value.Kind == yamltext.Scalar && f.Value.Text != "":
			lead := strings.Repeat(" ", max(f.Column-1, 0))
			d.report("value-type", prefix(), f.Line, f.Column, f.Line, "“"+f.Key+"”的反馈应当写在下一行的“结果”里",
				lead+f.Key+":\n"+lead+"  结果: "+inlineScalar(f.Value.Text))
			entry.Result = strings.Clone(f.Value.Text)
		case f.Value.Kind == yamltext.List:
			lead := strings.Repeat(" ", max(f.Column-1, 0))
			d.report("value-type", prefix(), f.Line, f.Column, f.Value.EndLine, "“"+f.Key+"”的反馈应当写成“结果: …”，不要加“-”",
				lead+f.Key+":\n"+recordLines(p.key, firstText(f.Value), lead+"  ", lead+"  "))
			continue
		}
		if d.coTwice(entry, f, prefix) {
			continue
		}
		d.c.CoFeedback = append(d.c.CoFeedback, entry)
	}
}

// coTwice reports that one co-handler stands twice, under its name and an
// alias.
func (d *decoder) coTwice(entry CoFeedback, f *yamltext.Field, prefix func() string) bool {
	if d.coUnits[entry.Unit] {
		d.report("key-duplicate", prefix(), f.Line, f.Column, f.Value.EndLine, "“"+entry.Unit+"”的协办反馈重复", "请只保留一处")
		return true
	}
	if d.coUnits == nil {
		d.coUnits = map[string]bool{}
	}
	d.coUnits[entry.Unit] = true
	return false
}
