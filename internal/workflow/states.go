package workflow

import "suqiu/internal/clock"

// State is the name of a 状态 of section 5.
type State string

// The states of the regulation; the last four are closed.
const (
	Registered State = "已登记"
	Analysing  State = "分析中"
	Pushed     State = "已推送"
	Handling   State = "办理中"
	Objected   State = "异议待确认"
	Escalated  State = "待研究决定"
	FedBack    State = "已反馈"
	Evaluating State = "评估中"
	Improving  State = "改进中"
	LongTerm   State = "长期推进"
	Closed     State = "已办结"
	NotPushed  State = "不推送"
	Merged     State = "已合并"
	Withdrawn  State = "已撤回"
)

// states lists the states in order of progress, with the clocks that may run in
// each. The diagram lays them out along the work: the usual way runs through
// its middle line; above and below it, between the states they come from, stand
// those that wait for the joint meeting, come back or go on for long.
func states() []StateInfo {
	pushing := []clock.Kind{clock.Push}
	handling := []clock.Kind{clock.Accept, clock.Feedback, clock.Statement, clock.Grant, clock.Decide, clock.Objection,
		clock.Confirm, clock.CoFeedback}
	assisted := func(more ...clock.Kind) []clock.Kind { return append(more, clock.CoFeedback) }
	return []StateInfo{
		{Name: Registered, Open: true, BeforePush: true, Clocks: pushing, Column: 0, Line: 1},
		{Name: Analysing, Open: true, BeforePush: true, Clocks: pushing, Column: 2, Line: 1},
		{Name: Pushed, Open: true, Clocks: handling, Column: 4, Line: 1},
		{Name: Handling, Open: true, Clocks: handling, Column: 6, Line: 1},
		{Name: Objected, Open: true, Clocks: handling, Column: 5, Line: 0},
		{Name: Escalated, Open: true, Clocks: handling, Column: 5, Line: 2},
		{Name: FedBack, Open: true, Clocks: assisted(clock.Review), Column: 8, Line: 1},
		{Name: Evaluating, Open: true, Accepted: true, Clocks: assisted(clock.Evaluate, clock.Promise), Column: 10,
			Line: 1},
		{Name: Improving, Open: true, Accepted: true, Clocks: assisted(clock.Improve), Column: 10, Line: 0},
		{Name: LongTerm, Open: true, Column: 8, Line: 2},
		{Name: Closed, Accepted: true, Clocks: []clock.Kind{clock.Promise}, Column: 12, Line: 1},
		{Name: NotPushed, Column: 1, Line: 2},
		{Name: Merged, Column: 10, Line: 2},
		{Name: Withdrawn, Column: 12, Line: 2},
	}
}
