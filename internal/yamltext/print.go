package yamltext

import (
	"fmt"
	"strings"
)

// InlineScalar writes a text as a YAML scalar on one line: plain where YAML
// reads it back as it stands, otherwise in quotes.
func InlineScalar(text string) string {
	switch {
	case text == "":
		return `""`
	case plain(text):
		return text
	case !strings.ContainsRune(text, '\'') && printable(text):
		return "'" + text + "'"
	}
	return doubleQuoted(text)
}

// Behind is a value as it stands behind a colon.
func Behind(value string) string {
	if value == "" {
		return ""
	}
	return " " + InlineScalar(value)
}

// plain tells whether YAML reads a text without quotes as itself, in block
// context: no indicator at its start, nothing inside that ends a value.
func plain(text string) bool {
	if strings.ContainsRune(",[]{}#&*!|>'\"%@` ", rune(text[0])) || strings.HasSuffix(text, " ") {
		return false
	}
	if strings.ContainsRune("-?:", rune(text[0])) && (len(text) == 1 || text[1] == ' ') {
		return false
	}
	if strings.HasPrefix(text, "---") || strings.HasPrefix(text, "...") {
		return false
	}
	// Blanks of other kinds at an end look like a slip, and readers trim them.
	if strings.TrimSpace(text) != text {
		return false
	}
	return !strings.Contains(text, ": ") && !strings.HasSuffix(text, ":") &&
		!strings.Contains(text, " #") && printable(text)
}

// printable tells whether a text can stand on one line of YAML without escapes.
func printable(text string) bool {
	for _, r := range text {
		if !printableRune(r) {
			return false
		}
	}
	return true
}

// printableRune leaves out tabs and line ends, which people cannot tell from
// blanks, and the byte order mark.
func printableRune(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0, r == 0x2028, r == 0x2029, r == 0xfeff:
		return false
	case r >= 0xfffd && r <= 0xffff:
		return false
	}
	return true
}

func doubleQuoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case printableRune(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// BlockLines gives the lines of a text that can stand as a literal block
// scalar, and its header, or nil: for a text of one line, and for those whose
// blanks or special lines a block would not keep.
func BlockLines(text string) (header string, lines []string) {
	if !strings.ContainsRune(text, '\n') || text[0] == ' ' {
		return "", nil
	}
	header = "|-"
	if strings.HasSuffix(text, "\n") {
		header, text = "|", text[:len(text)-1]
	}
	if text == "" || strings.HasPrefix(text, "\n") || strings.HasSuffix(text, "\n") {
		return "", nil
	}
	lines = strings.Split(text, "\n")
	for _, line := range lines {
		trimmed := strings.TrimSpace(line)
		// A line of dashes would end the front matter, wherever it stands.
		if trimmed == "---" || !printable(line) || trimmed == "" && line != "" {
			return "", nil
		}
	}
	return header, lines
}
