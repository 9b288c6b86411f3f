package record

import (
	"path"
	"strings"
)

// idMonth returns the month of a well formed 编号 (202607 of 202607-NFZX-012):
// month of 收集日期, code of 收集单位, a sequence of three digits or more. ok is
// false if the 编号 is not well formed.
func idMonth(id string) (month string, ok bool) {
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

// wellFormed reports whether a text is a 编号.
func wellFormed(id string) bool {
	_, ok := idMonth(id)
	return ok
}

// IDOf returns the 编号 that a path stands for: the base name of a slash path
// below cases/ that ends in .md, in small letters or capitals. Whether the 编号
// is well formed is a finding, not a reason to overlook the file.
func IDOf(p string) (string, bool) {
	rest, ok := strings.CutPrefix(p, "cases/")
	if !ok || len(rest) < len(".md") || !strings.EqualFold(rest[len(rest)-len(".md"):], ".md") {
		return "", false
	}
	id := path.Base(rest)
	id = id[:len(id)-len(".md")]
	if id == "" || strings.HasPrefix(id, ".") {
		return "", false
	}
	return id, true
}

// PathOf returns where the case with a 编号 belongs: cases/2026/07/ID.md; empty
// if the 编号 is not well formed.
func PathOf(id string) string {
	month, ok := idMonth(id)
	if !ok {
		return ""
	}
	return "cases/" + month[:4] + "/" + month[4:] + "/" + id + ".md"
}
