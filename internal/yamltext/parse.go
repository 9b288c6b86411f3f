package yamltext

import (
	"bytes"
	"strings"
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
func Parse(src []byte, firstLine int) (*Node, []Problem) {
	return ParseKnown(src, firstLine, nil)
}

// ParseKnown is Parse for a text whose keys are known: known tells keys from
// words, which decides what `- 结果：已解决` was meant to be. A nil known knows
// none.
func ParseKnown(src []byte, firstLine int, known func(key string) bool) (*Node, []Problem) {
	text := string(src)
	if root, ok := scan(text, firstLine); ok {
		return root, nil
	}
	return parseSlow(text, firstLine, known)
}

// parseSlow is the way of everything that the scanner does not accept.
func parseSlow(text string, firstLine int, known func(key string) bool) (*Node, []Problem) {
	if len(text) > maxSize {
		return emptyMap(firstLine), []Problem{{
			Rule: "yaml-syntax", Line: firstLine, Column: 1, EndLine: firstLine,
			Message: "内容超过 1 MiB，不是正常的填报内容，未读取",
			Fix:     "请检查是否误粘贴了其他文件",
		}}
	}
	r := newRepairer(text, firstLine, known)
	r.run()
	root, problems := load(r.lines, firstLine)
	problems = append(r.problems, problems...)
	for i := range problems {
		r.clamp(&problems[i], firstLine)
	}
	sortProblems(problems)
	return root, problems
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
