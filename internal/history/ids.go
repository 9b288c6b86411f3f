package history

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"suqiu/internal/record"
)

// idOf is the 编号 that a path stands for, in the one spelling that tracks have. On
// Windows and macOS, names that differ only in the case of letters or in Unicode's
// composition are one file, so a rename from one to the other makes no other case.
func idOf(path string) (string, bool) {
	id, ok := record.IDOf(path)
	if !ok {
		return "", false
	}
	return fold(id), true
}

// fold is the one spelling of a name: composed, in capital letters.
func fold(name string) string {
	for i := range len(name) {
		if c := name[i]; c >= 0x80 || 'a' <= c && c <= 'z' {
			return strings.Map(unicode.ToUpper, norm.NFC.String(name))
		}
	}
	return name // as nearly all are
}
