package workflow

import (
	"slices"

	"suqiu/internal/record"
)

// Who may take a row, relative to the case.
type Who string

// The four parties of section 5.
const (
	ByCollector  Who = "收集单位"
	ByOffice     Who = "联席办"
	ByLead       Who = "承办单位"
	BySupervisor Who = "监督考评"
)

// Row is one row of the transition table: check, commands, the rules page and
// its diagram all read it.
type Row struct {
	N      int
	Title  string  // what is done, two to six characters
	From   []State // empty: the file is new
	To     []State
	Who    []Who
	With   string // what must come with it
	Clocks string // what it does to the clocks
	Clause string // of the regulation

	writes func(s *scene, to State) []record.Write // what to write for it; nil: it is not open to the case
	needs  func(*move) []lack
}

// lacks lists what the row needs and the landing does not bring, but for what
// is still to be filled in: that is told of as what it is.
func (row *Row) lacks(m *move) []lack {
	if row.needs == nil {
		return nil
	}
	return slices.DeleteFunc(row.needs(m), func(l lack) bool { return l.rule == "transition-requires" && m.after.Left(l.key) })
}

// Correct is the number of the row that mends anything else (更正).
const Correct = 22

// States lists every state, open ones first, in order of progress.
func States() []State {
	return []State{Registered, Analysing, Pushed, Handling, Objected, Escalated, FedBack, Evaluating, Improving, LongTerm,
		Closed, NotPushed, Merged, Withdrawn}
}

// Open lists the states in which a case is not closed, in order of progress.
func Open() []State {
	return slices.DeleteFunc(States(), func(s State) bool { return !s.IsOpen() })
}

// IsOpen reports whether a case in s still waits for somebody.
func (s State) IsOpen() bool {
	switch s {
	case Registered, Analysing, Pushed, Handling, Objected, Escalated, FedBack, Evaluating, Improving, LongTerm:
		return true
	}
	return false
}

// BeforePush reports whether s comes before the first push.
func (s State) BeforePush() bool { return s == Registered || s == Analysing }

var table = []Row{
	{N: 1, Title: "登记", To: []State{Registered}, Who: []Who{ByCollector}, Clause: "三(二)",
		With: "编号至公开范围各项", needs: nil},
	{N: 2, Title: "转入分析", From: []State{Registered}, To: []State{Analysing}, Who: []Who{ByOffice}, Clause: "三(三)",
		writes: writeState},
	{N: 2, Title: "退回补充要素", From: []State{Analysing}, To: []State{Registered}, Who: []Who{ByOffice}, Clause: "三(三)",
		With: "请收集单位补充要素", writes: writeState},
	{N: 3, Title: "推送", From: []State{Registered, Analysing}, To: []State{Pushed}, Who: []Who{ByOffice}, Clause: "三(三)",
		With: "任务清单、办理类别、涉及面、影响度、复杂度、紧急程度、承办单位", Clocks: "接收、异议、说明、反馈、协办反馈开始计时",
		writes: writePush,
		needs:  needPush},
	{N: 4, Title: "接收办理", From: []State{Pushed}, To: []State{Handling}, Who: []Who{ByLead}, Clause: "三(四)",
		Clocks: "接收计时结束", writes: writeState},
	{N: 5, Title: "提出异议", From: []State{Pushed, Handling}, To: []State{Objected}, Who: []Who{ByLead}, Clause: "三(三)",
		With: "说明单（事由：异议）", Clocks: "按时提出的，反馈暂停计时；决定后至少留到次一工作日",
		writes: writeStatement("异议"),
		needs:  needObjection},
	{N: 6, Title: "异议成立，改派", From: []State{Objected}, To: []State{Pushed}, Who: []Who{ByOffice}, Clause: "三(三)",
		With: "决定：成立，依据，新的承办单位", Clocks: "重新推送，各时限重新起算",
		writes: writeDecision("成立"),
		needs:  needUpheld},
	{N: 7, Title: "异议不成立", From: []State{Objected}, To: []State{Handling}, Who: []Who{ByOffice}, Clause: "三(三)",
		With: "决定：不成立，依据", Clocks: "暂停结束；该单位对本次推送不得再次异议",
		writes: writeDecision("不成立"),
		needs:  needDecision("不成立")},
	{N: 8, Title: "报研究决定", From: []State{Pushed, Handling}, To: []State{Escalated}, Who: []Who{ByLead}, Clause: "三(四)",
		With: "说明单（事由：无法解决、协商未达成一致）", Clocks: "按时提出的，反馈暂停计时；决定后至少留到次一工作日",
		writes: writeStatement(""),
		needs:  needEscalation},
	{N: 9, Title: "决定继续办理", From: []State{Escalated}, To: []State{Handling}, Who: []Who{ByOffice}, Clause: "三(四)",
		With: "决定：继续办理，依据；会议定了完成期限的，会议议定期限", Clocks: "暂停结束；议定了日期的，反馈以该日为限",
		writes: writeDecision("继续办理"),
		needs:  needDecision("继续办理")},
	{N: 10, Title: "决定改派", From: []State{Escalated}, To: []State{Pushed}, Who: []Who{ByOffice}, Clause: "三(四)",
		With: "决定：改派，依据，新的承办单位", Clocks: "重新推送，各时限重新起算",
		writes: writeDecision("改派"),
		needs:  needReassigned},
	{N: 11, Title: "转长期推进", From: []State{Escalated, FedBack}, To: []State{LongTerm}, Who: []Who{ByOffice}, Clause: "三(四)",
		With: "决定：长期推进，依据（或反馈“暂未解决”审核通过），下次研究日期", Clocks: "反馈停止计时",
		writes: writeLongTerm,
		needs:  needLongTerm},
	{N: 12, Title: "调整承办单位", From: []State{Pushed, Handling}, To: []State{Pushed}, Who: []Who{ByOffice}, Clause: "三(三)",
		With: "调整原因，新的承办单位", Clocks: "重新推送，各时限重新起算",
		writes: writeAdjusted,
		needs:  needAdjusted},
	{N: 13, Title: "反馈", From: []State{Pushed, Handling, Improving, LongTerm, Objected, Escalated}, To: []State{FedBack}, Who: []Who{ByLead}, Clause: "三(四)",
		With: "反馈一条，正文“办理情况”“反馈答复”；尚未决定的说明单视为撤回", Clocks: "反馈（改进）停止计时",
		writes: writeFeedback,
		needs:  needFeedback},
	{N: 14, Title: "退回反馈", From: []State{FedBack}, To: []State{Pushed, Handling, Improving, LongTerm}, Who: []Who{ByOffice}, Clause: "三(五)",
		With: "审核：退回，退回原因；反馈前提出、尚未决定的延期申请和一事一议，同时决定", Clocks: "反馈继续计时，按时反馈的审核天数不计，首次退回至少留到次一工作日",
		writes: writeReturn,
		needs:  needReturn},
	{N: 15, Title: "审核通过", From: []State{FedBack}, To: []State{Evaluating, Closed}, Who: []Who{ByOffice}, Clause: "三(五)",
		With: "审核：通过；直接办结的，不评估原因", Clocks: "审核计时结束，评估开始计时；部分解决的，完成期限开始计时",
		writes: writeAccepted,
		needs:  needAccepted},
	{N: 16, Title: "办结", From: []State{Evaluating}, To: []State{Closed}, Who: []Who{ByOffice, BySupervisor}, Clause: "三(五)",
		With: "评估一条，结果不是“不满意”", Clocks: "评估计时结束",
		writes: writeSatisfied,
		needs:  needSatisfied},
	{N: 17, Title: "督促改进", From: []State{Evaluating, Closed}, To: []State{Improving}, Who: []Who{ByOffice}, Clause: "三(五)",
		With: "改进一条；没有“不满意”评估的，改进写明依据", Clocks: "改进开始计时；不得申请延期、不得报研究决定",
		writes: writeImprovement,
		needs:  needImprovement},
	{N: 18, Title: "恢复办理", From: []State{LongTerm}, To: []State{Handling}, Who: []Who{ByOffice}, Clause: "三(四)",
		With: "会议议定期限（日期、依据）", Clocks: "按会议议定期限重新计时",
		writes: writeResumed,
		needs:  needAgreed},
	{N: 19, Title: "不推送", From: []State{Registered, Analysing}, To: []State{NotPushed}, Who: []Who{ByOffice}, Clause: "三(三)",
		With: "不推送原因", Clocks: "推送计时结束",
		writes: writeAsked("不推送原因"),
		needs:  needNotPushed},
	{N: 20, Title: "合并", From: Open(), To: []State{Merged}, Who: []Who{ByOffice}, Clause: "三(三)",
		With: "并入（主件编号）", Clocks: "停止计时，已逾期的照计",
		writes: writeAsked("并入"),
		needs:  needMerged},
	{N: 21, Title: "撤回", From: []State{Registered, Analysing}, To: []State{Withdrawn}, Who: []Who{ByCollector, ByOffice}, Clause: "三(二)",
		With: "撤回原因", Clocks: "停止计时",
		writes: writeAsked("撤回原因"),
		needs:  needWithdrawn},
	{N: 21, Title: "撤回", From: Open()[2:], To: []State{Withdrawn}, Who: []Who{ByOffice}, Clause: "三(二)",
		With: "撤回原因", Clocks: "停止计时，已逾期的照计",
		writes: writeAsked("撤回原因"),
		needs:  needWithdrawn},
}

// Table is the transition table of section 5 without row 22, which leads from
// any state to any other by a 更正 entry.
func Table() []Row { return slices.Clone(table) }

// rowFor finds the row that leads straight from one state to another; from is
// empty for a new file.
func rowFor(from, to State) *Row {
	for i := range table {
		row := &table[i]
		if row.leads(from, to) {
			return row
		}
	}
	return nil
}

func rowN(n int) *Row {
	return &table[slices.IndexFunc(table, func(row Row) bool { return row.N == n })]
}

func (row *Row) leads(from, to State) bool {
	if from == "" {
		return len(row.From) == 0 && slices.Contains(row.To, to)
	}
	return slices.Contains(row.From, from) && slices.Contains(row.To, to)
}

// hop is one row taken from one state to another.
type hop struct {
	row      *Row
	from, to State
}

// paths lists the ways from one state to another in two to four rows, the
// shortest first: one step may take several rows at once.
func paths(from, to State) [][]hop {
	var found [][]hop
	frontier := [][]hop{{{to: from}}}
	for range 4 {
		var next [][]hop
		for _, way := range frontier {
			at := way[len(way)-1].to
			for i := range table {
				row := &table[i]
				if row.N >= 19 || (at == "") != (len(row.From) == 0) || at != "" && !slices.Contains(row.From, at) {
					continue
				}
				for _, t := range row.To {
					if slices.ContainsFunc(way, func(h hop) bool { return h.to == t }) {
						continue
					}
					longer := append(slices.Clone(way), hop{row, at, t})
					if t == to {
						found = append(found, longer[1:])
					} else {
						next = append(next, longer)
					}
				}
			}
		}
		frontier = next
	}
	return found
}
