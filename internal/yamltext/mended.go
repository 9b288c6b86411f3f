package yamltext

import "strings"

// Mended is a text with the plain slips mended that Parse mends when it reads
// it: lines of which nobody can tell what they say stay as they are typed.
func Mended(src []byte, firstLine int) []byte {
	text := string(src)
	if _, ok := scan(text, firstLine); ok {
		return src
	}
	r := newRepairer(text, firstLine, nil)
	r.run()
	lines := make([]string, len(r.lines))
	for i, l := range r.lines {
		if lines[i] = l; l == "" && i < len(r.original) && strings.TrimSpace(r.original[i]) != "" {
			lines[i] = r.original[i]
		}
	}
	return joinLines(lines)
}
