package gittest

import (
	"regexp"
	"slices"
	"strings"
)

// Paste does with a text what the 改法 of a finding says, if that is lines to
// paste; ok is false if it is advice in words. What it asks for as 〔请填：…〕 is
// filled in the way that it says.
//
// The lines take the place of those from line to end, or, where these have
// another key, go below them.
func Paste(src string, line, end int, fix string) (text string, ok bool) {
	lines := strings.Split(src, "\n")
	list, entry, appends := strings.Cut(fix, "”的最后另起一条：\n")
	if appends {
		return appendEntry(lines, strings.TrimPrefix(list, "在“"), fillIn(entry)), true
	}
	if line < 1 || line > len(lines) || !isLines(fix, lines[line-1]) {
		return src, false
	}
	end = min(max(line, end), len(lines))
	if goesBelow(lines[line-1], fix) {
		if at := emptyKey(lines, line, fix); at >= 0 {
			lines[at] = fillIn(fix)
			return strings.Join(lines, "\n"), true
		}
		return strings.Join(slices.Insert(lines, end, fillIn(fix)), "\n"), true
	}
	return strings.Join(slices.Replace(lines, line-1, end, fillIn(fix)), "\n"), true
}

// goesBelow reports whether a fix is something that is missing, to be written below
// a line: another key, a key of the entry that begins there, the text of a section.
func goesBelow(line, fix string) bool {
	was, key := keyOf(line), keyOf(fix)
	switch {
	case was == key:
		return false
	case line == "---":
		return !strings.HasPrefix(fix, "---")
	case strings.HasPrefix(fix, "## "):
		return !strings.Contains(line, strings.TrimPrefix(firstLine(fix), "## "))
	case strings.HasPrefix(strings.TrimLeft(line, " "), "- "):
		return strings.HasPrefix(fix, "  ") && !strings.HasPrefix(strings.TrimLeft(fix, " "), "- ")
	}
	return inSchema.MatchString(key) && inSchema.MatchString(was)
}

// emptyKey is the line below an entry's first where the key of a fix stands with
// nothing behind it; -1 if there is none.
func emptyKey(lines []string, first int, fix string) int {
	lead := fix[:len(fix)-len(strings.TrimLeft(fix, " "))]
	for at := first; at < len(lines) && lead != "" && strings.HasPrefix(lines[at], lead); at++ {
		if strings.TrimSpace(lines[at]) == keyOf(fix)+":" {
			return at
		}
	}
	return -1
}

// inSchema are keys that a fix adds where another key stands.
var inSchema = regexp.MustCompile(`^(后续措施|不评估原因|下次研究日期|调整原因)$`)

// aLine is what a line to paste begins with: a key, a dash, a rule, a heading.
var aLine = regexp.MustCompile(`^\s*(---|———|(- )?("[^"]*"|[^\s:：，。]+|〔[^〕]*〕):( |$|\n)|- |## |[<|])`)

// isLines reports whether a fix is lines: it begins as a line does, or as the
// line goes on whose place it takes.
func isLines(fix, line string) bool {
	if aLine.MatchString(fix) || strings.HasPrefix(fix, "请") {
		return !strings.HasPrefix(fix, "请")
	}
	a, b := []rune(strings.TrimSpace(fix)), []rune(strings.TrimSpace(line))
	return len(a) > 0 && len(b) > 0 && (a[0] == b[0] || a[len(a)-1] == b[len(b)-1])
}

func firstLine(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return first
}

func keyOf(text string) string {
	first := firstLine(text)
	key, _, _ := strings.Cut(strings.TrimLeft(first, " -　\t"), ":")
	return strings.Trim(key, " \"'")
}

func appendEntry(lines []string, list, entry string) string {
	at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, list+":") })
	end := at + 1
	for end < len(lines) && strings.HasPrefix(lines[end], " ") || end+1 < len(lines) && lines[end] == "" &&
		strings.HasPrefix(lines[end+1], " ") {
		end++
	}
	return strings.Join(slices.Insert(lines, end, "", entry), "\n")
}

var toFill = regexp.MustCompile(`〔请填：([^〕]*)〕`)

// fillIn answers what a text asks for.
func fillIn(text string) string {
	return toFill.ReplaceAllStringFunc(text, func(s string) string {
		what := toFill.FindStringSubmatch(s)[1]
		switch _, example, ok := strings.Cut(what, "如 "); {
		case ok:
			example, _, _ = strings.Cut(example, "；")
			return example
		case strings.HasPrefix(what, "新登记的填"):
			return "已登记"
		case strings.Contains(what, "单位名称"):
			return "法制科"
		case what == "渠道":
			return "12366热线"
		}
		what, _, _ = strings.Cut(what, "；")
		first, _, _ := strings.Cut(what, "、")
		return first
	})
}
