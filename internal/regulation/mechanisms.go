package regulation

import "suqiu/internal/workflow"

// mechanisms is the heading 三, which carries what holds for every step.
func mechanisms() Clause {
	return Clause{Number: "三", Title: "工作机制", Items: []Item{
		{Name: "闭环", How: "每一步由谁做、要带什么，一律按状态流转表检查；时间由提交历史推定，不手工填写。",
			Rules: []string{"transition-illegal", "transition-actor", "transition-requires"},
			Pages: []Page{{Path: "rules/index.html#states", Name: "状态流转"},
				{Path: "rules/filling.html", Name: "怎样填写"}},
			Commands: []string{"check", "show"}},
	}}
}

func rhythm() Clause {
	return Clause{Number: "三(一)", Title: "联席会议召开时间", Text: []string{
		"联席会议由召集人召集，原则上每季度召开一次，成员单位可根据工作需要向联席会议办公室提出召开联席会议的建议，" +
			"由联席会议办公室报送召集人确定。联席会议研究具体事项时，可视情况召集部分相关成员单位参加。根据工作需要，" +
			"联席会议可邀请其他相关单位、部门列席。遇特殊或重大问题，按照一事一议原则即时召开。" +
			"联席会议议定事项以会议纪要形式印发实施。",
	}, Items: []Item{
		{Name: "每季度召开一次", How: "“例会”“专题”“即时”都算；一个季度没有召开的提示。",
			Rules: []string{"meeting-missing"}, Pages: []Page{{Path: "meetings/index.html", Name: "联席会议"}},
			Commands: []string{"meeting new"}, Files: []string{"meetings/"}},
		{Name: "成员单位的建议", How: "写“提议单位”“事由”和有关事项，列入下一次会议的议题；召集人确定后填写召开日期。",
			Pages: []Page{{Path: "office.html", Name: "联席办工作台"},
				{Path: "meetings/index.html", Name: "联席会议"}},
			Commands: []string{"meeting new"}, Files: []string{"meetings/"}},
		{Name: "部分成员单位参加、其他单位列席", How: "“出席”写到会的成员单位，“列席”写其他单位和部门。",
			Pages: []Page{{Path: "meetings/*.docx", Name: "会议材料"}}, Commands: []string{"meeting pack"},
			Files: []string{"meetings/"}},
		{Name: "一事一议，即时召开", How: "类型写“即时”；等不及开会的写成传签（CQ 编号），由下一次会议追认。",
			Rules: []string{"circular-unratified"}, Pages: []Page{{Path: "meetings/*.html", Name: "一次会议"}},
			Commands: []string{"meeting new"}, Files: []string{"meetings/"}},
		{Name: "会议纪要", How: "填了“印发日期”就是纪要，议题写明决定、责任单位、完成期限、落实情况；与事项的“依据”" +
			"互相核对。",
			Rules:    []string{"minutes-late", "resolution-overdue", "meeting-unknown", "meeting-case"},
			Pages:    []Page{{Path: "meetings/*.html", Name: "一次会议"}, {Path: "meetings/*.docx", Name: "会议材料"}},
			Commands: []string{"meeting pack"}, Files: []string{"meetings/"}},
	}}
}

func collecting() Clause {
	return Clause{Number: "三(二)", Title: "诉求和舆情收集", Text: []string{
		"各相关成员单位做好税费服务诉求和舆情的收集工作，在保持原有转办、反馈等机制不变的前提下，" +
			"每月前3个工作日内将上月收集的税费服务诉求和舆情以及可能存在的风险点发送纳税服务科汇总整理。" +
			"相关风险点将定期转送各相关科室和各旗县税务局。",
		"办公室负责国务院“互联网+督查”、人民网“领导留言板”、局长信箱、信访等渠道的诉求收集工作。",
		"纳税服务科负责办税服务厅、投诉、差评（办税厅和自助办税终端）、涉税专业服务机构反馈、蹲点调研、" +
			"第三方反馈等渠道的诉求收集工作。",
		"纳税服务中心负责12366热线、12345热线、12366纳税服务平台网上热线和网上留言、网络舆情等渠道的诉求收集工作。",
		"征收管理科负责税费征管问题协同解决渠道、差评（电子税务局及APP）、5C和5R指标分析等诉求收集工作。",
		"党建工作科负责教育督导、巡查渠道的诉求收集工作。",
		"督察内审科负责各类督审检查的诉求收集工作。",
		"第三税务分局负责数据分析的诉求收集工作。",
		"其他成员单位负责本条线反馈、20户联系企业以及日常工作等渠道的诉求收集工作。",
	}, Items: []Item{
		{Name: "收集、登记", How: "一件诉求或舆情一个文件，编号由月份、单位代码和顺序号组成；已有台账的可以导入。" +
			"文件写错的，当场指出第几行、怎么改。",
			States: []workflow.State{workflow.Registered, workflow.Withdrawn}, Rows: []int{1, 21},
			Rules: []string{"front-matter-missing", "front-matter-unclosed", "yaml-syntax", "key-unknown",
				"key-duplicate", "key-missing", "value-type", "value-truncated", "fullwidth-punctuation",
				"id-mismatch", "id-duplicate", "id-taken", "path-mismatch", "title-length", "size-limit",
				"case-deleted"},
			Pages:    []Page{{Path: "rules/filling.html", Name: "怎样填写"}, {Path: "search.html", Name: "查询"}},
			Commands: []string{"import", "export", "fmt", "hook pre-commit"}, Files: []string{"cases/"}},
		{Name: "原有机制不变", How: "原渠道自己的单号、期限写“原渠道单号”“原渠道期限”，与本制度的时限同时计算。",
			Rules: []string{"channel-overdue"}, Pages: []Page{{Path: "overdue/index.html", Name: "超期与临期"}},
			Commands: []string{"overdue"}, Files: []string{"cases/"}},
		{Name: "每月前3个工作日报送", How: "每个单位每月一个文件：各渠道的件数、零报告、风险点；迟报、未报都看得到。",
			Rules: []string{"monthly-missing", "monthly-late", "monthly-incomplete", "totals-mismatch"},
			Pages: []Page{{Path: "monthly/index.html", Name: "月度报送"}}, Commands: []string{"monthly"},
			Files: []string{"monthly/"}},
		{Name: "转送风险点", How: "各单位报的风险点按月转送有关科室和旗县，入库之日就是转送之日；每个接收单位一页，" +
			"可打印。",
			Pages:    []Page{{Path: "risks/index.html", Name: "风险点"}, {Path: "risks/*.html", Name: "致一个单位"}},
			Commands: []string{"risks"}, Files: []string{"risks/"}},
		{Name: "渠道分工", How: "渠道登记在各单位名下；“渠道”须是“收集单位”负责的。",
			Rules: []string{"channel-unknown", "channel-unit"}, Pages: []Page{{Path: "units/*.html", Name: "一个单位"}},
			Commands: []string{"schema"}, Files: []string{"suqiu.yaml"}},
	}}
}

func pushing() Clause {
	return Clause{Number: "三(三)", Title: "分析和推送机制", Text: []string{
		"纳税服务科牵头组建分析团队，分析团队由市税务局联席会议成员根据诉求具体内容指派相关人员组成，从涉及面、" +
			"影响度、复杂度等方面分级分类做好综合分析识别，分析税费服务诉求和舆情的轻重缓急程度，确定办理类别，" +
			"提出办理单位建议。",
		"纳税服务科按照政策业务类、系统技术类、征管流程类、服务言行类、服务质效类、侵害权益类、其他类等制定任务清单，" +
			"按照分级分类的原则，及时推送承办单位。涉及多个承办单位的，由纳税服务科提出承办单位建议，" +
			"并推送各相关协办单位。对提出的办理单位建议有异议的，相关单位在任务清单推送后2个工作日内填写《税费服务诉" +
			"求和舆情分析办理情况说明单》发送联席会议办公室，由联席会议办公室报送联席会议确认。",
	}, Items: []Item{
		{Name: "综合分析", How: "涉及面、影响度、复杂度分级，定紧急程度和办理类别；参加分析的单位写“分析单位”，" +
			"结论写“研判分析”一节。重复的合并，不必办的写明不推送原因。",
			States: []workflow.State{workflow.Analysing, workflow.NotPushed, workflow.Merged}, Rows: []int{2, 19, 20},
			Rules:    []string{"value-enum", "merge-cycle", "case-unknown", "raw-html", "duplicate-suspected"},
			Pages:    []Page{{Path: "office.html", Name: "联席办工作台"}, {Path: "cases/*.html", Name: "诉求详情"}},
			Commands: []string{"list"}, Files: []string{"cases/"}},
		{Name: "任务清单、推送", How: "按七个类别列出，有签收栏，可出 Word、Excel；推送之日起各项时限开始计算。改派、" +
			"多次调整的看得到。",
			States: []workflow.State{workflow.Pushed}, Rows: []int{3, 12}, Rules: []string{"push-late", "third-push",
				"repeated-reassignment"},
			Pages: []Page{{Path: "tasks/index.html", Name: "任务清单"}, {Path: "tasks/RW*.html", Name: "一份清单"},
				{Path: "tasks/RW*.docx", Name: "清单 Word"}, {Path: "tasks/RW*.xlsx", Name: "清单 Excel"}},
			Commands: []string{"form", "list"}},
		{Name: "协办单位", How: "各协办单位有自己的期限（早于承办单位），只填自己的结果；没有反馈不拖累承办单位。",
			Pages: []Page{{Path: "tasks/*.html", Name: "单位待办"}}, Commands: []string{"overdue"}},
		{Name: "异议", How: "推送后 2 个工作日内填说明单，等待期间暂停计时；由会议或传签确认成立与否。",
			States: []workflow.State{workflow.Objected}, Rows: []int{5, 6, 7},
			Rules: []string{"objection-late", "second-objection", "decision-late"},
			Pages: []Page{{Path: "forms/*-statement.docx", Name: "说明单"},
				{Path: "meetings/index.html", Name: "联席会议"}}, Commands: []string{"form", "meeting"}},
	}}
}

func handling() Clause {
	return Clause{Number: "三(四)", Title: "办理和反馈机制", Text: []string{
		"联络员及时接收任务清单并做好初步研究，督促本单位并协调协办单位在规定时间内办理相关事项。" +
			"初步研究为无法解决或协商无法达成一致意见的，承办单位在任务清单推送后3个工作日内填写《税费服务诉求和舆情" +
			"分析办理情况说明单》发送联席会议办公室，由联席会议办公室报送联席会议研究决定。",
		"承办单位在任务清单推送后一般在10个工作日内向联席会议办公室反馈办理情况。难以按期办理的事项，" +
			"应于任务到期前2个工作日内填写《税费服务诉求和舆情分析办理延期申请单》发送联席会议办公室，" +
			"由联席会议办公室报送联席会议确认。申请延期原则上不得超过20个工作日。遇特殊重大问题，按照一事一议原则，" +
			"由联席会议确定办理时间。",
	}, Items: []Item{
		{Name: "接收、初步研究", How: "接收就是改为“办理中”；纸质材料由联席办代录，单独统计。",
			States: []workflow.State{workflow.Handling}, Rows: []int{4},
			Rules:    []string{"accept-late", "co-feedback-late", "proxy-entry"},
			Pages:    []Page{{Path: "tasks/*.html", Name: "单位待办"}, {Path: "feeds/*.ics", Name: "到期日历"}},
			Commands: []string{"list", "overdue"}},
		{Name: "无法解决、协商未达成一致", How: "推送后 3 个工作日内填说明单，等待期间暂停计时；会议决定继续办理、" +
			"改派或长期推进。",
			States: []workflow.State{workflow.Escalated, workflow.LongTerm}, Rows: []int{8, 9, 10, 11, 18},
			Rules: []string{"escalation-late", "decision-late", "review-date-passed"},
			Pages: []Page{{Path: "forms/*-statement.docx", Name: "说明单"},
				{Path: "meetings/index.html", Name: "联席会议"}}, Commands: []string{"form", "meeting"}},
		{Name: "10个工作日内反馈", How: "反馈写结果和措施，正文写办理情况和答复；谁在哪天提交由历史推定，" +
			"合并晚了不算单位的。",
			States: []workflow.State{workflow.FedBack}, Rows: []int{13},
			Rules: []string{"feedback-overdue", "feedback-late", "promise-overdue", "section-missing",
				"state-behind-record", "placeholder-left", "table-cells", "review-late", "backdated", "receipt-delayed",
				"base-stale", "last-day-feedback"},
			Pages: []Page{{Path: "overdue/index.html", Name: "超期与临期"}, {Path: "cases/*.html", Name: "诉求详情"},
				{Path: "rules/index.html#counting", Name: "怎样计算"}}, Commands: []string{"overdue", "show",
				"workday"}},
		{Name: "延期申请", How: "每次推送同意的天数合计不超过 20 个工作日，可以少准（准延天数）；按时提出的，" +
			"决定之前不算超期。",
			Rules: []string{"extension-late", "extension-early", "extension-cap", "extension-count"},
			Pages: []Page{{Path: "forms/*-extension.docx", Name: "延期申请单"}}, Commands: []string{"form", "meeting"}},
		{Name: "一事一议", How: "承办单位填说明单，事由写“一事一议”，状态不变，决定之前不算超期；同意的，" +
			"会议确定的时间写“会议议定期限”（日期、依据），以它为准。",
			Rows: []int{9, 18}, Pages: []Page{{Path: "office.html", Name: "联席办工作台"},
				{Path: "meetings/index.html", Name: "联席会议"}}, Commands: []string{"meeting new"},
			Files: []string{"meetings/", "cases/"}},
	}}
}

func supervising() Clause {
	return Clause{Number: "三(五)", Title: "监督和考评机制", Text: []string{
		"纳税服务科通过12366回访、第三方独立评估、组织税费服务体验师体验、实地调研、发放调查问卷等方式，" +
			"对办理情况进行跟踪评估，向承办单位反馈结果，并按季度形成分析报告。对于办理效果不佳的，" +
			"联席会议办公室将会同承办单位进行研究分析并督促改进，承办单位在规定的办理时间内反馈结果，" +
			"原则上不得申请延期。各成员单位落实联席会议制度情况纳入绩效考评。",
	}, Items: []Item{
		{Name: "审核", How: "联席办审核反馈，退回的接着原来的时限走；联席办所在单位承办、协办的，审核、决定、更正、" +
			"代录由监督考评小组的其他单位作出。",
			Rows: []int{14, 15}, Rules: []string{"self-review", "unresolved-closed"},
			Pages: []Page{{Path: "office.html", Name: "联席办工作台"}}, Commands: []string{"overdue"}},
		{Name: "跟踪评估", How: "写明方式、单位和结果；评估单位不能是承办单位。结果显示在承办单位的页面和动态里。",
			States: []workflow.State{workflow.Evaluating, workflow.Closed}, Rows: []int{15, 16},
			Rules:    []string{"self-evaluation", "evaluation-late", "similar-feedback"},
			Pages:    []Page{{Path: "units/*.html", Name: "一个单位"}, {Path: "feeds/*.atom", Name: "办理动态"}},
			Commands: []string{"show"}},
		{Name: "按季度形成分析报告", How: "八章文字和附件由数据生成，文字可以续写；发布的数字留存，" +
			"以后按原样重算核对；印着的留痕编号随时可以核对。",
			Rules: []string{"report-missing", "report-drift", "counting-changed", "history-rewritten"},
			Pages: []Page{{Path: "reports/*.html", Name: "一个季度的报告"}, {Path: "reports/*.docx", Name: "报告 Word"},
				{Path: "reports/*.xlsx", Name: "附件 Excel"}}, Commands: []string{"report", "verify"},
			Files: []string{"reports/"}},
		{Name: "督促改进", How: "改进写原因、措施、完成期限，不得申请延期；按期反馈改进结果。",
			States: []workflow.State{workflow.Improving}, Rows: []int{17, 13}, Rules: []string{"improvement-overdue",
				"extension-in-improvement"},
			Pages: []Page{{Path: "forms/*-improvement.docx", Name: "督促改进单"},
				{Path: "overdue/index.html", Name: "超期与临期"}}, Commands: []string{"form"}},
		{Name: "纳入绩效考评", How: "按 suqiu.yaml 的“考评”逐条计算，写明事实和条款，可以申辩；行使权利本身不减分，" +
			"不排名。凭据不可改：已入库的记录改不了、删不了，确有差错的加“更正”。",
			Rules: []string{"record-changed", "record-removed", "correction-unfounded", "commit-from-future",
				"landing-not-monotonic", "merge-reversed", "plea-unfounded"}, Rows: []int{22},
			Pages: []Page{{Path: "appraisal/*.html", Name: "季度考评", Supervision: true},
				{Path: "quality/index.html", Name: "数据核查", Supervision: true}},
			Commands: []string{"appraisal", "hook pre-receive"}, Files: []string{"appraisal/"}},
	}}
}

func counties() Clause {
	return Clause{Number: "三(六)", Title: "旗县税务局联席会议制度", Text: []string{
		"各旗县市区税务局要进一步加强税费服务诉求和舆情分析办理工作，参照市税务局建立联席会议制度，" +
			"定期向市税务局联席会议办公室报送有关情况，市税务局联席会议办公室开展评估并实施绩效考评。",
	}, Items: []Item{
		{Name: "参照建立制度", How: "旗县用同一个工具办自己的仓库。", Commands: []string{"init", "build"},
			Files: []string{"suqiu.yaml"}},
		{Name: "定期报送", How: "旗县生成季度汇总，放进市局仓库的 counties/；格式和合计逐项核对，未报、迟报的提示。",
			Rules: []string{"county-missing", "county-late", "json-syntax"},
			Pages: []Page{{Path: "counties/index.html", Name: "旗县市区"}}, Commands: []string{"report"},
			Files: []string{"counties/"}},
		{Name: "评估和考评", How: "各旗县的数字并列并加总，几个库之间也可以加总；旗县承办的事项与其他单位一样考评。",
			Pages: []Page{{Path: "counties/index.html", Name: "旗县市区"}, {Path: "appraisal/*.html", Name: "季度考评",
				Supervision: true}}, Commands: []string{"aggregate", "appraisal"}},
	}}
}

// closing is what stands after 三(六).
func closing() Clause {
	return Clause{Title: "施行", Text: []string{"本制度自即日起施行。", "国家税务总局乌兰察布市税务局",
		"2023年6月13日"}, Items: []Item{
		{Name: "即日起施行", How: "启用以前的事项照现状承接：suqiu.yaml 写“基线”，以前的步骤不追究；" +
			"以后建的库先看示例。",
			Pages: []Page{{Path: "cases/*.html", Name: "诉求详情"}}, Commands: []string{"init", "demo", "import"},
			Files: []string{"suqiu.yaml"}},
	}}
}

// beyond is what the tool holds cases to that the notice does not say.
func beyond() Clause {
	return Clause{Title: "其他法律法规和标准", Items: []Item{
		{Name: "工作日", How: "按《全国年节及纪念日放假办法》和国务院办公厅每年的通知；没有公布的年份标明暂定。",
			Rules: []string{"calendar-missing", "calendar-changed"},
			Pages: []Page{{Path: "rules/index.html#counting", Name: "怎样计算"}}, Commands: []string{"workday"},
			Files: []string{"suqiu.yaml"}},
		{Name: "个人信息和商业秘密", How: "按《个人信息保护法》《税收征收管理法》，事项、会议和提交说明里不得有证件号" +
			"码、电话、账号、信用代码和邮箱；限范围查看的公开版不显示内容。",
			Rules: []string{"pii-id-card", "pii-phone", "pii-bank-card", "pii-credit-code", "pii-email", "pii-document",
				"pii-account"}, Pages: []Page{{Path: "rules/index.html#scope", Name: "限范围查看"}},
			Commands: []string{"check"}},
		{Name: "电子签名", How: "要求签名的，按《电子签名法》认定是不是本人；按登记的公钥检查每次合并和每个步骤。",
			Rules:    []string{"signature-missing", "signature-bad", "author-mismatch"},
			Commands: []string{"check", "hook pre-receive"}, Files: []string{"suqiu.yaml"}},
		{Name: "文件格式", How: "文字编码按 GB/T 13000（UTF-8），日期按 GB/T 7408.1（2026-07-01）。",
			Rules: []string{"encoding", "date-invalid"}, Commands: []string{"fmt"}},
	}}
}
