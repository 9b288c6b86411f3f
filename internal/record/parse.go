package record

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/problem"
	"suqiu/internal/yamltext"
)

// maxProblems bounds what is told of one file.
const maxProblems = 200

// Parse reads one case file. path is its slash path in the repository, "" if it
// has none; canon maps a unit's alias to its name (nil: names stay as typed).
//
// It never fails: faults are the Problems of the Case, in file order. Plain
// slips are told of and read as they were meant. The Case holds no part of src.
func Parse(path string, src []byte, canon func(string) string) *Case {
	c := &Case{Path: path, Tickets: 1}
	p := read(schema, src)
	d := &decoder{keys: schema, src: src, canon: canon, c: c, root: p.root}
	d.problems = p.problems
	d.size()
	if p.root == nil || len(p.root.Fields) == 0 {
		c.Unreadable = true
		if len(d.problems) == 0 {
			d.report("front-matter-missing", "", max(p.line, 1), 1, max(p.line, 1), "首部是空的", "请在两行 --- 之间逐行填写"+firstKeys(schema)+"等各项")
		}
		c.Problems = finish(d.problems)
		return c
	}
	d.matter(p.root)
	if c.Tickets == 0 {
		c.Tickets = 1
	}
	body := readBody(p.body, p.bodyLine)
	c.Sections = body.sections
	c.Suppressions = append(d.suppressions, body.suppressions...)
	d.problems = append(d.problems, body.problems...)
	if body.html > maxHTML {
		last := body.problems[len(body.problems)-1]
		d.report("raw-html", "", last.Line, last.Column, last.EndLine, "正文里还有 "+strconv.Itoa(body.html-maxHTML)+" 行写了 HTML 标签", "请一并删去")
	}
	if c.Unreadable || !recognised(c) {
		// A list beyond all bounds, or a map without a single valid key of ours,
		// states nothing.
		*c = Case{Path: path, Tickets: 1, Unreadable: true}
	} else {
		d.check(p)
	}
	name(p.root, d.problems)
	c.Problems = finish(dropQuoting(d.problems))
	return c
}

// name gives the problems of lines the key path that stands on their line.
func name(root *yamltext.Node, problems []problem.Problem) {
	var paths map[int]string
	for i := range problems {
		p := &problems[i]
		if p.Key != "" {
			continue
		}
		if paths == nil {
			paths = map[int]string{}
			linePaths(root, "", paths)
		}
		p.Key = paths[p.Line]
	}
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

// dropQuoting drops the advice to put a value in quotes where the value itself
// is wrong: the line to paste for the value mends both.
func dropQuoting(problems []problem.Problem) []problem.Problem {
	wrong := map[int]bool{}
	for _, p := range problems {
		switch p.Rule {
		case "value-enum", "value-type", "date-invalid", "id-mismatch":
			wrong[p.Line] = true
		}
	}
	return slices.DeleteFunc(problems, func(p problem.Problem) bool {
		return p.Rule == "yaml-syntax" && wrong[p.Line] && strings.Contains(p.Message, "引号")
	})
}

// recognised reports whether the front matter says anything that identifies a
// case.
func recognised(c *Case) bool {
	return c.ID != "" || c.State != "" || c.Title != "" || c.Collector != "" || c.Channel != ""
}

// together makes one problem of one that lines below each other share: what
// went wrong on the first of them is what is to be mended.
func together(problems []problem.Problem) []problem.Problem {
	kept := problems[:0]
	for _, p := range problems {
		if n := len(kept); n > 0 && p.Rule == "yaml-syntax" {
			last := &kept[n-1]
			if last.Rule == p.Rule && last.Message == p.Message && last.Fix == p.Fix && p.Line == last.EndLine+1 {
				last.EndLine = p.EndLine
				continue
			}
		}
		kept = append(kept, p)
	}
	return kept
}

// finish sorts problems, drops repetitions and bounds their number.
func finish(problems []problem.Problem) []problem.Problem {
	if len(problems) == 0 {
		return nil
	}
	slices.SortStableFunc(problems, func(a, b problem.Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Key, b.Key), cmp.Compare(a.Message, b.Message))
	})
	for i := range problems {
		legible(&problems[i])
	}
	problems = together(slices.Compact(problems))
	if n := len(problems); n > maxProblems {
		last := problems[maxProblems-1]
		last.Key, last.Message, last.Fix = "", "此处以下还有 "+strconv.Itoa(n-maxProblems+1)+" 处问题，未一一列出", "请先改好上面的问题"
		problems = append(problems[:maxProblems-1:maxProblems-1], last)
	}
	return slices.Clip(problems)
}
