package yamltext

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"suqiu/internal/invisible"
	"suqiu/internal/problem"
)

// repairer mends, line by line, what a person plainly meant otherwise, so that
// one slip does not hide the faults behind it. Every mended line is told of
// with the line to paste instead. Lines keep their numbers.
type repairer struct {
	original  []string
	lines     []string
	firstLine int
	known     func(string) bool
	problems  []problem.Problem
	levels    []level // open blocks, outermost first
	opens     bool    // the line before ends in a colon or a dash: a deeper block may follow
}

// level is one open block: its indent and whether it is a list.
type level struct {
	indent int
	list   bool
}

func newRepairer(text string, firstLine int, known func(string) bool) *repairer {
	original := splitLines(text)
	return &repairer{original: original, lines: append([]string(nil), original...), firstLine: firstLine, known: known}
}

// fault is what one line got wrong; the first fault names the problem.
type fault struct {
	rule, message string
	column        int
}

// What stands in place of blanks also moves the line: that needs no telling.
const (
	tabs       = "缩进用了制表符（Tab），应当用空格"
	wideBlanks = "缩进用了全角空格，应当用半角空格"
)

var blockHead = regexp.MustCompile(`^[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:#.*)?$`)

// run mends all lines.
func (r *repairer) run() {
	for i := 0; i < len(r.lines); i++ {
		i = r.one(i)
	}
}

// one mends line i and returns the last line that belongs to it.
func (r *repairer) one(i int) int {
	line, faults := r.clean(r.lines[i])
	r.lines[i] = line
	body := strings.TrimLeft(line, " ")
	if body == "" || body[0] == '#' {
		if len(faults) > 0 && body != "" {
			r.tell(i, line, faults)
		}
		return i
	}
	indent := len(line) - len(body)

	dashes, body, f := r.dashes(body, i)
	faults = append(faults, f...)
	key, sep, value, f := r.key(body, i, indent+len(dashes), dashes != "")
	faults = append(faults, f...)

	// A deeper line without a key continues a text of several lines.
	continues := key == "" && dashes == "" && len(r.levels) > 0 && indent > r.levels[len(r.levels)-1].indent
	if continues {
		return i
	}
	if key == "" && dashes == "" {
		if i == len(r.lines)-1 || !strings.ContainsAny(body[:1], "\"'{[?") {
			r.problems = append(r.problems, problem.Problem{
				Rule: "yaml-syntax", Line: i + r.firstLine, EndLine: i + r.firstLine, Column: indent + 1,
				Message: "这一行不是“键: 值”的写法",
				Fix:     "请接到上一行末尾；如果是备注，改为 # " + body})
			r.lines[i] = ""
		}
		return i
	}

	if fixed := r.level(indent, dashes != "", len(dashes), key != ""); fixed != indent {
		if len(faults) == 0 || faults[0].message != tabs && faults[0].message != wideBlanks {
			faults = append(faults, fault{"yaml-syntax", "这一行的缩进与同级的内容没有对齐", 1})
		}
		indent = fixed
	}

	head := strings.Repeat(" ", indent) + dashes
	if key != "" {
		head += key + sep
	}
	last := i
	if value != "" {
		var f []fault
		column := utf8.RuneCountInString(r.original[i]) - utf8.RuneCountInString(value) + 1
		value, last, f = r.value(value, i, indent+len(dashes), column)
		if faults = append(faults, f...); len(faults) > 0 && last == i && cutShort(value) {
			value = Quote(value) // mended, but for what it would lose
		}
	}
	r.opens = value == "" || value[0] == '#'
	fixed := strings.TrimRight(head+value, " ")
	if len(faults) > 0 && fixed != strings.TrimRight(r.original[i], " ") {
		r.tell(i, fixed, faults)
	}
	r.lines[i] = fixed
	if blockHead.MatchString(value) {
		last = r.skipBlock(i, indent, dashes != "" && key != "")
		r.opens = false
	}
	return last
}

// tell reports the faults of a line, each rule once, all with the same line to
// paste.
func (r *repairer) tell(i int, fixed string, faults []fault) {
	told := map[string]bool{}
	for _, f := range faults {
		if told[f.rule+f.message] {
			continue
		}
		told[f.rule+f.message] = true
		r.problems = append(r.problems, problem.Problem{
			Rule: f.rule, Line: i + r.firstLine, EndLine: i + r.firstLine, Column: max(f.column, 1),
			Message: f.message, Fix: fixed})
	}
}

// clean mends what stands before the text of a line, and characters that
// nobody sees.
func (r *repairer) clean(line string) (string, []fault) {
	var faults []fault
	if strings.ContainsFunc(line, hidden) {
		at := strings.IndexFunc(line, hidden)
		faults = append(faults, fault{"yaml-syntax", "含有看不见的控制字符", runes(line[:at]) + 1})
		line = visible(line)
	}
	n := 0
	for _, c := range line {
		switch c {
		case ' ':
		case '\t':
			faults = append(faults, fault{"yaml-syntax", tabs, 1})
		case '　', '\u00a0':
			faults = append(faults, fault{"fullwidth-punctuation", wideBlanks, 1})
		default:
			n = -n - 1
		}
		if n < 0 {
			n = -n - 1
			break
		}
		n += utf8.RuneLen(c)
	}
	if len(faults) == 0 {
		return line, nil
	}
	lead := strings.NewReplacer("\t", "  ", "　", "  ", "\u00a0", " ").Replace(line[:n])
	return lead + line[n:], faults
}

// hidden are characters without a shape that YAML refuses or takes for a line
// break, or that turn the reading direction.
func hidden(c rune) bool {
	return invisible.Is(c) || c == '\n' || c == '\u2028' || c == '\u2029' || c == '\ufeff' || c >= 0xfffe && c <= 0xffff
}

// visible is a line without such characters.
func visible(line string) string {
	return strings.Map(func(c rune) rune {
		if hidden(c) {
			return -1
		}
		return c
	}, line)
}

// dashes cuts the list signs off a line and mends a missing blank or a
// full-width dash.
func (r *repairer) dashes(body string, i int) (dashes, rest string, faults []fault) {
	for depth := 0; ; depth++ {
		switch {
		case depth > 3: // nobody nests lists on one line: the library will tell
			return dashes, body, faults
		case body == "-":
			return dashes + "-", "", faults
		case strings.HasPrefix(body, "- "):
			n := 1
			for n < len(body) && body[n] == ' ' {
				n++
			}
			dashes, body = dashes+body[:n], body[n:]
		case strings.HasPrefix(body, "-\t"):
			faults = append(faults, fault{"yaml-syntax", "“-”后面用了制表符（Tab），应当用空格", 1})
			dashes, body = dashes+"- ", strings.TrimLeft(body[1:], "\t ")
		case strings.HasPrefix(body, "-") && !strings.HasPrefix(body, "--") && dashes == "" && len(body) > 1:
			faults = append(faults, fault{"yaml-syntax", "“-”后面缺少空格", 1})
			dashes, body = "- ", body[1:]
		case dashes == "" && hasWideDash(body):
			_, size := utf8.DecodeRuneInString(body)
			faults = append(faults, fault{"fullwidth-punctuation", "列表用了全角“－”，应当用半角“-”加一个空格", 1})
			dashes, body = "- ", strings.TrimLeft(body[size:], " 　")
		default:
			return dashes, body, faults
		}
	}
}

func hasWideDash(s string) bool {
	return strings.HasPrefix(s, "－") || strings.HasPrefix(s, "–") || strings.HasPrefix(s, "—") &&
		!strings.HasPrefix(s, "——")
}

// colons are the characters typed for a colon.
const colons = ":：﹕∶︰"

// key cuts the key off a line. An empty key means that the line has none.
func (r *repairer) key(body string, i, indent int, item bool) (key, sep, value string, faults []fault) {
	if body != "" && (body[0] == '"' || body[0] == '\'') {
		return quotedKey(body)
	}
	if body == "" || strings.ContainsRune("{}[],#&*!|>%@`?", rune(body[0])) {
		return "", "", body, nil
	}
	at := strings.IndexAny(body, colons)
	if end := strings.Index(body, "〕"); end > 0 && strings.HasPrefix(body, "〔") {
		// A place to fill in, with a colon of its own.
		if at = strings.IndexAny(body[end:], colons); at >= 0 {
			at += end
		}
	}
	if at <= 0 {
		return "", "", body, nil
	}
	key = strings.TrimRight(body[:at], " \t　")
	c, size := utf8.DecodeRuneInString(body[at:])
	after := body[at+size:]
	value = strings.TrimLeft(after, " \t　\u00a0")
	column := runes(body[:at]) + indent + 1
	proper := c == ':' && (after == "" || after[0] == ' ' || after[0] == '\t')
	if !proper {
		// A word with a colon in it may be text: the item of a list, a line of a
		// longer text. It is a key where nothing else may stand, or if it is known.
		if utf8.RuneCountInString(key) > 20 || strings.ContainsAny(key, " #，。；、") ||
			strings.HasPrefix(after, "//") {
			return "", "", body, nil
		}
		deeper := len(r.levels) > 0 && indent > r.levels[len(r.levels)-1].indent && !r.opens
		if (item || deeper) && !r.isKey(key, i, indent) {
			return "", "", body, nil
		}
		if c == ':' && !strings.HasPrefix(after, "　") {
			faults = append(faults, fault{"yaml-syntax", "“" + key + "”的英文冒号后面缺少空格", column})
		} else {
			faults = append(faults, fault{"fullwidth-punctuation",
				"“" + key + "”后面用了全角冒号或全角空格，应当用英文冒号加一个空格", column})
		}
		if value == "" {
			return key, ":", "", faults
		}
		return key, ": ", strings.TrimRight(value, " \t　"), faults
	}
	if strings.ContainsAny(key, "：#") && !strings.HasPrefix(key, "〔") && !r.isKey(key, i, indent) {
		return "", "", body, nil
	}
	if strings.Contains(after[:len(after)-len(value)], "\t") {
		faults = append(faults,
			fault{"yaml-syntax", "“" + key + "”的冒号后面用了制表符（Tab），应当用空格", column + 1})
	}
	if strings.ContainsAny(after[:len(after)-len(value)], "　\u00a0") {
		faults = append(faults, fault{"fullwidth-punctuation", "“" + key + "”的值前面有全角空格", column + 1})
	}
	if trimmed := strings.TrimRight(value, " \t　"); trimmed != value {
		if strings.ContainsAny(value[len(trimmed):], "　") {
			faults = append(faults, fault{"fullwidth-punctuation", "“" + key + "”的值后面有全角空格", column + 1})
		}
		value = trimmed
	}
	if value == "" {
		return key, ":", "", faults
	}
	if len(faults) == 0 { // keep how the person spaced it
		return body[:at], ":" + after[:strings.Index(after, value[:1])], value, nil
	}
	return key, ": ", value, faults
}

// isKey reports whether a word with a wrong colon is meant as a key: it is
// known, or the next line goes on with a key at the same indent.
func (r *repairer) isKey(key string, i, indent int) bool {
	if r.known != nil {
		return r.known(key)
	}
	if i+1 >= len(r.lines) {
		return false
	}
	next := r.lines[i+1]
	body := strings.TrimLeft(next, " ")
	return len(next)-len(body) == indent && !strings.HasPrefix(body, "-") && strings.ContainsAny(body, colons)
}

// level keeps the stack of open blocks and returns the indent that the line
// should have.
func (r *repairer) level(indent int, list bool, dashes int, hasKey bool) int {
	fixed := r.aligned(indent, list)
	for len(r.levels) > 0 && r.levels[len(r.levels)-1].indent > fixed {
		r.levels = r.levels[:len(r.levels)-1]
	}
	if list {
		// The dash and the keys behind it are two levels.
		for len(r.levels) > 0 && r.levels[len(r.levels)-1] == (level{fixed, true}) {
			r.levels = r.levels[:len(r.levels)-1]
		}
		r.levels = append(r.levels, level{fixed, true})
		if hasKey {
			r.levels = append(r.levels, level{fixed + dashes, false})
		}
		return fixed
	}
	for len(r.levels) > 0 && r.levels[len(r.levels)-1] == (level{fixed, true}) {
		r.levels = r.levels[:len(r.levels)-1] // a list at its key's own indent ends
	}
	if len(r.levels) == 0 || r.levels[len(r.levels)-1].indent < fixed {
		r.levels = append(r.levels, level{fixed, false})
	}
	return fixed
}

// aligned is the indent that a line should have, given the open blocks.
func (r *repairer) aligned(indent int, list bool) int {
	if len(r.levels) == 0 {
		return indent
	}
	top := r.levels[len(r.levels)-1].indent
	if indent > top && r.opens {
		return indent
	}
	best, distance := indent, -1
	for _, l := range r.levels {
		if l.indent == indent && (l.list == list || list && r.opens) {
			return indent
		}
		if l.list != list {
			continue
		}
		d := max(l.indent-indent, indent-l.indent)
		if distance < 0 || d <= distance {
			best, distance = l.indent, d
		}
	}
	if distance < 0 || distance > 3 {
		return indent // too far off to guess: the library will tell
	}
	return best
}

// skipBlock returns the last line of a | or > text that begins on line i.
func (r *repairer) skipBlock(i, indent int, itemKey bool) int {
	if itemKey {
		indent += 2
	}
	last := i
	for j := i + 1; j < len(r.lines); j++ {
		if at := strings.IndexFunc(r.lines[j], hidden); at >= 0 {
			column := runes(r.lines[j][:at]) + 1
			r.lines[j] = visible(r.lines[j])
			r.tell(j, r.lines[j], []fault{{"yaml-syntax", "含有看不见的控制字符", column}})
		}
		body := strings.TrimLeft(r.lines[j], " ")
		if body == "" {
			continue
		}
		if len(r.lines[j])-len(body) <= indent {
			break
		}
		last = j
	}
	return last
}

// clamp keeps a problem's place within the text.
func (r *repairer) clamp(p *problem.Problem, firstLine int) {
	p.Line = min(max(p.Line, firstLine), firstLine+len(r.original)-1)
	p.EndLine = min(max(p.EndLine, p.Line), firstLine+len(r.original)-1)
	p.Column = min(max(p.Column, 1), utf8.RuneCountInString(r.original[p.Line-firstLine])+1)
}
