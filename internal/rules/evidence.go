package rules

import (
	"fmt"

	"suqiu/internal/diag"
)

// evidenceRules are about what proves who did what and when.
var evidenceRules = []Rule{
	{"commit-from-future", Evidence, diag.Error, "提交时间晚于入库时间", "", doc(
		"提交时间由提交电脑的时钟决定，晚于入库时间说明时钟不准。",
		"电脑时钟快了一天。",
		"校准时钟后重新提交。"), told},
	{"landing-not-monotonic", Evidence, diag.Warning, "入库时间倒退", "", doc(
		"主分支的入库时间应当只增不减；早于前一次入库的，按前一次计。",
		"用时钟慢两小时的电脑直接推送主分支。",
		"通过合并请求入库；确属时钟事故的，在 suqiu.yaml 的“落地时间”中更正。"), checkMonotonic},
	{"author-unknown", Evidence, diag.Error, "提交人没有登记", "", doc(
		"每一步要能对应到单位，邮箱没有登记就无法认定是谁办理的。",
		"用个人邮箱提交。",
		"改用本单位邮箱，或请联席办在 suqiu.yaml 登记。"), told},
	{"receipt-delayed", Evidence, diag.Info, "合并请求收件过晚", "", doc(
		"单位的步骤按提交时间计算，但最多早于入库 1 个工作日（收件宽限）；合并过晚会让单位吃亏。",
		"周一提交的反馈，周四才合并。",
		"联席办每天合并单位的请求；影响考评的可用“更正”说明。"), told},
}

// checkMonotonic tells of landings whose committer's clock ran behind.
func checkMonotonic(p *pass, _ string) []hit {
	var hits []hit
	for i := 1; i < len(p.Landings); i++ {
		l := &p.Landings[i]
		if behind := p.Landings[i-1].At.Sub(l.Committed); !l.Pending && behind >= tolerance {
			hits = append(hits, hit{landing: i, commit: l.Commit, author: l.Committer.Email,
				message: fmt.Sprintf("入库时间 %s 比前一次入库早 %d 分钟，按前一次的时间计", l.Committed.Format("2006-01-02 15:04"), int(behind.Minutes())),
				fix:     "请通过合并请求入库，或校准提交电脑的时钟"})
		}
	}
	return hits
}
