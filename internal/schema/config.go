package schema

import "suqiu/internal/config"

// Config writes the schema of suqiu.yaml.
func Config() ([]byte, error) {
	root := object(properties{
		{"名称", text()},
		{"格式", note(&node{Enum: []any{1, "1"}}, "本版本只认识格式 1")},
		{"主分支", note(optional(text()), "默认 main")},
		{"网址", note(optional(&node{Type: "string", Pattern: "^https?://"}), "GitLab 项目的网址，站点据此给出编辑、提交和合并请求的链接")},
		{"基线", note(optional(text()), "启用前已有的事项所在的提交：其中的事项照现状承接，此前的步骤不追究")},
		{"收件宽限", note(optional(count(0)), "工作日：单位的步骤以提交时间计，最多早于入库这么多天，默认 1")},
		{"单位", note(list(unit()), "按显示次序；第一个担任联席办的单位就是联席会议办公室所在单位")},
		{"人员", note(optional(list(person())), "一个人办几个单位的事，或者只在一段时间内办的")},
		{"机器人", note(optional(texts()), "自动提交用的邮箱，可以提交不算步骤的改动")},
		{"时限", note(optional(object(limits())), "工作日；没写的用制度规定和本工具的默认值")},
		{"日历", note(optional(object(properties{
			{"放假", note(optional(texts()), "国务院办公厅通知之外的放假日，如 2026-08-18 或 2027-02-05/2027-02-11")},
			{"上班", note(optional(texts()), "调休上班日")},
			{"已公布", note(optional(list(count(1))), "放假安排已经写全的年份")},
		})), "内置 2023—2026 年的放假安排，这里补录以后的和本地的")},
		{"仅要素", note(optional(texts()), "公开版只显示要素的渠道和办理类别")},
		{"签名", note(optional(&node{AnyOf: []*node{choice("要求", "不要求"), object(properties{
			{"要求", optional(text())}, {"签名人", optional(text())}, {"平台签名", optional(text())},
		})}}), "是否要求提交带签名")},
		{"签名人", note(optional(text()), "签名人名单的路径")},
		{"平台签名", note(optional(text()), "网页提交所用平台密钥的路径")},
		{"考评", optional(&node{Type: "object"})},
		{"历史更替", note(optional(list(rewriting())), "清理历史（如移除误入的个人信息）前后的提交，供核对以前记下的留痕编号")},
		{"忽略", note(optional(list(object(properties{
			{"规则", text()}, {"路径", optional(text())}, {"原因", text()},
		}))), "不再提示的问题，须写明原因")},
		{"落地时间", note(optional(&node{Type: "object", Additional: text()}), "提交编号: 实际入库时间，用于时钟出错的时候")},
	})
	root.Title = "suqiu.yaml"
	root.Description = "组织、渠道、时限和日历。由联席办提交。"
	root.Required = []string{"名称", "单位"}
	return print(root)
}

// texts is a list of texts, which may also stand on one line.
func texts() *node { return &node{AnyOf: []*node{list(text()), text()}} }

func roles() *node {
	return &node{AnyOf: []*node{list(role()), text()}}
}

func role() *node {
	return choice(string(config.Office), string(config.Supervisor), string(config.Callback), string(config.County))
}

func unit() *node {
	n := object(properties{
		{"名称", note(text(), "全称")},
		{"代码", note(&node{Type: "string", Pattern: "^[A-Z0-9]+$"}, "大写字母和数字，用于编号，启用后不改")},
		{"别名", note(optional(texts()), "大家习惯写的简称")},
		{"邮箱", note(optional(texts()), "提交用的邮箱；整个单位写成 \"*@nsfwk.example\"")},
		{"渠道", note(optional(texts()), "本单位负责收集的渠道（制度三(二)）")},
		{"角色", optional(roles())},
	})
	n.Required = []string{"名称", "代码"}
	return n
}

func person() *node {
	n := object(properties{
		{"邮箱", text()},
		{"账号", note(optional(text()), "本人在 GitLab（或 Gitea、Forgejo）上的用户名，服务器据此核对提交人与推送人")},
		{"单位", text()},
		{"角色", optional(roles())},
		{"起", note(optional(day()), "不写为一直")},
		{"止", note(optional(day()), "含当日，不写为至今")},
	})
	n.Required = []string{"邮箱", "单位"}
	return n
}

func rewriting() *node {
	n := object(properties{
		{"旧", note(text(), "清理之前主分支的提交")},
		{"新", note(text(), "清理之后与它对应的提交")},
		{"移除", note(optional(texts()), "清理掉内容的文件")},
		{"原因", text()},
		{"依据", note(optional(text()), "会议纪要或传签的编号")},
	})
	n.Required = []string{"旧", "新", "原因"}
	return n
}

// limits are the keys of 时限 as the configuration describes them.
func limits() properties {
	var p properties
	for _, l := range config.DefaultLimits().Describe() {
		value := count(0)
		switch l.Key {
		case "延期申请方式":
			value = choice("宽松", "窗口", "提前")
		case "异议计时":
			value = choice("暂停", "连续")
		}
		p = append(p, property{l.Key, note(optional(value), l.Span+"；默认 "+l.Value+"（"+l.Class+"）")})
		if l.Key == "延期申请方式" {
			p = append(p, property{"延期提前", note(optional(count(0)), "工作日，用于 窗口 和 提前")})
		}
	}
	return p
}
