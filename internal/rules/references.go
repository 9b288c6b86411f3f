package rules

import "suqiu/internal/diag"

// referenceRules are about what a file names: units, channels, cases, meetings.
var referenceRules = []Rule{
	{"unit-unknown", References, diag.Error, "没有这个单位", "一(一)", doc(
		"单位名称要与 suqiu.yaml 一致，否则任务推送不到。",
		"“承办单位: 信息技术中心”。",
		"改为提示的单位名称，别名（如征管科）也可以。"), unknownUnits},
	{"channel-unknown", References, diag.Error, "没有这个渠道", "三(二)", doc(
		"渠道按制度列举，写错了无法汇总。",
		"“渠道: 热线”。",
		"改为 suqiu.yaml 中列出的渠道。"), unknownChannels},
	{"channel-unit", References, diag.Error, "渠道不归收集单位", "三(二)", doc(
		"每个渠道由固定的成员单位负责收集。",
		"收集单位是办公室，渠道是“12366热线”。",
		"改正渠道，或改由负责该渠道的单位登记。"), foreignChannels},
	{"case-unknown", References, diag.Error, "没有这件事项", "", doc(
		"“并入”和会议议题里写的编号应当存在。",
		"“并入: 202607-NFZX-999”。",
		"核对编号。"), unknownCases},
	{"meeting-unknown", References, diag.Error, "没有这次会议", "三(一)", doc(
		"决定的依据是会议纪要或传签件，应当存在于 meetings/。",
		"“依据: CQ2026-99”。",
		"核对编号，或先提交会议纪要。"), unknownMeetings},
	{"meeting-case", References, diag.Warning, "会议没有研究这件事项", "三(一)", doc(
		"作为依据的会议，其议题应当列出本事项。",
		"依据写 HY2026-03，纪要的议题里没有本事项。",
		"核对依据，或请联席办在纪要的“诉求”中补充编号。"), silentMeetings},
	{"merge-cycle", References, diag.Error, "互相并入", "", doc(
		"甲并入乙、乙又并入甲，就没有主件了。",
		"012 并入 013，013 并入 012。",
		"保留一件作主件，主件不填“并入”。"), mergeCycles},
}
