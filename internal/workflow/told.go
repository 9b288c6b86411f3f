package workflow

import (
	"slices"
	"strings"

	"suqiu/internal/record"
)

// EntryOf is the index of the entry of a case that changes filed or decided by
// the row.
func (row *Row) EntryOf(c *record.Case, changes []record.Change) int {
	list := row.Record.Key
	if list != "说明单" { // may be one of several that wait
		return count(c, list) - 1
	}
	at := -1
	for _, ch := range changes {
		if ch.Key == list && ch.Kind == record.Added {
			at = c.Index(ch)
		}
	}
	return at
}

// Tell writes what happened: the row's Told, or its title. {key} stands for
// what the case says there, {+key} for what these changes say; a part in brackets is
// left out if one of them says nothing.
func (row *Row) Tell(c *record.Case, changes []record.Change, entry int) (title, reason string) {
	told := row.Told
	if told == "" {
		told = row.Title
	}
	if row.Reason != "" {
		reason = Said(c, row.Reason, entry)
	}
	var b strings.Builder
	for told != "" {
		before, part, optional := strings.Cut(told, "[")
		text, _ := fill(before, c, changes, entry)
		b.WriteString(text)
		if !optional {
			break
		}
		part, told, _ = strings.Cut(part, "]")
		if text, all := fill(part, c, changes, entry); all {
			b.WriteString(text)
		}
	}
	return b.String(), reason
}

// fill puts what a case says in the place of the keys of a text, and reports
// whether each of them says something.
func fill(text string, c *record.Case, changes []record.Change, entry int) (out string, all bool) {
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
		if plain, only := strings.CutPrefix(key, "+"); !only || says(changes, plain) {
			now = Said(c, plain, entry)
		}
		out, all = out+now, all && now != ""
	}
}

// TellEntry says what an entry is that came without a change of state.
func (t *Table) TellEntry(c *record.Case, ch record.Change) (title, reason string) {
	i := c.Index(ch)
	step := slices.IndexFunc(t.Steps, func(s Row) bool { return s.Record.Key == ch.Key && !s.Record.Decides })
	if i < 0 || step < 0 {
		return ch.Key, ""
	}
	return t.Steps[step].Tell(c, nil, i)
}

func says(changes []record.Change, key string) bool {
	return slices.ContainsFunc(changes, func(ch record.Change) bool { return ch.Key == key })
}
