package workday

import (
	"fmt"
	"time"
)

// Month is one month of one year.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf returns the month in which d lies.
func MonthOf(d Date) Month {
	year, month, _ := d.utc().Date()
	return Month{year, month}
}

// ParseMonth reads a month in the form 2006-01. The error is for the user.
func ParseMonth(s string) (Month, error) {
	if len(s) != len("2006-01") {
		return Month{}, fmt.Errorf("“%s”不是月份，月份应写成 2026-07 的样子", s)
	}
	year, month, _, ok := digits(s + "-01")
	if !ok || month < 1 || month > 12 {
		return Month{}, fmt.Errorf("“%s”不是月份，月份应写成 2026-07 的样子", s)
	}
	if year < MinYear || year > MaxYear {
		return Month{}, fmt.Errorf("月份“%s”的年份不在 %d 至 %d 之间", s, MinYear, MaxYear)
	}
	return Month{year, time.Month(month)}, nil
}

// String returns the month as 2006-01, and "" for the zero Month.
func (m Month) String() string {
	if m == (Month{}) {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year, int(m.Month))
}

// MarshalText writes the month as String does.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (m *Month) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*m = Month{}
		return nil
	}
	*m, err = ParseMonth(string(text))
	return err
}

// First returns the first day of the month.
func (m Month) First() Date { return New(m.Year, m.Month, 1) }

// Last returns the last day of the month.
func (m Month) Last() Date { return New(m.Year, m.Month+1, 0) }

// Add returns the month n months later; n may be negative.
func (m Month) Add(n int) Month {
	months := m.Year*12 + int(m.Month) - 1 + n
	year := int(floorDiv(int64(months), 12))
	return Month{year, time.Month(months-year*12) + 1}
}

// Contains reports whether d lies in the month.
func (m Month) Contains(d Date) bool { return d != 0 && MonthOf(d) == m }

// Quarter is one quarter of one year; Q runs from 1 to 4.
type Quarter struct {
	Year, Q int
}

// QuarterOf returns the quarter in which d lies.
func QuarterOf(d Date) Quarter {
	m := MonthOf(d)
	return Quarter{m.Year, (int(m.Month)-1)/3 + 1}
}

// ParseQuarter reads a quarter in the form 2006Q1. The error is for the user.
func ParseQuarter(s string) (Quarter, error) {
	if len(s) != len("2006Q1") || s[4] != 'Q' || s[5] < '1' || s[5] > '4' {
		return Quarter{}, fmt.Errorf("“%s”不是季度，季度应写成 2026Q3 的样子", s)
	}
	year, _, _, ok := digits(s[:4] + "-01-01")
	if !ok {
		return Quarter{}, fmt.Errorf("“%s”不是季度，季度应写成 2026Q3 的样子", s)
	}
	if year < MinYear || year > MaxYear {
		return Quarter{}, fmt.Errorf("季度“%s”的年份不在 %d 至 %d 之间", s, MinYear, MaxYear)
	}
	return Quarter{year, int(s[5] - '0')}, nil
}

// String returns the quarter as 2006Q1, and "" for the zero Quarter.
func (q Quarter) String() string {
	if q == (Quarter{}) {
		return ""
	}
	return fmt.Sprintf("%04dQ%d", q.Year, q.Q)
}

// Name is the quarter as people and official documents write it: 2006年第一季度.
func (q Quarter) Name() string {
	if q == (Quarter{}) {
		return ""
	}
	return fmt.Sprintf("%d年第%s季度", q.Year, [...]string{"", "一", "二", "三", "四"}[q.Q])
}

// MarshalText writes the quarter as String does.
func (q Quarter) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (q *Quarter) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*q = Quarter{}
		return nil
	}
	*q, err = ParseQuarter(string(text))
	return err
}

// First returns the first day of the quarter.
func (q Quarter) First() Date { return New(q.Year, time.Month(q.Q*3-2), 1) }

// Last returns the last day of the quarter.
func (q Quarter) Last() Date { return New(q.Year, time.Month(q.Q*3+1), 0) }

// Add returns the quarter n quarters later; n may be negative.
func (q Quarter) Add(n int) Quarter {
	quarters := q.Year*4 + q.Q - 1 + n
	year := int(floorDiv(int64(quarters), 4))
	return Quarter{year, quarters - year*4 + 1}
}

// Contains reports whether d lies in the quarter.
func (q Quarter) Contains(d Date) bool { return d != 0 && QuarterOf(d) == q }

// Months returns the three months of the quarter.
func (q Quarter) Months() [3]Month {
	first := Month{q.Year, time.Month(q.Q*3 - 2)}
	return [3]Month{first, first.Add(1), first.Add(2)}
}

// Compare orders quarters by time: negative if q is earlier than other.
func (q Quarter) Compare(other Quarter) int {
	if q.Year != other.Year {
		return q.Year - other.Year
	}
	return q.Q - other.Q
}
