package scaffold

import (
	"bytes"
	"fmt"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/frontmatter"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// The parts of the sample's suqiu.yaml that are not the bureau's.
const (
	peopleFrom  = "# 联席会议办公室副主任"
	peopleUntil = "# 未列出的时限"
)

const heading = `# 组织、渠道、时限和日历。由联席办提交；改动自下一次推送起生效。
# 单位和渠道依据制度第三条第（二）项。
#
# 启用前要做的：在每个单位的“邮箱”中填写提交用的邮箱，去掉那一行开头的 # 和空格。
# 整个单位共用一个后缀的，写 ["*@nsfwk.example"]（带引号）；逐人登记的，写 [zhang@example, li@example]。
# 没有填写任何邮箱之前，“谁可以办哪一步”不检查，suqiu check 会提示一次。
`

const baseline = `# 启用前已有的事项：先全部提交，再在这里写那一次提交的编号。见使用手册“已有事项怎样承接”。
基线:
`

const people = `# 一个人办几个单位的事，或者只在一段时间内办的，登记在这里。例如联席会议办公室副主任由
# 纳税服务中心有关负责同志担任（制度一(二)），以本中心身份之外，还可以办联席办的事：
#   - {邮箱: lin@nfzx.example, 单位: 纳税服务中心, 角色: [联席办], 起: 2026-03-01, 止: }
人员:

`

// adapt makes the bureau's own suqiu.yaml from that of the sample: the same
// units, codes, channels and roles (section 三(二) of the regulation), without
// the sample's people and addresses.
func adapt(sample []byte, branch string) ([]byte, error) {
	var b strings.Builder
	b.WriteString(heading)
	skipping, addresses, cut := false, 0, false
	for i, line := range strings.SplitAfter(string(sample), "\n") {
		switch {
		case i == 0 && strings.HasPrefix(line, "#"):
			continue // says that it is a sample
		case strings.HasPrefix(line, peopleFrom):
			skipping, cut = true, true
			b.WriteString(people)
		case strings.HasPrefix(line, peopleUntil):
			skipping = false
		}
		body := strings.TrimLeft(line, " ")
		switch {
		case skipping:
		case strings.HasPrefix(line, "主分支:"):
			b.WriteString("主分支: " + branch + "\n")
		case strings.HasPrefix(line, "收件宽限:"):
			b.WriteString(baseline + line)
		case strings.HasPrefix(body, "邮箱:"):
			addresses++
			b.WriteString(line[:len(line)-len(body)] + "# " + body)
		default:
			b.WriteString(line)
		}
	}
	if skipping || !cut || addresses == 0 {
		return nil, fmt.Errorf("the sample's suqiu.yaml has not the parts to adapt: %d addresses", addresses)
	}
	return []byte(b.String()), nil
}

// examplePath is where the example lies: no folder of cases, so that it enters
// no list, no clock and no figure.
const examplePath = "docs/示例.md"

// example shows how a case is written, of one that never was.
func example(cfg *config.Config, today workday.Date) []byte {
	unit, channel := officeOf(cfg)
	id := strings.ReplaceAll(today.String()[:7], "-", "") + "-" + unit.Code + "-001"
	c := &record.Case{
		Path: record.PathOf(id), ID: id, Title: "示例：自助办税终端打印不清晰",
		Nature: "诉求", Channel: channel, Collector: unit.Name, Collected: today, Tickets: 1,
		State: record.States()[0],
		Sections: []frontmatter.Section{{Heading: record.Headings()[0],
			Text: `某纳税人在自助办税终端打印完税证明，字迹不清，需要到窗口重新打印，建议及时更换耗材。`}},
	}
	return []byte(`# 写法示例

这个文件不是事项：不在任务清单里，不计时限，不进统计。真正的一件是 ` + "`" + `cases/年/月/编号.md` + "`" + `，
这一件如果真要登记，文件就是 ` + "`" + c.Path + "`" + `，内容如下。` +
		`登记时只填第一组和“诉求内容”，其余各项到了哪一步填哪一步；
每一步要填什么，网站上每一件的“下一步怎么填”都写好了，供复制。

` + "```markdown\n" + string(record.Print(c)) + "```\n")
}

// officeOf is the unit of the joint-meeting office with one of its channels.
func officeOf(cfg *config.Config) (*config.Unit, string) {
	office := &cfg.Units[0]
	for i := range cfg.Units {
		if u := &cfg.Units[i]; u.Has(config.Office) {
			office = u
			break
		}
	}
	if len(office.Channels) == 0 {
		return office, ""
	}
	return office, office.Channels[0]
}

// owners writes CODEOWNERS: the office owns what only it may land, each unit
// the cases that it collects and its submissions.
func owners(cfg *config.Config) []byte {
	office, _ := officeOf(cfg)
	var b bytes.Buffer
	b.WriteString(`# 谁审阅哪些文件（GitLab 的“代码所有者”）。@suqiu/nsfwk 是群组 suqiu 下的子组 nsfwk：
# 按“群组/单位代码小写”在 GitLab 建组，或改成您那里的组名、用户名。不存在的组不起作用，也不影响检查。

[联席办]
`)
	group := func(u *config.Unit) string { return "@suqiu/" + strings.ToLower(u.Code) }
	for _, path := range []string{"/suqiu.yaml", "/meetings/", "/reports/", "/risks/", "/submissions/", "/appraisal/",
		"/templates/", "/seals/", "/.gitlab/", "/.gitlab-ci.yml", ".gitattributes", "CODEOWNERS"} {
		b.WriteString(path + " " + group(office) + "\n")
	}
	for i := range cfg.Units {
		u := &cfg.Units[i]
		fmt.Fprintf(&b, "\n[%s]\n", u.Name)
		if len(u.Channels) > 0 {
			fmt.Fprintf(&b, "/cases/**/*-%s-*.md %s\n/monthly/**/%s.md %s\n", u.Code, group(u), u.Code, group(u))
		}
		if u.Has(config.County) {
			fmt.Fprintf(&b, "/counties/%s/ %s\n", u.Code, group(u))
		}
	}
	return b.Bytes()
}
