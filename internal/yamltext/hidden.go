package yamltext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Uncouth tells the characters that belong into no text that people write: they
// would steer a terminal, turn the reading direction, or make an XML file none.
func Uncouth(c rune) bool {
	return c != '\n' && c != '\t' && unicode.IsControl(c) || turns(c)
}

// Couth is a text with U+FFFD in the place of every such character.
func Couth(text string) string {
	if strings.IndexFunc(text, Uncouth) < 0 {
		return text
	}
	return strings.Map(func(c rune) rune {
		if Uncouth(c) {
			return utf8.RuneError
		}
		return c
	}, text)
}
