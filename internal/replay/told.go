package replay

import (
	"strconv"

	"suqiu/internal/record"
	"suqiu/internal/workflow"
)

// describe says in a few words what a hop did, and the reason given for it.
func describe(h workflow.Hop, a *commitStep) (title, reason string) {
	if h.Row == nil {
		return "状态改为“" + string(h.To) + "”", ""
	}
	return h.Row.Tell(a.after, a.changes, h.Row.EntryOf(a.after, a.changes))
}

// enterInto adds what a change filed or decided to the entries of an event.
func (r *replay) enterInto(list []workflow.Entry, a *commitStep, ch record.Change) []workflow.Entry {
	i := a.after.Index(ch)
	decided := ch.Kind == record.Decided
	if i < 0 || ch.Kind != record.Added && !decided || decided && !isDecision(ch) || isNote(ch) {
		return list
	}
	at := func(name string) string { return workflow.Said(a.after, ch.Key+"."+name, i) }
	e := workflow.Entry{Key: ch.Key, Decided: decided, Unit: r.lead, Word: at("事由") + at("结果"), Method: at("方式")}
	e.Days, _ = strconv.Atoi(at("申请天数"))
	if ch.Key == "说明单" || ch.Key == "评估" {
		e.Unit = at("单位")
	}
	if decided {
		e.Word = ch.New
	}
	return append(list, e)
}

// isDecision reports whether a change decides a record, and not how.
func isDecision(ch record.Change) bool { return ch.Field == "决定" || ch.Field == "审核" }

// isNote reports whether a change is a note about other steps, and none itself.
func isNote(ch record.Change) bool { return ch.Key == "代录" || ch.Key == "更正" }
