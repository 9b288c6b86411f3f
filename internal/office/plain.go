package office

import "strings"

// PlainCell is text in which Markdown and GitLab read nothing but text: no table
// cell, link, mention or tag.
func PlainCell(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if strings.ContainsRune("\\`*_[]<>|#@~&!$", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
