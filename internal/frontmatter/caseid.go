package frontmatter

import (
	"strings"
)

// IDMonth returns the month of a well formed 编号 (202607 of 202607-NFZX-012):
// month of 收集日期, code of 收集单位, a sequence of three digits or more. ok is
// false if the 编号 is not well formed.
func IDMonth(id string) (month string, ok bool) {
	month, rest, ok := strings.Cut(id, "-")
	code, sequence, ok2 := strings.Cut(rest, "-")
	if !ok || !ok2 || len(month) != 6 || !digits(month) || month[4:] < "01" || month[4:] > "12" ||
		len(sequence) < 3 || !digits(sequence) || code == "" || code[0] < 'A' || code[0] > 'Z' {
		return "", false
	}
	for i := 1; i < len(code); i++ {
		if c := code[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return "", false
		}
	}
	return month, true
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// WellFormed reports whether a text is a 编号.
func WellFormed(id string) bool {
	_, ok := IDMonth(id)
	return ok
}
