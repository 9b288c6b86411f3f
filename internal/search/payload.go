package search

import (
	"unicode/utf16"
	"unicode/utf8"
)

// payload is the string of a file, as the UTF-16 units that JavaScript sees.
// Numbers stand in it as printable ASCII characters.
type payload []uint16

// base is the base of a number: its digits, the lowest first, are 0–44 for the
// last one and 45–89 for the others.
const base = 45

// varint adds a number.
func (p *payload) varint(n uint32) {
	for n >= base {
		*p = append(*p, symbol(base+n%base))
		n /= base
	}
	*p = append(*p, symbol(n))
}

// symbol is the character of a digit: # to ~ without \, so that nothing needs
// an escape.
func symbol(n uint32) uint16 {
	if n += '#'; n >= '\\' {
		n++
	}
	return uint16(n)
}

func (p *payload) ascii(s string) {
	for i := range len(s) {
		*p = append(*p, uint16(s[i]))
	}
}

// clean adds a text as one that a payload can hold: without control characters
// but line ends.
func (p *payload) clean(s string) {
	for _, r := range s { // what is no UTF-8 comes as U+FFFD
		if r < ' ' && r != '\n' || r == 0x7f || r == 0x2028 || r == 0x2029 {
			r = ' '
		}
		*p = utf16.AppendRune(*p, r)
	}
}

// cut splits a payload into parts of at most size bytes when quoted.
func (p payload) cut(size int) []payload {
	var parts []payload
	from, n := 0, 0
	for i, u := range p {
		if c := cost(u); n+c > size {
			parts = append(parts, p[from:i])
			from, n = i, c
		} else {
			n += c
		}
	}
	return append(parts, p[from:])
}

// cost is an upper bound of the bytes of a unit in a script.
func cost(u uint16) int {
	switch {
	case u < ' ', u >= 0xd800 && u < 0xe000:
		return 6
	case u == '"' || u == '\\':
		return 2
	case u < 0x80:
		return 1
	case u < 0x800:
		return 2
	}
	return 3
}

// quote adds the units as the inside of a string literal. Halves of a pair of
// surrogates may stand alone, so all of them are escaped.
func (p payload) quote(b []byte) []byte {
	const hex = "0123456789abcdef"
	for _, u := range p {
		switch {
		case u == '\n':
			b = append(b, '\\', 'n')
		case u == '"' || u == '\\':
			b = append(b, '\\', byte(u))
		case u < ' ', u >= 0xd800 && u < 0xe000:
			b = append(b, '\\', 'u', hex[u>>12], hex[u>>8&15], hex[u>>4&15], hex[u&15])
		case u < 0x80:
			b = append(b, byte(u))
		default:
			b = utf8.AppendRune(b, rune(u))
		}
	}
	return b
}
