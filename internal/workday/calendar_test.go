package workday

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestTable is the table of DESIGN section 12, row by row.
func TestTable(t *testing.T) {
	c := NewCalendar(Overrides{})
	for _, row := range []struct{ push, plus2, plus3, plus10, back2, plus30 string }{
		{"2023-06-20", "06-25", "06-26", "07-05", "07-03", "08-02"},
		{"2025-01-24", "01-27", "02-05", "02-13", "02-11", "03-13"},
		{"2026-02-13", "02-24", "02-25", "03-05", "03-03", "04-02"},
		{"2026-09-18", "09-21", "09-22", "10-09", "09-30", "11-05"},
	} {
		push := mustParse(row.push)
		year := row.push[:5]
		for _, cell := range []struct {
			what string
			got  Date
			want string
		}{
			{"+2", c.Add(push, 2), row.plus2},
			{"+3", c.Add(push, 3), row.plus3},
			{"+10", c.Add(push, 10), row.plus10},
			{"+10 -2", c.Add(c.Add(push, 10), -2), row.back2},
			{"+30", c.Add(push, 30), row.plus30},
		} {
			if cell.got.String() != year+cell.want {
				t.Errorf("%s %s = %s, want %s%s", row.push, cell.what, cell.got, year, cell.want)
			}
		}
	}
}

func TestWorkingDaysPerYear(t *testing.T) {
	c := NewCalendar(Overrides{})
	for year, want := range map[int]int{2023: 249, 2024: 251, 2025: 248, 2026: 248} {
		if got := c.Count(New(year-1, 12, 31), New(year, 12, 31)); got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
}

// TestDay names a day of each kind.
func TestDay(t *testing.T) {
	c := NewCalendar(Overrides{
		Off:   []Date{mustParse("2026-08-18"), mustParse("2026-08-19"), mustParse("2028-03-01")},
		Work:  []Date{mustParse("2026-08-22"), mustParse("2026-08-19"), mustParse("2026-10-03")},
		Final: []int{2027},
	})
	for _, test := range []struct {
		date    string
		working bool
		reason  string
	}{
		{"2022-12-31", false, "元旦"}, // a range of the 2023 notice that began the year before
		{"2023-01-02", false, "元旦"},
		{"2023-01-28", true, "调休上班（春节）"},
		{"2023-06-22", false, "端午节"},
		{"2023-10-01", false, "中秋节、国庆节"},
		{"2023-10-08", true, "调休上班（中秋节、国庆节）"},
		{"2024-09-15", false, "中秋节"},
		{"2024-10-07", false, "国庆节"},
		{"2025-04-05", false, "清明节"},
		{"2025-10-08", false, "国庆节、中秋节"},
		{"2026-02-15", false, "春节"},
		{"2026-05-05", false, "劳动节"},
		{"2026-10-10", true, "调休上班（国庆节）"},
		{"2026-09-18", true, "星期五"},
		{"2026-09-19", false, "周六"},
		{"2026-09-13", false, "周日"},
		{"2026-08-17", true, "星期一"},
		{"2026-08-18", false, "本局放假"},
		{"2026-08-22", true, "本局上班"},
		{"2026-08-19", true, "本局上班"}, // in both lists: worked
		{"2026-10-03", true, "本局上班"}, // against the notice
		{"2027-01-01", false, "元旦"},  // by law, in every year (issue L 3.3)
		{"2021-01-01", false, "元旦"},
		{"2022-01-01", false, "周六"},
		{"2022-01-03", true, "星期一"}, // not built in: the notice of 2022 had it off
		{"2028-03-01", false, "本局放假"},
	} {
		d := mustParse(test.date)
		got := c.Day(d)
		if got.Date != d || got.Working != test.working || got.Reason != test.reason {
			t.Errorf("Day(%s) = %+v, want %v %s", test.date, got, test.working, test.reason)
		}
	}
	for date, want := range map[string]bool{
		"2022-06-01": true, "2023-01-01": false, "2026-12-31": false, "2027-01-04": false, "2028-01-03": true,
	} {
		if got := c.Provisional(mustParse(date)); got != want || c.Day(mustParse(date)).Provisional != want {
			t.Errorf("Provisional(%s) = %v", date, got)
		}
	}
}

// TestNoticesAreWellFormed guards against a slip of the pen: make-up days are
// weekend days, and no day stands in two holidays.
func TestNoticesAreWellFormed(t *testing.T) {
	seen := map[Date]bool{}
	once := func(d Date) {
		if seen[d] {
			t.Errorf("%s stands twice", d)
		}
		seen[d] = true
	}
	for _, notice := range notices() {
		for _, h := range notice.holidays {
			first, last := h.span()
			if last < first || last-first > 8 || last.Year() != notice.year {
				t.Errorf("%d %s runs from %s to %s", notice.year, h.name, first, last)
			}
			for d := first; d <= last; d++ {
				once(d)
			}
			for _, s := range h.work {
				d := mustParse(s)
				once(d)
				if weekdayIndex(d) < 5 || d.Year() != notice.year {
					t.Errorf("%s is made up on %s, a %s", h.name, s, d.Weekday())
				}
			}
		}
	}
}

func TestDays(t *testing.T) {
	c := NewCalendar(Overrides{})
	from, to := mustParse("2026-09-18"), mustParse("2026-10-09")
	days := c.Days(from, to)
	if len(days) != int(to-from) || days[0].Date != from+1 || days[len(days)-1].Date != to {
		t.Fatalf("Days spans %v", days)
	}
	working := 0
	for _, day := range days {
		if day.Working {
			working++
		}
		if day.Reason == "" {
			t.Errorf("%s has no reason", day.Date)
		}
	}
	if working != 10 {
		t.Errorf("%d working days from %s to %s, want 10", working, from, to)
	}
	if got := c.Days(to, from); got != nil {
		t.Errorf("Days backwards: %v", got)
	}
}

// oracle answers from the exceptions alone, a day at a time.
type oracle struct{ exceptions map[Date]bool }

func (o oracle) working(d Date) bool {
	if working, ok := o.exceptions[d]; ok {
		return working
	}
	return weekdayIndex(d) < 5 && (d.Month() != 1 || d.Day() != 1)
}

func (o oracle) add(d Date, n int) Date {
	step := Date(1)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d += step
		if o.working(d) {
			n--
		}
	}
	return d
}

func (o oracle) count(from, to Date) int {
	n := 0
	for d := from + 1; d <= to; d++ {
		if o.working(d) {
			n++
		}
	}
	return n
}

// nearby draws dates around the notices and well outside them; never 1970.
func nearby() *rapid.Generator[Date] {
	return rapid.Custom(func(t *rapid.T) Date {
		if rapid.IntRange(0, 9).Draw(t, "far") == 0 {
			return Date(rapid.IntRange(int(New(2001, 1, 1)), int(New(2150, 1, 1))).Draw(t, "date"))
		}
		return Date(rapid.IntRange(int(New(2022, 6, 1)), int(New(2028, 6, 1))).Draw(t, "date"))
	})
}

// calendars draws a calendar with some overrides, and its oracle.
func calendars(t *rapid.T) (*Calendar, oracle) {
	overrides := Overrides{
		Off:  rapid.SliceOfN(nearby(), 0, 12).Draw(t, "off"),
		Work: rapid.SliceOfN(nearby(), 0, 12).Draw(t, "work"),
	}
	o := oracle{map[Date]bool{}}
	for _, notice := range notices() {
		for _, h := range notice.holidays {
			for first, last := h.span(); first <= last; first++ {
				o.exceptions[first] = false
			}
			for _, s := range h.work {
				o.exceptions[mustParse(s)] = true
			}
		}
	}
	for _, d := range overrides.Off {
		o.exceptions[d] = false
	}
	for _, d := range overrides.Work {
		o.exceptions[d] = true
	}
	return NewCalendar(overrides), o
}

func TestCalendarAgreesWithCountingOnFingers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, o := calendars(t)
		d := nearby().Draw(t, "d")
		n := rapid.IntRange(-400, 400).Draw(t, "n")
		if got, want := c.Working(d), o.working(d); got != want {
			t.Fatalf("Working(%s) = %v", d, got)
		}
		if got := c.Day(d); got.Working != o.working(d) || got.Date != d || got.Reason == "" {
			t.Fatalf("Day(%s) = %+v", d, got)
		}
		if got, want := c.Add(d, n), o.add(d, n); got != want {
			t.Fatalf("Add(%s, %d) = %s, want %s", d, n, got, want)
		}
		to := d.AddDays(rapid.IntRange(-10, 800).Draw(t, "span"))
		if got, want := c.Count(d, to), o.count(d, to); got != want {
			t.Fatalf("Count(%s, %s) = %d, want %d", d, to, got, want)
		}
	})
}

func TestArithmeticLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, _ := calendars(t)
		d := nearby().Draw(t, "d")
		n := rapid.IntRange(1, 3000).Draw(t, "n")
		m := rapid.IntRange(1, 3000).Draw(t, "m")
		due := c.Add(d, n)
		switch {
		case c.Add(d, 0) != d:
			t.Fatalf("Add(%s, 0) moves", d)
		case due <= d || !c.Working(due):
			t.Fatalf("Add(%s, %d) = %s: not a later working day", d, n, due)
		case c.Count(d, due) != n:
			t.Fatalf("Count does not undo Add(%s, %d)", d, n)
		case c.Count(d, due-1) != n-1:
			t.Fatalf("Add(%s, %d) = %s is not the first such day", d, n, due)
		case c.Add(due, m) != c.Add(d, n+m):
			t.Fatalf("Add(%s, %d) then %d is not Add of both", d, n, m)
		case c.Add(d, n+1) <= due:
			t.Fatalf("Add is not strictly monotone in days at %s, %d", d, n)
		case c.Add(d+1, n) < due:
			t.Fatalf("Add is not monotone in the start at %s, %d", d, n)
		}
		early := c.Add(d, -n)
		if early >= d || !c.Working(early) {
			t.Fatalf("Add(%s, %d) = %s: not an earlier working day", d, -n, early)
		}
		if c.Working(d) && (c.Add(due, -n) != d || c.Add(early, n) != d) {
			t.Fatalf("going %d from %s and back does not return", n, d)
		}
		to := d.AddDays(n)
		if c.Count(d, to)+c.Count(to, to.AddDays(m)) != c.Count(d, to.AddDays(m)) {
			t.Fatalf("Count does not add up from %s", d)
		}
		if c.Count(to, d) != 0 || c.Count(d, d) != 0 {
			t.Fatalf("Count backwards is not 0")
		}
	})
}

// TestNewYears goes through each day of three centuries.
func TestNewYears(t *testing.T) {
	c := NewCalendar(Overrides{})
	last := notices()[len(notices())-1].year
	for d := minDate + 1; d <= maxDate; d++ {
		if d.Month() == 1 && d.Day() == 1 && c.Working(d) {
			t.Errorf("%s is worked", d)
		}
		if d.Year() > last || d.Year() < 2022 {
			if c.Working(d) != (oracle{}).working(d) {
				t.Errorf("Working(%s)", d)
			}
			if n := lawRank(d); n != lawRank(d-1) && lawRanked(n) != d {
				t.Errorf("%s is not found again", d)
			}
		}
	}
	for year, want := range map[int]string{2021: "没有内置", 2022: "没有内置", 2023: "", last: "", last +
		1: "尚未公布"} {
		if got := c.Reckoned(year); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("%d: %q", year, got)
		}
	}
}

// TestOverridesOutOfRange: nonsense must not blow up the tables.
func TestOverridesOutOfRange(t *testing.T) {
	c := NewCalendar(Overrides{Off: []Date{minDate, maxDate, minDate - 1, maxDate + 1, 0, 1 << 30, -1 << 30}})
	if len(c.ranks) != int(maxDate-minDate)+2 {
		t.Errorf("the tables span %d days", len(c.ranks)-1)
	}
	plain := NewCalendar(Overrides{})
	d := mustParse("2026-09-18")
	if c.Add(d, 10) != plain.Add(d, 10) || c.Count(d, d+1000) != plain.Count(d, d+1000) {
		t.Error("overrides of 1900 and 2200 change 2026")
	}
}

func BenchmarkAdd(b *testing.B) {
	c := NewCalendar(Overrides{})
	d := mustParse("2026-09-18")
	var sum Date
	for i := range b.N {
		sum += c.Add(d-Date(i&1023), 10+i&15)
	}
	_ = sum
}

func BenchmarkNewCalendar(b *testing.B) {
	for range b.N {
		NewCalendar(Overrides{})
	}
}
