package dossier

import (
	"suqiu/internal/clock"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Item is a case in a list.
type Item struct {
	Case      string         `json:"case"`
	Title     string         `json:"title"`
	State     workflow.State `json:"state"`
	Nature    string         `json:"nature"`
	Urgency   string         `json:"urgency"`
	Category  string         `json:"category"`
	Channel   string         `json:"channel"`
	Collector string         `json:"collector"`
	Collected workday.Date   `json:"collected"`
	TaskList  string         `json:"task_list"`
	Lead      string         `json:"lead"`
	Co        []string       `json:"co"`
	PushNo    int            `json:"push_no"`
	Due       workday.Date   `json:"due"` // of the open 反馈 or 改进; empty: none
	Status    clock.Status   `json:"status"`
	Path      string         `json:"path"`
}

// NewItem is a case for a list.
func NewItem(c *register.Case) Item {
	it := Item{
		Case: c.ID, Title: c.Title, State: c.Life.State, Nature: c.Nature, Urgency: c.Urgency, Category: c.Category,
		Channel: c.Channel, Collector: c.Collector, Collected: c.Collected, TaskList: c.TaskList,
		Lead: c.Life.Lead, Co: append([]string{}, c.Co...), PushNo: c.Life.Pushes, Path: c.Path,
	}
	for _, k := range c.Life.Clocks {
		if k.Stopped == 0 && k.Status != clock.Cancelled && (k.Kind == clock.Feedback || k.Kind == clock.Improve) {
			it.Due, it.Status = k.Due, k.Status
		}
	}
	return it
}
