// Package mdfile is a Markdown file with front matter as somebody typed it: where
// the front matter ends and the body begins, whatever stands for the rulers, and
// the sections of the body. It knows nothing of what the keys mean.
package mdfile

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	library "github.com/adrg/frontmatter"

	"suqiu/internal/invisible"
	"suqiu/internal/problem"
	"suqiu/internal/yamltext"
)

// Parts is a file cut in two: the front matter as a tree, and the body.
type Parts struct {
	Root     *yamltext.Node // nil: the front matter cannot be read
	Line     int            // of the opening ---
	Body     string         // LF line ends
	BodyLine int            // line of the file on which Body begins
	Problems []problem.Problem
}

// Keys tell a line of the front matter from a line of the body.
type Keys struct {
	Top   func(name string) bool // whether it is a key at the top
	Known func(name string) bool // whether it is a key at any depth
	// Example says, for somebody who has left the front matter out, how it begins
	// and what stands below it.
	Example func() string
}

// Cut cuts a file and reads its front matter: in the canonical form at once,
// else line by line, with adrg/frontmatter once its traps (BOM, an indented
// ruler, an end that is missing) are out of the way.
func Cut(src []byte, keys Keys) Parts {
	if p, ok := cutCanonical(src, keys); ok {
		return p
	}
	return (&splitter{keys: keys}).split(src)
}

// cutCanonical cuts `---\n…\n---\n` where nothing else can be meant: a section
// of ours follows, so the second ruler did not come too early.
func cutCanonical(src []byte, keys Keys) (Parts, bool) {
	if !bytes.HasPrefix(src, []byte("---\n")) {
		return Parts{}, false
	}
	end := bytes.Index(src, []byte("\n---\n"))
	if end < 4 || bytes.Contains(src[4:end], []byte("---")) || bytes.IndexByte(src, '\r') >= 0 ||
		!utf8.Valid(src[end:]) ||
		bytes.Contains(src, []byte("\n"+conflictBegins)) {
		return Parts{}, false
	}
	body := src[end+5:]
	trimmed := bytes.TrimLeft(body, "\n")
	text := string(body)
	if !sectionLine.Match(trimmed) || !utf8.Valid(src[:end]) || invisible.In(text) {
		return Parts{}, false
	}
	matter := src[4 : end+1]
	if bytes.ContainsAny(matter, "#＃") && slices.ContainsFunc(bytes.Split(matter, []byte("\n")), sectionLine.Match) {
		return Parts{}, false // the body began without a ruler before it
	}
	root, problems := yamltext.ParseKnown(matter, 2, keys.Known)
	return Parts{Root: root, Line: 1, Body: text, BodyLine: bytes.Count(matter, []byte{'\n'}) + 3, Problems: problems},
		true
}

// splitter cuts a file of which nothing is taken for granted.
type splitter struct {
	keys     Keys
	lines    []string
	final    bool // the last line has an end
	problems []problem.Problem
}

func (s *splitter) report(rule string, line int, message, fix string) {
	s.problems = append(s.problems, problem.Problem{
		Rule: rule, Line: line + 1, Column: 1, EndLine: line + 1, Message: message, Fix: fix})
}

var (
	// rulerLine is a line that somebody typed for ---.
	rulerLine = regexp.MustCompile(`^\s*[-－—–―─_＿]{2,}\s*$`)
	// keyLine is the beginning of a line that has a key.
	keyLine = regexp.MustCompile(`^\s*([^\s:：]+)\s*[:：]`)
	// sectionLine is a heading of the body, however it was typed.
	sectionLine = regexp.MustCompile(`^\s{0,3}[#＃]{1,6}[\s　]*(?:诉求内容|研判分析|办理情况|反馈答复)`)
)

func (s *splitter) split(src []byte) Parts {
	if message, fix := foreign(src); message != "" {
		s.report("encoding", 0, message, fix)
		return Parts{Problems: s.problems}
	}
	src = bytes.TrimPrefix(src, []byte("\xEF\xBB\xBF"))
	badLine := firstInvalid(src)
	text := strings.ToValidUTF8(string(src), "�")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", " ")
	s.final = strings.HasSuffix(text, "\n")
	s.lines = strings.Split(strings.TrimSuffix(text, "\n"), "\n")

	if s.conflicts() {
		return Parts{Problems: s.problems}
	}
	start, opened := s.start()
	if start < 0 {
		if badLine >= 0 {
			s.encoding(badLine)
		} else {
			s.report("front-matter-missing", 0, "文件开头没有首部（用 --- 隔开的各项）", s.keys.Example())
		}
		return Parts{Problems: s.problems}
	}
	from := start
	if opened {
		from = start + 1
	}
	end, closed := s.end(from)
	if badLine >= 0 {
		s.encoding(badLine)
		if badLine < end {
			return Parts{Problems: s.problems, Line: start + 1}
		}
	}
	for i := from; i < end; i++ {
		if strings.TrimSpace(s.lines[i]) == "---" && s.lines[i] != "" && s.lines[i][0] != '-' {
			// The front matter library would take it for the end.
			fixed := strings.Replace(s.lines[i], "---", "———", 1)
			s.report("yaml-syntax", i, "内容里单独一行的 --- 会被当作首部的结束", fixed)
			s.lines[i] = fixed
		}
	}
	rest := end
	if closed {
		rest = end + 1
	}
	return s.read(from, end, rest, start)
}

// read hands the file, now in order, to the front matter library: the front
// matter stands on the lines from from to end, the body begins on the line rest.
func (s *splitter) read(from, end, rest, start int) Parts {
	var whole strings.Builder
	add := func(lines ...string) {
		for _, l := range lines {
			whole.WriteString(l + "\n")
		}
	}
	add("---")
	add(s.lines[from:end]...)
	add("---")
	if rest < len(s.lines) {
		last := len(s.lines) - 1
		add(s.lines[rest:last]...)
		whole.WriteString(s.lines[last])
		if s.final {
			whole.WriteByte('\n')
		}
	}
	p := Parts{Line: start + 1, BodyLine: rest + 1}
	format := library.NewFormat("---", "---", func(data []byte, _ any) error {
		root, problems := yamltext.ParseKnown(data, from+1, s.keys.Known)
		p.Root, s.problems = root, append(s.problems, problems...)
		return nil
	})
	body, err := library.MustParse(strings.NewReader(whole.String()), nil, format)
	if err != nil {
		s.report("front-matter-missing", start, "首部无法读取", "请参照样例重写首部")
	}
	p.Body = s.visible(string(body), rest)
	p.Problems = s.problems
	return p
}

// maxUnseen is how many lines of a body are told of one by one: a text that a
// program filled with rubbish has thousands.
const maxUnseen = 10

// visible tells of the lines of a body, which begins on line from of the file,
// with characters that nobody sees, and puts a sign in their place.
func (s *splitter) visible(body string, from int) string {
	if !invisible.In(body) {
		return body
	}
	told := 0
	for line := range strings.Lines(body) {
		if at := strings.IndexFunc(line, invisible.Is); at >= 0 && told < maxUnseen {
			told++
			what := "看不见的控制字符"
			if line[at] == 0 {
				what = "看不见的空字符"
			}
			s.report("encoding", from, "这一行有"+what+"，可能是从别的程序粘贴来的", "请删去这一行，重新输入")
		}
		from++
	}
	return invisible.Marked(body)
}

// What Git writes around the two sides of a conflict.
const (
	conflictBegins = "<<<<<<< "
	conflictMiddle = "======="
	conflictEnds   = ">>>>>>> "
)

// conflicts tells of the conflicts of a merge that nobody has resolved. Which
// side holds nobody but their authors can say.
func (s *splitter) conflicts() bool {
	found, from, middle := false, -1, false
	for i, l := range s.lines {
		switch {
		case strings.HasPrefix(l, conflictBegins):
			from, middle = i, false
		case l == conflictMiddle:
			middle = from >= 0
		case strings.HasPrefix(l, conflictEnds) && middle:
			s.report("yaml-syntax", from, "合并冲突还没有处理完：第 "+strconv.Itoa(from+1)+" 行至第 "+strconv.Itoa(i+1)+
				" 行有两种写法",
				"请保留正确的一种，删去另一种和 <<<<<<<、=======、>>>>>>> 三行")
			s.problems[len(s.problems)-1].EndLine = i + 1
			found, from, middle = true, -1, false
		}
	}
	return found
}

func (s *splitter) encoding(line int) {
	s.report("encoding", line, "文件不是 UTF-8 编码（可能是 GB18030，也就是记事本的 ANSI）",
		"请用记事本打开，“另存为”时编码选 UTF-8；或运行 suqiu fmt")
}

// firstInvalid is the first line (from zero) that is not UTF-8, -1 if all is.
func firstInvalid(src []byte) int {
	if utf8.Valid(src) {
		return -1
	}
	line := 0
	for len(src) > 0 {
		n := bytes.IndexByte(src, '\n') + 1
		if n == 0 {
			n = len(src)
		}
		if !utf8.Valid(src[:n]) {
			return line
		}
		src, line = src[n:], line+1
	}
	return -1
}

// start finds the line that opens the front matter; opened is false if the
// keys begin at once and the --- is missing.
func (s *splitter) start() (line int, opened bool) {
	for i, l := range s.lines {
		t := strings.TrimSpace(l)
		switch {
		case t == "":
			continue
		case t == "---":
			return i, true
		case rulerLine.MatchString(l):
			s.report("front-matter-missing", i, "首部的开头应当是三个半角减号 ---", "---")
			return i, true
		}
		if k, ok := LineKey(l); ok && s.keys.Top(k) {
			s.report("front-matter-missing", i, "首部前面缺少一行 ---", "---\n"+l)
			return i, false
		}
		return -1, false
	}
	return -1, false
}

// end finds the line that closes the front matter whose keys begin on line
// from; closed is false if there is none and the body begins on that line.
func (s *splitter) end(from int) (line int, closed bool) {
	heading := len(s.lines)
	for i := from; i < len(s.lines); i++ {
		if sectionLine.MatchString(s.lines[i]) {
			heading = i
			break
		}
	}
	last, ruler := -1, -1
	for i := from; i < heading; i++ {
		l := s.lines[i]
		if strings.HasPrefix(l, "---") && strings.TrimSpace(l) == "---" {
			if last >= 0 {
				break
			}
			if next := s.nextKey(i+1, heading); next {
				s.report("yaml-syntax", i, "这一行 --- 提前结束了首部，后面还有要填的项", "请删去这一行")
				s.lines[i] = ""
				continue
			}
			last = i
		} else if ruler < 0 && rulerLine.MatchString(l) && strings.TrimSpace(l) != "---" &&
			l == strings.TrimLeft(l, " \t") && !s.nextKey(i+1, heading) {
			ruler = i
		}
	}
	switch {
	case last >= 0:
		return last, true
	case ruler >= 0:
		s.report("front-matter-unclosed", ruler, "首部的结尾应当是三个半角减号 ---", "---")
		return ruler, true
	case s.prose(from, heading) < heading:
		heading = s.prose(from, heading)
		s.report("front-matter-unclosed", heading, "首部没有结束：正文前面缺少一行 ---", "---\n\n"+s.lines[heading])
	case heading < len(s.lines):
		s.report("front-matter-unclosed", heading, "首部没有结束：正文标题前面缺少一行 ---", "---\n\n"+s.lines[heading])
	default:
		s.report("front-matter-unclosed", len(s.lines)-1, "首部没有结束：各项后面缺少一行 ---", "---")
	}
	return heading, false
}

// maxKey is how many characters a key may have that somebody made up; what is
// longer before a colon is text.
const maxKey = 10

// prose finds the line on which a text begins below keys without a --- between
// them: a heading, or a paragraph behind a blank line, with no key of ours
// further down; to if there is none.
func (s *splitter) prose(from, to int) int {
	at := to
	for i := to - 1; i > from; i-- {
		l := s.lines[i]
		k, keyed := LineKey(l)
		keyed = keyed && utf8.RuneCountInString(k) <= maxKey && !strings.ContainsAny(k, "，。、；“”")
		switch {
		case keyed && s.keys.Top(k):
			return at
		case strings.HasPrefix(l, "##"), strings.TrimSpace(s.lines[i-1]) == "" && l != "" && !keyed &&
			!strings.ContainsRune(" \t-#", rune(l[0])):
			at = i
		}
	}
	return at
}

// nextKey reports whether the next line that says something is a key of the
// front matter.
func (s *splitter) nextKey(from, to int) bool {
	for _, l := range s.lines[from:to] {
		if strings.TrimSpace(l) == "" || strings.HasPrefix(l, "#") {
			continue
		}
		k, ok := LineKey(l)
		return ok && s.keys.Top(k)
	}
	return false
}

// LineKey is the key of a line, whatever its colon.
func LineKey(l string) (string, bool) {
	m := keyLine.FindStringSubmatch(l)
	if m == nil {
		return "", false
	}
	return m[1], true
}
