package mdfile

import (
	"cmp"
	"strings"
)

// Origin begins the line by which a copied text says which version of its file it
// was made from. Whoever pastes it over a newer version is told so.
const Origin = "# suqiu:据"

// noFile is the blob that stands for no file, as in Git's own lists.
const noFile = "0000000000000000000000000000000000000000"

// OriginLine is such a line.
type OriginLine struct {
	Line int    // from one
	Blob string // of the version; empty: there was no file
}

// Origins are the lines of a text that say what it was made from.
func Origins(text string) []OriginLine {
	var list []OriginLine
	line := 0
	for l := range strings.Lines(text) {
		line++
		if blob, ok := strings.CutPrefix(strings.TrimSpace(l), Origin); ok {
			blob = strings.TrimSpace(blob)
			if blob == noFile {
				blob = ""
			}
			list = append(list, OriginLine{line, blob})
		}
	}
	return list
}

// WithOrigin is a text that says which blob it was made from, below the line that
// begins its front matter; empty: there was no file.
func WithOrigin(text, blob string) string {
	first, rest, _ := strings.Cut(text, "\n")
	end := "\n"
	if strings.HasSuffix(first, "\r") {
		end = "\r\n"
	}
	return first + "\n" + Origin + " " + cmp.Or(blob, noFile) + end + rest
}

// WithoutOrigin is a text without these lines.
func WithoutOrigin(text string) string {
	if !strings.Contains(text, Origin) {
		return text
	}
	var b strings.Builder
	for l := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(l), Origin) {
			b.WriteString(l)
		}
	}
	return b.String()
}
