package papers

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"suqiu/internal/casefile"
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

var reportKeys = []casefile.Key{
	{Name: "季度", Type: casefile.Quarter, Note: "如 2026Q3"},
}

// frontMatter is how a file with front matter begins, however it was typed.
var frontMatter = regexp.MustCompile(`^\s*(?:[-－—–―─]{2,}|季度)`)

// Chapters lists the chapters of the quarterly report, as they are titled.
func Chapters() []string {
	return []string{"一、基本情况", "二、诉求特点", "三、热点难点", "四、办理质效与典型做法", "五、舆情与风险提示", "六、议定事项落实", "七、存在问题", "八、下一步建议"}
}

// ParseReport reads a .md file of reports/. The front matter may be left out;
// a heading may come without its number.
func ParseReport(p string, src []byte) *Report {
	added := 0 // lines on top of what was typed
	if text := bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")); !frontMatter.Match(text) {
		const top = "---\n季度:\n---\n"
		src, added = append([]byte(top), text...), strings.Count(top, "\n")
	}
	r := open(p, src, reportKeys, nil)
	x := &Report{Quarter: r.quarter("reports/")}
	if len(r.Sections) > 0 && !strings.HasPrefix(r.Body, "## ") {
		r.Tell("section-missing", "", "第一个标题前面的文字没有写明属于哪一章，不会编入报告", "## "+Chapters()[0])
	}
	for _, s := range r.Sections {
		title, ok := chapter(s.Heading)
		if !ok {
			r.Tell("section-missing", "## "+s.Heading, "报告里没有“"+s.Heading+"”这一章，其中的文字不会编入报告", "## "+nearestChapter(s.Heading))
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
