package caserules

import "suqiu/internal/problem"

const (
	mistake = problem.Error
	warning = problem.Warning
	info    = problem.Info
)

// All returns every rule, in the order of DESIGN section 8. Those without a
// check have their offences found elsewhere: by the parser of a file, by the
// replay of a case, or by package rules, which sees the whole register.
func All() []Rule {
	var all []Rule
	for _, part := range []struct {
		group Group
		rules []Rule
	}{
		{Format, formatRules()},
		{References, referenceRules()},
		{Workflow, workflowRules()},
		{Deadlines, deadlineRules()},
		{Evidence, evidenceRules()},
		{Privacy, privacyRules()},
		{Hints, hintRules()},
	} {
		for _, r := range part.rules {
			r.Group = part.group
			all = append(all, r)
		}
	}
	return all
}

// formatRules are about what one file says by itself.
func formatRules() []Rule {
	return []Rule{
		{Slug: "front-matter-missing", Severity: mistake, Title: "缺少开头的要素区", Clause: "三(二)"},
		{Slug: "front-matter-unclosed", Severity: mistake, Title: "要素区没有结束", Clause: "三(二)"},
		{Slug: "encoding", Severity: mistake, Title: "文件不是 UTF-8 编码", Clause: "《GB/T 13000》"},
		{Slug: "yaml-syntax", Severity: mistake, Title: "要素写法有误", Clause: "三(二)"},
		{Slug: "key-unknown", Severity: mistake, Title: "没有这一项要素", Clause: "三(二)"},
		{Slug: "key-duplicate", Severity: mistake, Title: "要素重复", Clause: "三(二)"},
		{Slug: "key-missing", Severity: mistake, Title: "缺少必填要素", Clause: "三(二)"},
		{Slug: "value-type", Severity: mistake, Title: "内容的形式不对", Clause: "三(二)"},
		{Slug: "value-enum", Severity: mistake, Title: "内容不在可选范围", Clause: "三(三)"},
		{Slug: "value-truncated", Severity: mistake, Title: "内容被截断", Clause: "三(二)"},
		{Slug: "date-invalid", Severity: mistake, Title: "日期写法不对", Clause: "《GB/T 7408.1》"},
		{Slug: "fullwidth-punctuation", Severity: mistake, Title: "用了全角标点", Clause: "三(二)"},
		{
			Slug: "id-mismatch", Severity: mistake, Title: "编号不合规则或与文件不符",
			Clause: "三(二)", check: foreignNumbers,
		},
		{Slug: "id-duplicate", Severity: mistake, Title: "编号重复", Clause: "三(二)"},
		{Slug: "id-taken", Severity: mistake, Title: "编号已属于另一件", Clause: "三(二)", OfHistory: true},
		{Slug: "path-mismatch", Severity: mistake, Title: "文件放错了地方", Clause: "三(二)"},
		{Slug: "title-length", Severity: mistake, Title: "标题过短或过长", Clause: "三(二)"},
		{Slug: "section-missing", Severity: mistake, Title: "正文缺少一节或内容为空", Clause: "三(四)"},
		{Slug: "state-behind-record", Severity: mistake, Title: "填了记录，状态没有跟上", Clause: "三(四)"},
		{Slug: "placeholder-left", Severity: mistake, Title: "还有没填的空", Clause: "三(四)"},
		{Slug: "table-cells", Severity: warning, Title: "表格的格数不一样", Clause: "三(四)"},
		{Slug: "size-limit", Severity: mistake, Title: "文件太大，或标记太多", Clause: "三(二)"},
		{Slug: "json-syntax", Severity: mistake, Title: "季度报送文件读不出来", Clause: "三(六)"},
		{Slug: "totals-mismatch", Severity: mistake, Title: "数字对不上", Clause: "三(二)"},
	}
}

// referenceRules are about what one file says of another.
func referenceRules() []Rule {
	return []Rule{
		{Slug: "unit-unknown", Severity: mistake, Title: "单位没有登记", Clause: "一(一)", check: unknownUnits},
		{Slug: "channel-unknown", Severity: mistake, Title: "渠道没有登记", Clause: "三(二)", check: unknownChannels},
		{
			Slug: "channel-unit", Severity: mistake, Title: "渠道不属于收集单位",
			Clause: "三(二)", check: foreignChannels,
		},
		{Slug: "case-unknown", Severity: mistake, Title: "找不到所指的事项", Clause: "三(三)"},
		{Slug: "meeting-unknown", Severity: mistake, Title: "依据的会议或传签不存在", Clause: "三(一)"},
		{Slug: "meeting-case", Severity: warning, Title: "会议与事项对不上", Clause: "三(一)"},
		{Slug: "plea-unfounded", Severity: mistake, Title: "申辩没有对应的扣分", Clause: "三(五)"},
		{Slug: "merge-cycle", Severity: mistake, Title: "合并绕成一圈", Clause: "三(三)"},
	}
}

// workflowRules are about who did what, and whether it was the next step.
func workflowRules() []Rule {
	return []Rule{
		{Slug: "transition-illegal", Severity: mistake, Title: "状态不能这样改", Clause: "三"},
		{Slug: "transition-actor", Severity: mistake, Title: "这一步不由本单位办理", Clause: "三"},
		{Slug: "transition-requires", Severity: mistake, Title: "这一步缺少应填内容", Clause: "三"},
		{Slug: "record-changed", Severity: mistake, Title: "已入库的记录被修改", Clause: "三(五)"},
		{Slug: "record-removed", Severity: mistake, Title: "已入库的记录被删除", Clause: "三(五)"},
		{Slug: "case-deleted", Severity: mistake, Title: "事项文件被删除", Clause: "三(二)"},
		{Slug: "second-objection", Severity: mistake, Title: "再次提出异议", Clause: "三(三)"},
		{Slug: "extension-cap", Severity: mistake, Title: "延期超过上限", Clause: "三(四)"},
		{Slug: "extension-count", Severity: mistake, Title: "延期次数过多", Clause: "三(四)"},
		{Slug: "extension-in-improvement", Severity: mistake, Title: "改进中申请延期", Clause: "三(五)"},
		{Slug: "self-evaluation", Severity: mistake, Title: "自己评估自己", Clause: "三(五)"},
		{Slug: "self-review", Severity: mistake, Title: "自己审核自己", Clause: "三(五)"},
		{Slug: "unresolved-closed", Severity: mistake, Title: "暂未解决却转评估或办结", Clause: "三(五)"},
		{Slug: "third-push", Severity: warning, Title: "第三次推送", Clause: "三(三)"},
		{
			Slug: "correction-unfounded", Severity: mistake, Title: "更正没有依据",
			Clause: "三(五)", check: emptyCorrections,
		},
		{Slug: "config-actor", Severity: mistake, Title: "应由联席办提交的文件", Clause: "二(二)"},
		{
			Slug: "base-stale", Severity: mistake, Title: "事项已有新的修改",
			Clause: "三(四)", OfHistory: true,
		},
	}
}

// deadlineRules are about limits. The gravest of them is a warning: only suqiu overdue fails
// on time. Limits that are the office's own (内部控制) are infos and are never
// called 超期.
func deadlineRules() []Rule {
	return []Rule{
		{Slug: "push-late", Severity: info, Title: "推送较慢", Clause: "三(三)"},
		{Slug: "accept-late", Severity: info, Title: "接收较慢", Clause: "三(四)"},
		{Slug: "objection-late", Severity: warning, Title: "异议逾期提出", Clause: "三(三)"},
		{Slug: "escalation-late", Severity: warning, Title: "说明单逾期提出", Clause: "三(四)"},
		{Slug: "feedback-overdue", Severity: warning, Title: "超期未反馈", Clause: "三(四)"},
		{Slug: "feedback-late", Severity: warning, Title: "超期反馈", Clause: "三(四)"},
		{Slug: "extension-late", Severity: warning, Title: "延期申请过晚", Clause: "三(四)"},
		{Slug: "extension-early", Severity: warning, Title: "延期申请过早", Clause: "三(四)"},
		{Slug: "co-feedback-late", Severity: info, Title: "协办反馈较晚", Clause: "三(四)"},
		{Slug: "decision-late", Severity: info, Title: "确认或研究决定较慢", Clause: "三(三)、三(四)"},
		{Slug: "review-late", Severity: info, Title: "反馈审核较慢", Clause: "三(四)"},
		{Slug: "evaluation-late", Severity: info, Title: "评估较慢", Clause: "三(五)"},
		{Slug: "improvement-overdue", Severity: warning, Title: "改进超过期限", Clause: "三(五)"},
		{Slug: "channel-overdue", Severity: warning, Title: "超过原渠道期限", Clause: "三(二)"},
		{Slug: "promise-overdue", Severity: info, Title: "承诺的完成期限已过", Clause: "三(四)"},
		{Slug: "review-date-passed", Severity: warning, Title: "下次研究日期已过", Clause: "三(四)"},
		{
			Slug: "calendar-missing", Severity: warning, Title: "节假日安排尚未公布",
			Clause: "《全国年节及纪念日放假办法》",
		},
		{
			Slug: "calendar-changed", Severity: warning, Title: "日历修改使到期日变动",
			Clause: "《全国年节及纪念日放假办法》",
		},
		{Slug: "monthly-missing", Severity: warning, Title: "月度报送未报", Clause: "三(二)"},
		{Slug: "monthly-late", Severity: warning, Title: "月度报送迟报", Clause: "三(二)"},
		{Slug: "monthly-incomplete", Severity: warning, Title: "月度报送漏了渠道", Clause: "三(二)"},
		{Slug: "meeting-missing", Severity: warning, Title: "本季度没有召开联席会议", Clause: "三(一)"},
		{Slug: "minutes-late", Severity: info, Title: "会议纪要印发较慢", Clause: "三(一)"},
		{Slug: "resolution-overdue", Severity: warning, Title: "议定事项没有按期落实", Clause: "三(一)"},
		{Slug: "circular-unratified", Severity: info, Title: "传签尚未追认", Clause: "三(一)"},
		{Slug: "upward-missing", Severity: info, Title: "向上级的报送还没有", Clause: "二(二)"},
		{Slug: "county-missing", Severity: info, Title: "旗县季度报送还没有", Clause: "三(六)"},
		{Slug: "county-late", Severity: info, Title: "旗县季度报送较晚", Clause: "三(六)"},
		{Slug: "report-missing", Severity: info, Title: "季度分析报告未按时形成", Clause: "三(五)"},
	}
}

// evidenceRules are about how well history proves who did what and when. Their wording
// accuses nobody: clocks go wrong and mail gets delayed.
func evidenceRules() []Rule {
	return []Rule{
		{Slug: "backdated", Severity: warning, Title: "提交时间与入库时间不一致", Clause: "三(四)"},
		{Slug: "commit-from-future", Severity: mistake, Title: "提交时间晚于入库时间", Clause: "三(五)"},
		{Slug: "landing-not-monotonic", Severity: warning, Title: "入库时间早于前一次入库", Clause: "三(五)"},
		{Slug: "merge-reversed", Severity: warning, Title: "主分支被并进别的分支后推送", Clause: "三(五)"},
		{Slug: "history-rewritten", Severity: mistake, Title: "主分支的历史被改写过", Clause: "三(五)", Mendable: true},
		{Slug: "signature-missing", Severity: mistake, Title: "提交没有签名", Clause: "《电子签名法》第十三条"},
		{Slug: "signature-bad", Severity: mistake, Title: "提交的签名不能证明是本人", Clause: "《电子签名法》第十三条"},
		{Slug: "author-mismatch", Severity: mistake, Title: "提交人不是推送的人", Clause: "《电子签名法》第十三条"},
		{Slug: "author-unknown", Severity: mistake, Title: "提交人邮箱没有登记", Clause: "一(二)"},
		{Slug: "receipt-delayed", Severity: info, Title: "合并迟缓", Clause: "三(四)"},
		{Slug: "report-drift", Severity: warning, Title: "已发布的季度数字与重算不符", Clause: "三(五)"},
		{Slug: "counting-changed", Severity: info, Title: "已发布的季度按旧口径计算（口径变更）", Clause: "三(五)"},
	}
}

// privacyRules are about what must stand in no file, no name and no message: a landed text
// is in every clone for good.
func privacyRules() []Rule {
	return []Rule{
		{Slug: "pii-id-card", Severity: mistake, Title: "有居民身份证号码", Clause: "《个人信息保护法》第六条"},
		{Slug: "pii-phone", Severity: mistake, Title: "有电话号码", Clause: "《个人信息保护法》第六条"},
		{Slug: "pii-bank-card", Severity: mistake, Title: "有银行卡号", Clause: "《个人信息保护法》第二十八条"},
		{Slug: "pii-credit-code", Severity: mistake, Title: "有统一社会信用代码", Clause: "《税收征收管理法》第八条"},
		{Slug: "pii-email", Severity: mistake, Title: "有电子邮箱地址", Clause: "《个人信息保护法》第六条"},
		{Slug: "pii-document", Severity: mistake, Title: "有护照或通行证号码", Clause: "《个人信息保护法》第六条"},
		{Slug: "pii-account", Severity: mistake, Title: "有 QQ 或微信账号", Clause: "《个人信息保护法》第六条"},
		{Slug: "raw-html", Severity: mistake, Title: "正文中有 HTML 标签", Clause: "三(三)"},
	}
}

// hintRules are about what may be worth a look. Nothing about it is wrong by itself and
// none of it counts in any appraisal; the 公开 edition of the site shows none.
func hintRules() []Rule {
	return []Rule{
		{Slug: "repeated-reassignment", Severity: info, Title: "多次调整承办单位", Clause: "三(三)", check: reassigned},
		{Slug: "last-day-feedback", Severity: info, Title: "到期日反馈", Clause: "三(四)", check: lastDay},
		{Slug: "similar-feedback", Severity: info, Title: "答复内容相近", Clause: "三(五)"},
		{Slug: "duplicate-suspected", Severity: info, Title: "可能重复", Clause: "三(三)"},
		{Slug: "proxy-entry", Severity: info, Title: "代录", Clause: "三(四)", check: proxies},
	}
}
