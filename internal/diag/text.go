package diag

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"suqiu/internal/problem"
)

// TextOptions say how findings are told to people.
type TextOptions struct {
	// Excerpt gives the content of a file as it may be shown: numbers and
	// addresses of persons and enterprises masked, and as many lines and
	// characters as it has. nil, or a nil result, leaves excerpts out.
	Excerpt func(path string) []byte
	// Color asks for ANSI colours. Whether they make sense is for the caller,
	// who knows the terminal, to say.
	Color bool
	// Suppressed shows suppressed findings too, marked 已忽略.
	Suppressed bool
}

// shortCommit is how much of a hash people need to find it again.
const shortCommit = 10

// Text writes arranged findings for people, grouped by file, and a summary
// line. A finding in a file:
//
//	错误[value-enum]: “性质”的值“投述”不在可选范围
//	  --> cases/2026/07/202607-NFZX-012.md:5:5
//	   |
//	 5 | 性质: 投述
//	   |       ^^^^
//	   = 改法: 改为“诉求”或“舆情”
func Text(w io.Writer, findings []problem.Problem, o TextOptions) error {
	t := &textWriter{Writer: bufio.NewWriter(w), o: o}
	hidden, path, first := 0, "", true
	var src fileLines
	for i := range findings {
		f := &findings[i]
		if f.Suppressed && !o.Suppressed {
			hidden++
			continue
		}
		if first || f.Path != path {
			path, src = f.Path, fileLines{}
			if o.Excerpt != nil && path != "" {
				src.rest = bytes.TrimPrefix(o.Excerpt(path), []byte("\ufeff"))
			}
			if !first {
				t.WriteByte('\n')
			}
			t.heading(findings[i:])
		}
		first = false
		t.finding(f, src.at(f.Line))
		t.WriteByte('\n')
	}
	t.summary(Count(findings), hidden)
	if err := t.Flush(); err != nil {
		return fmt.Errorf("writing findings: %w", err)
	}
	return nil
}

type textWriter struct {
	*bufio.Writer
	o TextOptions
	w widths
}

// The colours, all of them legible on dark and on light.
const (
	bold   = "1"
	red    = "1;31"
	yellow = "1;33"
	blue   = "1;34"
	cyan   = "1;36"
)

func (t *textWriter) paint(colour, s string) string {
	if !t.o.Color || s == "" {
		return s
	}
	return "\x1b[" + colour + "m" + s + "\x1b[0m"
}

// heading names the file of the first finding and counts what is said of it.
func (t *textWriter) heading(findings []problem.Problem) {
	n := 0
	for n < len(findings) && findings[n].Path == findings[0].Path {
		n++
	}
	name := "（不属于某个文件）"
	if p := findings[0].Path; p != "" {
		name = shown([]rune(p))
	}
	t.WriteString(strings.TrimRight(t.paint(bold, "■ "+name)+"　"+counts(Count(findings[:n]), true), "　") + "\n\n")
}

// finding writes one finding; line is what stands at its place, nil: nothing is
// shown.
func (t *textWriter) finding(f *problem.Problem, line []byte) {
	label := f.Severity.Label() + "[" + f.Rule + "]"
	if f.Suppressed {
		label = "已忽略[" + f.Rule + "]"
	}
	number := strconv.Itoa(f.Line)
	margin := "   "
	if line != nil {
		margin = strings.Repeat(" ", len(number)+2)
	}
	message := lines(f.Message)
	t.WriteString(t.paint(scaleOf(f.Severity).colour, label) + ": " + t.paint(bold, message[0]) + "\n")
	for _, more := range message[1:] {
		t.WriteString(margin + "  " + more + "\n")
	}
	if place := place(f); place != "" {
		t.WriteString(margin[:len(margin)-1] + t.paint(blue, "-->") + " " + place + "\n")
	}
	if line != nil {
		e := t.w.excerptOf(line, f.Column)
		bar := t.paint(blue, "|")
		t.WriteString(margin + bar + "\n")
		t.WriteString(" " + t.paint(blue, number) + " " + bar + " " + e.text + "\n")
		t.WriteString(margin + bar + " " + strings.Repeat(" ", e.from) +
			t.paint(scaleOf(f.Severity).colour, strings.Repeat("^", e.width)) + "\n")
	}
	if label, text := origin(f); label != "" {
		t.note(margin, label, []string{text})
	}
	if f.Fix != "" {
		t.note(margin, "改法", lines(f.Fix))
	}
}

// note writes a labelled line below an excerpt; further lines, which may be
// lines to paste, keep their indentation under the first.
func (t *textWriter) note(margin, label string, text []string) {
	t.WriteString(margin + t.paint(blue, "=") + " " + t.paint(bold, label+":"))
	if len(text) == 1 {
		t.WriteString(" " + text[0] + "\n")
		return
	}
	t.WriteByte('\n')
	for _, line := range text {
		t.WriteString(margin + "    " + line + "\n")
	}
}

// place is path:line:column, as far as it is known.
func place(f *problem.Problem) string {
	if f.Path == "" {
		return ""
	}
	p := shown([]rune(f.Path))
	if f.Line > 0 {
		p += ":" + strconv.Itoa(f.Line)
		if f.Column > 0 {
			p += ":" + strconv.Itoa(f.Column)
		}
	}
	return p
}

// short is as much of a commit's hash as is shown.
func short(commit string) string {
	return shown([]rune(commit[:min(len(commit), shortCommit)]))
}

// lines splits text for the terminal; there is always a first line.
func lines(s string) []string {
	all := strings.Split(strings.Trim(s, "\r\n"), "\n")
	for i, line := range all {
		all[i] = shown([]rune(strings.TrimSuffix(line, "\r")))
	}
	return all
}

// summary is the last line, which is there even if nothing was found.
func (t *textWriter) summary(s Summary, hidden int) {
	text := counts(s, false)
	if s.Total() == 0 {
		text = "未发现问题（" + text + "）"
	}
	if hidden > 0 {
		text += "；另有 " + strconv.Itoa(hidden) + " 项已更正或已忽略"
	}
	t.WriteString(text + "\n")
}

// counts is 错误 n，警告 n，提示 n; brief leaves out the zeros.
func counts(s Summary, brief bool) string {
	var parts []string
	for _, c := range []struct {
		severity problem.Severity
		n        int
	}{{problem.Error, s.Errors}, {problem.Warning, s.Warnings}, {problem.Info, s.Infos}} {
		if c.n > 0 || !brief {
			parts = append(parts, c.severity.Label()+" "+strconv.Itoa(c.n))
		}
	}
	return strings.Join(parts, "，")
}
