package register

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/mdfile"
	"suqiu/internal/papers"
	"suqiu/internal/privacy"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// Numbers and addresses of persons and enterprises that stand in a file all the
// same are told of by check; nothing shows them. Whatever a register hands out of a
// text has them made unreadable here, once, whoever shows it: commands, pages,
// reports, Word, Excel, feeds and search. What a 忽略 with its reason lets stand,
// and the offices' own addresses, are shown.

// screen makes the texts of one file fit to be shown.
type screen struct {
	shown map[privacy.Span]bool // spans that may stand, by kind and value
	known func(email string) bool
	hid   bool // something was made unreadable
}

// newScreen reads what a text lets stand by its own 忽略 and those of suqiu.yaml.
func newScreen(cfg *config.Config, path string, text []byte, own []mdfile.Suppression,
	known func(string) bool) *screen {
	s := &screen{shown: map[privacy.Span]bool{}, known: known}
	var keys func(line int) string
	for _, sp := range privacy.Scan(text) {
		open := cfg.Ignored(sp.Kind.Rule(), path)
		if !open && slices.ContainsFunc(own, func(o mdfile.Suppression) bool {
			return o.Rule == sp.Kind.Rule() &&
				o.Reason != ""
		}) {
			if keys == nil {
				keys = record.Schema().KeysAt(text)
			}
			key := keys(bytes.Count(text[:sp.Start], []byte("\n")) + 1)
			open = slices.ContainsFunc(own, func(o mdfile.Suppression) bool {
				return o.Rule == sp.Kind.Rule() && o.Reason != "" && record.Within(key, o.Key)
			})
		}
		if open {
			s.shown[privacy.Span{Kind: sp.Kind, Value: sp.Value}] = true
		}
	}
	return s
}

func (s *screen) text(text string) string {
	return privacy.Shown(text, func(sp privacy.Span) bool {
		return s.shown[privacy.Span{Kind: sp.Kind, Value: sp.Value}] || sp.Kind == privacy.Email && s.known(sp.Value)
	})
}

// kept are the fields that say who, where and which: no text of a person's.
var kept = []string{"ID", "Path", "Commit", "Author", "Unit", "State", "Mark", "Rule", "Key"}

// copyOf is a value with all texts in it as they may be shown. What it shares with
// others stays as it is.
func (s *screen) copyOf(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.String:
		if text := v.String(); len(text) >= leastText {
			if shown := s.text(text); shown != text {
				s.hid = true
				return reflect.ValueOf(shown).Convert(v.Type())
			}
		}
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().Kind() == reflect.Struct {
			c := reflect.New(v.Type().Elem())
			c.Elem().Set(s.copyOf(v.Elem()))
			return c
		}
	case reflect.Slice:
		if !v.IsNil() {
			c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			for i := range v.Len() {
				c.Index(i).Set(s.copyOf(v.Index(i)))
			}
			return c
		}
	case reflect.Struct:
		c := reflect.New(v.Type()).Elem()
		c.Set(v)
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !slices.Contains(kept, f.Name) {
				c.Field(i).Set(s.copyOf(v.Field(i)))
			}
		}
		return c
	}
	return v
}

// leastText is the size of the shortest text that can hold a number.
const leastText = 5

// screened is a copy of a value fit to be shown.
func screened[T any](s *screen, v *T) *T {
	if v == nil {
		return nil
	}
	return s.copyOf(reflect.ValueOf(v)).Interface().(*T)
}

// screenCase makes the texts of a case fit to be shown, if one of its contents
// has anything to hide.
func screenCase(c *Case, suspects []timeline.Flagged, env replay.Env) {
	if c == nil || len(suspects) == 0 {
		return
	}
	var head []byte
	for _, suspect := range suspects {
		if suspect.Head && suspect.Text != nil {
			head = suspect.Text
		}
	}
	s := newScreen(env.Config, c.Path, head, c.Suppressions,
		func(email string) bool { return knownAddress(env.Actor, env.Config, email, env.AsOf) })
	if c.Broken == c.Case {
		c.Case = screened(s, c.Case)
		c.Broken = c.Case
	} else {
		c.Case, c.Broken = screened(s, c.Case), screened(s, c.Broken)
	}
	c.Masked = s.hid
	c.AtFork = screened(s, c.AtFork)
	c.Life = *screened(s, &c.Life)
}

// knownAddress reports whether suqiu.yaml names an address: it is an office's.
func knownAddress(actor func(string, workday.Date) config.Actor, cfg *config.Config, email string,
	on workday.Date) bool {
	a := actor(email, on)
	return a.Bot || len(a.Units) > 0 || cfg.Knows(email) ||
		slices.ContainsFunc(cfg.People, func(m config.Person) bool { return strings.EqualFold(m.Email, email) })
}

// screenPaper is what a paper says, fit to be shown.
func screenPaper[T any](d *Register, text []byte, f *papers.File, paper *T) *T {
	if !privacy.Any(text) {
		return paper
	}
	s := newScreen(d.Config, f.Path, text, f.Suppressions,
		func(email string) bool { return knownAddress(d.Actor, d.Config, email, d.AsOf) })
	return screened(s, paper)
}
