package returns

import (
	"testing"
	"time"

	"suqiu/internal/register"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// TestMissingMonthsStandTogether: a unit that hands in nothing takes one row,
// not one for every month.
func TestMissingMonthsStandTogether(t *testing.T) {
	var book Monthly
	miss := func(unit string, months ...string) {
		for _, m := range months {
			month, err := workday.ParseMonth(m)
			if err != nil {
				t.Fatal(err)
			}
			book.miss(&view.MonthlyDuty{MonthlyDuty: register.MonthlyDuty{Unit: unit, Month: month,
				Due: month.Last().AddDays(5)}})
		}
	}
	miss("办公室", "2025-11", "2025-12", "2026-01", "2026-03", "2026-05", "2026-06")
	miss("信息中心", "2026-08")
	if book.Lacking() != 7 || len(book.Missing) != 2 {
		t.Fatalf("%d are lacking, %d rows", book.Lacking(), len(book.Missing))
	}
	for i, want := range []string{"2025-11 至 2026-01（3 个月）、2026-03、2026-05 至 2026-06（2 个月）", "2026-08"} {
		if got := book.Missing[i].Text(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if book.Missing[0].Due != workday.New(2025, time.December, 5) {
		t.Errorf("due %s", book.Missing[0].Due)
	}
}
