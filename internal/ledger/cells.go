package ledger

import (
	"slices"
	"strings"

	"suqiu/internal/office"
	"suqiu/internal/workday"
)

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// names reads a cell with several names.
func names(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；;\n\r\t", r) })
}

// body makes text of a cell the text of a section: each line a paragraph that
// reads as it was typed.
func body(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.Trim(line, " \t\r\n\u3000"); line != "" {
			lines = append(lines, office.Escape(line))
		}
	}
	return strings.Join(lines, "\n\n")
}

func (im *importer) oneOf(name string, words ...string) string {
	s := im.word(name)
	if s != "" && !slices.Contains(words, s) {
		im.fault(name, "“"+s+"”不对，应为“"+strings.Join(words, "”或“")+"”")
	}
	return s
}

func (im *importer) day(name string, needed bool) workday.Date {
	s := im.cell(name)
	if s == "" {
		if needed && !im.faulted(name) {
			im.fault(name, "没有填写，请补上，写成 2026-07-15 的样子")
		}
		return 0
	}
	if errorCell.MatchString(s) {
		return 0 // it was told of
	}
	d, err := parseDay(s, im.table.epoch)
	if err != nil {
		im.fault(name, err.Error())
	}
	return d
}

// faulted: a cell of the line at hand was told of already.
func (im *importer) faulted(name string) bool {
	for _, f := range slices.Backward(im.plan.Faults) {
		if f.Line != im.line.N {
			return false
		}
		if f.Title == name {
			return true
		}
	}
	return false
}
