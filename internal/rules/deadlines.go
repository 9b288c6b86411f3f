package rules

import (
	"fmt"
	"slices"

	"suqiu/internal/diag"
	"suqiu/internal/docket"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// deadlineRules are about time. Limits of the regulation are warnings, the
// office's own ones hints; check never fails for either, overdue does for the
// first.
var deadlineRules = []Rule{
	{"push-late", Deadlines, diag.Info, "推送不及时", "三(三)", doc(
		"分析后应及时推送：一般 5 个工作日，急 2 个，特急 1 个（本局内部控制）。",
		"特急舆情登记两天后才推送。",
		"尽快推送，或注明不推送原因。"), told},
	{"accept-late", Deadlines, diag.Info, "接收不及时", "三(四)", doc(
		"联络员应及时接收任务清单（推送后 1 个工作日，本局内部控制）。",
		"周一推送，周四才改为“办理中”。",
		"每天看本单位的待办页，收到后把状态改为“办理中”。"), told},
	{"objection-late", Deadlines, diag.Warning, "异议提出过晚", "三(三)", doc(
		"对办理单位建议有异议的，应在任务清单推送后 2 个工作日内填写说明单。",
		"推送后第 3 个工作日提出异议。",
		"逾期异议不暂停办理时限，请继续办理。"), told},
	{"escalation-late", Deadlines, diag.Warning, "报研究决定过晚", "三(四)", doc(
		"无法解决或协商不一致的，应在推送后 3 个工作日内填写说明单。",
		"推送后第 4 个工作日才报“无法解决”。",
		"逾期的不暂停办理时限，请继续办理。"), told},
	{"feedback-overdue", Deadlines, diag.Warning, "超期未反馈", "三(四)", doc(
		"承办单位一般应在推送后 10 个工作日内反馈办理情况。",
		"9 月 18 日推送，10 月 9 日到期，10 月 12 日仍未反馈。",
		"尽快反馈；难以办结的报联席会议研究决定。"), told},
	{"feedback-late", Deadlines, diag.Warning, "超期反馈", "三(四)", doc(
		"反馈晚于到期日，计入本季度按期反馈率。",
		"10 月 9 日到期，10 月 12 日反馈。",
		"无须再改；确有特殊原因的在考评申辩中说明。"), told},
	{"extension-late", Deadlines, diag.Warning, "延期申请过晚", "三(四)", doc(
		"难以按期办理的，应在任务到期前提出延期申请。",
		"到期后第二天才申请延期。",
		"逾期申请获同意才生效，请同时抓紧办理。"), told},
	{"extension-early", Deadlines, diag.Warning, "延期申请过早", "三(四)", doc(
		"本局按“到期前 2 个工作日内”受理延期申请。",
		"推送次日就申请延期。",
		"临近到期仍难以办结时再申请。"), told},
	{"co-feedback-late", Deadlines, diag.Info, "协办反馈不及时", "三(四)", doc(
		"协办单位应在承办单位到期前 3 个工作日反馈（本局内部控制），以便承办单位汇总。",
		"承办 10 月 9 日到期，协办 10 月 9 日才反馈。",
		"尽快填写“协办反馈”中本单位的“结果”。"), told},
	{"decision-late", Deadlines, diag.Info, "决定不及时", "三(三)", doc(
		"异议、延期申请应在 3 个工作日内决定，报研究的 5 个工作日内决定（本局内部控制）。",
		"延期申请提出一周后才决定。",
		"尽快决定，不能等例会的用传签。"), told},
	{"review-late", Deadlines, diag.Info, "审核不及时", "三(五)", doc(
		"反馈应在 3 个工作日内审核（本局内部控制）。",
		"周一反馈，下周一才审核。",
		"填写最后一条反馈的“审核”。"), told},
	{"evaluation-late", Deadlines, diag.Info, "评估不及时", "三(五)", doc(
		"审核通过后 10 个工作日内组织评估（本局内部控制）。",
		"审核通过一个月仍未回访。",
		"组织评估，或填写“不评估原因”。"), told},
	{"improvement-overdue", Deadlines, diag.Warning, "改进超过期限", "三(五)", doc(
		"督促改进的事项，承办单位应在规定的时间内反馈结果，原则上不得延期。",
		"完成期限 9 月 14 日，9 月 16 日仍在“改进中”。",
		"尽快反馈改进结果。"), told},
	{"channel-overdue", Deadlines, diag.Warning, "超过原渠道期限", "三(二)", doc(
		"联席会议不改变原渠道的转办反馈机制，原渠道的期限同时有效。",
		"信访件 60 日内应办结，已经过期。",
		"尽快答复，并按原渠道要求说明。"), told},
	{"review-date-passed", Deadlines, diag.Warning, "长期推进事项到期未研究", "三(四)", doc(
		"长期推进的事项要定期研究，不能一放了之。",
		"下次研究日期 8 月 31 日已过。",
		"提请联席会议研究，恢复办理或更新日期。"), told},
	{"calendar-missing", Deadlines, diag.Warning, "放假安排未公布", "", doc(
		"次年放假安排公布前，跨年的到期日只按周末推算，是暂定的。",
		"2026 年 12 月 28 日推送，到期日落在 2027 年 1 月。",
		"国务院办公厅通知公布后升级 suqiu，或在 suqiu.yaml 的“日历”中补充。"), checkCalendarMissing},
	{"calendar-changed", Deadlines, diag.Warning, "日历改动影响到期日", "", doc(
		"修改“日历”会移动在办事项的到期日，合并前应当知道影响哪些事项。",
		"把 8 月 18 日列为放假，三件事项顺延一天。",
		"核对清单无误后合并，并告知有关单位。"), checkCalendarChanged},
}

// checkCalendarMissing tells once a year without a notice in which open due
// days lie.
func checkCalendarMissing(p *pass, _ string) []hit {
	open := map[int]int{}
	for _, c := range p.Cases {
		years := map[int]bool{}
		for i := range c.Life.Clocks {
			k := &c.Life.Clocks[i]
			if k.Stopped == 0 && k.Due != 0 && p.Config.Calendar.Provisional(k.Due) {
				years[k.Due.Year()] = true
			}
		}
		for y := range years {
			open[y]++
		}
	}
	years := make([]int, 0, len(open))
	for y := range open {
		years = append(years, y)
	}
	slices.Sort(years)
	var hits []hit
	for _, y := range years {
		hits = append(hits, hit{path: docket.ConfigPath, key: "日历", landing: -1,
			message: fmt.Sprintf("%d 年的放假安排尚未列入，%d 件在办事项落在该年的到期日只按周末推算（暂定）", y, open[y]),
			fix:     fmt.Sprintf("放假安排公布后升级 suqiu；或在“日历”中写明放假、上班日期，并写 已公布: [%d]", y)})
	}
	return hits
}

// checkCalendarChanged lists the open due days that the request's calendar moves.
func checkCalendarChanged(p *pass, _ string) []hit {
	if !p.Request || p.Proposed == nil {
		return nil
	}
	var hits []hit
	for _, c := range p.Cases {
		for i := range c.Life.Clocks {
			k := &c.Life.Clocks[i]
			if k.Kind != workflow.FeedbackClock || k.Stopped != 0 || k.Agreed {
				continue
			}
			days := k.Limit + k.PausedDays + k.ExtendedDays
			was, is := p.Config.Calendar.Add(k.Start, days), p.Proposed.Calendar.Add(k.Start, days)
			if was != is {
				hits = append(hits, movedHit(c.ID, k.Unit, was, is))
			}
		}
	}
	return hits
}

func movedHit(id, unit string, was, is workday.Date) hit {
	return hit{path: docket.ConfigPath, key: "日历", unit: unit, landing: -1, added: true,
		message: "日历改动使 " + id + "（" + unit + "）的反馈到期日由 " + was.String() + " 变为 " + is.String(),
		fix:     "核对无误后合并，并告知“" + unit + "”"}
}
