package holidays

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/yamltext"
)

// Entry is 日历 of suqiu.yaml, as it is written there.
type Entry struct {
	Off  []string // 放假: dates and ranges
	Work []string // 上班
	Year int      // 已公布
}

// Entry is what a notice adds to 日历.
func (n *Notice) Entry() Entry {
	e := Entry{Year: n.Year}
	for _, h := range n.Holidays {
		for _, x := range h.Off {
			e.Off = append(e.Off, x.String())
		}
		for _, d := range h.Work {
			e.Work = append(e.Work, d.String())
		}
	}
	slices.Sort(e.Off)
	slices.Sort(e.Work)
	return e
}

const key = "日历"

// Into is suqiu.yaml with the entry in it. Only the lines of 日历 change: what stood
// in its lists stays, and so do its comments.
func (e Entry) Into(file []byte) ([]byte, error) {
	root, problems := yamltext.Parse(file, 1)
	if root == nil || len(problems) > 0 {
		return nil, errors.New("suqiu.yaml 读不出来，请先运行 suqiu check 改正")
	}
	lines := bytes.SplitAfter(file, []byte("\n"))
	from, to := len(lines), len(lines)
	var at *yamltext.Node
	if field := root.Get(key); field != nil {
		at = field.Value
		from, to = field.Line-1, max(field.Line, at.EndLine)
	}
	var b bytes.Buffer
	for _, line := range lines[:from] {
		b.Write(line)
	}
	if text := b.Bytes(); len(text) > 0 && text[len(text)-1] != '\n' {
		b.WriteByte('\n')
	}
	e.write(&b, at)
	for _, line := range lines[to:] {
		b.Write(line)
	}
	return b.Bytes(), nil
}

func (e Entry) write(b *bytes.Buffer, at *yamltext.Node) {
	b.WriteString(key + ":")
	if c := at.Inline().Text; c != "" {
		b.WriteString(" " + c)
	}
	b.WriteByte('\n')
	for _, list := range []struct {
		name  string
		added []string
	}{{"放假", e.Off}, {"上班", e.Work}, {"已公布", []string{strconv.Itoa(e.Year)}}} {
		var values []string
		if field := at.Get(list.name); field != nil {
			values = texts(field.Value)
			for _, c := range comments(field.Value) {
				b.WriteString("  " + c + "\n")
			}
		}
		for _, v := range list.added {
			if !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		b.WriteString("  " + list.name + ": [" + strings.Join(values, ", ") + "]\n")
	}
	for _, c := range at.Foot() {
		b.WriteString("  " + c.Text + "\n")
	}
}

// texts are the values of a list, or the one that stands for it.
func texts(n *yamltext.Node) (list []string) {
	if n.Kind == yamltext.Scalar && n.Text != "" {
		return []string{n.Text}
	}
	for _, item := range n.Items {
		list = append(list, item.Text)
	}
	return list
}

// comments are those of a value and of all in it, in the order of the file.
func comments(n *yamltext.Node) (list []string) {
	for _, c := range n.Head() {
		list = append(list, c.Text)
	}
	if c := n.Inline(); c.Text != "" {
		list = append(list, c.Text)
	}
	for _, item := range n.Items {
		list = append(list, comments(item)...)
	}
	for _, c := range n.Foot() {
		list = append(list, c.Text)
	}
	return list
}
