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

// lineOf is the n-th line of a text, without its ending or a byte-order mark;
// nil if there is none, or if it is in another encoding and would be rubbish.
func lineOf(src []byte, n int) []byte {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	for ; n > 1; n-- {
		i := bytes.IndexByte(src, '\n')
		if i < 0 {
			return nil
		}
		src = src[i+1:]
	}
	if n < 1 || len(src) == 0 {
		return nil
	}
	line, _, _ := bytes.Cut(src, []byte("\n"))
	if len(bytes.ToValidUTF8(line, nil)) < len(line)*2/3 {
		return nil
	}
	return bytes.TrimSuffix(line, []byte("\r"))
}
