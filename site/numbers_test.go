package site

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// Issue L 3.3: search finds a number typed without its dashes.
func TestDashlessNumbers(t *testing.T) {
	e := &view.Case{ID: "202607-NFZX-012"}
	if text := strings.Split(searchDoc(e).Text, "\n"); !slices.Contains(text, "202607NFZX012") {
		t.Errorf("%q", text)
	}
	for in, want := range map[string]string{
		"见 202607-NFZX-012 和 RW202608-01":    "202607NFZX012 RW20260801",
		"单号 CP-2026-0715，又 CP-2026-0715":     "CP20260715",
		"20２６":                               "",
		"甲-乙，on-line，没有数字":                   "",
		"0471－1234":                          "04711234",
		"办理至7月5日-7月9日":                       "",
		strings.Repeat("a", 9) + "-1-" + "b": "aaaaaaaaa1b",
	} {
		if got := dashless([]string{in}); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

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
