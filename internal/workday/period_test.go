package workday

import (
	"testing"
	"time"
)

func TestMonth(t *testing.T) {
	for _, test := range []struct{ month, first, last string }{
		{"2026-07", "2026-07-01", "2026-07-31"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2025-12", "2025-12-01", "2025-12-31"},
	} {
		m, err := ParseMonth(test.month)
		if err != nil || m.String() != test.month {
			t.Fatalf("ParseMonth(%q) = %v, %v", test.month, m, err)
		}
		if m.First().String() != test.first || m.Last().String() != test.last {
			t.Errorf("%s is %s to %s", m, m.First(), m.Last())
		}
		if MonthOf(m.First()) != m || MonthOf(m.Last()) != m || MonthOf(m.Last()+1) != m.Add(1) {
			t.Errorf("MonthOf does not find %s", m)
		}
		if !m.Contains(m.Last()) || m.Contains(m.Last()+1) || m.Contains(0) {
			t.Errorf("Contains of %s is wrong", m)
		}
	}
	december := Month{2025, time.December}
	for n, want := range map[int]string{1: "2026-01", -11: "2025-01", -12: "2024-12", 14: "2027-02", 0: "2025-12"} {
		if got := december.Add(n).String(); got != want {
			t.Errorf("2025-12 %+d months is %s, want %s", n, got, want)
		}
	}
	for _, s := range []string{"", "2026-7", "2026-13", "2026-00", "2026/07", "2026-07-01", "1899-12", "2026-0７"} {
		if m, err := ParseMonth(s); err == nil {
			t.Errorf("ParseMonth(%q) = %s, want an error", s, m)
		}
	}
	if (Month{}).String() != "" {
		t.Error("the zero month prints")
	}
}

func TestQuarterName(t *testing.T) {
	for q, want := range map[Quarter]string{{2026, 3}: "2026年第三季度", {2025, 4}: "2025年第四季度", {}: ""} {
		if got := q.Name(); got != want {
			t.Errorf("%v is %q, want %q", q, got, want)
		}
	}
}

func TestQuarter(t *testing.T) {
	for _, test := range []struct{ quarter, first, last string }{
		{"2026Q1", "2026-01-01", "2026-03-31"},
		{"2026Q2", "2026-04-01", "2026-06-30"},
		{"2026Q3", "2026-07-01", "2026-09-30"},
		{"2026Q4", "2026-10-01", "2026-12-31"},
	} {
		q, err := ParseQuarter(test.quarter)
		if err != nil || q.String() != test.quarter {
			t.Fatalf("ParseQuarter(%q) = %v, %v", test.quarter, q, err)
		}
		if q.First().String() != test.first || q.Last().String() != test.last {
			t.Errorf("%s is %s to %s", q, q.First(), q.Last())
		}
		months := q.Months()
		if months[0].First() != q.First() || months[2].Last() != q.Last() {
			t.Errorf("months of %s are %v", q, months)
		}
		if QuarterOf(q.First()) != q || QuarterOf(q.Last()) != q || QuarterOf(q.Last()+1) != q.Add(1) {
			t.Errorf("QuarterOf does not find %s", q)
		}
		if q.Compare(q) != 0 || q.Compare(q.Add(1)) >= 0 || q.Compare(q.Add(-5)) <= 0 {
			t.Errorf("Compare of %s is wrong", q)
		}
		if !q.Contains(q.First()) || q.Contains(q.First()-1) || q.Contains(0) {
			t.Errorf("Contains of %s is wrong", q)
		}
	}
	for n, want := range map[int]string{1: "2026Q1", -3: "2025Q1", -4: "2024Q4", 0: "2025Q4"} {
		if got := (Quarter{2025, 4}).Add(n).String(); got != want {
			t.Errorf("2025Q4 %+d is %s, want %s", n, got, want)
		}
	}
	for _, s := range []string{"", "2026Q0", "2026Q5", "2026q3", "2026-Q3", "26Q3", "1899Q4", "2026Q33"} {
		if q, err := ParseQuarter(s); err == nil {
			t.Errorf("ParseQuarter(%q) = %s, want an error", s, q)
		}
	}
	if (Quarter{}).String() != "" {
		t.Error("the zero quarter prints")
	}
}
