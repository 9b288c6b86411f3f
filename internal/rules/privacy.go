package rules

import "suqiu/internal/problem"

// privacyRules are about what must stand in no file, no name and no message: a
// landed text is in every clone for good.
func privacyRules() []Rule {
	return []Rule{
		{Slug: "pii-id-card", Group: Privacy, Severity: problem.Error, Title: "有居民身份证号码", Clause: "《个人信息保护法》第六条", check: told, Doc: `为什么：事项只写概括情况，不写当事人身份；身份证号码一旦泄露容易被冒用，而入库后每一份克隆里都有，删去也还在历史中。按 GB 11643 的校验位识别；写明“身份证”而校验位不符的，多是抄错一位，也提示。正文、要素、会议纪要、月报、文件名和提交说明都查。
反例：诉求人张某（152601……）反映申报失败。
怎么改：改为“某纳税人”“来电人”，删去号码；需要回访的，号码留在原渠道系统，这里只填“原渠道单号”。已经入库的，请联席办告知 GitLab 管理员，研究是否从历史中清除。`},
		{Slug: "pii-phone", Group: Privacy, Severity: problem.Error, Title: "有电话号码", Clause: "《个人信息保护法》第六条", check: told, Doc: `为什么：办理诉求要联系当事人，但联系方式不需要让全体干部看到，收集和公开都应限于最小范围。手机、带区号的固定电话、写明“座机”“电话”的本地号码、400 号码都查，12366、12345 等热线不算；数字之间夹有空格、标点、看不见的字符的，一样查。
反例：来电人 13× ×××× ××××，请回电。
怎么改：删去号码，回访时到原渠道系统按“原渠道单号”查。确是本局对外公布的办公电话的，在该处写 <!-- suqiu:忽略 pii-phone 对外公布的电话 -->。已经入库的，请联席办告知 GitLab 管理员。`},
		{Slug: "pii-bank-card", Group: Privacy, Severity: problem.Error, Title: "有银行卡号", Clause: "《个人信息保护法》第二十八条", check: told, Doc: `为什么：金融账户属于敏感个人信息，退税、缴费类诉求最容易带进来。按卡号的发卡标识和校验位识别。
反例：退费退到 6222 …… 这张卡，一直没有到账。
怎么改：改为“退费账户”，删去卡号；核对账户在业务系统中进行。已经入库的，请联席办告知 GitLab 管理员，研究是否从历史中清除。`},
		{Slug: "pii-credit-code", Group: Privacy, Severity: problem.Error, Title: "有统一社会信用代码", Clause: "《税收征收管理法》第八条", check: told, Doc: `为什么：税务机关应当依法为纳税人的情况保密，凭统一社会信用代码可以查到是哪一户。按 GB 32100 的校验位识别。
反例：某商贸公司（91150……）申请增加发票额度。
怎么改：改为“某商贸企业”“某个体工商户”，删去代码；核对户管信息在业务系统中进行。已经入库的，请联席办告知 GitLab 管理员，研究是否从历史中清除。`},
		{Slug: "pii-email", Group: Privacy, Severity: problem.Error, Title: "有电子邮箱地址", Clause: "《个人信息保护法》第六条", check: told, Doc: `为什么：邮箱地址同电话一样能找到本人，不应写进全体干部都能看到的文件。在 suqiu.yaml 登记的单位邮箱、联络员邮箱不算。
反例：请把结果发到 zhang……@163.com。
怎么改：删去地址，回复时到原渠道系统查。已经入库的，请联席办告知 GitLab 管理员，研究是否从历史中清除。`},
		{Slug: "pii-document", Group: Privacy, Severity: problem.Error, Title: "有护照或通行证号码", Clause: "《个人信息保护法》第六条", check: told, Doc: `为什么：护照、港澳台通行证、永久居留证同居民身份证一样能对应到一个人，外籍人员和港澳台居民办税的诉求容易带进来。号码前后写明“护照”“通行证”“回乡证”“台胞证”等的，按各证件的字母和位数识别。
反例：外籍员工护照 E1……78 无法实名采集。
怎么改：改为“某外籍人员”“某台湾居民”，删去号码；核对身份在业务系统中进行，这里只填“原渠道单号”。已经入库的，请联席办告知 GitLab 管理员，研究是否从历史中清除。`},
		{Slug: "pii-account", Group: Privacy, Severity: problem.Error, Title: "有 QQ 或微信账号", Clause: "《个人信息保护法》第六条", check: told, Doc: `为什么：QQ 号、微信号同电话一样能找到本人，不应写进全体干部都能看到的文件。写明“QQ”“微信号”“wx”等的才查；公众号、小程序、微信支付不算。
反例：请加微信号 zh……88 联系。
怎么改：删去账号，回复时到原渠道系统查。确是本局对外公布的办税群的，在该处写 <!-- suqiu:忽略 pii-account 对外公布的办税群 -->。已经入库的，请联席办告知 GitLab 管理员。`},
		{Slug: "raw-html", Group: Privacy, Severity: problem.Error, Title: "正文中有 HTML 标签", Clause: "三(三)", check: told, Doc: `为什么：从网页、邮件直接粘贴的标签可能带有隐藏的链接和个人信息，网站一律不显示，读的人会看到残缺的内容，无法据以分析、推送。
反例：正文中有 <font color="red">请尽快</font> 或 <br>。
怎么改：删去尖括号和其中的内容，只留文字；<script> 之类的程序整段删去。换行空一行即可，强调用 **两个星号**；确要写出尖括号的（如按键名），用反引号括起来。`},
	}
}
