package rules

import "suqiu/internal/problem"

// paperFormatRules are about the papers beside the cases, each by itself.
func paperFormatRules() []Rule {
	return []Rule{
		{Slug: "json-syntax", Group: Format, Severity: problem.Error, Title: "季度报送文件读不出来", Clause: "三(六)", check: told, Doc: `为什么：旗县市区局的季度报送由 suqiu 生成，市局按固定的格式读取、汇总；手工改动容易少一个逗号或括号，整份都读不出来。
反例：counties/JNQ/2026Q3.json 用记事本改过一个数，多了一个逗号。
怎么改：请报送单位在本局的库里重新运行 suqiu report 2026Q3 --summary，用新生成的文件替换。`},
		{Slug: "totals-mismatch", Group: Format, Severity: problem.Error, Title: "数字对不上", Clause: "三(二)", check: told, Doc: `为什么：期初未结 + 本期推送应当等于本期办结 + 其他终结 + 期末未结，各类别、各渠道之和应当等于总数，零报告的月份各渠道应当都是 0；对不上的数字不能汇总。
反例：月度报送“零报告: 是”，而 12366热线填了 46；季度报送的“closing”被手工改小。
怎么改：月度报送按实际改“零报告”或件数；季度报送请报送单位重新生成，不要手工改数。`},
	}
}

// paperDeadlineRules are about what is handed in, held and sent by a day.
func paperDeadlineRules() []Rule {
	return []Rule{
		{Slug: "monthly-missing", Group: Deadlines, Severity: problem.Warning, Title: "月度报送未报", Clause: "三(二)", check: missingMonthly, Doc: `为什么：各成员单位每月前 3 个工作日内将上月收集的诉求、舆情和风险点发送纳税服务科汇总。没有收集到的也要零报告，不报就分不清是没有还是忘了。旗县市区局按季报送，不在此列。
反例：到 8 月 6 日，monthly/2026-07/ 中没有征收管理科的 ZSGLK.md。
怎么改：运行 suqiu monthly 2026-07 --unit 征收管理科，按已登记的事项生成，补上其余件数和风险点后提交。`},
		{Slug: "monthly-late", Group: Deadlines, Severity: problem.Warning, Title: "月度报送迟报", Clause: "三(二)", check: lateMonthly, Doc: `为什么：月度报送晚于每月第 3 个工作日，汇总、推送和风险点转送都要跟着推后，计入月报及时率。以第一次能读出来的报送为准，之后补充修改的不算迟报。
反例：7 月的月度报送 8 月 7 日才提交（应不晚于 8 月 5 日）。
怎么改：无须再改。合并请求放久了才合并的，收件宽限之内不算迟。`},
		{Slug: "monthly-incomplete", Group: Deadlines, Severity: problem.Warning, Title: "月度报送漏了渠道", Clause: "三(二)", check: silentChannels, Doc: `为什么：每个渠道都由一个单位负责收集。报送里少了一个渠道，汇总时看不出是没有收集到还是漏报，合计数就偏小。按当月月末和报送时都归该单位的渠道核对：以后增加、改名、调整的渠道不算；零报告不必逐个渠道写。
反例：纳税服务中心 7 月的“渠道收集量”只写了 12366热线、12345热线，没有写网络舆情。
怎么改：在“渠道收集量”下补写“网络舆情: 0”（换成实际件数）；或运行 suqiu monthly 2026-07 --unit 纳税服务中心，按登记的事项补上，填好的不动。`},
		{Slug: "meeting-missing", Group: Deadlines, Severity: problem.Warning, Title: "本季度没有召开联席会议", Clause: "三(一)", check: silentQuarters, Doc: `为什么：联席会议原则上每季度召开一次；长期不开，议定事项无人过问，传签也没有会议追认。传签不算开会。
反例：第三季度只有传签件，没有例会、专题或即时会议的纪要。
怎么改：开过的，联席办补录会议纪要；没开的，运行 suqiu meeting new 汇集待研究的事项作为议题，报召集人确定。`},
		{Slug: "minutes-late", Group: Deadlines, Severity: problem.Info, Title: "会议纪要印发较慢", Clause: "三(一)", check: lateMinutes, Doc: `为什么：议定事项以会议纪要形式印发实施，纪要晚一天，责任单位就晚一天动手。内部控制时限为会后 5 个工作日，不计入考评。
反例：7 月 16 日开会，“印发日期”到 7 月底还是空的。
怎么改：印发后填写“印发日期”“文号”；尚在会签的，先请召集人确认议定事项。`},
		{Slug: "resolution-overdue", Group: Deadlines, Severity: problem.Warning, Title: "议定事项没有按期落实", Clause: "三(一)", check: openResolutions, Doc: `为什么：会议给了“完成期限”，到期没有“落实情况”，下一次会议就说不清上次议定的办了没有。
反例：议题“错峰提醒”完成期限: 2026-08-31，9 月 5 日“落实情况”仍是空的。
怎么改：责任单位把办到哪一步报联席办，填写该议题的“落实情况”；不能按期完成的，写明原因，提请下次会议研究新的期限。`},
		{Slug: "circular-unratified", Group: Deadlines, Severity: problem.Info, Title: "传签尚未追认", Clause: "三(一)", check: unratified, Doc: `为什么：等不及开会的事项可以传签，之后由下一次例会追认，纪要和传签才能前后对得上。
反例：CQ2026-07 在 7 月 8 日传签，7 月 16 日的例会纪要“追认”中没有它。
怎么改：在下一次会议纪要的“追认”中写上传签编号；suqiu meeting new 会自动列入。`},
		{Slug: "upward-missing", Group: Deadlines, Severity: problem.Info, Title: "向上级的报送还没有", Clause: "二(二)", check: missingUpward, Doc: `为什么：联席会议办公室定期向自治区税务局联席会议办公室报送有关情况。内部控制时限为季后 15 个工作日，不计入考评。
反例：11 月初，submissions/ 中还没有 2026Q3.md。
怎么改：报送后在 submissions/2026Q3.md 中写明报送对象、文号和内容。`},
		{Slug: "county-missing", Group: Deadlines, Severity: problem.Info, Title: "旗县季度报送还没有", Clause: "三(六)", check: missingSummaries, Doc: `为什么：各旗县市区税务局定期向市局联席会议办公室报送有关情况，缺一家，全市的数字就合不起来。内部控制时限同季报，为季后 10 个工作日。从该局第一次报送的季度算起。
反例：10 月 20 日，counties/JNQ/ 中还没有 2026Q3.json。
怎么改：请该局在本局的库里运行 suqiu report 2026Q3 --summary，把生成的文件提交到 counties/ 下自己的文件夹。`},
		{Slug: "county-late", Group: Deadlines, Severity: problem.Info, Title: "旗县季度报送较晚", Clause: "三(六)", check: lateSummaries, Doc: `为什么：季度报送来得晚，市局的分析报告就要等，或者只能先不含该局。内部控制时限同季报，为季后 10 个工作日，不计入考评。
反例：集宁区局 2026Q3 的数字 10 月 25 日才报来。
怎么改：无须再改；以后季度结束就可以运行 suqiu report 季度 --summary 生成。`},
	}
}
