package papers

import (
	"reflect"
	"slices"
	"strings"
)

// AddToAgenda completes the agenda that a person has at work: topics go behind
// those that are there, 追认 is completed. All else stays byte for byte, and
// what it says is read again to be sure of that. ok is false if the file must
// be mended first, or is written in a way that cannot be added to.
func AddToAgenda(p string, src []byte, topics []Topic, ratifies []string, canon func(string) string) (out []byte,
	ok bool) {
	before := ParseMeeting(p, src, canon)
	if before.Unreadable || slices.ContainsFunc(before.Problems, misread) {
		return src, false
	}
	ratifies = slices.DeleteFunc(slices.Clone(ratifies), func(id string) bool { return contains(before.Ratifies, id) })
	out = src
	if len(topics) > 0 {
		if out, ok = addTopics(out, topics); !ok {
			return src, false
		}
	}
	if len(ratifies) > 0 {
		if out, ok = addRatified(out, ratifies); !ok {
			return src, false
		}
	}
	after := ParseMeeting(p, out, canon)
	want := *before
	want.Topics = slices.Concat(before.Topics, topics)
	want.Ratifies = slices.Concat(before.Ratifies, ratifies)
	want.File, after.File = File{}, File{Body: after.Body, Unreadable: after.Unreadable}
	want.Body = before.Body
	if !reflect.DeepEqual(&want, after) {
		return src, false
	}
	return out, true
}

// addTopics writes topics behind the last one.
func addTopics(src []byte, topics []Topic) ([]byte, bool) {
	lines, end := splitLines(src)
	at, _, last := SchemaOf("meetings/").Places(src)("议题")
	if at == 0 { // no such key: above the end of the front matter
		return insertKey(src, "", "议题:\n"+printedTopics(topics, "  "))
	}
	head := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "议题:") })
	if head < 0 {
		return nil, false
	}
	switch strings.TrimSpace(strings.TrimPrefix(lines[head], "议题:")) {
	case "":
	case "[]":
		lines[head] = "议题:" + end
	default:
		return nil, false // in one line with brackets, or with a remark
	}
	indent, first := "  ", firstText(lines, head+1)
	if first >= 0 && strings.HasPrefix(strings.TrimLeft(lines[first], " "), "- ") {
		indent = lines[first][:strings.Index(lines[first], "-")]
	}
	text := printedTopics(topics, indent)
	if at == head+1 { // there are none yet
		last = head + 1
	} else {
		text = "\n" + text
	}
	return []byte(strings.Join(slices.Insert(lines, last, strings.ReplaceAll(text, "\n", end)), "")), true
}

// printedTopics are topics in canonical form, at an indentation.
func printedTopics(topics []Topic, indent string) string {
	_, text, _ := strings.Cut(string(PrintMeeting(&Meeting{Topics: topics})), "\n议题:\n")
	text, _, _ = strings.Cut(text, "\n---\n")
	var b strings.Builder
	for line := range strings.Lines(text + "\n") {
		if strings.TrimSpace(line) != "" {
			line = indent + strings.TrimPrefix(line, "  ")
		}
		b.WriteString(line)
	}
	return b.String()
}

// addRatified completes 追认, in one line as it is written by hand.
func addRatified(src []byte, ids []string) ([]byte, bool) {
	lines, end := splitLines(src)
	i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "追认:") })
	if i < 0 {
		return insertKey(src, "议题:", "追认: "+strings.Join(ids, "、")+"\n\n")
	}
	rest := strings.TrimSpace(strings.TrimPrefix(lines[i], "追认:"))
	next := firstText(lines, i+1)
	switch {
	case strings.ContainsAny(rest, "[]#\"'"):
		return nil, false
	case rest != "":
		lines[i] = "追认: " + rest + "、" + strings.Join(ids, "、") + end
	case next < 0 || !strings.HasPrefix(strings.TrimLeft(lines[next], " "), "- "):
		lines[i] = "追认: " + strings.Join(ids, "、") + end
	default: // one a line
		item := lines[next][:strings.Index(lines[next], "-")] + "- "
		for next < len(lines) && strings.HasPrefix(lines[next], item) {
			next++
		}
		lines = slices.Insert(lines, next, item+strings.Join(ids, end+item)+end)
	}
	return []byte(strings.Join(lines, "")), true
}

// insertKey writes text above the line that begins with a word; without one,
// above the end of the front matter.
func insertKey(src []byte, before, text string) ([]byte, bool) {
	lines, end := splitLines(src)
	if before == "" {
		before = "---"
	}
	i := slices.IndexFunc(lines[min(1, len(lines)):], func(l string) bool { return strings.HasPrefix(l, before) })
	if i < 0 {
		return nil, false
	}
	return []byte(strings.Join(slices.Insert(lines, i+1, strings.ReplaceAll(text, "\n", end)), "")), true
}

// splitLines cuts a file into lines with their ends, and tells which end it uses.
func splitLines(src []byte) (lines []string, end string) {
	lines, end = strings.SplitAfter(string(src), "\n"), "\n"
	if strings.HasSuffix(lines[0], "\r\n") {
		end = "\r\n"
	}
	return lines, end
}

// firstText is the first line from i that is not blank; -1 if there is none.
func firstText(lines []string, i int) int {
	for ; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) != "" {
			return i
		}
	}
	return -1
}
