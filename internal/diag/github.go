package diag

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// GitHub writes findings as workflow commands, which GitHub Actions shows at
// their lines: ::error file=…,line=…,title=…::text.
func GitHub(w io.Writer, r Report) error {
	out := bufio.NewWriter(w)
	for _, f := range r.open() {
		path, line := r.place(f)
		props := []string{"file=" + property(path), "line=" + strconv.Itoa(line)}
		if f.Line > 0 && f.Column > 0 && f.EndLine <= f.Line {
			props = append(props, "col="+strconv.Itoa(f.Column)) // columns hold only within one line
		}
		if f.EndLine > line {
			props = append(props, "endLine="+strconv.Itoa(f.EndLine))
		}
		title := f.Rule
		if t := r.rule(f.Rule).Title; t != f.Rule {
			title += " " + t
		}
		props = append(props, "title="+property(title))
		fmt.Fprintf(out, "::%s %s::%s\n", scaleOf(f.Severity).github, strings.Join(props, ","), data(prose(f)))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing findings: %w", err)
	}
	return nil
}

// data escapes the text of a workflow command.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// property escapes a value before it, where : and , mean something as well.
// Other control characters, which a path may hold, would reach a terminal.
func property(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\r' && r != '\n' && unicode.IsControl(r) {
			return utf8.RuneError
		}
		return r
	}, s)
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
