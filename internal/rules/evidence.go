package rules

import "suqiu/internal/problem"

// evidenceRules are about how well history proves who did what and when.
// Their wording accuses nobody: clocks go wrong and mail gets delayed.
func evidenceRules() []Rule {
	return []Rule{
		{Slug: "backdated", Group: Evidence, Severity: problem.Warning, Title: "提交时间与入库时间不一致", Clause: "三(四)", check: told, Doc: `为什么：单位何时办的，看提交时间；提交写的时间早，而提交本身是后来生成的，两者不一致，无从证明当时已经办理，只按收件宽限计。变基、重新提交、电脑时钟不准都会造成，并不表示有人做了什么。
反例：提交写的是 9 月 28 日，实际生成于 10 月 9 日，当天入库。
怎么改：无须改动；以后在 GitLab 网页上编辑，或提交后不再变基。确曾按时提交的，请联席办核对合并请求记录，写“更正”并注明依据。`},
		{Slug: "commit-from-future", Group: Evidence, Severity: problem.Error, Title: "提交时间晚于入库时间", Clause: "三(五)", check: told, Doc: `为什么：一步什么时候办的，看提交时间；提交电脑的时钟快了，时间就对不上，一律按入库时间计。
反例：10 月 9 日入库的提交，自己写的时间是 10 月 19 日。
怎么改：打开电脑“日期和时间”设置，选择自动校时，再重新提交；在 GitLab 网页上编辑不会有这个问题。`},
		{Slug: "landing-not-monotonic", Group: Evidence, Severity: problem.Warning, Title: "入库时间早于前一次入库", Clause: "三(五)", check: backwardLandings, Doc: `为什么：主分支上的提交应当一次比一次晚；后一次反而早了 10 分钟以上，说明提交电脑的时钟慢了，或者没有用合并提交。时限按前一次入库的时间计。
反例：前一次 10 月 9 日 16:00 入库，这一次写的是 10 月 8 日 09:00。
怎么改：校准时钟，并在 GitLab 中使用“合并提交”；确需改正时间的，由联席办在 suqiu.yaml“落地时间”中写明。`},
		{Slug: "history-rewritten", Group: Evidence, Severity: problem.Error, Mendable: true, Title: "主分支的历史被改写过", Clause: "三(五)", check: rewrittenHistory, Doc: `为什么：报告、上报材料里印着的留痕编号，是当时主分支的提交和日期；今天的历史若不是从那个提交接着来的，说明此后有人改写过历史（改时间、改提交人、去掉提交），时限和数字都失去凭据。
反例：三季度报告留存以后，有人强行推送了一段改过日期的历史。
怎么改：向保存着原来历史的电脑、备份或旗县核实，恢复主分支；确为清理误入的个人信息等而改写的，由联席办在 suqiu.yaml“历史更替”中写明旧、新、移除、原因、依据。用 suqiu verify 留痕编号 核对任何一个编号。`},
		{Slug: "signature-missing", Group: Evidence, Severity: problem.Error, Title: "提交没有签名", Clause: "《电子签名法》第十三条", check: unsigned, Doc: `为什么：suqiu.yaml 写明“签名: 要求”。提交人的姓名、邮箱谁都可以填写，签名才能证明确是本人所为。
反例：在没有设置签名钥匙的电脑上提交并推送。
怎么改：在 GitLab 网页上编辑，由平台代为签名；或设置本人的签名钥匙后执行 git commit --amend --no-edit -S，再重新推送。合并时也在 GitLab 页面上点“合并”。`},
		{Slug: "signature-bad", Group: Evidence, Severity: problem.Error, Title: "提交的签名不能证明是本人", Clause: "《电子签名法》第十三条", check: badlySigned, Doc: `为什么：签名要用提交人本人登记过、当时有效、没有吊销的钥匙，内容一字未改，才能作为办理凭据。钥匙以合并之前的签名人名单为准，合并请求自己带来的不算；把提交时间写早，也不能让过期的钥匙重新有效。
反例：用同事的钥匙签名；钥匙已经到期、吊销，或者还没有登记；签名之后又改了提交。
怎么改：用本人的钥匙重新签名提交；换了钥匙的，先请联席办更新签名人名单（“@revoked ”加在行首表示吊销），合并之后再提交。`},
		{Slug: "author-mismatch", Group: Evidence, Severity: problem.Error, Title: "提交人不是推送的人", Clause: "《电子签名法》第十三条", check: foreignAuthors, Doc: `为什么：提交里的邮箱谁都可以填写；登录平台推送的是谁，平台知道。登记了“账号”的人，别人不能用他的名义提交。
反例：用同事的邮箱提交，以自己的账号推送。
怎么改：请本人提交、推送。合并按钮、压缩合并、变基、拣选已经推送过的提交，不算；没有登记“账号”的，只提示。`},
		{Slug: "author-unknown", Group: Evidence, Severity: problem.Error, Title: "提交人邮箱没有登记", Clause: "一(二)", check: unknownAuthors, Doc: `为什么：系统凭提交人的邮箱确定是哪个单位办的；邮箱没有登记，就无法确认这一步该由谁负责。
反例：用个人电脑上的私人邮箱提交，或新来的联络员还没有登记。
怎么改：改用本单位邮箱（GitLab“用户设置”中可以改提交邮箱），或请联席办在 suqiu.yaml“单位”的“邮箱”、“人员”中登记。`},
		{Slug: "receipt-delayed", Group: Evidence, Severity: problem.Info, Title: "合并迟缓", Clause: "三(四)", check: told, Doc: `为什么：单位按时提交了，合并请求放了很久才合并，超出收件宽限的天数就要由单位承担，这不公平。本提示是给负责合并的人的。
反例：承办单位 9 月 28 日提交反馈，10 月 12 日才合并。
怎么改：联席办每个工作日处理合并请求；因此误算超期的，由联席办写“更正”并注明依据。`},
	}
}
