package answered

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"suqiu/internal/caseid"
)

// caseNumber is a 编号 as people write it, when they write it carelessly too.
var caseNumber = regexp.MustCompile(`([0-9]{6})[-－–—―‐\s]*([A-Za-z][A-Za-z0-9]*?)[-－–—―‐\s]*([0-9]{3,})`)

// weigh says how many bytes a text takes on a page at most, and whether it names a case
// that is not to be read by everybody.
func (s *Shelf) weigh(text string) (bytes int, secret bool) {
	digits, wide := 0, false
	numbers := false
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
			numbers = numbers || digits == 6
			continue
		case c == '<' || c == '>' || c == '&' || c == '"' || c == '\'':
			bytes += 4 // escaped
		case c == 0xef: // of a wide digit
			wide = true
		}
		digits = 0
	}
	bytes = min(bytes, 4*longest) + min(len(text), utf8.UTFMax*longest)
	if numbers || wide && strings.ContainsAny(text, "０１２３４５６７８９") {
		secret = s.namesSecret(text)
	}
	return bytes, secret
}

// namesSecret reports whether a text names a case that is 仅要素, or one that is not there:
// it may have been such a case.
func (s *Shelf) namesSecret(text string) bool {
	text = strings.Map(narrow, text)
	for _, m := range caseNumber.FindAllStringSubmatch(text, -1) {
		for from := range len(m[3]) - 2 { // digits of the code itself may stand before the number
			code := strings.ToUpper(m[2] + m[3][:from])
			e := s.view.Case(m[1] + "-" + code + "-" + m[3][from:])
			if e != nil && e.Scoped || e == nil && caseid.WellFormed(m[0]) {
				return true
			}
			if e != nil {
				break
			}
		}
	}
	return false
}

// narrow makes a wide letter or digit an ordinary one.
func narrow(r rune) rune {
	if r > '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}
