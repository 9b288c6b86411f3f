package workflow

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/record"
)

// describe says in a few words what a hop did, and the reason given for it.
func (h hop) describe(a *act) (title, reason string) {
	if h.row == nil {
		return "状态改为“" + string(h.to) + "”", ""
	}
	return h.row.tell(a, h.row.entryOf(a))
}

// entryOf is the index of the entry that an act filed or decided by the row.
func (row *Row) entryOf(a *act) int {
	list := row.Record.Key
	if list != "说明单" { // may be one of several that wait
		return count(a.after, list) - 1
	}
	at := -1
	for _, ch := range a.changes {
		if ch.Key == list && ch.Kind == record.Added {
			at = a.after.Index(ch)
		}
	}
	return at
}

// tell writes what happened: the row's Told, or its title. {key} stands for
// what the case says there, {+key} for what this act says; a part in brackets is
// left out if one of them says nothing.
func (row *Row) tell(a *act, entry int) (title, reason string) {
	told := row.Told
	if told == "" {
		told = row.Title
	}
	if row.Reason != "" {
		reason = said(a.after, row.Reason, entry)
	}
	var b strings.Builder
	for told != "" {
		before, part, optional := strings.Cut(told, "[")
		text, _ := fill(before, a, entry)
		b.WriteString(text)
		if !optional {
			break
		}
		part, told, _ = strings.Cut(part, "]")
		if text, all := fill(part, a, entry); all {
			b.WriteString(text)
		}
	}
	return b.String(), reason
}

// fill puts what a case says in the place of the keys of a text, and reports
// whether each of them says something.
func fill(text string, a *act, entry int) (out string, all bool) {
	all = true
	for {
		before, rest, more := strings.Cut(text, "{")
		out += before
		if !more {
			return out, all
		}
		var key string
		key, text, _ = strings.Cut(rest, "}")
		now := ""
		if plain, only := strings.CutPrefix(key, "+"); !only || changed(a, plain) {
			now = said(a.after, plain, entry)
		}
		out, all = out+now, all && now != ""
	}
}

// recordTitle says what an entry is that came without a change of state.
func (t *Table) recordTitle(a *act, ch record.Change) (title, reason string) {
	i := a.after.Index(ch)
	step := slices.IndexFunc(t.Steps, func(s Row) bool { return s.Record.Key == ch.Key && !s.Record.Decides })
	if i < 0 || step < 0 {
		return ch.Key, ""
	}
	return t.Steps[step].tell(a, i)
}

// enterInto adds what a change filed or decided to the entries of an event.
func (r *replay) enterInto(list []Entry, a *act, ch record.Change) []Entry {
	i := a.after.Index(ch)
	decided := ch.Kind == record.Decided
	if i < 0 || ch.Kind != record.Added && !decided || decided && !isDecision(ch) || isNote(ch) {
		return list
	}
	at := func(name string) string { return saidOf(a.after, ch.Key, name, i) }
	e := Entry{Key: ch.Key, Decided: decided, Unit: r.lead, Word: at("事由") + at("结果"), Method: at("方式")}
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
