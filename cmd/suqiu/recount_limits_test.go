package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// deadlines counts the clocks that fell due, by their status on the last day.
func (c *recount) deadlines(want map[string]float64) {
	for id, clocks := range c.clocks {
		for _, k := range clocks {
			kind, status, due := k["kind"].(string), k["status"].(string), k["due"].(string)
			if !c.within(due) || status == "cancelled" {
				continue
			}
			column := map[string]string{"met": "on_time", "missed": "late_done", "overdue": "late_open",
				"received": "not_yet",
				"running":  "not_yet", "soon": "not_yet", "paused": "not_yet", "pending": "not_yet"}[status]
			add := func(table string) {
				want[table+".due"]++
				want[table+"."+column]++
				if status == "met" && k["stopped"].(string) <= k["original_due"].(string) {
					want[table+".original"]++
				}
			}
			switch kind {
			case "反馈":
				add("deadlines")
				add("units." + k["unit"].(string) + ".deadlines")
				add("categories." + text(c.after[id], "办理类别") + ".deadlines")
				add("channels." + text(c.after[id], "渠道") + ".deadlines")
			case "异议", "说明":
			case "协办反馈":
				add("units." + k["unit"].(string) + ".co_deadlines")
				fallthrough
			default:
				add("limits." + kind + "/" + k["class"].(string) + ".deadlines")
			}
		}
	}
}

// durations measures what was accepted in the quarter, day by day.
func (c *recount) durations(want map[string]float64) {
	var handling, whole []int
	for id, now := range c.after {
		accepted := func(m map[string]any) []map[string]any {
			var rows []map[string]any
			for _, row := range list(m, "反馈") {
				if text(row, "审核") == "通过" {
					rows = append(rows, row)
				}
			}
			return rows
		}
		passed := accepted(now)
		earlier := len(accepted(c.before[id]))
		if len(passed) == earlier || earlier > 0 && len(list(now, "改进")) > 0 {
			continue // nothing was accepted, or only what answers an improvement
		}
		passed = passed[earlier:]
		for i := len(c.clocks[id]) - 1; i >= 0; i-- {
			k := c.clocks[id][i]
			if k["kind"] == "反馈" && (k["status"] == "met" || k["status"] == "missed") {
				from := k["start"].(string)
				for _, x := range c.clocks[id] { // a resume goes on with the push before it
					if x["kind"] == "反馈" && x["push_no"] == k["push_no"] {
						from = min(from, x["start"].(string))
					}
				}
				handling = append(handling, workingDays(from, k["stopped"].(string)))
				answered := text(passed[0], "答复日期")
				if answered == "" {
					answered = k["stopped"].(string)
				}
				whole = append(whole, int(date(answered).Sub(date(text(now, "收集日期"))).Hours()/24))
				break
			}
		}
	}
	for name, days := range map[string][]int{"handling": handling, "whole": whole} {
		slices.Sort(days)
		want[name+".n"] = float64(len(days))
		for _, n := range days {
			want[name+".sum"] += float64(n)
		}
		if n := len(days); n%2 == 1 {
			want[name+".median_two"] = float64(2 * days[n/2])
		} else if n > 0 {
			want[name+".median_two"] = float64(days[n/2-1] + days[n/2])
		}
	}
}

// monthly looks when each submission of the quarter's months first came in, and
// what they say was collected.
func (c *recount) monthly(want map[string]float64) {
	for first := date(c.first); first.Format(time.DateOnly) <= c.last; first = first.AddDate(0, 1, 0) {
		due := first.AddDate(0, 1, -1)
		for n := 0; n < 3; {
			due = due.AddDate(0, 0, 1)
			if working(due) {
				n++
			}
		}
		have := c.git("ls-tree", "-r", "--name-only", "main", "monthly/"+first.Format("2006-01")+"/")
		for _, code := range c.handIn() {
			want["monthly.due"]++
			name := "monthly/" + first.Format("2006-01") + "/" + code + ".md"
			if !strings.Contains(have, name) {
				continue
			}
			// Who hands in is dated by when he wrote it, within a working day.
			when := strings.Fields(c.git("log", "--first-parent", "--reverse", "--format=%ad", "--date=short", "main",
				"--", name))[0]
			if when <= due.Format(time.DateOnly) {
				want["monthly.on_time"]++
			} else {
				want["monthly.late"]++
			}
			var m map[string]any
			if err := yaml.Unmarshal([]byte(strings.Split(c.git("show", "main:"+name), "---\n")[1]), &m); err != nil {
				c.t.Fatal(err)
			}
			volumes, _ := m["渠道收集量"].(map[string]any)
			for channel, n := range volumes {
				var count float64
				fmt.Sscan(fmt.Sprint(n), &count)
				want["funnel.collected"] += count
				want["channels."+channel+".collected"] += count
			}
		}
	}
}

// handIn are the codes of the units that owe monthly submissions: those that
// collect and are no counties.
func (c *recount) handIn() []string {
	var config map[string]any
	if err := yaml.Unmarshal([]byte(c.git("show", "main:suqiu.yaml")), &config); err != nil {
		c.t.Fatal(err)
	}
	var codes []string
	for _, u := range list(config, "单位") {
		if u["渠道"] != nil && !strings.Contains(fmt.Sprint(u["角色"]), "旗县") {
			codes = append(codes, text(u, "代码"))
		}
	}
	return codes
}
