package office

import "strings"

// Escape makes text as it was typed, one line of it, Markdown that reads so.
func Escape(line string) string {
	if Plain(line) == line {
		return line
	}
	var b strings.Builder
	rest := strings.TrimLeft(line, "0123456789")
	if rest != line && rest != "" && strings.IndexByte(".)", rest[0]) >= 0 { // 1. would begin a list
		b.WriteString(line[:len(line)-len(rest)])
		b.WriteByte('\\')
		b.WriteByte(rest[0])
		line = rest[1:]
	}
	for i := range len(line) {
		if c := line[i]; strings.IndexByte("\\`*_[]<>&~!|", c) >= 0 || i == 0 && b.Len() == 0 &&
			strings.IndexByte("#+-=", c) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(line[i])
	}
	return b.String()
}
