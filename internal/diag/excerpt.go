package diag

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// excerptWidth is how many terminal columns of a source line are shown.
const excerptWidth = 96

// lead is how many columns before the caret stay visible in a line that is
// too long.
const lead = 24

// tabWidth is what a tab is shown as.
const tabWidth = 4

// widths measures text in terminal columns. It is a value of its own so that
// the locale of the machine has no say: “ ” and other ambiguous characters
// are one column wide, Chinese characters two.
type widths struct{ c runewidth.Condition }

func (w *widths) of(s string) int { return w.c.StringWidth(s) }

// excerpt is one source line made fit for a terminal, with the columns to
// underline.
type excerpt struct {
	text        string
	from, width int // terminal columns before the caret, and of the caret line
}

// excerptOf shows a line with a caret under everything from a column
// (characters, from one; zero: the first that is not blank) to its end.
func (w *widths) excerptOf(line []byte, column int) excerpt {
	// A long line is cut around the caret before anything looks at all of it.
	runes := firstRunes(line, max(column, 0)+excerptWidth)
	end := len(runes)
	for end > 0 && unicode.IsSpace(runes[end-1]) {
		end--
	}
	runes = runes[:end]
	mark := column - 1
	if mark < 0 {
		mark = 0
		for mark < end && unicode.IsSpace(runes[mark]) {
			mark++
		}
	}
	mark = min(mark, end)

	before, after := shown(runes[:mark]), shown(runes[mark:])
	head := ""
	if w.of(before) > excerptWidth/2 {
		before = w.c.TruncateLeft(before, w.of(before)-lead, "")
		head = "…"
	}
	before = head + before
	from := w.of(before)
	if w.of(after) > excerptWidth-from {
		after = w.c.Truncate(after, excerptWidth-from, "…")
	}
	return excerpt{text: before + after, from: from, width: max(1, w.of(after))}
}

// firstRunes decodes at most n characters; a byte that is not UTF-8 counts as
// one, as it does for columns.
func firstRunes(line []byte, n int) []rune {
	runes := make([]rune, 0, min(n, len(line)))
	for len(line) > 0 && len(runes) < n {
		r, size := utf8.DecodeRune(line)
		runes = append(runes, r)
		line = line[size:]
	}
	return runes
}

// shown makes text harmless for a terminal: a tab becomes blanks, and control
// and format characters, which could move the cursor, colour the screen or
// turn the reading direction, become U+FFFD.
func shown(runes []rune) string {
	var b strings.Builder
	for _, r := range runes {
		switch {
		case r == '\t':
			b.WriteString(strings.Repeat(" ", tabWidth))
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fileLines gives lines of one file, which findings ask for in order.
type fileLines struct {
	rest []byte // of the file, from the line that was asked for last
	n    int    // of lines before it
}

// at is line n of the file, counted from one, without its ending; nil if there
// is none, if a later line has been asked for, or if it is in another encoding
// and would be rubbish.
func (l *fileLines) at(n int) []byte {
	if n <= l.n || len(l.rest) == 0 {
		return nil
	}
	for l.n < n-1 {
		i := bytes.IndexByte(l.rest, '\n')
		if i < 0 {
			return nil
		}
		l.rest = l.rest[i+1:]
		l.n++
	}
	if len(l.rest) == 0 {
		return nil
	}
	line, _, _ := bytes.Cut(l.rest, []byte("\n"))
	if len(bytes.ToValidUTF8(line, nil)) < len(line)*2/3 {
		return nil
	}
	return bytes.TrimSuffix(line, []byte("\r"))
}
