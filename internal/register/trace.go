package register

import (
	"regexp"
	"slices"
	"strings"

	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// TraceDigits is how many digits of its commit a 留痕编号 has.
const TraceDigits = 16

// TraceID is the 留痕编号 of a landing: the first digits of its commit and the
// day on which it landed, 3f2a9c10b4d5e6a1·2026-09-30. Printed on paper it lets
// anybody ask later whether the history still goes on from there.
func TraceID(l *timeline.Landing) string {
	return l.Commit[:min(TraceDigits, len(l.Commit))] + "·" + workday.Of(l.At).String()
}

// TraceID is that of the head; empty if nothing has landed.
func (d *Register) TraceID() string {
	return d.TraceOn(d.AsOf)
}

// TraceOn is that of the last landing by the end of a day; empty if there is none.
func (d *Register) TraceOn(day workday.Date) string {
	for i := len(d.Landings) - 1; i >= 0; i-- {
		if l := &d.Landings[i]; !l.Pending && l.At.Before(day.End()) {
			return TraceID(l)
		}
	}
	return ""
}

// WrittenHead is a commit that a paper says was the head once: what has landed
// must go on from it.
type WrittenHead struct {
	Path    string
	Line    int
	Commit  string       // as written, lower case; TraceDigits or more
	AsOf    workday.Date // the day written beside it; zero: none
	Touched bool         // --base: the request changes the paper
	// Landing is the landing that it means, or that 历史更替 puts in its place;
	// -1: the mainline does not go on from it.
	Landing int
	// Replaced is that the landing is another's, by 历史更替.
	Replaced bool
}

// traceID is a 留痕编号 as people copy it: some put another dot, or blanks.
var traceID = regexp.MustCompile(`\b([0-9a-fA-F]{16,64})\s*[·•・.]\s*(\d{4}-\d{2}-\d{2})\b`)

// writtenHeads finds the heads that reports/, submissions/ and seals/ write down.
func (d *Register) writtenHeads() []WrittenHead {
	var list []WrittenHead
	find := func(path string, touched bool, src []byte) {
		line, from := 1, 0
		for _, m := range traceID.FindAllSubmatchIndex(src, -1) {
			line += strings.Count(string(src[from:m[0]]), "\n")
			from = m[0]
			day, err := workday.Parse(string(src[m[4]:m[5]]))
			if err != nil {
				continue // a date that no calendar has is told of as such
			}
			list = append(list, WrittenHead{Path: path, Line: line, Commit: strings.ToLower(string(src[m[2]:m[3]])),
				AsOf: day, Touched: touched})
		}
	}
	for _, p := range d.Published {
		if head, asOf := frozenAt(p.Data); len(head) >= TraceDigits {
			list = append(list, WrittenHead{Path: p.Path, Line: 1, Commit: strings.ToLower(head), AsOf: asOf,
				Touched: p.Touched})
		}
	}
	for _, r := range d.Reports {
		find(r.Path, r.Touched, d.Source(r.Path))
	}
	for _, s := range d.Submissions {
		find(s.Path, s.Touched, d.Source(s.Path))
	}
	for _, s := range d.Seals {
		find(s.Path, s.Touched, s.Text)
	}
	for i := range list {
		w := &list[i]
		if w.Landing = d.LandingOf(w.Commit); w.Landing < 0 {
			if successor := d.Config.Successor(w.Commit); successor != w.Commit {
				w.Landing, w.Replaced = d.LandingOf(successor), true
			}
		}
	}
	return list
}

// LandingOf is the landing whose commit begins with the digits; -1: none.
func (d *Register) LandingOf(digits string) int {
	return slices.IndexFunc(d.Landings, func(l timeline.Landing) bool {
		return !l.Pending && digits != "" && strings.HasPrefix(l.Commit, digits)
	})
}

// ShortHash is what people know a commit by.
func ShortHash(hash string) string { return hash[:min(len(hash), 10)] }
