package rules

import "suqiu/internal/diag"

// formatRules are about a file as it stands; the parser finds their offences.
var formatRules = []Rule{
	{"front-matter-missing", Format, diag.Error, "缺少首部", "", doc(
		"事项的编号、状态、承办单位等都写在文件开头两行 --- 之间（首部），没有首部就无法办理和统计。",
		"文件第一行直接写“编号: 202607-NFZX-012”，前面没有 ---。",
		"在第一行补 ---，各项写完后再写一行 ---，下面是正文。"), told},
	{"front-matter-unclosed", Format, diag.Error, "首部没有结束", "", doc(
		"首部要用单独一行 --- 结束，否则正文会被当成首部。",
		"写完“更正:”就直接写“## 诉求内容”。",
		"在“## 诉求内容”前面补一行 ---。"), told},
	{"encoding", Format, diag.Error, "文件编码不是 UTF-8", "", doc(
		"其他编码（如记事本的 ANSI，即 GB18030）读出来是乱码，姓名单位都可能认错。",
		"用旧版记事本以 ANSI 保存的文件。",
		"用记事本打开，选“另存为”，编码选 UTF-8。"), told},
	{"yaml-syntax", Format, diag.Error, "写法有误", "", doc(
		"首部每行应为“项目: 内容”，冒号后有一个空格；写法不对的行无法识别。",
		"“结果:已解决”（缺空格）、“理由: [区局]运维”（以方括号开头）、用 Tab 缩进。",
		"照提示给出的一行整行替换；内容以 [ % @ * & 等开头的，加上引号。"), told},
	{"key-unknown", Format, diag.Error, "不认识的项目", "", doc(
		"项目名写错了，其内容就不起作用。",
		"“主责单位: 信息中心”（应为“承办单位”）。",
		"改为提示中的项目名；确属多余的删去。"), told},
	{"key-duplicate", Format, diag.Error, "项目重复", "", doc(
		"同一项目写了两次，无法判断以哪个为准。",
		"“状态: 办理中”之后又有一行“状态: 已反馈”。",
		"只保留正确的一行。"), told},
	{"key-missing", Format, diag.Error, "必填项没有填", "", doc(
		"编号、标题、性质、渠道、收集单位、收集日期、状态是每件事项都要有的要素。",
		"“收集日期:”后面是空的。",
		"按提示补填。"), told},
	{"value-type", Format, diag.Error, "内容的形式不对", "", doc(
		"件数、天数应为正整数，只填一个值的项目不能写成一列。",
		"“件数: 九件”。",
		"“件数: 9”。"), told},
	{"value-enum", Format, diag.Error, "不在可选范围", "", doc(
		"性质、状态、办理类别等只能从固定的词里选，否则无法汇总。",
		"“性质: 投诉”（投诉是渠道，性质只能是诉求或舆情）。",
		"改为提示列出的词。"), told},
	{"value-truncated", Format, diag.Error, "内容会被截断", "", doc(
		"空格加 # 之后的文字会被当作备注，不算内容。",
		"“标题: 反映 #3 窗口排队时间长”，只剩“反映”。",
		"给整个内容加上引号。"), told},
	{"date-invalid", Format, diag.Error, "日期写法不对", "", doc(
		"日期一律写成 2026-07-01，才能排序和计算期限。",
		"“2026/7/1”“2026年7月1日”“2026-02-30”。",
		"改为年-月-日，月和日各两位数；suqiu fmt 能自动改前两种。"), told},
	{"fullwidth-punctuation", Format, diag.Error, "用了全角标点", "", doc(
		"项目名后面要用英文冒号加一个空格，全角冒号、全角空格和全角数字无法识别。",
		"“结果：已解决”。",
		"“结果: 已解决”。suqiu fmt 能自动修改。"), told},
	{"id-mismatch", Format, diag.Error, "编号有误", "", doc(
		"编号由收集年月、单位代码、序号组成，与文件名相同，入库后不再改变。",
		"文件 202607-NFZX-012.md 里写“编号: 202607-NFZX-013”。",
		"编号与文件名保持一致，年月与收集日期一致。"), told},
	{"id-duplicate", Format, diag.Error, "编号重复", "", doc(
		"一个编号只能对应一件事项。",
		"cases/2026/07/ 和 cases/2026/08/ 下都有 202607-NFZX-012.md。",
		"后登记的改用下一个序号，误复制的删去一份。"), told},
	{"path-mismatch", Format, diag.Error, "文件放错位置", "", doc(
		"事项按收集年月存放在 cases/年/月/ 下，便于查找。",
		"202607-NFZX-012.md 放在 cases/2026/08/。",
		"移到提示的位置；移动文件不影响办理记录。"), told},
	{"title-length", Format, diag.Error, "标题过短或过长", "", doc(
		"标题用于清单和报告，应让人一眼看懂是什么事。",
		"“标题: 申报”。",
		"用 4 至 60 个字概括，细节写入“诉求内容”。"), told},
	{"section-missing", Format, diag.Error, "正文缺少内容", "三(四)", doc(
		"正文分诉求内容、研判分析、办理情况、反馈答复四节；反馈后“办理情况”“反馈答复”不能为空。",
		"状态已是“已反馈”，“## 反馈答复”下面是空的。",
		"补上标题或内容。"), told},
	{"state-behind-record", Format, diag.Error, "填了记录，状态没有跟着改", "", doc(
		"是否反馈、是否异议以“状态”为准，只填记录不改状态，时限照样在走。",
		"新增了一条“反馈”，“状态”仍是“办理中”。",
		"按提示改“状态”。"), told},
}

// privacyRules are about what must not stand in a file.
var privacyRules = []Rule{
	{"raw-html", Privacy, diag.Error, "正文里有 HTML", "", doc(
		"HTML 标签可能夹带脚本或外部链接，网页上一律不显示。",
		"“<font color=red>加急</font>”。",
		"删去标签；要强调的文字写成 **加急**。"), told},
}
