package config

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/problem"
	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// tell adds a problem at a node; without one it concerns the whole file.
func (r *reader) tell(rule, key string, n node, message, fix string) {
	p := problem.Problem{Rule: rule, Key: key, Line: 1, Column: 1, EndLine: 1, Message: message, Fix: fix}
	if n != nil && n.Line > 0 {
		p.Line, p.Column, p.EndLine = n.Line, n.Column, n.EndLine
	}
	r.c.Problems = append(r.c.Problems, p)
}

// known tells of keys that a map should not have, with the nearest that it may.
func (r *reader) known(n node, at string, names ...string) {
	if n == nil || n.Kind != yamltext.Map {
		return
	}
	for _, f := range n.Fields {
		if slices.Contains(names, f.Key) {
			continue
		}
		fix := "可用的项有：" + strings.Join(names, "、")
		if near := nearest(f.Key, names); near != "" {
			fix = "是否应为“" + near + "”？" + fix
		}
		r.tell("key-unknown", join(at, f.Key), &yamltext.Node{Line: f.Line, Column: f.Column, EndLine: f.Line},
			"不认识的项“"+f.Key+"”", fix)
	}
}

// join makes a key path.
func join(at, key string) string {
	if at == "" {
		return key
	}
	return at + "." + key
}

// name is the last key of a path, as the person typed it.
func name(key string) string {
	key = key[strings.LastIndexByte(key, '.')+1:]
	if i := strings.IndexByte(key, '['); i > 0 {
		key = key[:i]
	}
	return key
}

// scalar reads one value; a list or map in its place is told of.
func (r *reader) scalar(key string, n node) string {
	switch {
	case n == nil, empty(n):
		return ""
	case n.Kind != yamltext.Scalar:
		r.tell("value-type", key, n, "“"+name(key)+"”只填一个值", name(key)+": 值")
		return ""
	}
	return strings.TrimSpace(n.Text)
}

// word is one value of a list, with its place.
type word struct {
	text string
	key  string
	at   node
}

// words reads a list of values; a single value counts as a list of one,
// `甲、乙` as a list of two. A value that stands twice is told of.
func (r *reader) words(key string, n node) []word {
	var list []word
	add := func(key, text string, at node) {
		switch text = strings.TrimSpace(text); {
		case text == "":
		case slices.ContainsFunc(list, func(w word) bool { return w.text == text }):
			r.tell("key-duplicate", key, at, "“"+name(key)+"”中“"+text+"”写了两次", "请只保留一处")
		default:
			list = append(list, word{text, key, at})
		}
	}
	switch {
	case n == nil, empty(n):
	case n.Kind == yamltext.Scalar:
		for _, text := range strings.FieldsFunc(n.Text, func(c rune) bool { return c == '、' }) {
			add(key, text, n)
		}
	case n.Kind == yamltext.List:
		for i, item := range n.Items {
			key := key + "[" + strconv.Itoa(i) + "]"
			add(key, r.scalar(key, item), item)
		}
	default:
		r.tell("value-type", key, n, "“"+name(key)+"”应是一列值", name(key)+": [甲, 乙]")
	}
	return list
}

// texts are the words alone.
func texts(words []word) []string {
	var list []string
	for _, w := range words {
		list = append(list, w.text)
	}
	return list
}

// Item is one map of a list, with its key path.
type Item struct {
	node node
	at   string
}

// items reads a list of maps.
func (r *reader) items(key string, n node) []Item {
	if n == nil || empty(n) {
		return nil
	}
	if n.Kind != yamltext.List {
		r.tell("value-type", key, n, "“"+key+"”应是一列条目，每条以“- ”开头", "逐条写成“  - 键: 值”，参照样例")
		return nil
	}
	var items []Item
	for i, node := range n.Items {
		at := key + "[" + strconv.Itoa(i) + "]"
		if node.Kind != yamltext.Map {
			if !empty(node) {
				r.tell("value-type", at, node, "“"+key+"”的每一条应写成“键: 值”", "逐条写成“  - 键: 值”，参照样例")
			}
			continue
		}
		items = append(items, Item{node, at})
	}
	return items
}

// value is the node of one key of an item, nil if it is not there.
func (i Item) value(key string) node {
	if f := i.node.Get(key); f != nil {
		return f.Value
	}
	return nil
}

func (r *reader) text(i Item, key string) string { return r.scalar(join(i.at, key), i.value(key)) }

func (r *reader) date(key string, n node) workday.Date {
	s := r.scalar(key, n)
	if s == "" {
		return 0
	}
	d, err := workday.Parse(s)
	if err != nil {
		r.tell("date-invalid", key, n, "“"+name(key)+"”有误："+err.Error(), name(key)+": 2026-03-01")
		return 0
	}
	return d
}

// count reads a whole number that is at least least.
func (r *reader) count(key string, n node, least int, to *int) {
	s := r.scalar(key, n)
	if s == "" {
		return
	}
	const most = 1000
	v, err := strconv.Atoi(s)
	if err != nil || v < least || v > most {
		r.tell("value-type", key, n,
			"“"+name(key)+"”应为 "+strconv.Itoa(least)+" 至 "+strconv.Itoa(most)+" 的整数，现为“"+s+"”",
			name(key)+": "+strconv.Itoa(*to))
		return
	}
	*to = v
}

// empty reports whether nothing was filled in.
func empty(n node) bool {
	return n.Kind == yamltext.Scalar && strings.TrimSpace(n.Text) == "" ||
		n.Kind == yamltext.List && len(n.Items) == 0 || n.Kind == yamltext.Map && len(n.Fields) == 0
}
