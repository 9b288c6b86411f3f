package rules

import "suqiu/internal/problem"

// formatRules are about one file by itself.
func formatRules() []Rule {
	return []Rule{
		{Slug: "front-matter-missing", Group: Format, Severity: problem.Error, Title: "缺少开头的要素区", Clause: "三(二)", check: told, Doc: `为什么：事项的编号、状态、单位都写在文件开头两行 --- 之间，没有它系统不知道这是哪件事项、办到哪一步。
反例：文件第一行就是“## 诉求内容”，或者 --- 前面多了文字。
怎么改：第一行只写 ---，接着写“编号: …”等各项，写完再用单独一行 --- 结束；最省事的是从同类事项复制后修改。`},
		{Slug: "front-matter-unclosed", Group: Format, Severity: problem.Error, Title: "要素区没有结束", Clause: "三(二)", check: told, Doc: `为什么：要素区到第二个 --- 为止，少了它，正文会被当成要素，整份文件都读不出来。
反例：写完“更正:”直接写“## 诉求内容”，中间没有 ---；或者 --- 前面有空格。
怎么改：在最后一项要素之后、正文之前，顶格单独写一行 ---。`},
		{Slug: "encoding", Group: Format, Severity: problem.Error, Title: "文件不是 UTF-8 编码", Clause: "《GB/T 13000》", check: told, Doc: `为什么：用记事本另存为 ANSI（GB18030）的文件，在网页和别人的电脑上会成为乱码。
反例：在 Windows 记事本中编辑后按默认编码保存，“状态”二字在网页上成了认不出的符号。
怎么改：用记事本“另存为”，编码选“UTF-8”；或运行 suqiu fmt 自动转换。`},
		{Slug: "yaml-syntax", Group: Format, Severity: problem.Error, Title: "要素写法有误", Clause: "三(二)", check: told, Doc: `为什么：要素按“名称: 内容”一行一项书写，缩进、冒号、引号写错，系统读不出这一项。
反例：结果:已解决（冒号后没有空格）；用 Tab 缩进；内容以 [ % @ * & 开头而没有加引号。
怎么改：按提示中给出的那一行替换；冒号用半角并在后面空一格，缩进用两个空格，特殊开头的内容加双引号。`},
		{Slug: "key-unknown", Group: Format, Severity: problem.Error, Title: "没有这一项要素", Clause: "三(二)", check: told, Doc: `为什么：名称写错的要素等于没有填，容易误以为已经填报。
反例：主办单位: 信息中心（应为“承办单位”）。
怎么改：按提示改为正确的名称；确实不需要的内容删去，或写到正文里。`},
		{Slug: "key-duplicate", Group: Format, Severity: problem.Error, Title: "要素重复", Clause: "三(二)", check: told, Doc: `为什么：同一项写了两遍，无法判断以哪个为准。
反例：文件中有两行“状态:”，一行是“办理中”，一行是“已反馈”。多见于复制粘贴或处理合并冲突之后。
怎么改：只保留正确的一行，删去其余。再次填报“反馈”“延期申请”时，在原有的一项下面另起一条“- ”，不要重写名称。`},
		{Slug: "key-missing", Group: Format, Severity: problem.Error, Title: "缺少必填要素", Clause: "三(二)", check: told, Doc: `为什么：编号、标题、性质、渠道、收集单位、收集日期、状态是每件事项都要有的，缺一项就无法登记、统计。
反例：渠道:（后面是空的）。
怎么改：补上提示的那一项；没有这一行的，照其他事项的次序加上。`},
		{Slug: "value-type", Group: Format, Severity: problem.Error, Title: "内容的形式不对", Clause: "三(二)", check: told, Doc: `为什么：有的要素只填一个内容，有的要列几条，有的只能填数字，形式不对无法计算时限和数量。
反例：申请天数: 十天（应填 10）；反馈: 已解决（应为一条记录）。
怎么改：按提示的写法替换；数字用阿拉伯数字，记录用“  - 名称: 内容”的形式。`},
		{Slug: "value-enum", Group: Format, Severity: problem.Error, Title: "内容不在可选范围", Clause: "三(三)", check: told, Doc: `为什么：性质、状态、办理类别、紧急程度等有固定的选项，写法不一无法归类统计。
反例：状态: 已办理（没有这个状态）；紧急程度: 紧急（应为“急”或“特急”）。
怎么改：从提示列出的选项中选一个，一字不差地填写。`},
		{Slug: "value-truncated", Group: Format, Severity: problem.Error, Title: "内容被截断", Clause: "三(二)", check: told, Doc: `为什么：空格加 # 之后的文字会被当作备注，不算内容，读的人看不到后半句。
反例：措施: 已联系 #3 窗口更换设备（系统只读到“已联系”）。
怎么改：给整句内容加双引号：措施: "已联系 #3 窗口更换设备"。`},
		{Slug: "date-invalid", Group: Format, Severity: problem.Error, Title: "日期写法不对", Clause: "《GB/T 7408.1》", check: told, Doc: `为什么：时限从日期算起，写法不对或不存在的日期无法计算。
反例：收集日期: 2026/7/1，2026年7月1日，2026-02-30。
怎么改：写成 2026-07-01 的形式，月、日都是两位；运行 suqiu fmt 可以自动改写能认出来的日期。`},
		{Slug: "fullwidth-punctuation", Group: Format, Severity: problem.Error, Title: "用了全角标点", Clause: "三(二)", check: told, Doc: `为什么：要素名称后面要用半角冒号，全角的“：”系统认不出来，整行都读不到。
反例：状态：办理中；{结果：已解决}。
怎么改：切换到英文标点，写成 状态: 办理中（冒号后空一格）；或运行 suqiu fmt 自动改正。正文不受此限。`},
		{Slug: "id-mismatch", Group: Format, Severity: problem.Error, Title: "编号不合规则或与文件不符", Clause: "三(二)", check: foreignNumbers, Doc: `为什么：编号是事项的身份，由收集年月、收集单位代码和序号组成，与文件名一致才能对应同一件事项的全部历史。
反例：文件名是 202607-NFZX-012.md，里面写 编号: 202607-NFZX-013；或复制别的事项后忘了改编号。
怎么改：以文件名为准改“编号”；文件名本身写错的，尚未入库时可以改名，已经入库的编号不得再改。`},
		{Slug: "id-duplicate", Group: Format, Severity: problem.Error, Title: "编号重复", Clause: "三(二)", check: told, Doc: `为什么：两个文件用同一个编号，时限、台账和统计会混在一起。
反例：cases/2026/07/ 和 cases/2026/08/ 下各有一个 202607-NFZX-012.md；或文件名只有大小写不同。
怎么改：保留先入库的一个，后一个用 suqiu renumber 换成没有用过的编号；确是同一件的，删去重复的文件。`},
		{Slug: "id-taken", Group: Format, Severity: problem.Error, Title: "编号已属于另一件", Clause: "三(二)", ofHistory: true, check: takenNumbers, Doc: `为什么：编号一经入库，永远属于那一件诉求。两个分支各自用了同一个编号，后合并的会把先入库的整件盖掉。
反例：您登记 202607-NFZX-003 时，别人已用它登记了另一件并先入库；解决冲突时整份用了自己的。
怎么改：在分支上运行 suqiu renumber 文件，换成提示的编号再提交；是同一件诉求的，把目标分支合并进来，在原件上改。`},
		{Slug: "path-mismatch", Group: Format, Severity: problem.Error, Title: "文件放错了地方", Clause: "三(二)", check: told, Doc: `为什么：事项按收集年月分目录存放，放错目录别人找不到，也可能根本不被统计。
反例：202607-NFZX-012.md 放在 cases/2026/08/ 下；扩展名写成 .MD 或 .txt；放的是符号链接或子模块，不是文件本身。
怎么改：移到 cases/年/月/编号.md，例如 cases/2026/07/202607-NFZX-012.md。移动文件不影响已有的办理记录。链接和子模块删去，换成文件本身。`},
		{Slug: "title-length", Group: Format, Severity: problem.Error, Title: "标题过短或过长", Clause: "三(二)", check: told, Doc: `为什么：标题出现在任务清单和各类报表里，太短说不清事，太长表格排不下。
反例：标题: 卡顿；或把整段诉求粘贴到标题里。
怎么改：用 4 至 60 个字概括“什么业务出了什么问题”，不写姓名和企业名称，详细情况写到“## 诉求内容”。`},
		{Slug: "section-missing", Group: Format, Severity: problem.Error, Title: "正文缺少一节或内容为空", Clause: "三(四)", check: told, Doc: `为什么：正文固定四节：诉求内容、研判分析、办理情况、反馈答复。反馈之后，后两节是评估和回访的依据，不能空着。
反例：状态已改为“已反馈”，“## 办理情况”下面没有文字；标题写成“##办理情况”或“＃＃ 办理情况”。
怎么改：顶格写“## 办理情况”（两个半角 # 加一个空格），在下面写明办了什么、怎样答复。`},
		{Slug: "state-behind-record", Group: Format, Severity: problem.Error, Title: "填了记录，状态没有跟上", Clause: "三(四)", check: told, Doc: `为什么：时限按状态停止或开始计算。只填了“反馈”而不改“状态”，系统仍按未反馈计时，可能超期。
反例：新增了一条“反馈”，但“状态”还是“办理中”。
怎么改：按提示把“状态”改为对应的一步（例如“已反馈”），与记录在同一次提交中完成；如果记录是误填的，删去该条。`},
		{Slug: "placeholder-left", Group: Format, Severity: problem.Error, Title: "还有没填的空", Clause: "三(四)", check: told, Doc: `为什么：供复制的写法里，要由您填的都写成〔请填：…〕。没有换成实际内容的，等于没有填，不能当作答复和统计。
反例：结果: 〔请填：已解决、部分解决、解释说明、暂未解决〕；正文里留着“〔请填：怎样办理的〕”。
怎么改：把〔请填…〕连同括号换成实际内容；可填可不填的一项，删去括号和里面的字，冒号后面空着。`},
		{Slug: "table-cells", Group: Format, Severity: problem.Warning, Title: "表格的格数不一样", Clause: "三(四)", check: told, Doc: `为什么：表格里多出表头的格，网站和 Word 里都不显示，写了等于没写；分隔行的格数与表头不同，整个表显示不出来。
反例：表头是“| 单位 | 件数 |”，下面写“| 信息中心 | 3 | 已办 |”；“| 单位 | 件数 |”下面写“| --- |”。
怎么改：每一行的格数与表头一样；要多写一列的，在表头和分隔行各补一格。内容里要用竖线的，写成 \|。一个事项的表格合计不超过 20000 格，更长的另存为 Excel 文件，正文写明存放的地方。`},
		{Slug: "size-limit", Group: Format, Severity: problem.Error, Title: "文件太大，或标记太多", Clause: "三(二)", check: told, Doc: `为什么：事项写的是摘要。上兆的文件、几万个标记，网页打不开，检查和建站也慢；服务器不接收超过 1 MB 的事项。
反例：把整份工单导出、扫描件的文字或网页源代码粘贴到“## 诉求内容”；一段里有几千个链接，引用套了一百多层。
怎么改：只留摘要，原文另行保管，正文写明存放的地方；多余的标记删去，只留文字。`},
	}
}
