package caserules

import (
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/problem"
	"suqiu/internal/workflow"
)

// reassigned finds cases that were pushed three times and more.
func reassigned(c *Case, tell func(Offence)) {
	if c.Life.Pushes < 3 {
		return
	}
	var leads []string
	for i := range c.Life.Clocks {
		k := &c.Life.Clocks[i]
		if k.Kind == clock.Accept && k.Push == len(leads)+1 {
			leads = append(leads, k.Unit)
		}
	}
	tell(Offence{Problem: problem.Problem{Key: "承办单位", Fix: "无须改动；可在联席会议上明确这类事项的承办单位",
		Message: "本事项先后推送 " + strconv.Itoa(c.Life.Pushes) + " 次：" + strings.Join(leads, " → ")}})
}

// lastDay finds feedback that came on the due day.
func lastDay(c *Case, tell func(Offence)) {
	key := "反馈"
	if len(c.Feedback) == 0 {
		key = "状态" // taken over from before the 基线
	}
	fix := "无须改动"
	if c.Life.State == workflow.FedBack {
		fix += "；请联席办优先审核"
	}
	for i := range c.Life.Clocks {
		k := &c.Life.Clocks[i]
		if k.Kind == clock.Feedback && k.Status == clock.Met && k.Stopped == k.Due {
			tell(Offence{Problem: problem.Problem{Key: key, Unit: k.Unit, Fix: fix,
				Message: "“" + k.Unit + "”在到期日 " + k.Due.String() + " 当天反馈，属按期"}})
		}
	}
}

// proxies finds what the office entered for a unit.
func proxies(c *Case, tell func(Offence)) {
	n := 0
	for i := range c.Life.Events {
		e := &c.Life.Events[i]
		if !e.Proxy {
			continue
		}
		key, evidence := "状态", ""
		if n < len(c.Proxies) {
			key, evidence = at("代录", n, ""), c.Proxies[n].Evidence
		}
		n++
		fix := "无须改动；请保存好纸质材料"
		if evidence != "" {
			fix += "（" + evidence + "）"
		}
		tell(Offence{Problem: problem.Problem{Key: key, Unit: e.Unit, Commit: e.Commit, Author: e.Author,
			Landing: e.Landing, Event: i + 1, Fix: fix,
			Message: "“" + e.Unit + "”的这一步由联席办代为录入：" + e.Title + "，按 " + e.Day().String() + " 计"}})
	}
}
