package mdfile

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"suqiu/internal/bounds"
	"suqiu/internal/problem"
)

// Section is one second-level heading of the body with its text.
type Section struct {
	Heading string // without "## "
	Text    string // without surrounding blank lines
	Line    int    // of the heading
}

// maxHTML bounds how many tags of one file are told of.
const maxHTML = 20

var (
	codeSpan     = regexp.MustCompile("`[^`]*`")
	htmlComment  = regexp.MustCompile(`(?s)<!--.*?(?:-->|$)`)
	looseHeading = regexp.MustCompile(`^ {0,3}([#＃]{1,6})[\s　]*(诉求内容|研判分析|办理情况|反馈答复)[\s　:：#]*$`)
	bodySuppress = regexp.MustCompile(`<!--\s*suqiu[:：]忽略\s+(\S+)[ \t　]*(.*?)\s*-->`)
)

// Suppression is one `suqiu:忽略 RULE 原因`: a comment above a key, or an HTML
// comment in a body section. Whether it holds is for the rules to say.
type Suppression struct {
	Rule   string
	Key    string // key path it stands above, or "## 办理情况"; empty: before the first section
	Reason string // empty if none was given
	Line   int
}

// Body is a body cut into sections.
type Body struct {
	Sections     []Section
	Suppressions []Suppression
	Problems     []problem.Problem
}

// bodyReader cuts a body into sections.
type bodyReader struct {
	Body
	fence   string // the fence that is open
	comment bool   // within <!-- -->
	above   string // the line before
	columns int    // of the table that is open
	html    int
	left    int // lines with a placeholder
}

// ReadBody reads the body that begins on a line of the file.
func ReadBody(body string, firstLine int) Body {
	r := bodyReader{}
	toFill := HasPlaceholder(body)
	start, line := 0, firstLine
	textStart := -1 // byte where the text of the open section begins
	for start < len(body) {
		end := strings.IndexByte(body[start:], '\n')
		if end < 0 {
			end = len(body)
		} else {
			end += start
		}
		l := body[start:end]
		if toFill && HasPlaceholder(l) {
			r.leftToFill(l, line)
		}
		if heading, ok := r.line(l, line); ok {
			r.closeSection(body, textStart, start)
			r.Sections = append(r.Sections, Section{Heading: strings.Clone(heading), Line: line})
			textStart = min(end+1, len(body))
		}
		start = end + 1
		line++
	}
	r.closeSection(body, textStart, len(body))
	if r.html > maxHTML {
		last := r.Problems[len(r.Problems)-1]
		last.Rule, last.Key, last.Fix = "raw-html", "", "请一并删去"
		last.Message = "正文里还有 " + strconv.Itoa(r.html-maxHTML) + " 行写了 HTML 标签"
		r.Problems = append(r.Problems, last)
	}
	return r.Body
}

// closeSection stores the text of the open section, without blank lines
// around it.
func (r *bodyReader) closeSection(body string, from, to int) {
	if from < 0 {
		return
	}
	text := strings.TrimRight(body[from:max(from, to)], " \t\n")
	for {
		first, rest, ok := strings.Cut(text, "\n")
		if !ok || strings.TrimSpace(first) != "" {
			break
		}
		text = rest
	}
	last := &r.Sections[len(r.Sections)-1]
	last.Text = strings.Clone(text)
	if line, what := bounds.Markup(text); line > 0 {
		above := strings.Count(body[from:max(from, to)], "\n") - strings.Count(
			strings.TrimLeft(body[from:max(from, to)], "\n \t"), "\n")
		r.excess(last.Line+above+line, what)
	}
}

// excess tells of a section that holds more Markdown than anybody writes.
func (r *bodyReader) excess(line int, what bounds.Excess) {
	p := problem.Problem{
		Rule: "size-limit", Line: line, Column: 1, EndLine: line,
		Message: "这一节的标记多得没法排版（" + string(what) + "），网站和 Word 中整节照原文显示",
		Fix:     "请删去多余的标记，只留文字",
	}
	if what == bounds.Cells {
		p.Rule, p.Fix = "table-cells", "请把长表另存为 Excel 文件保管，正文只写要点和存放的地方"
	}
	r.Problems = append(r.Problems, p)
}

// line looks at one line and reports the heading it is, if it is one.
func (r *bodyReader) line(l string, line int) (heading string, ok bool) {
	if l == "" {
		r.above, r.columns = "", 0
		return "", false
	}
	if (r.columns > 0 || strings.IndexByte(l, '|') >= 0) && r.fence == "" && !r.comment {
		r.row(l, line)
	}
	r.above = l
	body := strings.TrimLeft(l, " ")
	if r.fence != "" {
		if strings.HasPrefix(body, r.fence) && strings.Trim(body, r.fence[:1]+" ") == "" {
			r.fence = ""
		}
		return "", false
	}
	// ```a` is no fence, says CommonMark.
	ticks := strings.HasPrefix(body, "```") && strings.IndexByte(strings.TrimLeft(body, "`"), '`') < 0
	if !r.comment && (ticks || strings.HasPrefix(body, "~~~")) {
		n := len(body) - len(strings.TrimLeft(body, body[:1]))
		r.fence = body[:n]
		return "", false
	}
	if r.comment {
		if _, after, found := strings.Cut(l, "-->"); found {
			r.comment = false
			r.tags(after, l, line)
		}
		return "", false
	}
	if strings.IndexByte(l, '<') >= 0 {
		r.tags(l, l, line)
		return "", false
	}
	if body == "" || len(l)-len(body) > 3 || body[0] != '#' && !strings.HasPrefix(body, "＃") {
		return "", false
	}
	return r.heading(l, body, line)
}

func (r *bodyReader) heading(l, body string, line int) (string, bool) {
	if rest, ok := strings.CutPrefix(body, "## "); ok {
		rest = strings.TrimSpace(rest)
		if t := strings.TrimRight(rest, "#"); t != rest && strings.HasSuffix(t, " ") {
			rest = strings.TrimSpace(t)
		}
		if m := looseHeading.FindStringSubmatch(l); m != nil && m[2] != rest {
			r.misHeading(l, m[2], line)
			return m[2], true
		}
		return rest, rest != ""
	}
	if m := looseHeading.FindStringSubmatch(l); m != nil {
		r.misHeading(l, m[2], line)
		return m[2], true
	}
	return "", false
}

func (r *bodyReader) misHeading(l, heading string, line int) {
	r.Problems = append(r.Problems, problem.Problem{
		Rule: "section-missing", Key: "## " + heading, Line: line, Column: 1, EndLine: line,
		Message: "标题“" + strings.TrimSpace(l) + "”的写法不对，应当是两个半角 # 加一个空格", Fix: "## " + heading})
}

// tableRuler is the line below the heads of a table.
var tableRuler = regexp.MustCompile(`^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

// row tells of a line of a table with more cells than the table has heads:
// what is too much is shown nowhere. A ruler with other cells than the heads
// makes no table at all.
func (r *bodyReader) row(l string, line int) {
	n := cells(l)
	tell := func(message, fix string) {
		r.Problems = append(r.Problems, problem.Problem{Rule: "table-cells", Line: line, Column: 1, EndLine: line,
			Message: message, Fix: fix})
	}
	heads := cells(r.above)
	switch {
	case r.columns == 0 && strings.Contains(r.above, "|") && tableRuler.MatchString(l):
		if n != heads {
			tell("表头有 "+strconv.Itoa(heads)+" 格，下面的分隔行有 "+strconv.Itoa(n)+" 格，显示不成表格",
				strings.Repeat("| --- ", heads)+"|")
		}
		r.columns = heads
	case r.columns > 0 && n > r.columns:
		tell("表格的这一行有 "+strconv.Itoa(n)+" 格，表头只有 "+strconv.Itoa(r.columns)+" 格，多出的内容不会显示",
			"请并到前面的格里，或者在表头和分隔行各补一格；内容里的竖线写成 \\|")
	}
}

// cells is how many cells a line of a table has.
func cells(l string) int {
	l = strings.ReplaceAll(strings.TrimSpace(l), `\|`, "")
	l = strings.TrimSuffix(strings.TrimPrefix(l, "|"), "|")
	return strings.Count(l, "|") + 1
}

// tags looks for HTML in the part of a line that is no comment.
func (r *bodyReader) tags(part, whole string, line int) {
	if m := bodySuppress.FindStringSubmatch(part); m != nil {
		key := ""
		if n := len(r.Sections); n > 0 {
			key = "## " + r.Sections[n-1].Heading
		}
		r.Suppressions = append(r.Suppressions, Suppression{
			Rule: strings.Clone(m[1]), Key: key, Reason: strings.Clone(m[2]), Line: line})
	}
	clean := codeSpan.ReplaceAllStringFunc(part, blanks)
	clean = htmlComment.ReplaceAllStringFunc(clean, func(s string) string {
		if !strings.HasSuffix(s, "-->") {
			r.comment = true
		}
		return blanks(s)
	})
	at := htmlTag.FindStringIndex(clean)
	if at == nil {
		return
	}
	r.html++
	if r.html > maxHTML {
		return
	}
	before := whole[:len(whole)-len(part)]
	column := utf8.RuneCountInString(before) + utf8.RuneCountInString(clean[:at[0]]) + 1
	r.Problems = append(r.Problems, problem.Problem{
		Rule: "raw-html", Line: line, Column: column, EndLine: line,
		Message: "正文里不能写 HTML 标签 " + clean[at[0]:at[1]], Fix: mendTags(whole, blanks(before)+clean)})
}

// blanks is a text of as many characters, all blank.
func blanks(s string) string { return strings.Repeat(" ", utf8.RuneCountInString(s)) }

// HasText reports whether a section says anything: HTML comments are no text.
func HasText(text string) bool {
	if !strings.Contains(text, "<!--") {
		return strings.TrimSpace(text) != ""
	}
	return strings.TrimSpace(htmlComment.ReplaceAllString(text, "")) != ""
}

// TrimBlankLines drops the blank lines at both ends of a text, and the blanks
// that end it.
func TrimBlankLines(text string) string {
	text = strings.TrimRight(text, " \t\r\n\u3000")
	for {
		line, rest, more := strings.Cut(text, "\n")
		if !more || strings.TrimSpace(line) != "" {
			return text
		}
		text = rest
	}
}
