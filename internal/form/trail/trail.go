// Package trail is what the next step on a case is judged by, as the site hands it
// to a browser: the file, and of its history what a replay reads. Who said
// something is a number with the units and roles behind it, and no address. What
// the file says now is referred to and not told again; what it said once and says
// no more is told of only if it is one of the words that the schema knows. So
// nothing is in it that the page of the case does not show.
package trail

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"reflect"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
)

// Case is what a browser is told of a case.
type Case struct {
	ID, Path   string
	Blob       string // names the version of the file
	Restricted bool   // the text is for those alone who may read the forge
	Text       string // empty: it is read from the forge
	History    *History
}

// History is how the case came where it is.
type History struct {
	Found    int // so many landings were taken as they were found, at the 基线
	Actors   []config.Actor
	Landings []Landing
}

// Landing is one landing on the case.
type Landing struct {
	At, Authored int64 // Unix seconds
	By           int   // of Actors
	Settings     int   // of Bureau.Settings
	Anew         bool  // nothing stood before, though the case had been there
	After        *record.Case
	Steps        []Step
}

// Step is what one hand said in a landing.
type Step struct {
	By                  int
	Authored, Committed int64
	State               string
	// Changes are those of the landing that it made, by their order; nil: all.
	Changes []int
}

// Bureau is what every case is judged by.
type Bureau struct {
	Config   *config.Config // without addresses; a unit's is its code
	Calendar Calendar
	Settings []Settings // in the order in which they came into force
	Digits   int        // of the name of a file's version
	// Numbers are the highest in use of each month and unit: 202611-NFZX, and of the
	// meetings of a year: HY2026.
	Numbers map[string]int
}

// Calendar is what the bureau's calendar knows.
type Calendar struct {
	Final     []int
	Off, Work []string
}

// Settings are what suqiu.yaml said once of limits.
type Settings struct {
	Limits config.Limits
	Grace  int
}

// The marks of a text that is not told: one that the file states, by its number
// among all that it states, and one that it states no more, which is told apart from
// others and nothing else.
const (
	stated = "="
	gone   = "略"
)

// plain is a text without what is layout, as changes are told by.
func plain(text string) string {
	if !strings.ContainsAny(text, "\r\n") {
		return text
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\u3000")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// texts are what a case states, each once, and where each stands among them.
func texts(c *record.Case) (list []string, at map[string]int) {
	at = map[string]int{}
	mapped(reflect.ValueOf(c), func(text string) string {
		if _, known := at[plain(text)]; !known && text != "" {
			at[plain(text)] = len(list)
			list = append(list, text)
		}
		return text
	})
	return list, at
}

// mapped is a copy of what a value states, with other texts.
func mapped(v reflect.Value, to func(string) string) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		c.SetString(to(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			c.Set(reflect.New(v.Type().Elem()))
			c.Elem().Set(mapped(v.Elem(), to))
		}
	case reflect.Slice:
		if !v.IsNil() {
			c.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		}
		for i := range v.Len() {
			c.Index(i).Set(mapped(v.Index(i), to))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if told(v.Type(), i) {
				c.Field(i).Set(mapped(v.Field(i), to))
			}
		}
	default:
		c.Set(v)
	}
	return c
}

// told reports whether a field is part of what a case states.
func told(of reflect.Type, field int) bool {
	f := of.Field(field)
	switch of {
	case reflect.TypeFor[record.Case]():
		return f.Name != "Path" && f.Name != "Suppressions" && f.Name != "Problems"
	case reflect.TypeFor[mdfile.Section]():
		return f.Name != "Line"
	}
	return f.IsExported()
}

// Blob names a version of a file as Git does, by as many digits as its repository
// uses.
func Blob(text string, digits int) string {
	var h hash.Hash = sha1.New()
	if digits == hex.EncodedLen(sha256.Size) {
		h = sha256.New()
	}
	fmt.Fprintf(h, "blob %d\x00", len(text))
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}
