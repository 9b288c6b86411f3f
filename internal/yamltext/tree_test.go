package yamltext

import (
	"fmt"
	"strings"
)

// show draws a tree with all its places and comments, one node a line.
func show(n *Node) string {
	var b strings.Builder
	draw(&b, n, 0)
	return b.String()
}

func draw(b *strings.Builder, n *Node, depth int) {
	fmt.Fprintf(b, "%s/%d %d:%d-%d %q", []string{"scalar", "list", "map"}[n.Kind], n.Style, n.Line, n.Column, n.EndLine,
		n.Text)
	for _, c := range n.Head() {
		fmt.Fprintf(b, " head %d:%d %q", c.Line, c.Column, c.Text)
	}
	if c := n.Inline(); c.Text != "" {
		fmt.Fprintf(b, " inline %d:%d %q", c.Line, c.Column, c.Text)
	}
	for _, c := range n.Foot() {
		fmt.Fprintf(b, " foot %d:%d %q", c.Line, c.Column, c.Text)
	}
	b.WriteByte('\n')
	for _, f := range n.Fields {
		fmt.Fprintf(b, "%s%q %d:%d ", strings.Repeat("  ", depth+1), f.Key, f.Line, f.Column)
		draw(b, f.Value, depth+1)
	}
	for _, item := range n.Items {
		fmt.Fprintf(b, "%s- ", strings.Repeat("  ", depth+1))
		draw(b, item, depth+1)
	}
}

// canonical is a text in the form that fmt writes, with comments everywhere.
const canonical = `# 最上面
编号: 202607-ZSGLK-004
标题: 征期末日“电子税务局”申报提交失败：多次 a:b c#d
件数: 0471202607  # 九件
主题:

# suqiu:忽略 title-length 试点
状态: 办理中

协办单位:  # 两家
  - 征收管理科
  # 已商定
  - 第三税务分局  # 新增
会议议定期限:
  日期:
  依据: CQ2026-07
  # 以纪要为准

说明单:
  # 第一次
  - 事由: 异议
    单位: 信息中心  # 承办
    决定:

  - 事由: 异议
    决定: 不成立
    # 已决定

协办反馈:
  征收管理科:
    结果: 已向区局提出

  第三税务分局:
    结果:
# 最下面
`
