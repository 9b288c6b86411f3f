package regulation

import "suqiu/internal/workflow"

// opening is what stands before 一.
func opening() Clause {
	return Clause{Title: "依据", Text: []string{
		"根据《国家税务总局关于进一步加强税费服务诉求和舆情分析办理工作的通知》（税总纳服函〔2023〕57号）要求，" +
			"参照区局《国家税务总局内蒙古自治区税务局税费服务诉求和舆情分析办理联席会议制度》，结合我市工作实际，" +
			"制定本制度。",
	}, Items: []Item{
		{Name: "制度全文", How: "制度逐条对应到工具，就是这张表；每条检查规则都写明所依据的条款。",
			Pages: []Page{{Path: "rules/clauses.html", Name: "制度逐条"},
				{Path: "rules/index.html", Name: "制度与口径"}}, Commands: []string{"rules", "explain"}},
	}}
}

func meeting() Clause {
	return Clause{Number: "一(一)", Title: "联席会议", Text: []string{
		"召集人：（姓名略）党委委员、副局长，（姓名略）党委委员、副局长。",
		"成员单位包括办公室、法制科、货物和劳务税科、所得税科、财产和行为税科、社会保险费和非税收入科、纳税服务科、" +
			"征收管理科、党建工作科、督察内审科、第一税务分局、第二税务分局、第三税务分局、稽查局、纳税服务中心、" +
			"信息中心等。各成员单位有关负责同志为联席会议成员。联席会议根据工作需要适时调整成员单位。",
	}, Items: []Item{
		{Name: "召集人", How: "会议和传签的“主持”写召集人；网站不出现姓名，监督版供召集人查看。",
			Pages: []Page{{Path: "index.html", Name: "首页"}, {Path: "quality/index.html", Name: "数据核查",
				Supervision: true}}, Commands: []string{"build"}, Files: []string{"meetings/"}},
		{Name: "成员单位", How: "写在 suqiu.yaml 的“单位”，调整成员单位就是改这一节；事项里写的单位须登记过，" +
			"别名也认。",
			Rules: []string{"unit-unknown"}, Pages: []Page{{Path: "units/index.html", Name: "成员单位"},
				{Path: "units/*.html", Name: "一个单位"}}, Commands: []string{"list", "schema"},
			Files: []string{"suqiu.yaml"}},
	}}
}

func office() Clause {
	return Clause{Number: "一(二)", Title: "联席会议办公室", Text: []string{
		"联席会议办公室作为联席会议的日常办事机构，设在纳税服务科，承担联席会议日常工作。" +
			"联席会议办公室主任由纳税服务科主要负责人担任，副主任由纳税服务中心有关负责同志担任。",
		"联席会议办公室实行联络员制度，联络员由各成员单位有关人员担任。联席会议办公室下设监督考评小组，" +
			"监督考评小组由纳税服务科、办公室、督察内审科组成。",
	}, Items: []Item{
		{Name: "联席会议办公室", How: "单位的“角色”写明哪个单位是联席办；要由联席办做的，集中在工作台上。",
			Pages: []Page{{Path: "office.html", Name: "联席办工作台"}}, Commands: []string{"overdue"},
			Files: []string{"suqiu.yaml"}},
		{Name: "联络员", How: "“人员”写明谁在哪段时间替哪个单位办理，凭提交的邮箱认定；页面只显示单位。",
			Rules: []string{"author-unknown"}, Pages: []Page{{Path: "tasks/*.html", Name: "单位待办"},
				{Path: "rules/filling.html", Name: "怎样填写"}}, Commands: []string{"init", "hook install"},
			Files: []string{"suqiu.yaml"}},
		{Name: "监督考评小组", How: "角色“监督考评”“回访”：评估、考评，以及承办单位是联席办所在单位时的审核和决定。",
			Pages: []Page{{Path: "appraisal/*.html", Name: "季度考评", Supervision: true},
				{Path: "quality/index.html", Name: "数据核查", Supervision: true}}, Commands: []string{"appraisal"}},
	}}
}

func meetingDuties() Clause {
	return Clause{Number: "二(一)", Title: "联席会议职责", Text: []string{
		"联席会议在市局党委领导下，与税费征管问题协同处理会商会议并轨运行、一体推进、统筹落实，承担以下职责：" +
			"一是持续深入学习习近平总书记重要指示批示精神，推动中办、国办印发的《关于进一步深化税收征管改革的意见》，" +
			"落实税务总局党委、自治区税务局党委、市税务局党委关于提升税费服务水平工作部署。" +
			"二是统筹协调各相关成员单位做好税费服务诉求和舆情的收集工作，指导各成员单位协同共进、形成合力，" +
			"持续优化分析、推送、办理、反馈、监督、考评的闭环管理机制。三是压实各成员单位主体责任，" +
			"指导各成员单位扎实改进工作，着力解决纳税人缴费人急难愁盼问题，持续提升税费服务的精细化、个性化水平，" +
			"促进社会满意度和税法遵从度提升。四是承办税务总局、自治区税务局党委、市税务局党委交办的其他事项。",
	}, Items: []Item{
		{Name: "并轨运行", How: "与税费征管问题协同处理会商会议一起开的，会议写“并轨会商: 是”。",
			Pages: []Page{{Path: "meetings/index.html", Name: "联席会议"}}, Commands: []string{"meeting new"},
			Files: []string{"meetings/"}},
		{Name: "一是", How: "学习和贯彻的部署列为会议议题，决定、责任单位、落实情况写在纪要里；" +
			"市局党委的部署可注明“提请党委会”。",
			Pages: []Page{{Path: "meetings/*.html", Name: "一次会议"}}, Commands: []string{"meeting pack"},
			Files: []string{"meetings/"}},
		{Name: "二是", How: "从收集到考评的闭环是一张状态流转表，检查、网站和统计都按它；各单位的收集看月度报送。",
			Pages: []Page{{Path: "rules/index.html#states", Name: "状态流转"},
				{Path: "monthly/index.html", Name: "月度报送"}}, Commands: []string{"check", "monthly"}},
		{Name: "三是", How: "每个单位一页，先列待办，再列办理情况和评估结果；热点难点和满意率在分析报告。",
			Pages:    []Page{{Path: "units/*.html", Name: "一个单位"}, {Path: "reports/index.html", Name: "分析报告"}},
			Commands: []string{"list", "report"}},
		{Name: "四是", How: "上级交办的事项照样登记，渠道写“上级交办”，上级定的期限写“原渠道期限”，两个期限同时计算。",
			Pages: []Page{{Path: "cases/*.html", Name: "诉求详情"}}, Commands: []string{"show"},
			Files: []string{"cases/"}},
	}}
}

func officeDuties() Clause {
	return Clause{Number: "二(二)", Title: "联席会议办公室职责", Text: []string{
		"联席会议办公室作为联席会议的日常办事机构，承担以下职责：一是负责提出制定、修订联席会议制度的建议。" +
			"二是牵头做好联席会议各项日常工作，负责税费服务诉求和舆情的分析、推送等工作。三是提出召开联席会议的建议，" +
			"起草分析报告。四是统筹指导监督考评小组研究完善有关绩效考评指标，协调并监督各成员单位落实联席会议部署的工" +
			"作任务。五是统筹协调联络员做好联席会议安排的具体工作。六是与自治区税务局、各旗县税务局、" +
			"局内各单位加强信息沟通协调。七是提出需提交市税务局党委会议研究审议事项的建议。" +
			"八是定期向自治区税务局联席会议办公室报送有关情况。",
	}, Items: []Item{
		{Name: "一是", How: "修订制度的建议列为会议议题；口径随 suqiu.yaml 修改，只由联席办提交，自下一次推送起适用。",
			Rules: []string{"config-actor"}, Pages: []Page{{Path: "rules/index.html#limits", Name: "期限"}},
			Files: []string{"suqiu.yaml", "meetings/"}},
		{Name: "二是", How: "待分析、待推送、待审核、待确认、待评估的都在工作台。",
			States: []workflow.State{workflow.Registered, workflow.Analysing},
			Pages:  []Page{{Path: "office.html", Name: "联席办工作台"}}, Commands: []string{"overdue", "list"}},
		{Name: "三是", How: "由等待决定的事项生成议题；分析报告由数据生成，文字可以续写。",
			Pages: []Page{{Path: "meetings/index.html", Name: "联席会议"},
				{Path: "reports/*.html", Name: "一个季度的报告"}}, Commands: []string{"meeting", "meeting new",
				"report"}, Files: []string{"reports/"}},
		{Name: "四是", How: "考评分值写在 suqiu.yaml 的“考评”；议定事项写明责任单位、完成期限和落实情况，" +
			"到期没有落实的算超期。",
			Pages: []Page{{Path: "appraisal/*.html", Name: "季度考评", Supervision: true},
				{Path: "meetings/index.html", Name: "联席会议"}}, Commands: []string{"appraisal"},
			Files: []string{"suqiu.yaml", "appraisal/"}},
		{Name: "五是", How: "会议材料（议程、议题、上次议定事项、纪要草稿）一份 Word，发给联络员。",
			Pages: []Page{{Path: "meetings/*.docx", Name: "会议材料"}}, Commands: []string{"meeting pack"}},
		{Name: "六是", How: "网站给全局看，各单位可订阅到期日历和办理动态；风险点转送各单位，旗县按季报送。",
			Pages: []Page{{Path: "feeds/*.ics", Name: "到期日历"}, {Path: "feeds/*.atom", Name: "办理动态"},
				{Path: "risks/index.html", Name: "风险点"}, {Path: "counties/index.html", Name: "旗县市区"}},
			Commands: []string{"build", "serve", "export"}},
		{Name: "七是", How: "议题注明“提请党委会: 是”，报告第六章汇总。",
			Pages: []Page{{Path: "meetings/*.html", Name: "一次会议"},
				{Path: "reports/*.html", Name: "一个季度的报告"}}, Files: []string{"meetings/"}},
		{Name: "八是", How: "每季度向自治区税务局联席会议办公室报送，写明报送对象、文号和内容；季后 15 " +
			"个工作日还没有的提示。",
			Rules: []string{"upward-missing"}, Pages: []Page{{Path: "submissions/index.html", Name: "向上级报送"}},
			Commands: []string{"report"}, Files: []string{"submissions/"}},
	}}
}
