package dueday

import (
	"strings"
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// TestSentence tells of the row of DESIGN section 12 that crosses two holidays and a
// make-up day, plain, after a pause, and agreed by a meeting.
func TestSentence(t *testing.T) {
	on := func(month time.Month, d int) workday.Date { return workday.New(2026, month, d) }
	days := Counter{Calendar: workday.NewCalendar(workday.Overrides{}), AsOf: on(9, 24)}
	for _, test := range []struct {
		name  string
		clock clock.Clock
		want  string
	}{
		{"two holidays and a make-up day", clock.Clock{Limit: 10, Start: on(9, 18), Due: on(10, 9)},
			"9月18日起算（当日不计），限 10 个工作日；" +
				"9月25日至9月27日（中秋节）、10月1日至10月7日（国庆节）休息，不计；" +
				"9月20日调休上班，计入；到期日 2026-10-09（星期五）24 时。"},
		{"a pause", clock.Clock{Limit: 2, Start: on(7, 1), Due: on(7, 7), PausedDays: 2,
			Pauses: []clock.Span{{From: on(7, 2), To: on(7, 6), Why: "异议待确认"}}},
			"7月1日起算（当日不计），限 2 个工作日；7月2日后至7月6日暂停（异议待确认），共不计 2 个工作日；" +
				"到期日 2026-07-07（星期二）24 时。"},
		{"agreed", clock.Clock{Agreed: true, Start: on(9, 1), Due: on(9, 4)},
			"9月1日起算（当日不计），期限由联席会议议定；到期日 2026-09-04（星期五）24 时。"},
	} {
		count := days.Count(&view.Clock{Clock: &test.clock})
		if count.Sentence != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, count.Sentence, test.want)
		}
		if !strings.Contains(string(count.Bar), "<svg") || !strings.Contains(string(count.Grid), "<table") {
			t.Errorf("%s: no bar or no grid", test.name)
		}
	}
	if count := days.Count(&view.Clock{Clock: &clock.Clock{Due: on(9, 4)}}); count != (Count{}) {
		t.Errorf("a clock that has not begun: %v", count)
	}
}
