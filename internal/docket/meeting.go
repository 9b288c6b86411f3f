package docket

import (
	"path"
	"strings"

	"suqiu/internal/casefile"
	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// Meeting is one file of meetings/: the minutes of a meeting (会议纪要), or a
// decision by circulation (传签).
type Meeting struct {
	ID     string // 编号 = file name
	Path   string
	Type   string // 例会 专题 即时 传签
	Host   string // 主持
	Held   workday.Date
	Topics []Topic
	Body   string
}

// Topic is one entry of 议题.
type Topic struct {
	Matter   string   // 事项
	Cases    []string // 诉求: 编号
	Decision string
	Unit     string // 责任单位
	Due      workday.Date
	Done     string // 落实情况
}

// Names reports whether a topic of the meeting is about a case.
func (m *Meeting) Names(id string) bool {
	for _, t := range m.Topics {
		for _, c := range t.Cases {
			if c == id {
				return true
			}
		}
	}
	return false
}

// parseMeeting reads what the docket needs of a file of meetings/. A field
// that cannot be read is empty.
func parseMeeting(p string, src []byte) *Meeting {
	m := &Meeting{ID: strings.TrimSuffix(path.Base(p), ".md"), Path: p}
	front, body, ok := casefile.FrontMatter(src)
	if !ok {
		return m
	}
	m.Body = body
	m.Type = text(front, "类型")
	m.Host = text(front, "主持")
	m.Held, _ = workday.Parse(text(front, "召开日期"))
	topics := front.Get("议题")
	if topics == nil || topics.Value == nil {
		return m
	}
	for _, n := range topics.Value.Items {
		t := Topic{Matter: text(n, "事项"), Decision: text(n, "决定"), Unit: text(n, "责任单位"), Done: text(n, "落实情况")}
		t.Due, _ = workday.Parse(text(n, "完成期限"))
		if f := n.Get("诉求"); f != nil {
			t.Cases = names(f.Value)
		}
		m.Topics = append(m.Topics, t)
	}
	return m
}

// names reads a list of names, each entry of which may itself be `甲、乙`.
func names(n *yamltext.Node) []string {
	if n.Kind == yamltext.List {
		var list []string
		for _, item := range n.Items {
			list = append(list, names(item)...)
		}
		return list
	}
	return strings.FieldsFunc(n.Text, func(r rune) bool { return strings.ContainsRune("、，, ", r) })
}

func text(n *yamltext.Node, key string) string {
	if f := n.Get(key); f != nil && f.Value != nil && f.Value.Kind == yamltext.Scalar {
		return f.Value.Text
	}
	return ""
}
