package record

import (
	"path"
	"strings"

	"suqiu/internal/caseid"
)

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
	month, ok := caseid.Month(id)
	if !ok {
		return ""
	}
	return "cases/" + month[:4] + "/" + month[4:] + "/" + id + ".md"
}
