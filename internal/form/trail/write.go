package trail

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/caseid"
	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/people"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// Writer writes what the steps of a repository's cases are judged by. It may be
// used by several at once.
type Writer struct {
	env      replay.Env
	words    map[string]bool
	settings []Settings
	of       []int // settings by landing
}

// NewWriter reads what all cases share.
func NewWriter(env replay.Env) *Writer {
	w := &Writer{env: env, words: vocabulary(env.Config), of: make([]int, len(env.Landings))}
	if w.env.Calendar == nil {
		w.env.Calendar = env.Config.Calendar
	}
	var last *config.Config
	for i := range env.Landings {
		c := env.ConfigAt(i)
		if c == last {
			w.of[i] = w.of[i-1]
			continue
		}
		s := Settings{c.Limits, c.Grace}
		at := slices.Index(w.settings, s)
		if at < 0 {
			at = len(w.settings)
			w.settings = append(w.settings, s)
		}
		w.of[i], last = at, c
	}
	return w
}

// Bureau writes what every case is judged by. ids are the 编号 in use, of meetings too, and digits
// are those of a version's name.
func (w *Writer) Bureau(digits int, ids []string) []byte {
	b := Bureau{Digits: digits, Config: w.env.Config.Anonymous(), Settings: w.settings, Numbers: map[string]int{}}
	b.Calendar.Final, b.Calendar.Off, b.Calendar.Work = w.env.Calendar.Text()
	for _, id := range ids {
		of, n, ok := caseid.Number(strings.ToUpper(id))
		if kind, digits, _ := strings.Cut(id, "-"); !ok && papers.IsMeeting(id) {
			of = kind
			n, _ = strconv.Atoi(digits)
			ok = true
		}
		if ok {
			b.Numbers[of] = max(b.Numbers[of], n)
		}
	}
	return sparse(nil, reflect.ValueOf(b))
}

// Case writes what is told of a case; h is nil where the form has to do without.
func (w *Writer) Case(c Case, text []byte, h *timeline.CaseHistory) []byte {
	tell := &teller{Writer: w, gone: map[string]int{}}
	if h != nil {
		_, tell.stated = texts(record.Parse(c.Path, text, w.env.Config.Canon))
		c.History = tell.history(h)
	}
	return sparse(nil, reflect.ValueOf(c))
}

// vocabulary are the words that may be told of whatever they were written of: those
// that the schema asks to choose from, and the units.
func vocabulary(cfg *config.Config) map[string]bool {
	words := map[string]bool{}
	var add func(keys []record.Key)
	add = func(keys []record.Key) {
		for i := range keys {
			for _, word := range keys[i].Values {
				words[word] = true
			}
			add(keys[i].Fields)
		}
	}
	add(record.Schema().Keys)
	for _, heading := range record.Headings() {
		words[heading] = true
	}
	for i := range cfg.Units {
		words[cfg.Units[i].Name] = true
	}
	return words
}

// teller tells of one case.
type teller struct {
	*Writer
	stated map[string]int
	gone   map[string]int
	who    []hand
	actors []config.Actor
}

// hand is whoever acts under an address on a day.
type hand struct {
	address string
	actor   config.Actor
}

// history is that of a case; nil if it cannot be told in this way.
func (t *teller) history(h *timeline.CaseHistory) *History {
	told := &History{}
	var before, shown *record.Case
	for i := range h.Landings {
		l := &h.Landings[i]
		landing := &t.env.Landings[l.Landing]
		if l.Landing <= t.env.Baseline {
			told.Found++
		}
		next := Landing{At: landing.At.Unix(), Authored: int64(landing.Authored), Settings: t.of[l.Landing],
			By: t.hand(*landing.Author, workday.Of(landing.Authored.Time()))}
		from := shown
		switch {
		case l.Before == nil && before != nil:
			next.Anew, from = true, nil
		case l.Before != before:
			return nil
		}
		if l.After != nil {
			next.After = t.shown(l.After)
			before, shown = l.After, next.After
		}
		var ok bool
		if next.Steps, ok = t.steps(l, from, next.After); !ok {
			return nil
		}
		told.Landings = append(told.Landings, next)
	}
	told.Actors = t.actors
	return told
}

// steps are those of a landing, whose changes are found again in what is told of the
// files before and after it.
func (t *teller) steps(l *timeline.CaseLanding, before, after *record.Case) (list []Step, ok bool) {
	landing := &t.env.Landings[l.Landing]
	var changes, again []record.Change
	if l.After != nil {
		changes, again = record.Diff(l.Before, l.After), record.Diff(before, after)
	}
	if !slices.EqualFunc(changes, again, func(a, b record.Change) bool {
		return a.Kind == b.Kind && a.Key == b.Key && a.Nth == b.Nth
	}) {
		return nil, false
	}
	for i := range l.Steps {
		s := &l.Steps[i]
		day := workday.Of(replay.Believed(t.env.Calendar, t.env.ConfigAt(l.Landing).Grace, s.Authored, landing.At))
		next := Step{By: t.hand(s.Author, day), Authored: s.Authored.Unix(), Committed: s.Committed.Unix(),
			State: t.word(s.State)}
		for _, ch := range s.Changes {
			n := slices.Index(changes, ch)
			if n < 0 {
				return nil, false
			}
			next.Changes = append(next.Changes, n)
		}
		if len(l.Steps) == 1 && len(next.Changes) == len(changes) && slices.IsSorted(next.Changes) {
			next.Changes = nil
		}
		list = append(list, next)
	}
	return list, true
}

// hand is the number of whoever acts under an address on a day.
func (t *teller) hand(who people.Person, on workday.Date) int {
	actor := t.env.Actor
	if actor == nil {
		actor = t.env.Config.Actor
	}
	h := hand{who.Email, actor(who.Email, on)}
	for i := range t.who {
		if k := &t.who[i]; k.address == h.address && k.actor.Bot == h.actor.Bot &&
			slices.Equal(k.actor.Units, h.actor.Units) && slices.Equal(k.actor.Roles, h.actor.Roles) {
			return i
		}
	}
	t.who = append(t.who, h)
	units := make([]string, len(h.actor.Units))
	for i, name := range h.actor.Units {
		units[i] = t.word(name)
	}
	t.actors = append(t.actors, config.Actor{Units: units, Roles: h.actor.Roles, Bot: h.actor.Bot})
	return len(t.who) - 1
}

// shown is a case with its texts as they are told.
func (t *teller) shown(c *record.Case) *record.Case {
	return mapped(reflect.ValueOf(c), t.word).Interface().(*record.Case)
}

// word is how a text is told.
func (t *teller) word(text string) string {
	if text == "" || t.words[text] {
		return text
	}
	text = plain(text)
	if n, ok := t.stated[text]; ok {
		return stated + strconv.Itoa(n)
	}
	n, ok := t.gone[text]
	if !ok {
		n = len(t.gone)
		t.gone[text] = n
	}
	return gone + strconv.Itoa(n)
}

// sparse appends a value as JSON by the names of its fields, without those that are
// zero: most are.
func sparse(b []byte, v reflect.Value) []byte {
	if text, ok := v.Interface().(encoding.TextMarshaler); ok {
		data, err := text.MarshalText()
		if err != nil {
			panic(err) // a day is always a text
		}
		return quoted(b, string(data))
	}
	switch v.Kind() {
	case reflect.Pointer:
		return sparse(b, v.Elem())
	case reflect.String:
		return quoted(b, v.String())
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Slice:
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			b = sparse(b, v.Index(i))
		}
		return append(b, ']')
	case reflect.Struct:
		b = append(b, '{')
		for i := range v.NumField() {
			if f := v.Field(i); v.Type().Field(i).IsExported() && !f.IsZero() {
				if b[len(b)-1] != '{' {
					b = append(b, ',')
				}
				b = append(quoted(b, v.Type().Field(i).Name), ':')
				b = sparse(b, f)
			}
		}
		return append(b, '}')
	case reflect.Map:
		data, err := json.Marshal(v.Interface())
		if err != nil {
			panic(err) // a map of numbers
		}
		return append(b, data...)
	}
	return strconv.AppendInt(b, v.Int(), 10)
}

// quoted appends a text as it may stand in a script.
func quoted(b []byte, text string) []byte {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string is always one
	}
	// Room for what follows: the text of a case is nearly all of its file.
	return append(slices.Grow(b, len(data)+len(data)/8), data...)
}
