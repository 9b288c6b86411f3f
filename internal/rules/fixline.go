package rules

import (
	"bytes"
	"strings"
)

// placed is a 改法 of one line for a key inside a record, indented as the key
// stands in the file or would stand there: what is pasted as it is has to be true.
func placed(src []byte, line int, fix string) string {
	key, _, isKey := strings.Cut(fix, ": ")
	isItem := strings.HasPrefix(fix, "- ")
	if line < 1 || strings.Contains(fix, "\n") || !isItem && (!isKey || strings.ContainsAny(key, " -，。；（“")) {
		return fix
	}
	for n := 1; n < line && src != nil; n++ {
		if _, rest, ok := bytes.Cut(src, []byte("\n")); ok {
			src = rest
		} else {
			src = nil
		}
	}
	first, _, _ := bytes.Cut(src, []byte("\n"))
	text := string(first)
	if isItem {
		return text[:len(text)-len(strings.TrimLeft(text, " "))] + fix
	}
	lead := text[:len(text)-len(strings.TrimLeft(text, " -"))]
	if !strings.HasPrefix(text[len(lead):], key+":") {
		lead = strings.Repeat(" ", len(lead)) // of the same entry
	}
	return lead + fix
}
