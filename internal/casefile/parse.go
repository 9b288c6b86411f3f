package casefile

import (
	"cmp"
	"slices"
	"strconv"

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
	p := read(src)
	d := &decoder{src: src, canon: canon, c: c, root: p.root}
	d.problems = p.problems
	if p.root == nil || len(p.root.Fields) == 0 {
		c.Unreadable = true
		if len(d.problems) == 0 {
			d.report("front-matter-missing", "", max(p.line, 1), 1, max(p.line, 1), "首部是空的", "请在两行 --- 之间逐行填写“编号: …”“标题: …”等各项")
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
	c.Suppressions = append(c.Suppressions, body.suppressions...)
	d.problems = append(d.problems, body.problems...)
	if body.html > maxHTML {
		last := body.problems[len(body.problems)-1]
		d.report("raw-html", "", last.Line, last.Column, last.EndLine, "正文里还有 "+strconv.Itoa(body.html-maxHTML)+" 行写了 HTML 标签", "请一并删去")
	}
	if !recognised(c) {
		// A map without a single valid key of ours states nothing.
		*c = Case{Path: path, Tickets: 1, Unreadable: true}
	} else {
		d.check(p)
	}
	c.Problems = finish(d.problems)
	return c
}

// recognised reports whether the front matter says anything that identifies a
// case.
func recognised(c *Case) bool {
	return c.ID != "" || c.State != "" || c.Title != "" || c.Collector != "" || c.Channel != ""
}

// finish sorts problems, drops repetitions and bounds their number.
func finish(problems []yamltext.Problem) []yamltext.Problem {
	if len(problems) == 0 {
		return nil
	}
	slices.SortStableFunc(problems, func(a, b yamltext.Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Key, b.Key), cmp.Compare(a.Message, b.Message))
	})
	problems = slices.Compact(problems)
	if n := len(problems); n > maxProblems {
		last := problems[maxProblems-1]
		last.Key, last.Message, last.Fix = "", "此处以下还有 "+strconv.Itoa(n-maxProblems+1)+" 处问题，未一一列出", "请先改好上面的问题"
		problems = append(problems[:maxProblems-1:maxProblems-1], last)
	}
	return slices.Clip(problems)
}
