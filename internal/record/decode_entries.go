package record

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/yamltext"
)

// setEntry stores one entry of a list of records.
func (d *decoder) setEntry(p place, item *yamltext.Node, prefix func() string) {
	keys, c := p.key.Fields, d.c
	switch p.key.Name {
	case "说明单":
		var e Statement
		var decision *place
		d.each(keys, item, prefix, func(p place) {
			if p.key.Name == "决定" {
				decision = &p
			}
			d.text(p, map[string]*string{"事由": &e.Reason, "单位": &e.Unit, "理由": &e.Grounds, "职责依据": &e.DutyBasis,
				"建议单位": &e.ProposedUnit, "决定": &e.Decision, "依据": &e.Basis}[p.key.Name])
		})
		d.fits(&e, decision)
		c.Statements = append(c.Statements, e)
	case "延期申请":
		var e Extension
		var granted *place
		d.each(keys, item, prefix, func(p place) {
			switch p.key.Name {
			case "申请天数":
				e.Days = d.count(p)
				return
			case "准延天数":
				e.Granted, granted = d.count(p), &p
				return
			}
			d.text(p, map[string]*string{"原因": &e.Reason, "措施": &e.Measures, "决定": &e.Decision, "依据": &e.Basis}[p.key.Name])
		})
		d.grants(&e, granted)
		c.Extensions = append(c.Extensions, e)
	case "反馈":
		var e Feedback
		d.each(keys, item, prefix, func(p place) {
			switch p.key.Name {
			case "完成期限":
				e.FollowUpDue = d.day(p)
			case "答复日期":
				e.Answered = d.day(p)
			default:
				d.text(p, map[string]*string{"结果": &e.Result, "措施": &e.Measures, "后续措施": &e.FollowUp,
					"审核": &e.Review, "退回原因": &e.ReturnReason}[p.key.Name])
			}
		})
		c.Feedback = append(c.Feedback, e)
	case "评估":
		var e Evaluation
		d.each(keys, item, prefix, func(p place) {
			d.text(p, map[string]*string{"方式": &e.Method, "单位": &e.Unit, "结果": &e.Result}[p.key.Name])
		})
		c.Evaluations = append(c.Evaluations, e)
	case "改进":
		var e Improvement
		d.each(keys, item, prefix, func(p place) {
			if p.key.Type == Day {
				e.Due = d.day(p)
				return
			}
			d.text(p, map[string]*string{"原因": &e.Reason, "措施": &e.Measures, "依据": &e.Basis}[p.key.Name])
		})
		c.Improvements = append(c.Improvements, e)
	case "代录":
		var e Proxy
		d.each(keys, item, prefix, func(p place) {
			if p.key.Type == Day {
				e.Received = d.day(p)
				return
			}
			d.text(p, map[string]*string{"步骤": &e.Step, "单位": &e.Unit, "凭据": &e.Evidence}[p.key.Name])
		})
		c.Proxies = append(c.Proxies, e)
	case "更正":
		var e Correction
		d.each(keys, item, prefix, func(p place) {
			d.text(p, map[string]*string{"事项": &e.Matter, "规则": &e.Rule, "原因": &e.Reason, "依据": &e.Basis}[p.key.Name])
		})
		c.Corrections = append(c.Corrections, e)
	}
}

// decisionsOn says which 决定 a 说明单 of each 事由 may get.
var decisionsOn = map[string][]string{
	"异议":      {"成立", "不成立"},
	"无法解决":    {"继续办理", "改派", "长期推进"},
	"协商未达成一致": {"继续办理", "改派", "长期推进"},
	"一事一议":    {"同意", "不同意"},
}

// fits tells of a 决定 that does not answer the 事由.
func (d *decoder) fits(e *Statement, decision *place) {
	may := decisionsOn[e.Reason]
	if decision == nil || e.Decision == "" || may == nil || slices.Contains(may, e.Decision) {
		return
	}
	choices := strings.Join(may, "、")
	d.at("value-enum", *decision, "事由是“"+e.Reason+"”的说明单，“决定”应当是 "+choices+"，现为“"+e.Decision+"”", d.paste(decision.field, Placeholder(choices)))
}

// grants tells of 准延天数 that a decision cannot grant.
func (d *decoder) grants(e *Extension, granted *place) {
	switch {
	case granted == nil || e.Granted == 0:
	case e.Decision != "同意":
		d.at("value-type", *granted, "“准延天数”与“决定: 同意”同时填写；没有同意的不填", d.paste(granted.field, ""))
	case e.Days > 0 && e.Granted > e.Days:
		d.at("value-type", *granted, "准延天数 "+strconv.Itoa(e.Granted)+" 超过申请天数 "+strconv.Itoa(e.Days), d.paste(granted.field, strconv.Itoa(e.Days)))
	}
}

// text stores a valid scalar.
func (d *decoder) text(p place, to *string) {
	if to != nil {
		*to = d.scalar(p)
	}
}
