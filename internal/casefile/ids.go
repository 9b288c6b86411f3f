package casefile

import (
	"path"
	"regexp"
	"strings"
)

// idForm is 编号: month of 收集日期, code of 收集单位, sequence.
var idForm = regexp.MustCompile(`^(\d{4})(0[1-9]|1[0-2])-([A-Z][A-Z0-9]*)-(\d{3,})$`)

// IDOf returns the 编号 that a path stands for: the base name of a slash path
// below cases/ that ends in .md. Whether the 编号 is well formed is a finding,
// not a reason to overlook the file.
func IDOf(p string) (string, bool) {
	rest, ok := strings.CutPrefix(p, "cases/")
	if !ok || !strings.HasSuffix(rest, ".md") {
		return "", false
	}
	id := strings.TrimSuffix(path.Base(rest), ".md")
	if id == "" || strings.HasPrefix(id, ".") {
		return "", false
	}
	return id, true
}

// PathOf returns where the case with a 编号 belongs: cases/2026/07/ID.md; empty
// if the 编号 is not well formed.
func PathOf(id string) string {
	m := idForm.FindStringSubmatch(id)
	if m == nil {
		return ""
	}
	return "cases/" + m[1] + "/" + m[2] + "/" + id + ".md"
}
