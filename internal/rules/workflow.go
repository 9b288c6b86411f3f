package rules

import "suqiu/internal/problem"

// workflowRules are about who did what, and whether it was the next step.
func workflowRules() []Rule {
	return []Rule{
		{Slug: "transition-illegal", Group: Workflow, Severity: problem.Error, Title: "状态不能这样改", Clause: "三", check: told, Doc: `为什么：收集、分析、推送、办理、反馈、评估一步接一步，跳过中间的步骤，时限无从计算，也没有人审核。
反例：状态由“已登记”直接改为“已办结”；事项已办结，又新增一条“延期申请”。
怎么改：改为提示列出的下一步；确因录入差错需要改正的，由联席办修改，并写一条“更正”说明事项、规则、原因。`},
		{Slug: "transition-actor", Group: Workflow, Severity: problem.Error, Title: "这一步不由本单位办理", Clause: "三", check: told, Doc: `为什么：每一步由谁办，制度有明确分工：推送、确认、审核由联席办，接收、异议、反馈由承办单位，协办反馈由协办单位。
反例：承办单位自己把反馈的“审核”填为“通过”；协办单位替承办单位改“状态”。
怎么改：撤回这处修改，请提示所列的单位提交；纸质材料由联席办代为录入的，填写“代录”。`},
		{Slug: "transition-requires", Group: Workflow, Severity: problem.Error, Title: "这一步缺少应填内容", Clause: "三", check: told, Doc: `为什么：每一步都有必须同时填写的内容，例如推送要有承办单位和紧急程度，反馈要有结果和正文，退回要有原因。
反例：状态改为“已反馈”，但没有新增“反馈”，“## 办理情况”也是空的。
怎么改：在同一次提交中补齐提示的各项；事项页面“下一步怎么填”有可以直接复制的写法。`},
		{Slug: "record-changed", Group: Workflow, Severity: problem.Error, Title: "已入库的记录被修改", Clause: "三(五)", check: told, Doc: `为什么：说明单、延期申请、反馈、评估等是办理凭据，入库后不能改写，否则无法说明当时是怎么报的。
反例：反馈被退回后，直接把原来那条“反馈”的措施改了。
怎么改：恢复原来的记录，在下面另起一条填写新的内容；确属录入差错的，由联席办修改并写一条“更正”。`},
		{Slug: "record-removed", Group: Workflow, Severity: problem.Error, Title: "已入库的记录被删除", Clause: "三(五)", check: told, Doc: `为什么：记录只增不减，删去一条等于抹掉一段办理过程。
反例：延期申请没有获得同意，于是把那条“延期申请”整条删去。
怎么改：恢复被删的记录（GitLab 文件页“历史”中可以找到原文）；重复录入的，由联席办删除并写一条“更正”。`},
		{Slug: "case-deleted", Group: Workflow, Severity: problem.Error, Title: "事项文件被删除", Clause: "三(二)", check: told, Doc: `为什么：收到的诉求必须有去向，删掉文件，诉求就不了了之，统计也对不上。
反例：认为诉求重复，直接删除了 cases/ 下的文件。
怎么改：恢复该文件；重复的改为“已合并”，不需要推送的改为“不推送”，收集有误的改为“已撤回”，并填写原因。`},
		{Slug: "second-objection", Group: Workflow, Severity: problem.Error, Title: "再次提出异议", Clause: "三(三)", check: told, Doc: `为什么：联席会议已确认异议不成立，同一单位对同一次推送再次提出异议，会使事项无人办理。
反例：第一份说明单“决定: 不成立”，两天后又提交一份事由为“异议”的说明单。
怎么改：按期办理；确实无法解决或协商不成的，用事由“无法解决”“协商未达成一致”报联席会议研究决定。`},
		{Slug: "extension-cap", Group: Workflow, Severity: problem.Error, Title: "延期超过上限", Clause: "三(四)", check: told, Doc: `为什么：制度规定申请延期原则上不得超过 20 个工作日，同一次推送同意的天数合并计算。
反例：申请天数: 30，“决定: 同意”，没有填写“准延天数”。
怎么改：决定时用“准延天数”写明同意的天数，在上限之内；遇特殊重大问题的，报联席会议按一事一议确定办理时间，填写“会议议定期限”。`},
		{Slug: "extension-count", Group: Workflow, Severity: problem.Error, Title: "延期次数过多", Clause: "三(四)", check: told, Doc: `为什么：同一次推送一般只能申请延期一次（次数见 suqiu.yaml“时限”的“延期次数”），反复延期等于没有期限。
反例：第一次延期 10 个工作日到期前，又同意延期 10 个工作日。
怎么改：“决定”填“不同意”，请承办单位尽快反馈（可以填“部分解决”并写明后续措施）；特殊重大问题按一事一议，由承办单位另填说明单。`},
		{Slug: "extension-in-improvement", Group: Workflow, Severity: problem.Error, Title: "改进中申请延期", Clause: "三(五)", check: told, Doc: `为什么：对办理效果不佳的督促改进，承办单位应在规定时间内反馈结果，原则上不得申请延期。
反例：状态是“改进中”，新增了一条“延期申请”。
怎么改：删去这条延期申请，按“改进”的完成期限反馈；客观上做不到的，报联席会议一事一议。`},
		{Slug: "self-evaluation", Group: Workflow, Severity: problem.Error, Title: "自己评估自己", Clause: "三(五)", check: told, Doc: `为什么：评估是看承办单位办得怎样，由承办（或曾经承办）本事项的单位来评，结果不可信。
反例：承办单位是纳税服务科，“评估”的“单位”也是纳税服务科。
怎么改：请没有承办过本事项的单位评估，例如由纳税服务中心 12366 回访，或由督察内审科评估。`},
		{Slug: "self-review", Group: Workflow, Severity: problem.Error, Title: "自己审核自己", Clause: "三(五)", check: selfReviews, Doc: `为什么：联席办设在纳税服务科，纳税服务科自己承办的事项再由自己审核、决定，缺少监督；协办的也一样，更正、代录、会议议定期限都在内。
反例：承办单位是纳税服务科，反馈的“审核: 通过”也由纳税服务科提交。
怎么改：请监督考评小组中其他单位（办公室、督察内审科）提交这一处内容。`},
		{Slug: "unresolved-closed", Group: Workflow, Severity: problem.Error, Title: "暂未解决却转评估或办结", Clause: "三(五)", check: told, Doc: `为什么：反馈结果是“暂未解决”的，诉求还在，办结会使它从在办清单里消失。
反例：反馈“结果: 暂未解决”，审核通过后状态改为“已办结”。
怎么改：转为“长期推进”并填写“下次研究日期”，或退回承办单位继续办理。`},
		{Slug: "third-push", Group: Workflow, Severity: problem.Warning, Title: "第三次推送", Clause: "三(三)", check: told, Doc: `为什么：同一事项推送到第三个承办单位，说明职责界限不清，诉求人还在等。
反例：先推送信息中心，异议成立改派征收管理科，又调整到第三税务分局。
怎么改：建议提请联席会议研究，一次明确承办单位和协办单位；本提示不影响提交。`},
		{Slug: "correction-unfounded", Group: Workflow, Severity: problem.Error, Title: "更正没有依据", Clause: "三(五)", check: emptyCorrections, Doc: `为什么：更正可以撤销一步、改变到期日，没有原因和依据的更正等于随意改动办理记录。
反例：新增一条“更正”，把超期的反馈退回重来，而“原因”“依据”都是空的。
怎么改：写明“事项”“规则”“原因”；影响办理时限的，“依据”填写会议纪要或传签的编号。`},
		{Slug: "config-actor", Group: Workflow, Severity: problem.Error, Title: "应由联席办提交的文件", Clause: "二(二)", check: foreignLandings, Doc: `为什么：suqiu.yaml、会议纪要、报告等决定所有单位怎样计时和考评，流水线、钩子、.gitattributes、CODEOWNERS、模板、签名人决定怎样检查，都只能由联席办提交；月度报送由本单位、县局季报由本县局，本单位的申辩、会议建议（提议单位、事由）和所负责议题的落实情况由本单位，也可以提交；联席办自己事项的“落地时间”由其他监督考评单位提交。
反例：承办单位自己修改 suqiu.yaml，把“反馈: 10”改为“反馈: 15”。
怎么改：请联席办核对后提交；合并请求里夹带了这些文件的，把它们去掉。`},
		{Slug: "base-stale", Group: Workflow, Severity: problem.Warning, Title: "事项已有新的修改", Clause: "三(四)", check: staleCases, Doc: `为什么：您修改期间，别人对同一事项的修改已经入库，直接合并可能盖掉别人的内容，核对的也不是最新情况。
反例：您在填“反馈”，联席办同时调整了承办单位并已合并。
怎么改：在 GitLab 合并请求页面点“变基”，或请联席办协助合并最新内容，看清最新状态后再提交。`},
	}
}
