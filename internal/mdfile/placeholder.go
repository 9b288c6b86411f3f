package mdfile

import (
	"strings"
	"unicode/utf8"

	"suqiu/internal/problem"
)

// What is offered to copy holds no answer that somebody must give: where one
// belongs stands 〔请填：…〕. Read back, such a text states nothing, and
// `placeholder-left` is the one finding about it.

// placeholderBegins is how a placeholder begins; what follows may have been
// edited.
const placeholderBegins = "〔请填"

// LeftRule is the slug of what is still to be filled in (DESIGN section 8).
const LeftRule = "placeholder-left"

// Placeholder is what stands in a text to copy for what its user must fill in.
func Placeholder(what string) string { return placeholderBegins + "：" + what + "〕" }

// HasPlaceholder reports whether a part of a text is still to be filled in.
func HasPlaceholder(text string) bool { return strings.Contains(text, placeholderBegins) }

// LeftFix says what to do about a placeholder.
const LeftFix = "请把〔请填…〕连同括号换成实际内容；不需要填的，删去括号和里面的字"

// LeftMessage quotes the placeholder in a text.
func LeftMessage(text string) string {
	text = text[strings.Index(text, placeholderBegins):]
	if end := strings.Index(text, "〕"); end >= 0 {
		text = text[:end+len("〕")]
	}
	return "“" + problem.ClipTo(text, 40) + "”还没有填写"
}

// maxLeft bounds how many lines of one body are told of.
const maxLeft = 20

// leftToFill tells of a placeholder in a line of the body.
func (r *bodyReader) leftToFill(l string, line int) {
	if r.left++; r.left > maxLeft {
		return
	}
	key := ""
	if n := len(r.Sections); n > 0 {
		key = "## " + r.Sections[n-1].Heading
	}
	column := utf8.RuneCountInString(l[:strings.Index(l, placeholderBegins)]) + 1
	r.Problems = append(r.Problems, problem.Problem{
		Rule: LeftRule, Key: key, Line: line, Column: column, EndLine: line, Message: LeftMessage(l),
		Fix: LeftFix})
}
