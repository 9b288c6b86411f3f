package yamltext

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"suqiu/internal/problem"
)

// maxSize bounds the text that goes through the YAML library, in bytes: a
// front matter or a configuration is some thousand.
const maxSize = 1 << 20

// Parse reads one YAML map. firstLine is the line of the file on which src
// begins, so that all places are places in the file.
//
// It always returns a Map (an empty one if nothing can be read) and every
// fault it found, in file order. The map says what the text says after the
// plain slips were mended; Problems name each of them.
func Parse(src []byte, firstLine int) (*Node, []problem.Problem) {
	return ParseKnown(src, firstLine, nil)
}

// ParseKnown is Parse for a text whose keys are known: known tells keys from
// words, which decides what `- 结果：已解决` was meant to be. A nil known knows
// none.
func ParseKnown(src []byte, firstLine int, known func(key string) bool) (*Node, []problem.Problem) {
	text := string(src)
	if root, ok := scan(text, firstLine); ok {
		return root, nil
	}
	return parseSlow(text, firstLine, known)
}

// parseSlow is the way of everything that the scanner does not accept.
func parseSlow(text string, firstLine int, known func(key string) bool) (*Node, []problem.Problem) {
	if len(text) > maxSize {
		return emptyMap(firstLine), []problem.Problem{{
			Rule: "yaml-syntax", Line: firstLine, Column: 1, EndLine: firstLine,
			Message: "内容超过 1 MiB，不是正常的填报内容，未读取",
			Fix:     "请检查是否误粘贴了其他文件",
		}}
	}
	var problems []problem.Problem
	if line := invalidLine(text); line >= 0 {
		problems = append(problems, problem.Problem{
			Rule: "encoding", Line: line + firstLine, Column: 1, EndLine: line + firstLine,
			Message: "不是 UTF-8 编码（可能是 GB18030，也就是记事本的 ANSI）",
			Fix:     "请用记事本打开，“另存为”时编码选 UTF-8"})
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	r := newRepairer(text, firstLine, known)
	r.run()
	root, more := load(r.lines, firstLine)
	problems = append(append(problems, r.problems...), more...)
	for i := range problems {
		r.clamp(&problems[i], firstLine)
	}
	sortProblems(problems)
	return root, problems
}

// invalidLine is the first line, from zero, that is not UTF-8; -1 if all is.
func invalidLine(text string) int {
	if utf8.ValidString(text) {
		return -1
	}
	line := 0
	for l := range strings.Lines(text) {
		if !utf8.ValidString(l) {
			return line
		}
		line++
	}
	return -1
}

func emptyMap(line int) *Node {
	return &Node{Kind: Map, Line: line, Column: 1, EndLine: line}
}

// splitLines cuts a text into lines without their ends. CRLF and LF end a
// line; a last line without an end counts.
func splitLines(text string) []string {
	text = strings.TrimSuffix(text, "\n")
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSuffix(l, "\r")
	}
	return lines
}

// joinLines is the text of some lines.
func joinLines(lines []string) []byte {
	var b bytes.Buffer
	for _, l := range lines {
		b.WriteString(l)
		b.WriteByte('\n')
	}
	return b.Bytes()
}
