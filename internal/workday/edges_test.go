package workday

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestFirstAndLastYear: dates, months and quarters lie within 1900 and 2200,
// both included; what lies outside is told so, and what is none is told apart.
func TestFirstAndLastYear(t *testing.T) {
	for _, s := range []string{"1900-01", "2200-12"} {
		if m, err := ParseMonth(s); err != nil || m.String() != s {
			t.Errorf("ParseMonth(%q) = %v, %v", s, m, err)
		}
	}
	for _, s := range []string{"1900Q1", "2200Q4"} {
		if q, err := ParseQuarter(s); err != nil || q.String() != s {
			t.Errorf("ParseQuarter(%q) = %v, %v", s, q, err)
		}
	}
	date := func(s string) error { _, err := Parse(s); return err }
	month := func(s string) error { _, err := ParseMonth(s); return err }
	quarter := func(s string) error { _, err := ParseQuarter(s); return err }
	for _, test := range []struct {
		read    func(string) error
		text    string
		message string
	}{
		{date, "1899-12-31", "的年份不在 1900 至 2200 之间"},
		{date, "2201-01-01", "的年份不在 1900 至 2200 之间"},
		{date, "2026-02-30", "不存在"},
		{date, "2026/02/03", "不是日期"},
		{date, "2026-0a-03", "不是日期"},
		{date, "2026-02-0/", "不是日期"},
		{month, "1899-12", "的年份不在 1900 至 2200 之间"},
		{month, "2201-01", "的年份不在 1900 至 2200 之间"},
		{month, "2026-00", "不是月份"},
		{quarter, "1899Q4", "的年份不在 1900 至 2200 之间"},
		{quarter, "2201Q1", "的年份不在 1900 至 2200 之间"},
		{quarter, "20x6Q1", "不是季度"},
	} {
		if err := test.read(test.text); err == nil || !strings.Contains(err.Error(), test.message) {
			t.Errorf("%q: %v, want …%s", test.text, err, test.message)
		}
	}
}

// TestPeriodsInJSON: a month and a quarter are read as they are written, and
// the empty text is none, whatever stood there before.
func TestPeriodsInJSON(t *testing.T) {
	type periods struct {
		M Month
		Q Quarter
		D Date
	}
	want := periods{Month{2026, time.July}, Quarter{2026, 3}, New(2026, time.July, 6)}
	text, err := json.Marshal(want)
	if err != nil || string(text) != `{"M":"2026-07","Q":"2026Q3","D":"2026-07-06"}` {
		t.Fatalf("%s, %v", text, err)
	}
	var got periods
	if err := json.Unmarshal(text, &got); err != nil || got != want {
		t.Errorf("read back as %v, %v", got, err)
	}
	if err := json.Unmarshal([]byte(`{"M":"","Q":"","D":""}`), &got); err != nil || got != (periods{}) {
		t.Errorf("the empty texts leave %v, %v", got, err)
	}
	for _, text := range []string{`{"M":"2026-13"}`, `{"Q":"2026Q5"}`} {
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s is read as %v", text, got)
		}
	}
}

// TestCalendarText: what a calendar knows besides weekends stands in its text,
// in order: the years of notices, the days off and the days worked.
func TestCalendarText(t *testing.T) {
	off, work := New(2027, time.March, 3), New(2027, time.March, 6)
	final, offs, works := NewCalendar(Overrides{Off: []Date{off}, Work: []Date{work}, Final: []int{2027}}).Text()
	if !slices.Equal(final, []int{2023, 2024, 2025, 2026, 2027}) {
		t.Errorf("final years %v", final)
	}
	if !slices.IsSorted(offs) || offs[0] != "2022-12-31" || offs[len(offs)-1] != "2027-03-03" ||
		!slices.Contains(offs, "2026-10-07") || slices.Contains(offs, "2026-10-10") {
		t.Errorf("days off %v", offs)
	}
	if !slices.IsSorted(works) || works[len(works)-1] != "2027-03-06" || !slices.Contains(works, "2026-10-10") {
		t.Errorf("days worked %v", works)
	}
}

// TestReckoned: the built-in notices begin with 2023; a year before them and
// one after them are reckoned for different reasons, one with a notice is not.
func TestReckoned(t *testing.T) {
	calendar := NewCalendar(Overrides{Final: []int{2030}})
	for year, want := range map[int]string{2022: "内置的自 2023 年起", 2023: "", 2026: "", 2028: "尚未公布", 2030: ""} {
		got := calendar.Reckoned(year)
		if (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%d is reckoned: %q, want %q", year, got, want)
		}
	}
	// A year before the notices counts like others that have none.
	if got := NewCalendar(Overrides{}).Reckoned(FirstYear - 1); got == NewCalendar(Overrides{}).Reckoned(2028) {
		t.Errorf("2022 and 2028 are both reckoned since %q", got)
	}
}

// TestLastWorkedDay: the notice's last day is a Saturday that is worked (DESIGN,
// examples 1 and 2), and a span without a day has none.
func TestLastWorkedDay(t *testing.T) {
	calendar := NewCalendar(Overrides{})
	friday := New(2026, time.October, 9)
	if got := calendar.Add(friday, 1); got.String() != "2026-10-10" {
		t.Errorf("the working day after Friday 2026-10-09 is %s", got)
	}
	if got := calendar.Add(friday, 2); got.String() != "2026-10-12" {
		t.Errorf("the second working day after Friday 2026-10-09 is %s", got)
	}
	if days := calendar.Days(friday, friday); days != nil {
		t.Errorf("(10-09, 10-09] has the days %v", days)
	}
}
