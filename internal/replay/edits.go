package replay

import (
	"slices"
	"strings"

	"suqiu/internal/record"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

func isRecord(ch record.Change) bool { return record.KeyOf(ch.Key).Shape == record.Records }

// split lists the changes that no row of the act brings with it.
func (r *replay) split(a *commitStep, hops []workflow.Hop) []record.Change {
	var left []record.Change
	for _, ch := range a.changes {
		if ch.Key == "状态" || ch.Kind == record.Set && ch.Old == ch.New {
			continue
		}
		if !slices.ContainsFunc(hops, func(h workflow.Hop) bool { return h.Covers(ch) }) {
			left = append(left, ch)
		}
	}
	return left
}

// permitted reports whether a change is one that section 5 allows in the
// present state, whoever makes it.
func (r *replay) permitted(a *commitStep, ch record.Change) bool {
	key, state := record.KeyOf(ch.Key), string(r.state)
	if ch.Kind == record.Decided {
		return key.Decide.Holds(state)
	}
	switch ch.Key {
	case "延期申请":
		return key.Write.Holds(state) && !r.agreed()
	case "说明单":
		return key.Write.Holds(state) || r.filer(a, ch) != r.lead && record.KeyOf("协办反馈").Write.Holds(state)
	case "反馈":
		return ch.Kind == record.Added && (key.Write.Holds(state) || r.state == workflow.Closed && r.keeps(a, ch))
	case "会议议定期限.日期", "会议议定期限.依据":
		return adHocAgreed(a) || key.Write.Holds(state)
	}
	return key.Write.Holds(state)
}

// keeps reports whether a feedback is the one that a 部分解决 promised.
func (r *replay) keeps(a *commitStep, ch record.Change) bool {
	i := a.after.Index(ch)
	return i >= 0 && a.after.Feedback[i].Result == "已解决" && r.clocks.promise != nil
}

// adHocAgreed reports whether an act agrees to a 一事一议, which brings the date.
func adHocAgreed(a *commitStep) bool {
	return slices.ContainsFunc(a.changes, func(ch record.Change) bool {
		return decidesAdHoc(a, ch) &&
			ch.New == "同意"
	})
}

func decidesAdHoc(a *commitStep, ch record.Change) bool {
	if ch.Key != "说明单" || ch.Kind != record.Decided || ch.Field != "决定" {
		return false
	}
	s := statementOf(a.after, ch)
	return s != nil && s.Reason == workflow.AdHoc
}

// filer is the unit that a record names as its author, the lead by default.
func (r *replay) filer(a *commitStep, ch record.Change) string {
	if ch.Key == "说明单" {
		if s := statementOf(a.after, ch); s != nil && s.Unit != r.lead && slices.Contains(r.co, s.Unit) {
			return s.Unit
		}
	}
	return r.lead
}

// apply makes the changes that came without a change of state.
func (r *replay) apply(a *commitStep, changes []record.Change) {
	edited := map[string]*workflow.Event{} // by unit: edits of one act are one event
	var order []string
	washed := a.moves // the rows have told
	for _, ch := range changes {
		t := r.writes(a, ch)
		if !washed && (t.proxy || strings.HasPrefix(ch.Key, "会议议定期限.")) {
			r.tellWash(a, t)
			washed = true
		}
		if !r.allowed(a, ch, t, changes) {
			continue
		}
		if t.unit == r.lead && !t.office && ch.Key != "协办反馈" {
			r.stop(r.clocks.accept, workday.Of(a.at)) // the unit's first act
		}
		if isRecord(ch) || ch.Key == "协办反馈" {
			r.recordEvent(a, ch, t)
			continue
		}
		e := edited[t.unit]
		if e == nil {
			e = &workflow.Event{Kind: workflow.Edit, Unit: t.unit, Proxy: t.proxy, Title: "修改"}
			edited[t.unit] = e
			order = append(order, t.unit)
		}
		if name := label(ch); !strings.Contains(e.Title, "“"+name+"”") {
			e.Title += "“" + name + "”"
		}
		r.edit(a, ch)
	}
	for _, unit := range order {
		r.event(a, *edited[unit])
	}
}

// allowed tells what is wrong with a change; it reports whether the change
// still has its effect.
func (r *replay) allowed(a *commitStep, ch record.Change, t authorised, siblings []record.Change) bool {
	name := label(ch)
	mend := "确需修改的，由联席办修改并写一条“更正”（事项、规则、原因、依据）"
	if isRecord(ch) {
		paired := slices.ContainsFunc(siblings, func(o record.Change) bool {
			return o.Key == ch.Key && (ch.Kind == record.Removed && o.Kind == record.Added ||
				ch.Kind == record.Added && o.Kind == record.Removed)
		})
		switch {
		case ch.Kind == record.Altered, ch.Kind == record.Removed && paired:
			r.fault("record-changed", ch.Key, a.who.unit(), "已入库的“"+name+"”记录被修改", "恢复原记录；"+mend)
			return false
		case ch.Kind == record.Removed:
			r.fault("record-removed", ch.Key, a.who.unit(), "已入库的“"+name+"”记录被删除", "恢复原记录；"+mend)
			return false
		case paired:
			return false
		}
	}
	if ch.Field == "准延天数" && ch.Kind == record.Decided && !slices.ContainsFunc(a.changes,
		func(o record.Change) bool {
			return o.Key == ch.Key && o.Entry == ch.Entry && o.Nth == ch.Nth && o.Field == "决定"
		}) {
		r.fault("record-changed", ch.Key, a.who.unit(), "延期已经决定，“准延天数”只能与“决定: 同意”同时填写",
			"清空“准延天数”；"+mend)
		return false
	}
	if r.permitted(a, ch) {
		if decidesAdHoc(a, ch) {
			r.needDate(a, ch)
		}
		if t.rule != "" && !r.toldWith(ch, siblings) {
			r.fault(t.rule, ch.Key, a.who.unit(), t.message, t.fix)
		}
		if ch.Key == "协办反馈" && !slices.Contains(a.after.Co, ch.Field) {
			r.fault("transition-illegal", ch.Key+"."+ch.Field, t.unit, "“"+ch.Field+
				"”不是本事项的协办单位，不需要填写协办反馈", "删除该项，或请联席办调整“协办单位”")
		}
		return true
	}
	switch {
	case ch.Key == "延期申请" && r.agreed() && (r.state == workflow.Pushed || r.state == workflow.Handling):
		r.fault("transition-illegal", ch.Key, t.unit, "本事项的期限由会议议定，不能申请延期",
			"删除这条延期申请；确需改期的，另填说明单，事由写“一事一议”")
	case ch.Key == "延期申请" && r.state == workflow.Improving:
		r.fault("extension-in-improvement", ch.Key, t.unit, "改进中的事项原则上不得申请延期（三(五)）",
			"删除这条延期申请，按改进的完成期限反馈")
	case isRecord(ch) || ch.Key == "协办反馈":
		r.fault("transition-illegal", ch.Key, t.unit, "状态为“"+string(r.state)+"”时不能新增“"+name+"”",
			"先把状态改到可以填写的一步；"+mend)
	default:
		r.fault("transition-illegal", ch.Key, t.unit, "状态为“"+string(r.state)+"”时不能直接修改“"+name+"”",
			putBack(ch.Old)+"；"+mend)
	}
	return true
}

// toldWith reports whether a decision key is told of with the decision that it
// belongs to.
func (r *replay) toldWith(ch record.Change, siblings []record.Change) bool {
	if ch.Kind != record.Decided || ch.Field == "决定" || ch.Field == "审核" {
		return false
	}
	return slices.ContainsFunc(siblings, func(o record.Change) bool {
		return o.Key == ch.Key && o.Entry == ch.Entry && o.Nth == ch.Nth && (o.Field == "决定" || o.Field == "审核")
	})
}

// needDate asks of a decided 一事一议 what comes with it.
func (r *replay) needDate(a *commitStep, ch record.Change) {
	s := statementOf(a.after, ch)
	if s.Basis == "" {
		r.fault("transition-requires", ch.Key, a.who.unit(), workflow.BasisLacking, workflow.AskFor("说明单.依据"))
	}
	if ch.New == "同意" && (a.after.Agreed.Date == 0 || a.after.Agreed.Basis == "" ||
		!changed(a, "会议议定期限.日期")) {
		r.fault("transition-requires", "会议议定期限", a.who.unit(),
			"同意一事一议的，须在同一次提交中填写“会议议定期限”的日期和依据", workflow.AskDate())
	}
}

// label is the name under which a change is told of.
func label(ch record.Change) string {
	if ch.Field != "" && ch.Key != "协办反馈" {
		return ch.Key + "的" + ch.Field
	}
	return strings.TrimPrefix(ch.Key, "## ")
}

// putBack says how to undo a change of a value.
func putBack(old string) string {
	if old == "" {
		return "清空这一项"
	}
	return "改回“" + old + "”"
}
