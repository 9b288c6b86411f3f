package rules

import "suqiu/internal/problem"

// referenceRules are about what one file says of another.
func referenceRules() []Rule {
	return []Rule{
		{Slug: "unit-unknown", Group: References, Severity: problem.Error, Title: "单位没有登记", Clause: "一(一)", check: unknownUnits, Doc: `为什么：任务按单位推送、计时和考评，名称不在成员单位之中的，没有人会收到任务。
反例：承办单位: 信息技术科（应为“信息中心”）；两个单位用逗号以外的符号连写成一个。
怎么改：填写 suqiu.yaml“单位”中的名称或别名，写得相近的，提示中有那一个；新增单位请联席办先登记。`},
		{Slug: "channel-unknown", Group: References, Severity: problem.Error, Title: "渠道没有登记", Clause: "三(二)", check: unknownChannels, Doc: `为什么：制度对每个收集渠道明确了负责单位，渠道名称不统一，分渠道统计就不准。
反例：渠道: 12366（应为“12366热线”）。
怎么改：按 suqiu.yaml“单位”中“渠道”的写法填写，提示中有最接近的一个；新增渠道请联席办登记。`},
		{Slug: "channel-unit", Group: References, Severity: problem.Error, Title: "渠道不属于收集单位", Clause: "三(二)", check: foreignChannels, Doc: `为什么：每个渠道由固定的单位收集，收集单位填错，月度报送数量和编号就会记到别的单位名下。
反例：收集单位: 纳税服务中心，渠道: 信访（信访由办公室收集）。
怎么改：核对诉求是从哪里来的：渠道错了改“渠道”，单位错了改“收集单位”，并按其代码重新编号。`},
		{Slug: "case-unknown", Group: References, Severity: problem.Error, Title: "找不到所指的事项", Clause: "三(三)", check: unknownCases, Doc: `为什么：“并入”的主件或会议议题所列的诉求不存在，被合并的诉求就无人办理，议定事项也对不上。
反例：并入: 202607-NFZX-120（实际是 202607-NFZX-012）。
怎么改：用 suqiu list 或网站“查询”核对编号后改正；主件被误删的，请先恢复主件。`},
		{Slug: "meeting-unknown", Group: References, Severity: problem.Error, Title: "依据的会议或传签不存在", Clause: "三(一)", check: unknownMeetings, Doc: `为什么：异议、延期和一事一议的期限都须联席会议确认，议定事项以会议纪要印发；没有纪要或传签的决定没有依据。
反例：依据: 领导同意；依据: CQ2026-70（meetings/ 中只有 CQ2026-07）。
怎么改：填写会议纪要（如 HY2026-03）或传签（如 CQ2026-07）的编号；尚未录入的，请联席办先在 meetings/ 中建立该文件。`},
		{Slug: "meeting-case", Group: References, Severity: problem.Warning, Title: "会议与事项对不上", Clause: "三(一)", check: silentMeetings, Doc: `为什么：依据的会议没有议过本事项，决定就站不住脚，督察时无法核对。
反例：事项写 依据: HY2026-03，而 meetings/HY2026-03.md 的“议题”各条“诉求”中没有本事项的编号；反过来，会议已决定同意延期，事项里却没有填写“决定”和“依据”；会议议定 9 月 30 日前完成，事项的“会议议定期限”却是空的。
怎么改：编号填错的改“依据”；完成期限以会议文件为准，填入“会议议定期限”；确实议过而漏记的，请联席办在该文件“议题”的“诉求”中补上本事项编号。`},
		{Slug: "plea-unfounded", Group: References, Severity: problem.Error, Title: "申辩没有对应的扣分", Clause: "三(五)", check: unfoundedPleas, Doc: `为什么：申辩按“单位”“诉求”“扣分项”三项找到扣分，有一项写错，核实结论就不起作用，该季度也不能留存数字。已发布的季度不再检查。
反例：信息中心的事项审核退回被扣分，appraisal/2026Q3.md 中写成 单位: 征收管理科。
怎么改：运行 suqiu appraisal 2026Q3 查看全部扣分，按其中的单位、编号和扣分项改正；月报等不按事项扣分的，“诉求”留空；没有扣分的，删去这一条。`},
		{Slug: "merge-cycle", Group: References, Severity: problem.Error, Title: "合并绕成一圈", Clause: "三(三)", check: mergeCycles, Doc: `为什么：合并后由主件继续办理。甲并入乙、乙又并入甲，就没有一件在办。
反例：017 号写 并入: …018，018 号写 并入: …017；或“并入”填写了自己的编号。
怎么改：确定一件为主件（一般是先登记的），主件的“并入”留空并恢复状态，其余并入它。`},
	}
}
