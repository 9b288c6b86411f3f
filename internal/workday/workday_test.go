package workday

import (
	"encoding/json"
	"math"
	"testing"
	"time"
)

func TestBounds(t *testing.T) {
	if got := minDate.String(); got != "1900-01-01" {
		t.Errorf("minDate is %s", got)
	}
	if got := maxDate.String(); got != "2200-12-31" {
		t.Errorf("maxDate is %s", got)
	}
	for _, n := range []int{math.MaxInt, math.MaxInt32, 1_000_000_000} {
		d := New(2026, time.March, 1)
		c := NewCalendar(Overrides{})
		if got := c.Add(d, n); got != maxDate {
			t.Errorf("Add(%s, %d) = %s, want the last day of 2200", d, n, got)
		}
		if got := c.Add(d, -n); got != minDate {
			t.Errorf("Add(%s, %d) = %s, want the first day of 1900", d, -n, got)
		}
		if d.AddDays(n) != maxDate || d.AddDays(-n) != minDate || d.AddDays(math.MinInt) != minDate {
			t.Errorf("AddDays(±%d) leaves the range", n)
		}
	}
	if got := Of(time.Unix(math.MaxInt64/4, 0)); got != maxDate {
		t.Errorf("Of(far future) = %s", got)
	}
}

func TestParse(t *testing.T) {
	for s, want := range map[string]Date{
		"1970-01-02": 1, "1969-12-31": -1, "2026-11-24": 20781,
		"2024-02-29": 19782, "1900-01-01": minDate, "2200-12-31": maxDate,
	} {
		got, err := Parse(s)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %d, %v; want %d", s, got, err, want)
		}
		if got.String() != s {
			t.Errorf("%q prints as %q", s, got)
		}
	}
	for _, s := range []string{
		"", "2026-7-1", "2026/07/01", "2026年7月1日", "20260701", "2026-02-30", "2025-02-29",
		"2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32", "2026-07-01 ", " 2026-07-01",
		"2026-07-0１", "+026-07-01", "1899-12-31", "2201-01-01", "1970-01-01", "2026-07-01T00:00:00Z",
		"2026-07-01\x00", "0000-00-00",
	} {
		if d, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %s, want an error", s, d)
		} else if d != 0 {
			t.Errorf("Parse(%q) = %s beside its error", s, d)
		}
	}
}

func TestOfIsTheDayInShanghai(t *testing.T) {
	newYork := time.FixedZone("EST", -5*60*60)
	for _, test := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 9, 18, 15, 59, 59, 0, time.UTC), "2026-09-18"},
		{time.Date(2026, 9, 18, 16, 0, 0, 0, time.UTC), "2026-09-19"},
		{time.Date(2026, 9, 18, 23, 0, 0, 0, newYork), "2026-09-19"},
		{time.Date(1969, 12, 30, 15, 59, 59, 0, time.UTC), "1969-12-30"},
		{time.Date(1969, 12, 30, 16, 0, 0, 0, time.UTC), "1969-12-31"},
		{time.Time{}, ""},
	} {
		if got := Of(test.at).String(); got != test.want {
			t.Errorf("Of(%s) = %s, want %s", test.at, got, test.want)
		}
	}
}

func TestStartAndEnd(t *testing.T) {
	d := New(2026, time.September, 30)
	if got := d.Start().Format(time.RFC3339); got != "2026-09-30T00:00:00+08:00" {
		t.Errorf("Start is %s", got)
	}
	if got := d.End().Format(time.RFC3339); got != "2026-10-01T00:00:00+08:00" {
		t.Errorf("End is %s", got)
	}
	if Of(d.Start()) != d || Of(d.End()) != d+1 || Of(d.End().Add(-1)) != d {
		t.Error("the day does not reach from Start up to End")
	}
	if d.Year() != 2026 || d.Month() != time.September || d.Day() != 30 || d.Weekday() != time.Wednesday {
		t.Errorf("parts of %s are wrong", d)
	}
}

func TestNoDate(t *testing.T) {
	var none Date
	c := NewCalendar(Overrides{})
	switch d := New(2026, 3, 2); {
	case none.String() != "", !none.IsZero():
		t.Error("no date prints")
	case !none.Start().IsZero(), !none.End().IsZero():
		t.Error("no date has an instant")
	case c.Add(none, 10) != 0, none.AddDays(10) != 0:
		t.Error("counting from no date gives a date")
	case c.Count(none, d) != 0, c.Count(-100, none) != 0, c.Days(none, d) != nil:
		t.Error("no date bounds a count")
	}
}

func TestWeekdayAgreesWithTime(t *testing.T) {
	for d := minDate; d <= maxDate; d += 13 {
		if want := d.utc().Weekday(); d.Weekday() != want {
			t.Fatalf("%s is %s, want %s", d, d.Weekday(), want)
		}
	}
}

func TestJSON(t *testing.T) {
	type record struct{ A, B Date }
	out, err := json.Marshal(record{A: New(2026, 9, 30)})
	if err != nil || string(out) != `{"A":"2026-09-30","B":""}` {
		t.Fatalf("Marshal: %s, %v", out, err)
	}
	var back record
	if err := json.Unmarshal(out, &back); err != nil || back.A != New(2026, 9, 30) || back.B != 0 {
		t.Errorf("Unmarshal: %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"A":"2026-02-30"}`), &back); err == nil {
		t.Error("a day that does not exist was read")
	}
}
