package yamltext

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"suqiu/internal/invisible"
	"suqiu/internal/problem"
)

const (
	maxDepth = 20 // nesting of a text that a person wrote
	maxTries = 32 // faults of syntax told of in one text
)

// load reads mended lines through the YAML library. The library stops at the
// first fault of syntax; load tells of it, takes the line out and reads again,
// so that all faults come at once.
func load(lines []string, firstLine int) (*Node, []problem.Problem) {
	lines = slices.Clone(lines)
	for i, l := range lines {
		// The library takes some of these for line breaks. Where they matter
		// they have been told of.
		if strings.ContainsFunc(l, hidden) {
			lines[i] = strings.Map(func(c rune) rune {
				if hidden(c) {
					return ' '
				}
				return c
			}, l)
		}
	}
	var problems []problem.Problem
	size := 0
	for _, l := range lines {
		size += len(l) + 1
	}
	tries := min(maxTries, 2+4*maxSize/(size+1))
	for range tries {
		doc, err := compose(joinLines(lines))
		if err == nil {
			c := converter{lines: lines, firstLine: firstLine}
			root := c.document(doc)
			return root, append(problems, c.problems...)
		}
		p, line := explain(err, lines)
		p.Line, p.EndLine = line+firstLine, line+firstLine
		if len(problems) == 0 || problems[len(problems)-1].Line != p.Line {
			problems = append(problems, p)
		}
		if !takeOut(lines, line) {
			break
		}
	}
	return emptyMap(firstLine), problems
}

// errMany says that a second document follows.
var errMany = errors.New("more than one document")

func compose(src []byte) (*yaml.Node, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	var doc yaml.Node
	if err := loader.Load(&doc); err == io.EOF {
		return nil, nil // nothing but blanks and comments
	} else if err != nil {
		return nil, err
	}
	var second yaml.Node
	if err := loader.Load(&second); err == nil {
		return nil, errMany
	} else if err != io.EOF {
		return nil, err
	}
	return &doc, nil
}

// takeOut mends the line of a fault in the coarsest way: first its value goes,
// then the whole line. It reports whether there was anything to take.
func takeOut(lines []string, line int) bool {
	for ; line >= 0; line-- {
		l := lines[line]
		if strings.TrimSpace(l) == "" {
			continue // the library often points behind the fault
		}
		lead := len(l) - len(strings.TrimLeft(l, " "))
		if i := strings.Index(l, ": "); i > 0 && strings.TrimSpace(l[i+1:]) != "" &&
			!strings.ContainsAny(l[:i], "\"'[]{}#&*!|>%@`") {
			lines[line] = l[:i+1]
			// What hung on the value goes with it.
			for j := line + 1; j < len(lines); j++ {
				t := lines[j]
				if strings.TrimSpace(t) != "" && len(t)-len(strings.TrimLeft(t, " ")) <= lead {
					break
				}
				lines[j] = ""
			}
			return true
		}
		lines[line] = ""
		return true
	}
	return false
}

// converter turns the library's nodes into ours.
type converter struct {
	lines     []string
	firstLine int
	problems  []problem.Problem
	covered   []span // where scalars stand: a # in there is no comment
	cursor    point  // end of what was converted last

	found       point // what was looked up last, at
	foundColumn int   // this column; none before the first
}

// point is a place in the mended lines: line from zero, byte in the line.
type point struct{ line, at int }

type span struct{ from, to point }

func (c *converter) document(doc *yaml.Node) *Node {
	if doc == nil || len(doc.Content) == 0 {
		root := emptyMap(c.firstLine)
		if comments := c.comments(); len(comments) > 0 {
			attach(root, comments)
		}
		return root
	}
	root := c.node(doc.Content[0], 0)
	if root.Kind != Map {
		if root.Kind == List || root.Text != "" {
			c.report(root.Line, root.Column, "内容应当逐行写成“键: 值”", "")
		}
		root = emptyMap(c.firstLine)
	}
	if comments := c.comments(); len(comments) > 0 {
		attach(root, comments)
	}
	return root
}

func (c *converter) report(line, column int, message, fix string) {
	c.problems = append(c.problems, problem.Problem{
		Rule: "yaml-syntax", Line: line, Column: column, EndLine: line, Message: message, Fix: fix})
}

func (c *converter) node(y *yaml.Node, depth int) *Node {
	n := &Node{Line: y.Line + c.firstLine - 1, Column: y.Column}
	n.EndLine = n.Line
	if depth > maxDepth {
		c.report(n.Line, n.Column, "嵌套太深", "请参照样例，逐行写“键: 值”")
		return n
	}
	if y.Anchor != "" {
		c.report(n.Line, n.Column, "不能使用 & 锚点", "如果 & 是内容的一部分，请给这一项的内容加上英文双引号")
	}
	if y.Style&yaml.TaggedStyle != 0 {
		c.report(n.Line, n.Column, "不能使用 ! 标签", "如果 ! 是内容的一部分，请给这一项的内容加上英文双引号")
	}
	from := c.at(y.Line, y.Column)
	switch y.Kind {
	case yaml.AliasNode:
		c.report(n.Line, n.Column, "不能使用 * 引用", "如果 * 是内容的一部分，请给这一项的内容加上英文双引号")
		c.cursor = point{from.line, min(from.at+1+len(y.Value), len(c.line(from.line)))}
	case yaml.ScalarNode:
		n.Text = y.Value
		n.Style = scalarStyle(y)
		c.scalar(n, from)
		if invisible.In(n.Text) {
			// Written as an escape: what stands in the lines themselves is gone.
			c.report(n.Line, n.Column, "双引号里的反斜杠 \\ 写出了看不见的控制字符",
				"请删去反斜杠和紧跟它的字母、数字，只留文字")
			n.Text = invisible.Marked(n.Text)
		}
	case yaml.SequenceNode:
		n.Kind = List
		c.cursor = from
		for _, child := range y.Content {
			item := c.node(child, depth+1)
			n.Items = append(n.Items, item)
			n.EndLine = max(n.EndLine, item.EndLine)
		}
	case yaml.MappingNode:
		n.Kind = Map
		c.cursor = from
		c.fields(n, y, depth)
	}
	if y.Kind == yaml.SequenceNode || y.Kind == yaml.MappingNode {
		if y.Style&yaml.FlowStyle != 0 {
			n.Style = Flow
			c.closeFlow(from, len(y.Content) == 0)
			n.EndLine = max(n.EndLine, c.cursor.line+c.firstLine)
		}
	}
	return n
}

func (c *converter) fields(n *Node, y *yaml.Node, depth int) {
	lineOf := map[string]int{}
	for i := 0; i+1 < len(y.Content); i += 2 {
		k, v := y.Content[i], y.Content[i+1]
		key := c.node(k, depth+1)
		value := c.node(v, depth+1)
		n.EndLine = max(n.EndLine, key.EndLine, value.EndLine)
		if k.Kind != yaml.ScalarNode {
			c.report(key.Line, key.Column, "键应当是一个词", "请写成“键: 值”；以 [ 或 { 开头的内容请加上英文双引号")
			continue
		}
		if key.Text == "<<" && key.Style == Plain {
			c.report(key.Line, key.Column, "不能使用 << 合并", "请把各项逐行写出")
			continue
		}
		if first, dup := lineOf[key.Text]; dup {
			c.problems = append(c.problems, problem.Problem{
				Rule: "key-duplicate", Key: key.Text, Line: key.Line, Column: key.Column, EndLine: value.EndLine,
				Message: "“" + key.Text + "”重复，第 " + itoa(first) + " 行已经填过",
				Fix:     "请只保留一处，删去另一处"})
			continue
		}
		lineOf[key.Text] = key.Line
		n.Fields = append(n.Fields, Field{Key: key.Text, Line: key.Line, Column: key.Column, Value: value})
	}
}

func scalarStyle(y *yaml.Node) Style {
	switch {
	case y.Style&yaml.SingleQuotedStyle != 0:
		return SingleQuoted
	case y.Style&yaml.DoubleQuotedStyle != 0:
		return DoubleQuoted
	case y.Style&yaml.LiteralStyle != 0:
		return Literal
	case y.Style&yaml.FoldedStyle != 0:
		return Folded
	}
	return Plain
}
