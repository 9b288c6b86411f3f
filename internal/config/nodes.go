package config

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// tell adds a problem at a node; without one it concerns the whole file.
func (r *reader) tell(rule, key string, n *yamltext.Node, message, fix string) {
	p := yamltext.Problem{Rule: rule, Key: key, Line: 1, Column: 1, EndLine: 1, Message: message, Fix: fix}
	if n != nil && n.Line > 0 {
		p.Line, p.Column, p.EndLine = n.Line, n.Column, n.EndLine
	}
	r.c.Problems = append(r.c.Problems, p)
}

// known tells of keys that a map should not have, with the nearest that it may.
func (r *reader) known(n *yamltext.Node, at string, names ...string) {
	if n == nil || n.Kind != yamltext.Map {
		return
	}
	for _, f := range n.Fields {
		if slices.Contains(names, f.Key) {
			continue
		}
		fix := "可用的有：" + strings.Join(names, "、")
		if near := nearest(f.Key, names); near != "" {
			fix = near + ":"
		}
		key := f.Key
		if at != "" {
			key = at + "." + key
		}
		r.tell("key-unknown", key, &yamltext.Node{Line: f.Line, Column: f.Column, EndLine: f.Line}, "不认识的项“"+f.Key+"”", fix)
	}
}

// nearest is the name that differs from key in the fewest characters, if few.
func nearest(key string, names []string) string {
	best, found := 2, ""
	for _, name := range names {
		if d := distance([]rune(key), []rune(name)); d < best || d == best && found == "" && len([]rune(name)) > 2 {
			best, found = d, name
		}
	}
	return found
}

// distance is the Levenshtein distance of two short words.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// scalar reads one value; a list or map in its place is told of.
func (r *reader) scalar(key string, n *yamltext.Node) string {
	switch {
	case n == nil:
		return ""
	case n.Kind != yamltext.Scalar:
		r.tell("value-type", key, n, "“"+key+"”应只填一个值", key+": 值")
		return ""
	}
	return n.Text
}

// strings reads a list of values; a single value counts as a list of one,
// `甲、乙` as a list of two.
func (r *reader) strings(key string, n *yamltext.Node) []string {
	var list []string
	switch {
	case n == nil:
	case n.Kind == yamltext.Scalar:
		list = strings.FieldsFunc(n.Text, func(c rune) bool { return c == '、' })
	case n.Kind == yamltext.List:
		for _, item := range n.Items {
			if s := r.scalar(key, item); s != "" {
				list = append(list, s)
			}
		}
	default:
		r.tell("value-type", key, n, "“"+key+"”应是一列值", key+": [甲, 乙]")
	}
	return list
}

// items reads a list of maps.
func (r *reader) items(key string, n *yamltext.Node) []*yamltext.Node {
	if n == nil || n.Kind == yamltext.Scalar && n.Text == "" || n.Kind == yamltext.Map && len(n.Fields) == 0 {
		return nil
	}
	if n.Kind != yamltext.List {
		r.tell("value-type", key, n, "“"+key+"”应是一列条目，每条以“- ”开头", key+":\n  - …")
		return nil
	}
	var items []*yamltext.Node
	for _, item := range n.Items {
		if item.Kind != yamltext.Map {
			r.tell("value-type", key, item, "“"+key+"”的每一条应写成“键: 值”", "- 键: 值")
			continue
		}
		items = append(items, item)
	}
	return items
}

func (r *reader) child(item *yamltext.Node, at, key string) string {
	if f := item.Get(key); f != nil {
		return r.scalar(at+"."+key, f.Value)
	}
	return ""
}

func (r *reader) childList(item *yamltext.Node, at, key string) []string {
	if f := item.Get(key); f != nil {
		return r.strings(at+"."+key, f.Value)
	}
	return nil
}

func (r *reader) date(key string, f *yamltext.Field) workday.Date {
	if f == nil {
		return 0
	}
	s := r.scalar(key, f.Value)
	if s == "" {
		return 0
	}
	d, err := workday.Parse(s)
	if err != nil {
		r.tell("date-invalid", key, f.Value, "“"+s+"”不是日期", "写成 2026-03-01 的样子")
		return 0
	}
	return d
}

// count reads a whole number that is at least least.
func (r *reader) count(key string, n *yamltext.Node, least int, to *int) {
	s := r.scalar(key, n)
	if s == "" {
		return
	}
	v, err := strconv.Atoi(s)
	if err != nil || v < least || v > 1000 {
		r.tell("value-type", key, n, "“"+key+"”应为 "+strconv.Itoa(least)+" 以上的整数，现为“"+s+"”", key[strings.LastIndexByte(key, '.')+1:]+": "+strconv.Itoa(*to))
		return
	}
	*to = v
}

// addresses reads e-mail addresses and patterns (*@unit.example).
func (r *reader) addresses(key string, n *yamltext.Node) []string {
	var list []string
	for _, s := range r.strings(key, n) {
		local, domain, ok := strings.Cut(s, "@")
		if !ok || local == "" || domain == "" || strings.ContainsAny(s, " \t，；") || strings.ContainsRune(domain, '*') && !strings.HasPrefix(domain, "*.") || strings.ContainsRune(local, '*') && local != "*" {
			r.tell("value-type", key, n, "“"+s+"”不是邮箱地址", "写成 zhangsan@nsfwk.example，整个域名写成 *@nsfwk.example")
			continue
		}
		list = append(list, strings.ToLower(s))
	}
	return list
}
