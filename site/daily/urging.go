package daily

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site/dueday"
)

// Urging is what a unit is asked for in a group chat (催办).
type Urging struct {
	Unit string
	Code string
	Text string
	// Form is where a 督办 of what the unit is late with is put down, of N cases in one;
	// empty: there is nothing, or there are no forms.
	Form string
	N    int
}

// urgings are a paragraph for each unit that has something late, due today or due in
// the working days after, in configured order.
func urgings(v *view.View, d *view.Deadlines, ahead []view.Duty, form Form) []Urging {
	var list []Urging
	for n, name := range concerned(v, d.Late, d.Today, ahead) {
		u := Urging{Unit: name, Code: strconv.Itoa(n + 1)}
		if unit := v.Unit(name); unit != nil && unit.Page {
			u.Code = unit.Code
		}
		var parts []string
		add := func(what string, duties []view.Duty, days func(k *view.Clock) string) {
			var numbers, named []string // each once, by the day that is due first
			for i := range duties {
				d := &duties[i]
				if id := refOfDuty(d).ID; d.Clock.Unit == name && !slices.Contains(numbers, id) {
					numbers, named = append(numbers, id), append(named, id+days(d.Clock))
				}
			}
			if len(named) > 0 {
				parts = append(parts, what+" "+strconv.Itoa(len(named))+" 项："+strings.Join(named, "、"))
			}
		}
		on := func(due workday.Date) string { return "（" + dueday.Counter{AsOf: v.AsOf}.On(due) + "到期，" }
		add("超期", d.Late, func(k *view.Clock) string { return on(k.Due) + clock.LateWords(k.DaysLate) + "）" })
		add("今日到期", d.Today, func(*view.Clock) string { return "" })
		add(strconv.Itoa(aheadDays)+" 个工作日内到期", ahead, func(k *view.Clock) string {
			return on(k.Due) + "还有 " + strconv.Itoa(v.Calendar.Count(v.AsOf, k.Due)) + " 个工作日）"
		})
		u.Text = "【催办】" + name + "：截至 " + dueday.Text(v.AsOf) + "，" + strings.Join(parts, "；") +
			"。请抓紧办理，按期反馈联席会议办公室。"
		var late []*view.Case
		for i := range d.Late {
			e := d.Late[i].Case
			if e != nil && d.Late[i].Clock.Unit == name && e.Page && e.Pushed() && !e.Scoped &&
				!slices.Contains(late, e) {
				late = append(late, e)
			}
		}
		if form != nil && len(late) > 0 {
			u.Form, u.N = form(late), len(late)
		}
		list = append(list, u)
	}
	return list
}
