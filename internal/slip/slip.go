// Package slip says what a value was meant to be that people typed otherwise: a
// date as 2026年7月1日, a number with its unit, full-width digits, a word of a list
// with a letter wrong.
package slip

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"

	"suqiu/internal/bestmatch"
	"suqiu/internal/workday"
)

// looseDate are the ways in which people write a date.
var looseDate = regexp.MustCompile(`^(\d{4})\s*[-/.年—–－]\s*(\d{1,2})\s*[-/.月—–－]\s*(\d{1,2})\s*日?$`)

// dayClock is what people write behind a date: the weekday and the time.
var dayClock = regexp.MustCompile(`(?:\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?(?:[Tt\s]+\d{1,2}:\d{2}(?::\d{2}(?` +
	`:\.\d+)?)?)?$`)

// Date turns 2026/7/1, 2026年7月1日, 2026.7.1, full-width digits and a date
// with its weekday or a time of day into 2026-07-01; "" if there is no such day.
func Date(text string) string {
	t := strings.TrimSpace(HalfWidth(text))
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(layout, strings.ToUpper(t)); err == nil {
			return workday.Of(at).String() // the day there and then is the one in Shanghai
		}
	}
	t = dayClock.ReplaceAllString(t, "")
	var y, m, d string
	if g := looseDate.FindStringSubmatch(t); g != nil {
		y, m, d = g[1], g[2], g[3]
	} else if len(t) == 8 && strings.Trim(t, "0123456789") == "" {
		y, m, d = t[:4], t[4:6], t[6:]
	} else {
		return ""
	}
	fixed := y + "-" + pad(m) + "-" + pad(d)
	if _, err := workday.Parse(fixed); err != nil {
		return ""
	}
	return fixed
}

// IsDate reports whether a text is written like a date, of a day that may not
// exist.
func IsDate(text string) bool { return looseDate.MatchString(strings.TrimSpace(HalfWidth(text))) }

var endOfMonth = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:底|末|月底|月末)前?$`)

// MonthEnd is the day that 2026年12月底 means; "" if that is not what it says.
func MonthEnd(text string) string {
	g := endOfMonth.FindStringSubmatch(strings.TrimSpace(HalfWidth(text)))
	if g == nil {
		return ""
	}
	m, err := workday.ParseMonth(g[1] + "-" + pad(g[2]))
	if err != nil {
		return ""
	}
	return m.Last().String()
}

var (
	looseMonth   = regexp.MustCompile(`^(\d{4})\s*[-/.年—–－]?\s*(\d{1,2})\s*月?$`)
	looseQuarter = regexp.MustCompile(`^(\d{4})\s*[-/.年]?\s*(?:[Qq]\s*([1-4])|第?\s*([一二三四1-4])\s*季度?)$`)
)

// Month turns 2026年7月, 2026/7 and 202607 into 2026-07; "" if there is no
// such month.
func Month(text string) string {
	g := looseMonth.FindStringSubmatch(strings.TrimSpace(HalfWidth(text)))
	if g == nil {
		return ""
	}
	fixed := g[1] + "-" + pad(g[2])
	if _, err := workday.ParseMonth(fixed); err != nil {
		return ""
	}
	return fixed
}

// Quarter turns 2026年第三季度 and 2026q3 into 2026Q3; "" if there is no
// such quarter.
func Quarter(text string) string {
	g := looseQuarter.FindStringSubmatch(strings.TrimSpace(HalfWidth(text)))
	if g == nil {
		return ""
	}
	q := g[2] + g[3]
	if i := strings.Index("一二三四", q); i >= 0 {
		q = string('1' + rune(i/len("一")))
	}
	fixed := g[1] + "Q" + q
	if _, err := workday.ParseQuarter(fixed); err != nil {
		return ""
	}
	return fixed
}

func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// HalfWidth turns full-width digits, letters and signs into their ASCII
// counterparts.
func HalfWidth(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= '！' && c <= '～':
			return c - '！' + '!'
		case c == '　':
			return ' '
		}
		return c
	}, text)
}

// Negated reports whether a word says no: what says no is never meant as a
// word that does not.
func Negated(word string) bool { return strings.ContainsAny(word, "不未没无非否勿") }

// Nearest is the candidate closest to a word: equal but for width and blanks,
// one that contains it or is contained, or one a single edit away (two for
// words of four characters and more). "" if none is near or two are equally so.
func Nearest(candidates []string, word string) string {
	plain := strings.Join(strings.Fields(HalfWidth(word)), "")
	w := []rune(plain)
	if len(w) > 40 {
		return ""
	}
	return bestmatch.Of(candidates, func(c string) (n int, near bool) {
		r := []rune(c)
		n = levenshtein.ComputeDistance(plain, c)
		limit := 1
		if len(r) >= 4 {
			limit = 2
		}
		if len(r) == 1 || len(r) == 2 && n == 1 && len(w) <= 1 {
			limit = 0
		}
		if n > limit && len(w) >= 2 && len(r) >= 2 && (strings.Contains(c, plain) || strings.Contains(plain, c)) {
			return 2, true
		}
		return n, n <= limit
	}, nil)
}

// maxVolume bounds what one channel can bring in a month.
const maxVolume = 10_000_000

// Number turns ４６, 46件 and 46 个 into 46; false if that is no number of
// tickets.
func Number(text string) (string, bool) {
	fixed := strings.TrimSpace(strings.TrimRight(HalfWidth(text), "件个"))
	n, err := strconv.Atoi(fixed)
	return fixed, err == nil && n >= 0 && n <= maxVolume && digits(fixed)
}

// Points turns 0.5分 and ０.５ into 0.5; false if that is no number of
// points.
func Points(text string) (string, bool) {
	fixed := strings.TrimSpace(strings.TrimSuffix(HalfWidth(text), "分"))
	whole, part, _ := strings.Cut(fixed, ".")
	return fixed, whole != "" && len(whole) <= 5 && digits(whole) && len(part) <= 2 && digits(part) &&
		!strings.HasSuffix(fixed, ".")
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
