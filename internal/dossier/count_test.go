package dossier

import (
	"strings"
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/workday"
)

// TestCountLines counts the row of DESIGN section 12 that crosses two holidays
// and a make-up day, plain and with a pause; the manual shows the first.
func TestCountLines(t *testing.T) {
	calendar := workday.NewCalendar(workday.Overrides{})
	on := func(month time.Month, d int) workday.Date { return workday.New(2026, month, d) }
	for _, test := range []struct {
		name  string
		clock clock.Clock
		want  string
	}{
		{"plain", clock.Clock{Start: on(9, 18), Due: on(10, 9)}, "" +
			"9月：19日周末 20日[1]调休上班（国庆节） 21日[2] 22日[3] 23日[4] 24日[5] 25–27日中秋节 28日[6] 29日[7] " +
			"30日[8]\n" +
			"10月：1–7日国庆节 8日[9] 9日[10]"},
		{"paused", clock.Clock{
			Start: on(7, 1), Due: on(7, 7),
			Pauses: []clock.Span{{From: on(7, 2), To: on(7, 6)}},
		}, "7月：2日[1] 3日暂停 4–5日周末 6日暂停 7日[2]"},
		{"pause still running", clock.Clock{
			Start: on(7, 1), Due: on(7, 7),
			Pauses: []clock.Span{{From: on(7, 2)}},
		}, "7月：2日[1] 3日暂停 4–5日周末 6日[2] 7日[3]"},
		{"no due day", clock.Clock{Start: on(7, 1)}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(CountLines(CountDays(&test.clock, calendar, on(7, 3))), "\n")
			if got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}
