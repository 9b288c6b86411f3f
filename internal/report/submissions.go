package report

import (
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// countSubmissions adds the 月度报送 of the quarter's months. They are waited for
// until 收件宽限 after the last is due; what lands later moves nothing.
func (t *Tally) countSubmissions() {
	for i := range t.b.monthly {
		m := &t.b.monthly[i]
		if !t.Quarter.Contains(m.Month.First()) {
			continue
		}
		s := Submissions{Due: 1}
		filed := t.Filed(m)
		switch {
		case filed != 0 && filed <= m.Due:
			s.OnTime = 1
		case filed != 0:
			s.Late = 1
		case t.b.d.AsOf <= t.b.d.Receipt(m.Due):
			s.Awaited = 1
		}
		t.Monthly.add(s)
		t.unit(m.Unit).Monthly.add(s)
		if filed == 0 {
			continue
		}
		for _, v := range m.File.Volumes {
			t.Funnel.Collected += v.N
			t.collected[m.Month] += v.N
			t.channels.of(v.Name).Collected += v.N
		}
	}
}

// Filed is the day on which a 月度报送 was handed in, as far as the quarter waits
// for it; zero: it was not.
func (t *Tally) Filed(m *register.MonthlyDuty) workday.Date {
	if m.File == nil || m.File.Filed == 0 || m.File.Landed > t.Awaits {
		return 0
	}
	return m.File.Filed
}

// Awaits is the last day on which a 月度报送 of a quarter may be received; zero if
// nobody owes one.
func Awaits(d *register.Register, q workday.Quarter) workday.Date { return Open(d).awaits(q) }

// awaits is the last day on which a 月度报送 of a quarter may be received.
func (b *Book) awaits(q workday.Quarter) workday.Date {
	last := workday.Date(0)
	for i := range b.monthly {
		if m := &b.monthly[i]; q.Contains(m.Month.First()) {
			last = max(last, m.Due)
		}
	}
	if last == 0 {
		return 0
	}
	return b.d.Receipt(last)
}
