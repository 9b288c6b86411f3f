package workflow

import (
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/record"
)

// underWay are the states in which the unit in charge works on a push.
var underWay = []State{Pushed, Handling}

// opened lists the open states before the push or after it.
func opened(beforePush bool) []State {
	var list []State
	for _, s := range states() {
		if s.Open && s.BeforePush == beforePush {
			list = append(list, s.Name)
		}
	}
	return list
}

const (
	repushed   = "重新推送，各时限重新起算"
	paused     = "按时提出的，反馈暂停计时；决定后至少留到次一工作日"
	statements = "《办理情况说明单》"
)

// The parties of most rows.
var (
	byOffice    = []record.Party{record.Office}
	byLead      = []record.Party{record.Lead}
	byCoHandler = []record.Party{record.CoHandler}
)

// rows are the rows 1 to 21 of section 5.
func rows() []Row {
	list := slices.Concat(beginning(), deciding(), answering(), ending())
	slices.SortStableFunc(list, func(a, b Row) int { return a.N - b.N })
	return list
}

// beginning are the rows up to the push, and the ways in which the unit in
// charge leaves the work to the joint meeting.
func beginning() []Row {
	return []Row{
		{N: 1, Title: "登记", To: []State{Registered}, Who: []record.Party{record.Collector}, Clause: "三(二)",
			With: "编号至公开范围各项", Told: "登记[（{渠道}）]", Fields: facts()},
		{N: 2, Title: "转入分析",
			Within: []clock.Kind{clock.Push}, From: []State{Registered}, To: []State{Analysing}, Who: byOffice,
			Clause: "三(三)"},
		{N: 2, Title: "退回补充要素",
			Within: []clock.Kind{clock.Push}, From: []State{Analysing}, To: []State{Registered}, Who: byOffice,
			Clause: "三(三)",
			With:   "请收集单位补充要素"},
		{N: 3, Title: "推送",
			Within: []clock.Kind{clock.Push}, From: opened(true), To: []State{Pushed}, Who: byOffice, Clause: "三(三)",
			With:   "任务清单、办理类别、涉及面、影响度、复杂度、紧急程度、承办单位",
			Clocks: "接收、异议、说明、反馈、协办反馈开始计时",
			Pushes: true, Told: "推送至{承办单位}[，协办：{协办单位}]",
			Fields: append(toPush("任务清单", "办理类别", "涉及面", "影响度", "复杂度", "紧急程度", "承办单位"),
				perhaps("协办单位", "单位名称，几个单位用顿号隔开", "没有协办的"),
				Field{Key: "## 研判分析", Need: Allowed})},
		{N: 4, Title: "接收办理",
			Within: []clock.Kind{clock.Accept}, From: []State{Pushed}, To: []State{Handling}, Who: byLead,
			Clause: "三(四)",
			Clocks: "接收计时结束"},
		{N: 5, Title: "提出异议",
			Within: []clock.Kind{clock.Objection}, From: underWay, To: []State{Objected}, Who: byLead,
			Clause: "三(三)", Rank: 1,
			Offer: notRejected,
			With:  "说明单（事由：异议）", Clocks: paused, Reason: "说明单.理由",
			Record: ListEntry{Key: "说明单", Of: []string{Objection}, Present: waits,
				Absent: "提出异议须填写" + statements + "，事由写“异议”"},
			Fields: []Field{{Key: "说明单.事由", Value: Objection}, {Key: "说明单.单位", Value: theUnit}, grounds}},
		{N: 8, Title: "报研究决定",
			Within: []clock.Kind{clock.Statement}, From: underWay, To: []State{Escalated}, Who: byLead,
			Clause: "三(四)", Rank: 1,
			With: "说明单（事由：无法解决、协商未达成一致）", Clocks: paused, Told: "报研究决定[（{说明单.事由}）]",
			Reason: "说明单.理由",
			Record: ListEntry{Key: "说明单", Not: []string{Objection, AdHoc}, Present: waits,
				Absent: "报联席会议研究决定须填写" + statements + "，事由写“无法解决”或“协商未达成一致”"},
			Fields: []Field{{Key: "说明单.事由", Choices: "无法解决、协商未达成一致"},
				{Key: "说明单.单位", Value: theUnit}, grounds}},
	}
}

// deciding are the decisions of the joint meeting, and the office's own about
// who is in charge.
func deciding() []Row {
	return []Row{
		{N: 6, Title: "异议成立，改派",
			Within: []clock.Kind{clock.Confirm}, From: []State{Objected}, To: []State{Pushed}, Who: byOffice,
			Judges: true,
			Clause: "三(三)",
			With:   "决定：成立，依据，新的承办单位", Clocks: repushed, Mark: Reassigns, Pushes: true,
			Record: decided, Fields: append(decision("成立"), newLead),
			Told: "异议成立，改派：推送至{承办单位}[，协办：{协办单位}]"},
		{N: 7, Title: "异议不成立",
			Within: []clock.Kind{clock.Confirm}, From: []State{Objected}, To: []State{Handling}, Who: byOffice,
			Judges: true,
			Clause: "三(三)",
			With:   "决定：不成立，依据", Clocks: "暂停结束；该单位对本次推送不得再次异议", Record: decided,
			Fields: decision("不成立")},
		{N: 9, Title: "决定继续办理",
			Within: []clock.Kind{clock.Decide}, From: []State{Escalated}, To: []State{Handling}, Who: byOffice,
			Judges: true,
			Clause: "三(四)",
			With:   "决定：继续办理，依据；会议定了完成期限的，会议议定期限",
			Clocks: "暂停结束；议定了日期的，反馈以该日为限",
			Record: decided, Does: Agrees, Told: "决定继续办理[，议定 {+会议议定期限.日期} 前办结]",
			Fields: append(decision("继续办理"), agreedDate("会议议定的完成日期", "没有议定日期的"),
				agreedBasis("会议纪要", "没有议定日期的"))},
		{N: 10, Title: "决定改派",
			Within: []clock.Kind{clock.Decide}, From: []State{Escalated}, To: []State{Pushed}, Who: byOffice,
			Judges: true,
			Clause: "三(四)",
			With:   "决定：改派，依据，新的承办单位", Clocks: repushed, Mark: Reassigns, Pushes: true,
			Record: decided, Fields: append(decision("改派"), newLead),
			Told: "决定改派：推送至{承办单位}[，协办：{协办单位}]"},
		{N: 11, Title: "转长期推进",
			Within: []clock.Kind{clock.Decide, clock.Review}, From: []State{Escalated}, To: []State{LongTerm},
			Who: byOffice, Judges: true,
			Clause: "三(四)",
			With:   longTermWith, Clocks: "反馈停止计时", Record: decided, Needs: studiedSoon, Does: Suspends,
			Told: longTermTold,
			Fields: append([]Field{nextReview}, append(decision("长期推进"),
				Field{Key: "反馈.审核", Need: Allowed})...)},
		{N: 11, Title: "转长期推进",
			Within: []clock.Kind{clock.Decide, clock.Review}, From: []State{FedBack}, To: []State{LongTerm},
			Who: byOffice, Judges: true,
			Clause: "三(四)",
			With:   longTermWith, Clocks: "反馈停止计时", Record: ListEntry{Key: "反馈", Decides: true},
			Needs: studiedSoon,
			Does:  Suspends, Offer: unresolved, Told: longTermTold,
			Fields: []Field{nextReview, {Key: "反馈.审核", Value: "通过", Met: putOff,
				Lacking: "由“已反馈”转长期推进，最后一条反馈的结果须是“暂未解决”且审核“通过”"},
				{Key: "说明单.决定", Need: Allowed}}},
		{N: 12, Title: "调整承办单位", From: underWay, To: []State{Pushed}, Who: byOffice, Clause: "三(三)", Rank: 2,
			With: "调整原因，新的承办单位", Clocks: repushed, Mark: Reassigns, Pushes: true,
			Told: "调整承办单位：推送至{承办单位}[，协办：{协办单位}]", Reason: "调整原因",
			Fields: []Field{newLead, {Key: "调整原因", Lacking: "调整承办单位须填写本次的“调整原因”",
				Met: anotherReason}}},
	}
}

// facts are what a registration says of an appeal; its 编号 follows from it.
func facts() []Field {
	var list []Field
	for _, k := range record.Schema().Keys {
		switch {
		case k.Write.By != record.Collector || k.Type == record.CaseID:
		case k.Type == record.Unit:
			list = append(list, Field{Key: k.Name, Value: theUnit})
		case k.Required:
			list = append(list, Field{Key: k.Name})
		default:
			list = append(list, Field{Key: k.Name, Need: Allowed})
		}
	}
	return append(list, Field{Key: "## 诉求内容"})
}

const (
	longTermWith = "决定：长期推进，依据（或反馈“暂未解决”审核通过），下次研究日期"
	longTermTold = "转长期推进[，{下次研究日期} 再研究]"
	acceptedWith = "审核：通过；直接办结的，不评估原因"
	acceptedDoes = "审核计时结束，评估开始计时；部分解决的，完成期限开始计时"
)

// answering are the feedback and what becomes of it.
func answering() []Row {
	accepted := Row{N: 15, Title: "审核通过",
		Within: []clock.Kind{clock.Review}, From: []State{FedBack}, To: []State{Evaluating}, Who: byOffice,
		Judges: true, Clause: "三(五)",
		With: acceptedWith, Clocks: acceptedDoes, Record: ListEntry{Key: "反馈", Decides: true}, Needs: resolved,
		Offer:  settled,
		Fields: []Field{{Key: "反馈.审核", Value: "通过", Lacking: "状态改为“{to}”须在最后一条反馈中填写“审核: 通过”"}},
		Stops:  []clock.Kind{clock.Review}, Start: clock.Evaluate, Told: "审核通过，转评估"}
	closed := accepted
	closed.To, closed.Ending, closed.Start, closed.Told = []State{Closed}, "，不评估办结", "",
		"审核通过，办结（不评估：{不评估原因}）"
	closed.Fields = append(accepted.Fields[:1:1], Field{Key: "不评估原因",
		Lacking: "不经评估直接办结须填写“不评估原因”"})
	accepted.Fields = append(accepted.Fields[:1:1], Field{Key: "不评估原因", Need: Allowed})
	return []Row{
		{N: 13, Title: "反馈",
			Within: []clock.Kind{clock.Improve, clock.Feedback},
			From:   []State{Pushed, Handling, Improving, LongTerm, Objected, Escalated},
			To:     []State{FedBack},
			Who:    byLead, Clause: "三(四)", With: "反馈一条，正文“办理情况”“反馈答复”；尚未决定的说明单视为撤回",
			Clocks: "反馈（改进）停止计时",
			Mark:   Answers, Needs: followedUp, Told: "反馈[：{反馈.结果}]",
			Record: ListEntry{Key: "反馈", Present: unreviewed, Absent: "状态改为“已反馈”，但没有新增“反馈”记录"},
			Fields: []Field{{Key: "反馈.结果", Lacking: "反馈没有写“结果”", Alone: true},
				{Key: "反馈.措施", Lacking: "反馈没有写“措施”：怎样办理的", Met: ifFiled},
				{Key: "反馈.答复日期", Need: Asked,
					Ask: "答复诉求人的日期，如 2026-07-15；没有诉求人可答复的，删去括号和里面的字"},
				{Key: "## 办理情况", Need: Asked, Ask: "怎样办理的", Soft: true},
				{Key: "## 反馈答复", Need: Asked, Ask: "怎样答复的", Soft: true}}},
		{N: 14, Title: "退回反馈",
			Within: []clock.Kind{clock.Review}, From: []State{FedBack},
			To:  []State{Pushed, Handling, Improving, LongTerm},
			Who: byOffice, Judges: true,
			Clause: "三(五)", Rank: 2, With: "审核：退回，退回原因；反馈前提出、尚未决定的延期申请和一事一议，同时决定",
			Clocks: "反馈继续计时，按时反馈的审核天数不计，首次退回至少留到次一工作日", Mark: Returns,
			Record: ListEntry{Key: "反馈", Decides: true}, Along: []string{"决定延期", "决定一事一议"},
			Needs: returned, Offer: backToOrigin,
			Reason: "反馈.退回原因",
			Fields: []Field{{Key: "反馈.审核", Value: "退回", Lacking: "退回反馈须在最后一条反馈中填写“审核: 退回”",
				Alone: true},
				{Key: "反馈.退回原因", Lacking: "退回反馈须写明“退回原因”"}}},
		accepted, closed,
	}
}

// ending are what follows an evaluation, and the ways to an end without one.
func ending() []Row {
	withdrawn := Row{N: 21, Title: "撤回", From: opened(false), To: []State{Withdrawn}, Who: byOffice,
		Clause: "三(二)", Rank: 3, Mark: Terminates,
		Aside: true, With: "撤回原因", Clocks: "停止计时，已逾期的照计", Reason: "撤回原因",
		Fields: []Field{{Key: "撤回原因", Lacking: "撤回须填写“撤回原因”"}}}
	early := withdrawn
	early.From, early.Who, early.Clocks = opened(true), []record.Party{record.Collector, record.Office}, "停止计时"
	return []Row{
		{N: 16, Title: "办结",
			Within: []clock.Kind{clock.Evaluate}, From: []State{Evaluating}, To: []State{Closed},
			Who:    []record.Party{record.Office, record.Supervisor},
			Clause: "三(五)", With: "评估一条，结果不是“不满意”", Clocks: "评估计时结束",
			Stops: []clock.Kind{clock.Evaluate},
			Offer: notDissatisfied, Told: "办结[（{评估.方式}：{评估.结果}）]",
			Record: ListEntry{Key: "评估", Done: evaluated, Absent: "办结须有一条“评估”记录"},
			Fields: []Field{{Key: "评估.方式"}, {Key: "评估.单位"},
				{Key: "评估.结果", Choices: "满意、基本满意、无法评价",
					Lacking: "最近一次评估“不满意”，不能办结", Met: satisfied,
					Fix: "请由联席办督促改进：“状态”填“改进中”，“改进”新增一条；已重新评估的，在“评估”最后另起一条"}}},
		{N: 17, Title: "督促改进", From: []State{Evaluating, Closed}, To: []State{Improving}, Who: byOffice,
			Clause: "三(五)", Mark: Improves,
			With: "改进一条；没有“不满意”评估的，改进写明依据", Clocks: "改进开始计时；不得申请延期、不得报研究决定",
			Stops: []clock.Kind{clock.Evaluate}, Reason: "改进.原因",
			Record: ListEntry{Key: "改进", Present: grew, Absent: "督促改进须新增一条“改进”记录"},
			Fields: []Field{{Key: "改进.原因"},
				{Key: "改进.完成期限", Need: Asked,
					Ask: "日期，如 2026-09-14；不另定的，删去括号和里面的字，按改进时限计"},
				{Key: "改进.依据", If: unfounded, Met: founded,
					Ask: "会议纪要、传签编号或审计、督察文书；评估不满意的，先填评估，再删去括号和里面的字",
					Lacking: "督促改进须有一条“不满意”的评估，" +
						"或在“改进”中写明“依据”（会议纪要、传签编号或审计、督察文书）"}}},
		{N: 18, Title: "恢复办理", From: []State{LongTerm}, To: []State{Handling}, Who: byOffice, Clause: "三(四)",
			With: "会议议定期限（日期、依据）", Clocks: "按会议议定期限重新计时", Does: Resumes,
			Fields: []Field{{Key: "会议议定期限.日期", Lacking: "由长期推进恢复办理须填写“会议议定期限”的日期和依据",
				Met: agreed},
				{Key: "会议议定期限.依据"}, {Key: "下次研究日期", Need: Allowed}}},
		{N: 19, Title: "不推送",
			Within: []clock.Kind{clock.Push}, From: opened(true), To: []State{NotPushed}, Who: byOffice,
			Clause: "三(三)", Rank: 3,
			Mark: Terminates, With: "不推送原因", Clocks: "推送计时结束", Stops: []clock.Kind{clock.Push},
			Reason: "不推送原因",
			Fields: []Field{{Key: "不推送原因", Lacking: "不推送须填写“不推送原因”"},
				{Key: "转办去向", Need: Allowed}}},
		{N: 20, Title: "合并", From: append(opened(true), opened(false)...), To: []State{Merged}, Who: byOffice,
			Clause: "三(三)",
			Rank:   3, Mark: Terminates, Aside: true, With: "并入（主件编号）", Clocks: "停止计时，已逾期的照计",
			Told:   "并入 {并入}",
			Fields: []Field{{Key: "并入", Lacking: "合并须填写“并入”（主件编号）"}}},
		early, withdrawn,
	}
}

// correction is row 22.
func correction() Row {
	return Row{N: 22, Title: "更正", Who: byOffice, Mark: CorrectsPast,
		With:   "更正一条；变动到期日或撤销逾期的，写明依据",
		Clocks: "视同被更正的步骤没有发生", Clause: "三(五)", Told: "更正[：{更正.事项}]", Reason: "更正.原因",
		Record: ListEntry{Key: "更正"}, Fields: []Field{{Key: "更正.事项"}, {Key: "更正.规则", Need: Asked},
			{Key: "更正.原因"}, {Key: "更正.依据", Need: Asked}}}
}
