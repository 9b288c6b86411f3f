package yamltext

// isSimple reports whether a text has no bytes that need care, and counts its
// lines. In need of care are control characters, tabs, carriage returns, broken
// UTF-8, and the characters that YAML treats as breaks or refuses.
func isSimple(text string) (lines int, simple bool) {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '\n':
			lines++
			i++
		case c < 0x20 || c == 0x7f:
			return 0, false
		case c < 0x80:
			i++
		case c < 0xE0: // two bytes; C2 80..9F are controls, NEL among them, D8 9C turns the reading direction
			if c < 0xC2 || i+1 >= len(text) || !cont(text[i+1]) || c == 0xC2 && text[i+1] < 0xA1 || c == 0xD8 &&
				text[i+1] == 0x9C {
				return 0, false
			}
			i += 2
		case c < 0xF0: // three bytes
			if i+2 >= len(text) || !cont(text[i+1]) || !cont(text[i+2]) {
				return 0, false
			}
			b := text[i+1]
			switch {
			case c == 0xE0 && b < 0xA0, c == 0xED && b > 0x9F, // not shortest, surrogates
				c == 0xE2 && (b == 0x80 || b == 0x81) && oddSpace(b, text[i+2]),
				c == 0xE3 && b == 0x80 && text[i+2] == 0x80, // ideographic space
				c == 0xEF && b == 0xBB && text[i+2] == 0xBF, // BOM
				c == 0xEF && b == 0xBF && text[i+2] >= 0xBD: // U+FFFD and non-characters
				return 0, false
			}
			i += 3
		default: // four bytes are rare: left to the library
			return 0, false
		}
	}
	return lines, true
}

func cont(c byte) bool { return c&0xC0 == 0x80 }

// oddSpace reports U+2000–200F, U+2028–202F and U+2060–206F: spaces, breaks
// and marks that nobody sees.
func oddSpace(b, c byte) bool {
	if b == 0x80 {
		return c <= 0x8F || c >= 0xA8 && c <= 0xAF
	}
	return c >= 0xA0 && c <= 0xAF
}
