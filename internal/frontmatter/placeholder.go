package frontmatter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"suqiu/internal/problem"
	"suqiu/internal/yamltext"
)

// What is offered to copy holds no answer that somebody must give: where one
// belongs stands 〔请填：…〕. Read back, such a text states nothing, and
// `placeholder-left` is the one finding about it.

// placeholderBegins is how a placeholder begins; what follows may have been
// edited.
const placeholderBegins = "〔请填"

// placeholderRule is the slug of DESIGN section 8.
const placeholderRule = "placeholder-left"

// Placeholder is what stands in a text to copy for what its user must fill in.
func Placeholder(what string) string { return placeholderBegins + "：" + what + "〕" }

// HasPlaceholder reports whether a part of a text is still to be filled in.
func HasPlaceholder(text string) bool { return strings.Contains(text, placeholderBegins) }

// Placeholder is what stands for a value of the key: it says what may be
// written.
func (k *Key) Placeholder() string {
	if k.Ask != "" {
		return Placeholder(k.Ask)
	}
	switch k.Type {
	case Enum:
		return Placeholder(strings.Join(k.Values, "、"))
	case Day:
		return Placeholder("日期，如 2026-07-15")
	case Month:
		return Placeholder("月份，如 2026-07")
	case Quarter:
		return Placeholder("季度，如 2026Q3")
	case Count:
		return Placeholder("数字，如 10")
	case Points:
		return Placeholder("分值，如 0.5")
	case CaseID:
		return Placeholder("事项编号，如 202607-NFZX-012")
	case Unit:
		return Placeholder("单位名称")
	}
	return Placeholder(k.Name)
}

// isLeft reports whether a value is still to be filled in, and tells of it.
func (d *decoder) isLeft(p place, v *yamltext.Node) bool {
	if !HasPlaceholder(v.Text) {
		return false
	}
	d.leftToFill(p.path(), v.Line, v.Column, v.EndLine, v.Text)
	return true
}

// isLeftKey is isLeft for the name of a key: a unit, a channel. What stands
// below it is not read.
func (d *decoder) isLeftKey(p place, f *yamltext.Field) bool {
	if !HasPlaceholder(f.Key) {
		return false
	}
	d.leftToFill(p.path(), f.Line, f.Column, f.Line, f.Key)
	return true
}

// leftToFill tells of a placeholder and what it asks for.
func (d *decoder) leftToFill(path string, line, column, endLine int, text string) {
	d.report(placeholderRule, path, line, column, endLine, leftMessage(text), leftFix)
}

const leftFix = "请把〔请填…〕连同括号换成实际内容；不需要填的，删去括号和里面的字"

// leftMessage quotes the placeholder in a text.
func leftMessage(text string) string {
	text = text[strings.Index(text, placeholderBegins):]
	if end := strings.Index(text, "〕"); end >= 0 {
		text = text[:end+len("〕")]
	}
	return "“" + clipTo(text, 40) + "”还没有填写"
}

// Left reports whether something at a key path, or at a part of it, is still
// to be filled in: what is wrong with it otherwise need not be told.
func Left(problems []problem.Problem, path string) bool {
	return slices.ContainsFunc(problems, func(p problem.Problem) bool {
		return p.Rule == placeholderRule && within(path, p.Key)
	})
}

// within reports whether path is key, or a key of which key is a part.
func within(path, key string) bool {
	rest, ok := strings.CutPrefix(key, path)
	return ok && path != "" && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// maxLeft bounds how many lines of one body are told of.
const maxLeft = 20

// leftToFill tells of a placeholder in a line of the body.
func (r *bodyReader) leftToFill(l string, line int) {
	if r.left++; r.left > maxLeft {
		return
	}
	key := ""
	if n := len(r.sections); n > 0 {
		key = "## " + r.sections[n-1].Heading
	}
	column := utf8.RuneCountInString(l[:strings.Index(l, placeholderBegins)]) + 1
	r.problems = append(r.problems, problem.Problem{
		Rule: placeholderRule, Key: key, Line: line, Column: column, EndLine: line, Message: leftMessage(l),
		Fix: leftFix})
}
