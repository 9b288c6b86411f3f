package record

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/yamltext"
)

// Places reads a file by the keys of a schema, once, and finds the places of key
// paths in it: 状态, 说明单 (its last entry), 说明单[0].决定, 会议议定期限.日期,
// 协办反馈.征收管理科, "## 办理情况". Of a path that leads nowhere it gives the
// nearest part that is there, and 0, 0, 0 if there is none.
func Places(keys []Key, src []byte) func(key string) (line, column, endLine int) {
	parts := read(keys, src)
	return func(key string) (line, column, endLine int) {
		heading, ok := strings.CutPrefix(key, "## ")
		if !ok {
			return locate(parts.root, key)
		}
		for _, s := range readBody(parts.body, parts.bodyLine).sections {
			if s.Heading == heading {
				return s.Line, 1, s.Line
			}
		}
		return 0, 0, 0
	}
}

// KeyAt is the way back: the key path that a line of a file belongs to, or the
// body section as "## 办理情况". Empty if it belongs to none: the line is above
// the first, or the file has no front matter that can be read.
func KeyAt(src []byte, line int) string { return KeysAt(src)(line) }

// KeysAt is KeyAt for many lines of one file, which is read once.
func KeysAt(src []byte) func(line int) string {
	type place struct {
		line int
		key  string
	}
	parts := read(schema, src)
	var matter, body []place
	if parts.root != nil {
		paths := map[int]string{}
		linePaths(parts.root, "", paths)
		for _, line := range slices.Sorted(maps.Keys(paths)) {
			matter = append(matter, place{line, paths[line]})
		}
	}
	for _, s := range readBody(parts.body, parts.bodyLine).sections {
		body = append(body, place{s.Line, "## " + s.Heading})
	}
	return func(line int) string {
		list := body
		if parts.root != nil && (line < parts.bodyLine || parts.body == "") {
			list = matter
		}
		n, found := slices.BinarySearchFunc(list, line, func(p place, line int) int { return cmp.Compare(p.line, line) })
		if found {
			n++
		}
		if n == 0 {
			return ""
		}
		return list[n-1].key
	}
}

// locate is Locate in the tree of a front matter.
func locate(n *yamltext.Node, key string) (line, column, endLine int) {
	if n == nil || key == "" {
		return 0, 0, 0
	}
	for i, part := range strings.Split(key, ".") {
		name, index := cutIndex(part)
		f := n.Get(name)
		if f == nil {
			break
		}
		line, column, endLine = f.Line, f.Column, f.Line
		n = f.Value
		if n.Kind == yamltext.Scalar {
			if n.Text != "" {
				line, column, endLine = n.Line, n.Column, n.EndLine
			}
			break
		}
		if n.Kind != yamltext.List {
			continue
		}
		items := statedItems(n.Items)
		if index < 0 && i == 0 {
			index = len(items) - 1
		}
		if index < 0 || index >= len(items) {
			break
		}
		n = items[index]
		line, column, endLine = n.Line, n.Column, n.EndLine
	}
	return line, column, endLine
}

// statedItems are the items that count: an empty form is no entry yet.
func statedItems(items []*yamltext.Node) []*yamltext.Node {
	return slices.DeleteFunc(slices.Clone(items), blankNode)
}

// cutIndex splits 说明单[0] into its name and index, -1 without one.
func cutIndex(part string) (name string, index int) {
	name, rest, ok := strings.Cut(part, "[")
	if !ok {
		return part, -1
	}
	n, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	if err != nil {
		return name, -1
	}
	return name, n
}
