package view

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
)

// Clock is one limit of one case, with the light that it shows. The limit is
// the register's own where nothing of it is withheld.
type Clock struct {
	*clock.Clock
	Light Light
}

// Light is a status as colour, shape and words: the style sheet knows the
// Kind, the reader the Text.
type Light struct {
	Kind string // overdue soon running paused pending received met missed cancelled hint
	Text string
}

// withheld are the clocks of a hidden case: those of the regulation, and those of
// what waits for a decision, which every page counts; without the reasons of
// pauses, which may quote the case.
func withheld(clocks []*clock.Clock) (list []*clock.Clock) {
	for _, k := range clocks {
		if !k.Class.Counts() && !waits(k) {
			continue
		}
		if len(k.Moves) > 0 || len(k.Holds) > 0 || len(k.Pauses) > 0 {
			bare := *k
			bare.Moves, bare.Holds, bare.Pauses = nil, nil, slices.Clone(k.Pauses)
			for j := range bare.Pauses {
				bare.Pauses[j].Why = ""
			}
			k = &bare
		}
		list = append(list, k)
	}
	return list
}

// waits reports whether a clock is that of a decision of the joint meeting.
func waits(k *clock.Clock) bool {
	return k.Kind == clock.Confirm || k.Kind == clock.Decide || k.Kind == clock.Grant
}

func (v *View) light(k *clock.Clock) Light {
	counts := k.Class.Counts()
	late := strconv.Itoa(k.DaysLate)
	switch k.Status {
	case clock.Overdue:
		switch {
		case k.DaysLate == 0 && counts:
			return Light{"overdue", "超期：已过到期日"}
		case k.DaysLate == 0:
			return Light{"hint", "提示：已过到期日"}
		case counts:
			return Light{"overdue", "超期 " + late + " 日"}
		}
		return Light{"hint", "提示：过 " + late + " 日"}
	case clock.Soon:
		if k.Due == v.AsOf {
			return Light{"soon", "今日到期"}
		}
		return Light{"soon", "临期：剩 " + strconv.Itoa(v.left(k)) + " 日"}
	case clock.Running:
		return Light{"running", "正常：剩 " + strconv.Itoa(v.left(k)) + " 日"}
	case clock.Paused:
		return Light{"paused", "暂停"}
	case clock.Pending:
		return Light{"pending", "待确认"}
	case clock.Received:
		return Light{"received", "待收件"}
	case clock.Met:
		return Light{"met", "按期"}
	case clock.Missed:
		done := "完成"
		if k.Unanswered {
			done = "未完成，已终止"
		}
		switch {
		case k.DaysLate == 0 && counts:
			return Light{"missed", "过到期日" + done}
		case k.DaysLate == 0:
			return Light{"hint", "过到期日" + done}
		case counts:
			return Light{"missed", "超期 " + late + " 日" + done}
		}
		return Light{"hint", "晚 " + late + " 日" + done}
	}
	return Light{"cancelled", "终止"}
}

// LightWords are the first words of the lights of open cases, by which lists
// and the search filter.
var LightWords = [...]string{"超期", "今日到期", "临期", "正常", "暂停", "待确认", "待收件", "提示", nextReview}

// nextReview stands where a light would stand for a case in 长期推进.
const nextReview = "下次研究"

// LightWord is the first word of how the case's limit stands; empty if none
// runs.
func (e *Case) LightWord() string {
	if k := e.Main(); k != nil {
		word, _, _ := strings.Cut(k.Light.Text, " ")
		word, _, _ = strings.Cut(word, "：")
		return word
	}
	if e.Review() != 0 {
		return nextReview
	}
	return ""
}

func (v *View) left(k *clock.Clock) int { return v.Calendar.Count(v.AsOf, k.Due) }

// Running reports whether the limit still runs or waits.
func (c *Clock) Live() bool {
	switch c.Status {
	case clock.Running, clock.Soon, clock.Overdue, clock.Paused, clock.Pending, clock.Received:
		return true
	}
	return false
}

// Counts reports whether lateness is 超期.
func (c *Clock) Counts() bool { return c.Class.Counts() }

// Late reports whether the clock is overdue in the sense of the regulation.
func (c *Clock) Late() bool { return c.Status == clock.Overdue && c.Counts() }

// Name is what the limit is for, as a table calls it.
func (c *Clock) Name() string {
	if c.Kind == clock.Feedback && c.Agreed {
		return "反馈（会议议定）"
	}
	return string(c.Kind)
}

// Moved reports whether the due day is not the original one.
func (c *Clock) Moved() bool { return c.OriginalDue != 0 && c.OriginalDue != c.Due }

// LimitText says how long the limit is.
func (c *Clock) LimitText() string {
	if c.Limit > 0 && !c.Agreed {
		return strconv.Itoa(c.Limit) + " 个工作日"
	}
	return "按日期"
}

// before orders the clocks of one case by what its reader must know first.
func before(a, b *Clock) bool {
	return cmp.Or(
		CompareBool(b.Late(), a.Late()),
		CompareBool(mainKind(b), mainKind(a)),
		CompareBool(b.Counts(), a.Counts()),
		cmp.Compare(a.Due, b.Due),
	) < 0
}

func mainKind(k *Clock) bool {
	return k.Kind == clock.Feedback || k.Kind == clock.Improve
}

// CompareBool puts what is false before what is true.
func CompareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Right reports whether the limit is for something a unit may do, not must.
func (k *Clock) Right() bool {
	return k.Kind == clock.Objection || k.Kind == clock.Statement
}
