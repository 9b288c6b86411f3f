package rules

import (
	"slices"
	"strings"

	"suqiu/internal/appraisal"
	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/report"
)

// strangePleas finds 申辩 against what nothing is ever deducted for.
func strangePleas(p *run, tell func(problem.Problem)) {
	var items []string
	for _, k := range p.Config.Appraisal.Deductions() {
		items = append(items, k.Key)
	}
	for _, a := range p.Appraisals {
		for i, x := range a.Pleas {
			if x.Item == "" || slices.Contains(items, x.Item) {
				continue
			}
			fix := "请填其中之一：" + strings.Join(items, "、")
			if near := caserules.Nearest(x.Item, items); near != "" {
				fix = "    扣分项: " + near
			}
			tell(p.ofPaper(&a.File, a.Touched, at("申辩", i, "扣分项"), "考评没有“"+x.Item+"”这一扣分项", fix))
		}
	}
}

// unfoundedPleas finds 申辩 of a quarter that is not published yet against what
// is not deducted: its 核实结论 would have no effect, and the quarter cannot be
// frozen.
func unfoundedPleas(p *run, tell func(problem.Problem)) {
	if p.Partial() {
		return // the request leaves the appraisal alone
	}
	var book *appraisal.Book
	for _, a := range p.Appraisals {
		published := slices.ContainsFunc(p.Published,
			func(x *register.Published) bool { return x.Quarter == a.Quarter })
		if len(a.Pleas) == 0 || a.Quarter.First() > p.AsOf || published {
			continue
		}
		if book == nil {
			book = appraisal.Open(report.Open(p.Register))
		}
		found := book.Of(a.Quarter)
		for i := range a.Pleas {
			x := &a.Pleas[i]
			heard := slices.ContainsFunc(found.Deductions, func(d appraisal.Deduction) bool { return d.Plea == x })
			if heard || !p.readablePlea(x) {
				continue
			}
			field, message, fix := mendPlea(x, &found)
			tell(p.ofPaper(&a.File, a.Touched, at("申辩", i, field), message, fix))
		}
	}
}

// readablePlea reports whether no other rule tells of a name in a plea.
func (p *run) readablePlea(x *papers.Plea) bool {
	item := slices.ContainsFunc(p.Config.Appraisal.Deductions(),
		func(k config.AppraisalItem) bool { return k.Key == x.Item })
	return item && p.Config.Unit(x.Unit) != nil && (x.Case == "" || p.Case(x.Case) != nil)
}

// mendPlea says what is wrong with a plea, in which field and how to mend it: by
// a line to paste if one deduction alone differs from it, in that one field.
func mendPlea(x *papers.Plea, a *appraisal.Appraisal) (field, message, fix string) {
	message = x.Unit + "在 " + a.Quarter.String() + " 没有"
	if x.Case != "" {
		message += " " + x.Case + " 的"
	}
	message += "“" + x.Item + "”扣分，这一条申辩不起作用"
	var near []string
	for i := range a.Deductions {
		d := &a.Deductions[i]
		unit, id, item := d.Unit == x.Unit, d.Case == x.Case, d.Item == x.Item
		switch {
		case unit && id && item:
			return "扣分项", "对同一扣分前面已有一条申辩，这一条不起作用", "请与前一条并作一条"
		case d.Plea != nil:
			continue // another one is about it
		case id && item && x.Case != "":
			field, fix = "单位", "单位: "+d.Unit
		case unit && item && d.Case == "":
			field, fix = "诉求", "这一项不按事项扣分，请把“诉求”留空"
		case unit && item && x.Case == "":
			field, fix = "诉求", "请补上一行 诉求: "+d.Case
		case unit && item:
			field, fix = "诉求", "诉求: "+d.Case
		case unit && id:
			field, fix = "扣分项", "扣分项: "+d.Item
		default:
			continue
		}
		near = append(near, strings.Join(slices.DeleteFunc([]string{d.Unit, d.Case, d.Item},
			func(s string) bool { return s == "" }), " "))
	}
	if len(near) == 1 {
		return field, message, fix
	}
	fix = "请核对单位、诉求和扣分项"
	if len(near) > 0 {
		fix += "，相近的扣分有：" + strings.Join(near[:min(3, len(near))], "；")
	}
	return "扣分项", message,
		fix + "（suqiu appraisal " + a.Quarter.String() + " 列出全部扣分）；确实没有扣分的，删去这一条"
}
