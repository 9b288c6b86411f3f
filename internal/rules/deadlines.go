package rules

import "suqiu/internal/problem"

// deadlineRules are about limits. The gravest of them is a warning: only
// `suqiu overdue` fails on time. Limits that are the office's own (内部控制)
// are infos and are never called 超期.
func deadlineRules() []Rule {
	return []Rule{
		{Slug: "push-late", Group: Deadlines, Severity: problem.Info, Title: "推送较慢", Clause: "三(三)", check: told, Doc: `为什么：推送越晚，诉求人等得越久；内部控制时限一般为 5 个工作日（急 2，特急 1），从登记和当月月报日中较晚的一天算起，不计入考评。
反例：7 月 1 日登记的“急”件，7 月 10 日还是“分析中”。
怎么改：联席办尽快分析推送；不需要推送的改为“不推送”并填写原因。`},
		{Slug: "accept-late", Group: Deadlines, Severity: problem.Info, Title: "接收较慢", Clause: "三(四)", check: told, Doc: `为什么：联络员应及时接收任务清单并做好初步研究，接收慢会挤占 2 个工作日的异议期和 10 个工作日的办理期。内部控制时限为 1 个工作日，不计入考评。
反例：星期一推送，星期四“状态”仍是“已推送”。
怎么改：承办单位收到后把“状态”改为“办理中”；有异议的按期提交说明单。`},
		{Slug: "objection-late", Group: Deadlines, Severity: problem.Warning, Title: "异议逾期提出", Clause: "三(三)", check: told, Doc: `为什么：制度规定对办理单位建议有异议的，在推送后 2 个工作日内填写说明单；逾期提出的，办理时限不暂停。
反例：9 月 18 日推送，9 月 23 日才提交事由为“异议”的说明单（应不晚于 9 月 22 日，以系统计算为准）。
怎么改：继续办理，同时等待联席会议确认；以后收到任务当天先核对职责。`},
		{Slug: "escalation-late", Group: Deadlines, Severity: problem.Warning, Title: "说明单逾期提出", Clause: "三(四)", check: told, Doc: `为什么：初步研究为无法解决或协商不成的，应在推送后 3 个工作日内填写说明单；逾期提出的，办理时限不暂停。
反例：推送后第 8 个工作日才以“无法解决”报研究决定。
怎么改：抓紧报联席会议研究，同时按原时限准备反馈。`},
		{Slug: "feedback-overdue", Group: Deadlines, Severity: problem.Warning, Title: "超期未反馈", Clause: "三(四)", check: told, Doc: `为什么：承办单位一般应在推送后 10 个工作日内反馈办理情况，超期未反馈会计入本季度考评。
反例：到期日是 10 月 9 日，10 月 13 日仍没有“反馈”，也没有获准延期。
怎么改：尽快填写“反馈”并把“状态”改为“已反馈”；难以办结的，在反馈中写“部分解决”和后续措施，或报联席会议研究。`},
		{Slug: "feedback-late", Group: Deadlines, Severity: problem.Warning, Title: "超期反馈", Clause: "三(四)", check: told, Doc: `为什么：反馈已经提交，但晚于到期日（含延期、暂停之后的到期日），计入按期反馈率。被退回的，以最后通过的那次反馈为准。
反例：到期日 10 月 9 日，10 月 12 日反馈。
怎么改：无须再改。认为计时有误的，用 suqiu show 编号 看逐日计算；确有差错的，请联席办写“更正”。`},
		{Slug: "extension-late", Group: Deadlines, Severity: problem.Warning, Title: "延期申请过晚", Clause: "三(四)", check: told, Doc: `为什么：难以按期办理的，应在任务到期前申请延期；到期以后才申请，只有获得同意才生效。
反例：到期日 10 月 9 日，10 月 10 日提交延期申请单。
怎么改：尽快反馈；确需延期的，写明原因和措施，等待联席会议确认。`},
		{Slug: "extension-early", Group: Deadlines, Severity: problem.Warning, Title: "延期申请过早", Clause: "三(四)", check: told, Doc: `为什么：本局把“到期前 2 个工作日内”理解为一个窗口（suqiu.yaml“延期申请方式: 窗口”），过早申请说明还没有认真办理。
反例：刚收到任务就申请延期 20 个工作日。
怎么改：先行办理，到提示的日期仍难以办结时再申请。`},
		{Slug: "co-feedback-late", Group: Deadlines, Severity: problem.Info, Title: "协办反馈较晚", Clause: "三(四)", check: told, Doc: `为什么：承办单位要汇总协办意见，协办单位应比承办单位早 3 个工作日反馈；晚了由协办单位负责，不算承办单位超期。内部控制时限，不计入考评。
反例：承办单位 10 月 9 日到期，协办单位到 9 月 30 日仍没有填写“协办反馈”中本单位的“结果”。
怎么改：协办单位尽快填写“协办反馈”中本单位的“结果”，只改自己的一项。`},
		{Slug: "decision-late", Group: Deadlines, Severity: problem.Info, Title: "确认或研究决定较慢", Clause: "三(三)、三(四)", check: told, Doc: `为什么：说明单、延期申请在等联席会议确认时，承办单位无法安排工作。内部控制时限：异议和延期 3 个工作日，研究决定 5 个工作日。
反例：异议提出两周，“决定”仍是空的。
怎么改：联席办报召集人确定，可以用传签；填写“决定”和“依据”，并改“状态”。`},
		{Slug: "review-late", Group: Deadlines, Severity: problem.Info, Title: "反馈审核较慢", Clause: "三(四)", check: told, Doc: `为什么：反馈提交后等着审核，审核慢会推迟回访评估。内部控制时限为 3 个工作日。
反例：状态“已反馈”已经一周，“审核”仍是空的。
怎么改：联席办填写最后一条反馈的“审核: 通过”或“审核: 退回”（写明退回原因），并改“状态”。`},
		{Slug: "evaluation-late", Group: Deadlines, Severity: problem.Info, Title: "评估较慢", Clause: "三(五)", check: told, Doc: `为什么：时间久了诉求人说不清办理效果。内部控制时限为审核通过后 10 个工作日。
反例：状态“评估中”已经一个月，没有“评估”记录。
怎么改：组织回访并填写“评估”；没有抽中、没有诉求人或联系不上的，填写“不评估原因”后办结。`},
		{Slug: "improvement-overdue", Group: Deadlines, Severity: problem.Warning, Title: "改进超过期限", Clause: "三(五)", check: told, Doc: `为什么：办理效果不佳的，承办单位应在规定时间内反馈改进结果，原则上不得延期。没有写“完成期限”的按 10 个工作日提示，不算超期。
反例：改进的“完成期限: 2026-09-14”，到 9 月 20 日仍是“改进中”。
怎么改：尽快新增一条“反馈”，写明改进措施和效果，并把“状态”改为“已反馈”。`},
		{Slug: "channel-overdue", Group: Deadlines, Severity: problem.Warning, Title: "超过原渠道期限", Clause: "三(二)", check: told, Doc: `为什么：原有转办、反馈机制不变，信访、12345 等渠道自己的期限同样要遵守，可能比 10 个工作日更早。
反例：原渠道期限: 2026-08-01，8 月 5 日仍未答复。
怎么改：尽快按原渠道要求答复并在本事项反馈；原渠道同意延长的，由联席办修改“原渠道期限”。`},
		{Slug: "promise-overdue", Group: Deadlines, Severity: problem.Info, Title: "承诺的完成期限已过", Clause: "三(四)", check: told, Doc: `为什么：“部分解决”写明了后续措施和完成期限，事项办结以后这个日期仍要兑现。属内部控制，只作提示，不计超期。
反例：反馈“结果: 部分解决”“完成期限: 2026-08-14”，审核通过并已办结，8 月 18 日还没有新的反馈。
怎么改：后续措施完成后，承办单位在“反馈”最后另起一条，结果写“已解决”，状态不变；承办单位没有完成的，联席办可以督促改进。`},
		{Slug: "review-date-passed", Group: Deadlines, Severity: problem.Warning, Title: "下次研究日期已过", Clause: "三(四)", check: told, Doc: `为什么：长期推进的事项不是不办，到了“下次研究日期”要再研究一次，否则容易无人过问。
反例：状态“长期推进”，下次研究日期: 2026-09-01，到 10 月仍没有更新。
怎么改：提请联席会议研究：条件具备的恢复办理并议定期限，仍需推进的更新“下次研究日期”。`},
		{Slug: "calendar-missing", Group: Deadlines, Severity: problem.Warning, Title: "节假日安排尚未公布", Clause: "《全国年节及纪念日放假办法》", check: provisionalYears, Doc: `为什么：到期日按工作日推算，国务院办公厅还没有公布该年的放假安排时，只能按周末推算，春节、国庆前后的日期会变。
反例：2026 年 12 月推送的任务，到期日落在 2027 年 1 月。
怎么改：公布后升级 suqiu，或由联席办在 suqiu.yaml 的“日历”中补录放假和上班日期，并写“已公布: [2027]”。`},
		{Slug: "calendar-changed", Group: Deadlines, Severity: problem.Warning, Title: "日历修改使到期日变动", Clause: "《全国年节及纪念日放假办法》", check: movedDueDays, Doc: `为什么：修改“日历”会移动正在计时的到期日，可能使一些单位提前到期。
反例：把 10 月 10 日由上班改为放假，十几件事项的到期日推后一天。
怎么改：逐件核对所列的到期日；确属国务院办公厅或本局通知的可以合并，合并后通知有关单位。`},
	}
}
