package office

import (
	"fmt"
	"io"
	"strings"

	ics "github.com/arran4/golang-ical"

	"suqiu/internal/workday"
)

// Calendar is an iCalendar file (RFC 5545) of days by which something is due.
type Calendar struct {
	Name   string
	About  string // a line on what the calendar holds; may be empty
	Events []CalendarEvent
}

// CalendarEvent is one due day, an event of the whole day with a reminder at
// nine in the morning of an earlier day.
type CalendarEvent struct {
	UID     string // the same for the same thing as long as there is one
	Stamp   workday.Date
	Version int // SEQUENCE: more each time the day moves, never less
	Day     workday.Date
	Remind  workday.Date // when to remind: a day on which somebody is there
	Summary string
	Text    string
}

// WriteTo writes the calendar with the line ends and folded lines of RFC 5545.
func (c *Calendar) WriteTo(w io.Writer) (int64, error) {
	cal := &ics.Calendar{}
	cal.SetProductId("-//suqiu//" + plainLine(c.Name) + "//ZH")
	cal.SetVersion("2.0")
	cal.SetXWRCalName(plainLine(c.Name))
	if c.About != "" {
		cal.SetXWRCalDesc(plainLine(c.About))
	}
	cal.SetXWRTimezone("Asia/Shanghai")
	cal.SetMethod(ics.MethodPublish)
	for i := range c.Events {
		e := &c.Events[i]
		day := func(p ics.ComponentProperty, d workday.Date, on *ics.VEvent) {
			on.SetProperty(p, fmt.Sprintf("%04d%02d%02d", d.Year(), d.Month(), d.Day()),
				ics.WithValue(string(ics.ValueDataTypeDate)))
		}
		event := cal.AddEvent(e.UID)
		event.SetDtStampTime(e.Stamp.Start().UTC())
		event.SetSequence(e.Version)
		day(ics.ComponentPropertyDtStart, e.Day, event)
		day(ics.ComponentPropertyDtEnd, e.Day+1, event)
		event.SetSummary(plainLine(e.Summary))
		event.SetDescription(tame(e.Text))
		event.SetTimeTransparency(ics.TransparencyTransparent)
		alarm := event.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		// Nine in the morning is 15 hours before the next day begins.
		trigger := "-PT15H"
		if days := int(e.Day-e.Remind) - 1; days > 0 {
			trigger = fmt.Sprintf("-P%dDT15H", days)
		}
		alarm.SetTrigger(trigger)
		alarm.SetProperty(ics.ComponentPropertyDescription, plainLine(e.Summary))
	}
	text := cal.Serialize(ics.WithNewLineWindows)
	n, err := io.WriteString(w, text)
	return int64(n), err
}

// plainLine is a text on one line.
func plainLine(s string) string { return strings.Join(strings.Fields(tame(s)), " ") }
