package workflow

import (
	"strconv"

	"suqiu/internal/clock"
	"suqiu/internal/record"
)

// steps are what is done without a change of 状态. Who may write which key in
// which state is said by the schema; here stands what is offered, and how it is
// told.
func steps() []Row {
	return []Row{
		{Title: "申请延期",
			Within: []clock.Kind{clock.Feedback}, From: underWay, Who: byLead, Rank: 4, With: "延期申请一条；状态不变",
			Clocks: "联席会议同意后顺延",
			Record: ListEntry{Key: "延期申请"}, Offer: noAgreedDate, Told: "申请延期 {延期申请.申请天数} 个工作日",
			Reason: "延期申请.原因",
			Fields: []Field{{Key: "延期申请.申请天数"}, {Key: "延期申请.原因"}, {Key: "延期申请.措施"}}},
		{Title: "决定延期",
			Within: []clock.Kind{clock.Grant}, From: underWay, Who: byOffice, Judges: true, Rank: 4,
			With:   "决定、依据；同意的天数少于申请的，准延天数；状态不变",
			Clocks: "同意的，到期日顺延；不论同意与否，至少留到次一工作日",
			Record: ListEntry{Key: "延期申请", Decides: true},
			Fields: []Field{{Key: "延期申请.决定"}, {Key: "延期申请.准延天数", Need: Asked, Soft: true,
				Ask: "同意的工作日数，不超过申请天数；照申请天数同意或不同意的，删去括号和里面的字"},
				{Key: "延期申请.依据"}}},
		{Title: "提请一事一议",
			Within: []clock.Kind{clock.Feedback}, From: underWay, Who: byLead, Rank: 4,
			With:   "说明单一份，事由“一事一议”；状态不变",
			Clocks: "到期日以前提出的，决定之前不算超期", Record: ListEntry{Key: "说明单", Of: []string{AdHoc}},
			Fields: []Field{{Key: "说明单.事由", Value: AdHoc}, {Key: "说明单.单位", Value: theUnit}, grounds},
			Told:   "说明单（{说明单.事由}）", Reason: "说明单.理由"},
		{Title: "决定一事一议",
			Within: []clock.Kind{clock.Decide}, From: underWay, Who: byOffice, Judges: true, Rank: 4,
			With:   "决定、依据；同意的，会议议定期限；状态不变",
			Clocks: "同意的，以会议议定期限为准；不论同意与否，至少留到次一工作日",
			Record: ListEntry{Key: "说明单", Decides: true, Of: []string{AdHoc}},
			Fields: []Field{{Key: "说明单.决定", Choices: "同意、不同意"}, {Key: "说明单.依据"},
				agreedDate("同意的，会议议定的完成日期", "不同意的"), agreedBasis("同意的，会议纪要", "不同意的")}},
		{Title: "协办反馈",
			Within: []clock.Kind{clock.CoFeedback}, From: opened(false), Who: byCoHandler, Rank: 4,
			With:   "协办结果；状态不变",
			Clocks: "该单位的协办反馈停止计时",
			Record: ListEntry{Key: "协办反馈"}, Fields: []Field{{Key: "协办反馈.结果", Ask: "本单位怎样办理的"}}},
		{Title: "提出协办异议",
			Within: []clock.Kind{clock.Objection}, From: opened(false), Who: byCoHandler, Rank: 4,
			With:   "说明单一份，事由“异议”；状态不变",
			Clocks: "按时提出的，该单位的协办反馈暂停计时", Record: ListEntry{Key: "说明单", Of: []string{Objection}},
			Fields: []Field{{Key: "说明单.事由", Value: Objection}, {Key: "说明单.单位", Value: theUnit}, grounds}},
		{Title: "反馈承诺的措施",
			Within: []clock.Kind{clock.Promise}, From: []State{Closed}, Who: byLead, Rank: 4,
			With: "反馈一条，结果“已解决”；状态不变", Clocks: "承诺停止计时",
			Record: ListEntry{Key: "反馈"}, Offer: promised, Told: "反馈：{反馈.结果}",
			Fields: []Field{{Key: "反馈.结果", Value: "已解决"}, {Key: "反馈.措施"}}},
		{Title: "评估",
			Within: []clock.Kind{clock.Evaluate}, Rank: 4, Who: []record.Party{record.Evaluator, record.Office},
			Record: ListEntry{Key: "评估"},
			Told:   "评估（{评估.方式}：{评估.结果}）"},
		{Title: "改进", Rank: 4, Who: byOffice, Record: ListEntry{Key: "改进"}, Reason: "改进.原因"},
		{Title: "督办", From: opened(false), Who: byOffice, Rank: 4, With: urged, Clocks: untouched,
			Record: ListEntry{Key: "督办"}, Offer: pastDue(0),
			Told: "督办{督办.单位}[（{督办.方式}）]", Reason: "督办.内容",
			Fields: []Field{{Key: "督办.单位"},
				{Key: "督办.方式",
					Ask: "催办通知书、电话；超期满 " + strconv.Itoa(circulated) + " 个工作日的，可以通报"},
				{Key: "督办.内容"}}},
		{Title: "通报", From: opened(false), Who: byOffice, Rank: 4, With: urged, Clocks: untouched,
			Record: ListEntry{Key: "督办"}, Offer: pastDue(circulated),
			Fields: []Field{{Key: "督办.单位"}, {Key: "督办.方式", Value: "通报"}, {Key: "督办.内容"}}},
	}
}

const (
	// circulated is how many working days late a task must be to be told of to all units.
	circulated = 5
	urged      = "督办一条；状态不变"
	untouched  = "各期限不变"
)

// pastDue: a due day whose passing can be 超期 has passed, by so many working days.
func pastDue(days int) func(*Scene, State) bool {
	return func(s *Scene, _ State) bool {
		k := s.Life.PastDue()
		return k != nil && k.DaysLate >= days
	}
}

// PastDue is, of the limits that can be 超期 and whose due day has passed, the one
// that is late longest; nil if there is none. One that is 待收件 is among them, as its
// due day has passed; what is paused or waits for a decision is not.
func (l *Life) PastDue() *clock.Clock {
	var longest *clock.Clock
	for i := range l.Clocks {
		k := &l.Clocks[i]
		late := k.Status == clock.Overdue || k.Status == clock.Received
		if late && k.Class.Counts() && (longest == nil || k.DaysLate > longest.DaysLate) {
			longest = k
		}
	}
	return longest
}

// theUnit stands in a Field's value for the unit that takes the step.
const theUnit = "{unit}"

// The 事由 of a 说明单 that the table tells apart.
const (
	Objection = "异议"
	AdHoc     = "一事一议" // a request to the meeting for a date of its own
)

// Fields that several rows have.
var (
	grounds    = Field{Key: "说明单.理由", Lacking: "说明单没有写“理由”"}
	nextReview = Field{Key: "下次研究日期", Lacking: "转长期推进须填写“下次研究日期”"}
	newLead    = Field{Key: "承办单位", Met: anotherLead, Lacking: "重新推送须更换承办单位，现在仍是“{now}”"}
	decided    = ListEntry{Key: "说明单", Decides: true, Not: []string{AdHoc}, Absent: "没有可以决定的说明单",
		Fix: "先由承办单位提出说明单；确须由联席办代为登记的，写一条“更正”"}
)

// decision is what decides a 说明单.
func decision(word string) []Field {
	return []Field{
		{Key: "说明单.决定", Value: word, Lacking: "状态改为“{to}”，说明单的“决定”应为“{value}”，现为“{now}”"},
		{Key: "说明单.依据", Lacking: BasisLacking},
	}
}

// BasisLacking is told of a decision without its ground.
const BasisLacking = "联席会议的决定须写明“依据”（会议纪要或传签的编号）"

// toPush are keys that a push must set.
func toPush(keys ...string) []Field {
	var list []Field
	for _, key := range keys {
		list = append(list, Field{Key: key, Soft: true, Lacking: "推送时须填写“" + key + "”"})
	}
	return list
}

// perhaps asks for what not every case needs.
func perhaps(key, when, otherwise string) Field {
	return Field{Key: key, Need: Asked, Soft: true, Ask: when + "；" + otherwise + "，删去括号和里面的字"}
}

func agreedDate(when, otherwise string) Field {
	return perhaps("会议议定期限.日期", when+"，如 2026-09-30", otherwise)
}

func agreedBasis(when, otherwise string) Field {
	return perhaps("会议议定期限.依据", when+"或传签的编号，如 CQ2026-07", otherwise)
}
