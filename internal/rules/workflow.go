package rules

import (
	"path"
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/diag"
	"suqiu/internal/workday"
)

// workflowRules are about who did what; most of their offences the replay finds.
var workflowRules = []Rule{
	{"transition-illegal", Workflow, diag.Error, "状态或内容不能这样改", "三(三)", doc(
		"办理流程一环扣一环，跳步或事后改动登记要素会使责任和期限不清。",
		"“已推送”直接改为“已办结”；推送后把“件数”从 3 改为 9。",
		"按流程逐步办理；确属差错的，由联席办修改并写一条“更正”。"), told},
	{"transition-actor", Workflow, diag.Error, "不是应当提交的单位", "三(四)", doc(
		"接收、异议、反馈由承办单位提交，推送、审核、决定由联席办提交，不能互相代替。",
		"信息中心提交了征收管理科的“接收办理”。",
		"请应当办理的单位提交；收到纸质材料的，由联席办代录并填写“代录”。"), told},
	{"transition-requires", Workflow, diag.Error, "缺少这一步应有的内容", "三(三)", doc(
		"每一步都有应当同时填写的内容，例如推送要有任务清单和承办单位，退回要写原因。",
		"状态改为“异议待确认”，却没有说明单。",
		"按提示补填后再提交。"), told},
	{"record-changed", Workflow, diag.Error, "修改了已入库的记录", "三(五)", doc(
		"说明单、延期申请、反馈、评估等记录入库后只增不改，是考评的依据。",
		"把上月“反馈”的“措施”改写。",
		"恢复原样；有新情况的另写一条；确属差错的由联席办“更正”。"), told},
	{"record-removed", Workflow, diag.Error, "删除了已入库的记录", "三(五)", doc(
		"记录入库后只增不减。",
		"删掉被退回的那条“反馈”。",
		"恢复原记录；确属误录的由联席办“更正”。"), told},
	{"case-deleted", Workflow, diag.Error, "删除了事项", "三(二)", doc(
		"登记过的事项不能删除，不再办理的要有去向。",
		"删除 cases/2026/07/202607-NFZX-012.md。",
		"恢复文件，把状态改为“已撤回”“不推送”或“已合并”并写明原因。"), told},
	{"second-objection", Workflow, diag.Error, "异议不成立后再次异议", "三(三)", doc(
		"联席会议已确认异议不成立的，承办单位应当办理，不得就同一次推送再提异议。",
		"决定“不成立”后又填一条“事由: 异议”。",
		"继续办理；确实无法解决的，以“无法解决”报联席会议研究决定。"), told},
	{"extension-cap", Workflow, diag.Error, "延期超过上限", "三(四)", doc(
		"申请延期原则上不得超过 20 个工作日；特殊重大问题按一事一议由联席会议确定办理时间。",
		"先延 10 个工作日，又申请 15 个工作日。",
		"减少申请天数，或提请联席会议议定期限。"), told},
	{"extension-count", Workflow, diag.Error, "延期次数过多", "三(四)", doc(
		"一次推送只能按规定的次数申请延期。",
		"延期获准后再次申请延期。",
		"提请联席会议按一事一议确定办理时间。"), told},
	{"extension-in-improvement", Workflow, diag.Error, "改进期间申请延期", "三(五)", doc(
		"办理效果不佳督促改进的，承办单位应在规定时间内反馈，原则上不得申请延期。",
		"状态“改进中”时新增“延期申请”。",
		"删去申请，按改进的完成期限反馈。"), told},
	{"self-evaluation", Workflow, diag.Error, "承办单位评估自己", "三(五)", doc(
		"评估由没有承办过本事项的单位作出，结果才可信。",
		"信息中心承办的事项，由信息中心填写“评估”。",
		"由纳税服务中心回访，或由其他单位评估。"), told},
	{"self-review", Workflow, diag.Error, "联席办审核自己承办的事项", "三(五)", doc(
		"纳税服务科承办的事项，审核和决定应由监督考评小组的其他单位作出。",
		"纳税服务科反馈后，又由纳税服务科“审核: 通过”。",
		"请办公室或督察内审科审核。"), told},
	{"unresolved-closed", Workflow, diag.Error, "暂未解决却办结", "三(四)", doc(
		"反馈结果为“暂未解决”的不能办结，也不进入评估。",
		"“结果: 暂未解决”，状态改为“已办结”。",
		"转“长期推进”并写下次研究日期，或退回继续办理。"), told},
	{"third-push", Workflow, diag.Warning, "第三次推送", "三(三)", doc(
		"一件事项推送三次，说明职责不清，应由联席会议研究。",
		"承办单位先后为信息中心、征收管理科、第三税务分局。",
		"提请联席会议确定承办单位；属提示，不影响办理。"), told},
	{"correction-unfounded", Workflow, diag.Error, "更正理由不足", "三(五)", doc(
		"更正会改变记录甚至期限，必须写明原因；影响期限的还要有会议纪要或传签作依据。",
		"更正承办单位，“依据”为空。",
		"补填“原因”和“依据”。"), told},
	{"config-actor", Workflow, diag.Error, "不该由本单位提交的文件", "二(二)", doc(
		"suqiu.yaml、会议纪要、报告等由联席办维护；月度报送还可由本单位、旗县汇总还可由本旗县提交。",
		"信息中心提交了对 suqiu.yaml 时限的修改。",
		"请联席办提交。"), checkConfigActor},
	{"base-stale", Workflow, diag.Warning, "两边都改过", "", doc(
		"合并请求提出后，主分支上这件事项又有变化，合并结果可能不是您看到的样子。",
		"您填写反馈期间，联席办调整了协办单位。",
		"先把主分支合并到您的分支，核对后再提交。"), checkBaseStale},
}

// checkConfigActor judges who landed what belongs to the office.
func checkConfigActor(p *pass, _ string) []hit {
	if p.Config == nil || !p.Config.HasAddresses() {
		return nil
	}
	var hits []hit
	for _, g := range p.Guarded {
		if g.Landing == 0 {
			continue // who sets a repository up lands its configuration first
		}
		l := &p.Landings[g.Landing]
		actor := p.Config.Actor(l.Author.Email, workday.Of(l.At))
		if actor.Has(config.Office) || actor.Bot {
			continue
		}
		code := strings.TrimSuffix(path.Base(g.Path), ".md")
		if strings.HasPrefix(g.Path, "counties/") {
			code, _, _ = strings.Cut(strings.TrimPrefix(g.Path, "counties/"), "/")
		}
		own := strings.HasPrefix(g.Path, "monthly/") || strings.HasPrefix(g.Path, "counties/")
		if u := p.Config.Unit(code); own && u != nil && slices.Contains(actor.Units, u.Name) {
			continue
		}
		who := "未登记的人员"
		if len(actor.Units) > 0 {
			who = "“" + actor.Units[0] + "”"
		}
		hits = append(hits, hit{path: g.Path, landing: g.Landing, commit: l.Commit, author: l.Author.Email, added: p.pending(g.Landing),
			message: g.Path + " 应由联席办提交，本次由" + who + "提交", fix: "请联席办提交"})
	}
	return hits
}

func checkBaseStale(p *pass, _ string) []hit {
	var hits []hit
	for _, c := range p.Cases {
		if c.Stale && c.Touched {
			hits = append(hits, hit{c: c, key: "状态", landing: -1, added: true,
				message: "提出合并请求后，主分支上的这件事项也有修改，以下检查以两边合并后为准",
				fix:     "先把主分支合并到本分支，核对内容后再提交"})
		}
	}
	return hits
}
