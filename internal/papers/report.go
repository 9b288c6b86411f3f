package papers

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"suqiu/internal/frontmatter"
	"suqiu/internal/workday"
)

// Report is the text that a person wove into a quarterly report:
// reports/2026Q3.md, the chapters as second-level headings.
type Report struct {
	File
	Quarter workday.Quarter
	Texts   []Text // in file order
}

// Text is what belongs into one chapter.
type Text struct {
	Chapter string // one of Chapters
	Text    string // Markdown
	Line    int    // of the heading
}

var reportKeys = []frontmatter.Key{
	{Name: "季度", Type: frontmatter.Quarter, Note: "如 2026Q3", At: at(func(x *Report) any { return &x.Quarter })},
}

// frontMatter is how a file with front matter begins, however it was typed.
var frontMatter = regexp.MustCompile(`^\s*(?:[-－—–―─]{2,}|季度)`)

// Chapters lists the chapters of the quarterly report, as they are titled.
func Chapters() []string {
	return []string{"一、基本情况", "二、诉求特点", "三、热点难点", "四、办理质效与典型做法", "五、舆情与风险提示",
		"六、议定事项落实", "七、存在问题", "八、下一步建议"}
}

// ParseReport reads a .md file of reports/. The front matter may be left out;
// it may come without its number. A heading of a chapter that is no proper
// heading is told of and read as the one it is meant to be.
func ParseReport(p string, src []byte) *Report {
	added := 0 // lines on top of what was typed
	if text := bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")); !frontMatter.Match(text) {
		const top = "---\n季度:\n---\n"
		src, added = append([]byte(top), text...), strings.Count(top, "\n")
	}
	src, slips := chapterHeadings(src)
	x := &Report{}
	r := open(p, "reports/", src, nil, x)
	x.Quarter = r.quarter("reports/", x.Quarter)
	for _, s := range slips {
		r.TellLine("section-missing", s.line, "标题“"+s.typed+"”的写法不对，应当是两个半角 # 加一个空格", "## "+
			s.chapter)
	}
	if r.Body != "" && (len(r.Sections) == 0 || r.Sections[0].Line > r.BodyLine) {
		r.TellLine("section-missing", r.BodyLine, "这段文字上面没有章的标题，不知道属于哪一章，不会编入报告",
			"请在上面加一行章的标题，如：## "+Chapters()[0])
	}
	for _, s := range r.Sections {
		title, ok := chapter(s.Heading)
		if !ok {
			r.Tell("section-missing", "## "+s.Heading, "报告里没有“"+s.Heading+"”这一章，其中的文字不会编入报告", "## "+
				nearestChapter(s.Heading))
			continue
		}
		x.Texts = append(x.Texts, Text{Chapter: title, Text: s.Text, Line: s.Line - added})
	}
	x.File = r.file()
	for i := range x.Problems {
		q := &x.Problems[i]
		q.Line, q.EndLine = max(q.Line-added, 1), max(q.EndLine-added, 1)
	}
	return x
}

// slip is a line that was meant as the heading of a chapter.
type slip struct {
	line           int
	typed, chapter string
}

// headingSlip is a line that looks like a heading: with wrong signs, in bold,
// or with a chapter's number.
var headingSlip = regexp.MustCompile(`^\s*(?:[#＃]{1,6}|\*\*|[一二三四五六七八]、)`)

// chapterHeadings writes the headings of chapters as they should be, and lists
// those that were not. Every line stays on its line.
func chapterHeadings(src []byte) ([]byte, []slip) {
	if !utf8.Valid(src) {
		return src, nil
	}
	var slips []slip
	lines := bytes.SplitAfter(src, []byte("\n"))
	fence := false
	for i, l := range lines {
		typed := strings.TrimSpace(string(l))
		if strings.HasPrefix(typed, "```") || strings.HasPrefix(typed, "~~~") {
			fence = !fence
		}
		if fence || strings.HasPrefix(string(l), "## ") || !headingSlip.Match(l) {
			continue
		}
		title, ok := chapter(strings.Trim(typed, "#＃* \t　:："))
		if !ok {
			continue
		}
		slips = append(slips, slip{i + 1, typed, title})
		lines[i] = append([]byte("## "+title), l[len(bytes.TrimRight(l, "\r\n")):]...)
	}
	if slips == nil {
		return src, nil
	}
	return bytes.Join(lines, nil), slips
}

// nearestChapter is the chapter with which a heading has most characters in
// common.
func nearestChapter(heading string) string {
	best, most := Chapters()[0], -1
	for _, c := range Chapters() {
		n := 0
		for _, r := range c {
			if strings.ContainsRune(heading, r) {
				n++
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	return best
}

// chapter finds the chapter that a heading means.
func chapter(heading string) (string, bool) {
	bare := func(s string) string {
		if _, rest, ok := strings.Cut(s, "、"); ok && len(s)-len(rest) <= len("八、") {
			s = rest
		}
		return strings.TrimSpace(s)
	}
	all := Chapters()
	i := slices.IndexFunc(all, func(c string) bool { return c == heading || bare(c) == bare(heading) })
	if i < 0 {
		return "", false
	}
	return all[i], true
}
