// Package invisible knows the characters that belong into no text that people
// write: they steer a terminal, turn the reading direction, so that a reviewer
// sees another text than the one that is there, or make an XML file none.
package invisible

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Is tells such a character. Tabs and line ends (LF) are none.
func Is(c rune) bool {
	return c != '\n' && c != '\t' && unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c)
}

// In reports whether a text holds one.
func In(text string) bool { return strings.IndexFunc(text, Is) >= 0 }

// Marked is a text with U+FFFD in the place of each.
func Marked(text string) string {
	if !In(text) {
		return text
	}
	return strings.Map(func(c rune) rune {
		if Is(c) {
			return utf8.RuneError
		}
		return c
	}, text)
}
