package site

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"suqiu/internal/view"
	"suqiu/internal/workday"
)

var (
	eventDay = regexp.MustCompile(`DTSTART;VALUE=DATE:(\d{8})`)
	trigger  = regexp.MustCompile(`TRIGGER:-P(?:(\d)D)?T15H`)
)

// Issue L 3.3: alarms ring on the working day before, at nine.
func TestAlarmsRingOnWorkingDays(t *testing.T) {
	out := t.TempDir()
	build(t, input(view.Supervision), out)
	calendar := workday.NewCalendar(workday.Overrides{})
	n := 0
	for name, content := range tree(t, out) {
		if !strings.HasSuffix(name, ".ics") {
			continue
		}
		for _, event := range strings.Split(content, "BEGIN:VEVENT")[1:] {
			day, err := time.Parse("20060102", eventDay.FindStringSubmatch(event)[1])
			if err != nil {
				t.Fatal(err)
			}
			m := trigger.FindStringSubmatch(event)
			if m == nil {
				t.Fatalf("%s: no alarm at nine in %s", name, event)
			}
			before := 1
			if m[1] != "" {
				before += int(m[1][0] - '0')
			}
			due := workday.Of(day)
			if rings, want := due.AddDays(-before), calendar.Add(due, -1); rings != want {
				t.Errorf("%s: due %s, rings on %s, want %s", name, due, rings, want)
			}
			n++
		}
	}
	if n == 0 {
		t.Error("no events")
	}
}
