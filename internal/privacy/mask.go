package privacy

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// Masked is the text with every number and address in it made unreadable but
// for its ends: 152***********1234, 139****5678, z***@qq.com. It has as many
// characters as the text. The text itself is returned if there is nothing to
// hide.
func Masked(text []byte) []byte {
	// What is left beside a number that was hidden can be one itself.
	for range maskings {
		spans := Scan(text)
		if len(spans) == 0 {
			break
		}
		text = hide(text, spans)
	}
	return text
}

// maskings bounds how often a text is looked at again: nobody writes more
// numbers into one another.
const maskings = 8

// Shown is a text with every number and address in it made unreadable but those
// that may stand. It is for what is shown as a document: its stars are full-width,
// as others mean something in Markdown and YAML.
func Shown(text string, mayStand func(Span) bool) string {
	shown := []byte(text)
	for range maskings {
		spans := slices.DeleteFunc(Scan(shown), mayStand)
		if len(spans) == 0 {
			break
		}
		var b bytes.Buffer
		at := 0
		for _, sp := range spans {
			b.Write(shown[at:sp.Start])
			masked := shown[sp.Start:sp.End]
			hidden := hide(masked, []Span{{Kind: sp.Kind, End: len(masked)}})
			b.Write(widened(masked, hidden))
			at = sp.End
		}
		b.Write(shown[at:])
		shown = b.Bytes()
	}
	return string(shown)
}

// widened is a masked text with full-width stars where the text had others.
func widened(text, masked []byte) []byte {
	var b bytes.Buffer
	typed := []rune(string(text))
	for i, r := range []rune(string(masked)) {
		if r == '*' && typed[i] != '*' {
			r = '＊'
		}
		b.WriteRune(r)
	}
	return b.Bytes()
}

// MaskedText is Masked of a message that may quote a file.
func MaskedText(message string) string { return string(Masked([]byte(message))) }

// MaskedNumbers is Masked that leaves e-mail addresses alone.
func MaskedNumbers(text []byte) []byte {
	var numbers []Span
	for _, sp := range Scan(text) {
		if sp.Kind != Email {
			numbers = append(numbers, sp)
		}
	}
	return hide(text, numbers)
}

// Mask is one span of a text as it may be shown.
func Mask(text []byte, sp Span) string {
	sp.Start, sp.End, text = 0, sp.End-sp.Start, text[sp.Start:sp.End]
	return string(hide(text, []Span{sp}))
}

func hide(text []byte, spans []Span) []byte {
	if len(spans) == 0 {
		return text
	}
	var b bytes.Buffer
	at := 0
	for _, sp := range spans {
		b.Write(text[at:sp.Start])
		hideSpan(&b, text[sp.Start:sp.End], sp.Kind)
		at = sp.End
	}
	b.Write(text[at:])
	return b.Bytes()
}

// hideSpan writes stars for all but the first and last letters and digits. What
// groups them stays.
func hideSpan(b *bytes.Buffer, text []byte, kind Kind) {
	head, tail := 3, 4
	switch kind {
	case CreditCode, Document, Account:
		head, tail = 2, 2
	case BankCard:
		head = 4
	case Email:
		at, _ := newSigns(text).next(0)
		_, first := utf8.DecodeRune(text)
		if utf8.RuneCount(text[:at]) > 1 {
			b.Write(text[:first])
		} else {
			first = 0
		}
		b.WriteString(strings.Repeat("*", utf8.RuneCount(text[first:at])))
		b.Write(text[at:])
		return
	}
	total := 0
	for i := 0; i < len(text); {
		_, size := alnum(text[i:])
		if size > 0 {
			total++
		}
		i += max(size, 1)
	}
	if total < head+tail+leastStars {
		head, tail = min(2, total/4), min(2, total/4)
	}
	n := 0
	for i := 0; i < len(text); {
		if _, size := alnum(text[i:]); size > 0 {
			if n >= head && n < total-tail {
				b.WriteByte('*')
			} else {
				b.Write(text[i : i+size])
			}
			n++
			i += size
			continue
		}
		_, size := utf8.DecodeRune(text[i:])
		b.Write(text[i : i+size])
		i += size
	}
}

// leastStars is how many characters at least are made unreadable.
const leastStars = 3
