package frontmatter

import (
	"slices"
	"strings"

	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/yamltext"
)

// Placeholder is what stands for a value of the key: it says what may be
// written.
func (k *Key) Placeholder() string {
	if k.Ask != "" {
		return mdfile.Placeholder(k.Ask)
	}
	switch k.Type {
	case Enum:
		return mdfile.Placeholder(strings.Join(k.Values, "、"))
	case Day:
		return mdfile.Placeholder("日期，如 2026-07-15")
	case Month:
		return mdfile.Placeholder("月份，如 2026-07")
	case Quarter:
		return mdfile.Placeholder("季度，如 2026Q3")
	case Count:
		return mdfile.Placeholder("数字，如 10")
	case Points:
		return mdfile.Placeholder("分值，如 0.5")
	case CaseID:
		return mdfile.Placeholder("事项编号，如 202607-NFZX-012")
	case Unit:
		return mdfile.Placeholder("单位名称")
	}
	return mdfile.Placeholder(k.Name)
}

// isLeft reports whether a value is still to be filled in, and tells of it.
func (d *decoder) isLeft(p place, v *yamltext.Node) bool {
	if !mdfile.HasPlaceholder(v.Text) {
		return false
	}
	d.leftToFill(p.path(), v.Line, v.Column, v.EndLine, v.Text)
	return true
}

// isLeftKey is isLeft for the name of a key: a unit, a channel. What stands
// below it is not read.
func (d *decoder) isLeftKey(p place, f *yamltext.Field) bool {
	if !mdfile.HasPlaceholder(f.Key) {
		return false
	}
	d.leftToFill(p.path(), f.Line, f.Column, f.Line, f.Key)
	return true
}

// leftToFill tells of a placeholder and what it asks for.
func (d *decoder) leftToFill(path string, line, column, endLine int, text string) {
	d.report(mdfile.LeftRule, path, line, column, endLine, mdfile.LeftMessage(text), mdfile.LeftFix)
}

// Left reports whether something at a key path, or at a part of it, is still
// to be filled in: what is wrong with it otherwise need not be told.
func Left(problems []problem.Problem, path string) bool {
	return slices.ContainsFunc(problems, func(p problem.Problem) bool {
		return p.Rule == mdfile.LeftRule && within(path, p.Key)
	})
}

// within reports whether path is key, or a key of which key is a part.
func within(path, key string) bool {
	rest, ok := strings.CutPrefix(key, path)
	return ok && path != "" && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
