// Package workday has civil dates and working-day arithmetic.
//
// A day is a calendar day in Asia/Shanghai, whatever the machine's zone or
// locale. The package never reads the clock.
//
// Counting follows the regulation: the day of the event is not counted, day 1
// is the next working day, and a limit ends at 24:00 of its last day.
package workday

import (
	"fmt"
	"time"
)

// Shanghai is the zone of every limit: UTC+8, without daylight saving.
var Shanghai = time.FixedZone("CST", 8*60*60)

// Date is a civil date, counted in days since 1970-01-01. The zero Date
// stands for "no date": no appeal was collected on 1970-01-01. Dates compare
// with < and ==, and subtract to a number of civil days.
type Date int32

const (
	secondsPerDay = 24 * 60 * 60
	shanghaiAhead = 8 * 60 * 60 // seconds that Shanghai is ahead of UTC

	// MinYear and MaxYear bound the dates that Parse accepts and that the
	// arithmetic of a Calendar returns.
	MinYear = 1900
	MaxYear = 2200
)

// The first and the last day that the package works with.
const (
	minDate Date = -25567 // 1900-01-01
	maxDate Date = 84370  // 2200-12-31
)

// New returns the date of a year, month and day. A day or month outside its
// usual range is carried over, as time.Date does.
func New(year int, month time.Month, day int) Date {
	return clamp(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// Of returns the day in Shanghai on which t falls, within 1900 and 2200.
func Of(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	return clamp(floorDiv(t.Unix()+shanghaiAhead, secondsPerDay))
}

// clamp keeps a number of days within the years the package works with, so
// that no limit or clock, however absurd, overflows a Date.
func clamp(days int64) Date {
	return Date(min(max(days, int64(minDate)), int64(maxDate)))
}

// Parse reads a date in the one form that a case file knows, 2006-01-02. It
// refuses every other form, days that do not exist, and years outside 1900 to
// 2200. The error is for the user, in Chinese.
func Parse(s string) (Date, error) {
	year, month, day, ok := digits(s)
	if !ok {
		return 0, fmt.Errorf("“%s”不是日期，日期应写成 2026-07-01 的样子", s)
	}
	if year < MinYear || year > MaxYear {
		return 0, fmt.Errorf("日期“%s”的年份不在 %d 至 %d 之间", s, MinYear, MaxYear)
	}
	d := New(year, time.Month(month), day)
	if d.String() != s {
		// Also refuses 1970-01-01, which would read as "no date".
		return 0, fmt.Errorf("日期“%s”不存在", s)
	}
	return d, nil
}

// digits splits 2006-01-02 into its numbers without judging them.
func digits(s string) (year, month, day int, ok bool) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	for i := range len(s) {
		if i == 4 || i == 7 {
			continue
		}
		if s[i] < '0' || s[i] > '9' {
			return 0, 0, 0, false
		}
	}
	number := func(s string) (n int) {
		for i := range len(s) {
			n = n*10 + int(s[i]-'0')
		}
		return n
	}
	return number(s[:4]), number(s[5:7]), number(s[8:]), true
}

// IsZero reports whether d stands for "no date".
func (d Date) IsZero() bool { return d == 0 }

// String returns d as 2006-01-02, and "" for the zero Date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// MarshalText returns String, so that JSON has dates and "" for none.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// utc is midnight of d in UTC, which has the same calendar.
func (d Date) utc() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// Minute writes a time of its own zone as people read it.
func Minute(t time.Time) string { return t.Format("2006-01-02 15:04") }

// Start returns 00:00 of d in Shanghai; the zero time for the zero Date.
func (d Date) Start() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix(int64(d)*secondsPerDay-shanghaiAhead, 0).In(Shanghai)
}

// End returns 24:00 of d in Shanghai, the instant at which a limit of that
// day has run out; the zero time for the zero Date.
func (d Date) End() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix((int64(d)+1)*secondsPerDay-shanghaiAhead, 0).In(Shanghai)
}

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday {
	return time.Weekday((weekdayIndex(d) + 1) % 7)
}

// Year returns the year of d.
func (d Date) Year() int { return d.utc().Year() }

// Month returns the month of d within its year.
func (d Date) Month() time.Month { return d.utc().Month() }

// Day returns the day of d within its month.
func (d Date) Day() int { return d.utc().Day() }

// AddDays returns the date n civil days after d; n may be negative. No date
// stays no date.
func (d Date) AddDays(n int) Date {
	if d == 0 {
		return 0
	}
	return clamp(int64(d) + int64(clampCount(n)))
}

// floorDiv divides rounding towards negative infinity.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
