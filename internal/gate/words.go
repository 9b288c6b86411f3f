package gate

import (
	"fmt"
	"slices"
	"strings"

	"suqiu/internal/problem"
)

// ShownErrors bounds what is told at once: a screen that scrolls away is not
// read.
const ShownErrors = 20

// Blocking are the findings that stand in the way: errors that nothing excuses.
func Blocking(findings []problem.Problem) []problem.Problem {
	return slices.DeleteFunc(findings, func(f problem.Problem) bool {
		return f.Severity != problem.Error || f.Suppressed
	})
}

// Brought are the findings that the request under check brings: what is to be
// mended before it lands.
func Brought(findings []problem.Problem) []problem.Problem {
	return slices.DeleteFunc(slices.Clone(findings), func(f problem.Problem) bool { return !f.New })
}

// listed joins a few names, and counts the others.
func listed(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, "、")
	}
	return fmt.Sprintf("%s 等 %d 个", strings.Join(names[:most], "、"), len(names))
}
