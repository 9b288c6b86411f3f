package step

import (
	"strconv"
	"strings"

	"suqiu/internal/record"
	"suqiu/internal/workflow"
)

// TopOf is the top key or section that a field of a step fills.
func TopOf(st *Step, field string) string {
	for _, f := range st.Fields {
		if f.Name == field {
			return topOf(f.path)
		}
	}
	return ""
}

// Tops are the top keys that a step writes by itself.
func Tops(st *Step) []string {
	var list []string
	for _, o := range st.outputs {
		if o.value != "" {
			list = append(list, topOf(o.key))
		}
	}
	return list
}

// Says is what a case says where a field writes.
func Says(st *Step, field string, c *record.Case) string {
	for _, o := range st.outputs {
		if o.field != field {
			continue
		}
		if heading, ok := strings.CutPrefix(o.key, "## "); ok {
			return c.Section(heading)
		}
		path := plain(o.key)
		if unit, ok := strings.CutPrefix(path, "协办反馈."); ok {
			for _, f := range c.CoFeedback {
				if f.Unit == strings.TrimSuffix(unit, ".结果") {
					return f.Result
				}
			}
		}
		n := 0
		if _, at, listed := strings.Cut(o.key, "["); listed {
			at, _, _ = strings.Cut(at, "]")
			if n, _ = strconv.Atoi(at); at == "+" {
				n = record.KeyOf(path).List.Len(c) - 1
			}
		}
		return workflow.Said(c, path, n)
	}
	return ""
}
