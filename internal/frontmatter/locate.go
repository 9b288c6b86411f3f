package frontmatter

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/mdfile"
	"suqiu/internal/yamltext"
)

// Places reads a file, once, and finds the places of key paths in it: 状态, 说明单
// (its last entry), 说明单[0].决定, 会议议定期限.日期, 协办反馈.征收管理科,
// "## 办理情况". Of a path that leads nowhere it gives the nearest part that is
// there, and 0, 0, 0 if there is none.
func (s *Schema) Places(src []byte) func(key string) (line, column, endLine int) {
	parts := mdfile.Cut(src, s.cutKeys())
	return func(key string) (line, column, endLine int) {
		heading, ok := strings.CutPrefix(key, "## ")
		if !ok {
			return locate(parts.Root, key)
		}
		for _, section := range mdfile.ReadBody(parts.Body, parts.BodyLine).Sections {
			if section.Heading == heading {
				return section.Line, 1, section.Line
			}
		}
		return 0, 0, 0
	}
}

// KeysAt is the way back, for any line of a file, which is read once: the key
// path that the line belongs to, or the body section as "## 办理情况". Empty if
// it belongs to none: the line is above the first, or the file has no front
// matter that can be read.
func (s *Schema) KeysAt(src []byte) func(line int) string {
	type place struct {
		line int
		key  string
	}
	parts := mdfile.Cut(src, s.cutKeys())
	var matter, body []place
	if parts.Root != nil {
		paths := map[int]string{}
		linePaths(parts.Root, "", paths)
		for _, line := range slices.Sorted(maps.Keys(paths)) {
			matter = append(matter, place{line, paths[line]})
		}
	}
	for _, section := range mdfile.ReadBody(parts.Body, parts.BodyLine).Sections {
		body = append(body, place{section.Line, "## " + section.Heading})
	}
	return func(line int) string {
		list := body
		if parts.Root != nil && (line < parts.BodyLine || parts.Body == "") {
			list = matter
		}
		n, found := slices.BinarySearchFunc(list, line,
			func(p place, line int) int { return cmp.Compare(p.line, line) })
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
	return slices.DeleteFunc(slices.Clone(items), Blank)
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

// linePaths maps the line of each key to its path; the first key of a line
// wins.
func linePaths(n *yamltext.Node, path string, paths map[int]string) {
	add := func(line int, path string) {
		if _, taken := paths[line]; !taken {
			paths[line] = path
		}
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		at := f.Key
		if path != "" {
			at = path + "." + f.Key
		}
		add(f.Line, at)
		linePaths(f.Value, at, paths)
	}
	for i, item := range n.Items {
		at := path + "[" + strconv.Itoa(i) + "]"
		if item.Kind == yamltext.Scalar {
			add(item.Line, at)
		}
		linePaths(item, at, paths)
	}
}

// Tree is the front matter of a file and the sections below it, for who writes
// into the file; ok is false if it must be mended first.
func (s *Schema) Tree(src []byte) (root *yamltext.Node, sections []mdfile.Section, ok bool) {
	p := mdfile.Cut(src, s.cutKeys())
	ok = p.Root != nil && len(p.Root.Fields) > 0 && len(p.Problems) == 0
	return p.Root, mdfile.ReadBody(p.Body, p.BodyLine).Sections, ok
}
