// Package terminal makes what is written for people who look at a terminal: text
// that cannot steer it, and tables that are lined up.
package terminal

import (
	"bytes"
	"io"
	"unicode"
	"unicode/utf8"

	"suqiu/internal/invisible"
)

// Writer makes text harmless on its way to one: a control or format character,
// which could move the cursor, colour the screen or turn the reading direction,
// becomes U+FFFD, as does what is not UTF-8.
type Writer struct {
	out  io.Writer
	half []byte // the beginning of a character whose rest has yet to come
}

// NewWriter makes what is written to it harmless on its way to out.
func NewWriter(out io.Writer) *Writer { return &Writer{out: out} }

func (t *Writer) Write(p []byte) (int, error) {
	text := append(t.half, p...)
	whole := len(text)
	for from := len(text) - 1; from >= 0 && from > len(text)-utf8.UTFMax; from-- {
		if utf8.RuneStart(text[from]) {
			if !utf8.FullRune(text[from:]) {
				whole = from
			}
			break
		}
	}
	safe := bytes.Map(harmless, text[:whole])
	t.half = bytes.Clone(text[whole:])
	if _, err := t.out.Write(safe); err != nil {
		return 0, err
	}
	return len(p), nil
}

func harmless(r rune) rune {
	if invisible.Is(r) || unicode.Is(unicode.Cf, r) {
		return utf8.RuneError
	}
	return r
}
