package yamltext

import (
	"strings"
)

// value mends the value of line i, which begins at a column of the original.
// last is the last line that belongs to the value.
func (r *repairer) value(value string, i, indent, column int) (fixed string, last int, faults []fault) {
	switch c := value[0]; c {
	case '#':
		return value, i, nil
	case '[', '{':
		return r.flow(value, i, indent, column)
	case '"', '\'':
		end := closing(value)
		if end < 0 {
			if j := r.closesBelow(i, indent, c); j > 0 {
				return value, j, nil
			}
			return quoteValue(value), i, []fault{{"yaml-syntax", "引号没有成对", column}}
		}
		rest := strings.TrimLeft(value[end+1:], " \t")
		if rest == "" || rest[0] == '#' && rest != value[end+1:] {
			return value, i, nil
		}
		return quoteValue(value), i, []fault{{"yaml-syntax", "引号只包住了值的一部分", column}}
	case '|', '>':
		if blockHead.MatchString(value) {
			return value, i, nil
		}
		return quoteValue(value), i, []fault{{"yaml-syntax", "值不能以 " + string(c) + " 开头，应当加引号", column}}
	case '%', '@', '`', '*', '&', '!', ']', '}', ',':
		return quoteValue(value), i, []fault{{"yaml-syntax", "值不能以 " + string(c) + " 开头，应当加引号", column}}
	case '-', '?', ':':
		if len(value) == 1 || value[1] == ' ' {
			return quoteValue(value), i, []fault{{"yaml-syntax", "值不能以 " + string(c) + " 开头，应当加引号", column}}
		}
	}
	text, _ := cutComment(value)
	if at := strings.Index(text+" ", ": "); at >= 0 {
		return quoteValue(value), i, []fault{{"yaml-syntax", "值里有英文冒号，应当加引号", column + runes(text[:at])}}
	}
	return value, i, nil
}

// flow mends a value that begins with a bracket: either a real flow
// collection, in which only signs of the wrong width are mended, or a text
// that needs quotes.
func (r *repairer) flow(value string, i, indent, column int) (string, int, []fault) {
	end, fixed := brackets(value)
	if end < 0 {
		if j := r.closesBelow(i, indent, value[0]); j > 0 {
			return value, j, nil
		}
		return quoteValue(value), i,
			[]fault{{"yaml-syntax", "值以 " + value[:1] + " 开头而没有成对的括号，应当加引号", column}}
	}
	rest := strings.TrimLeft(value[end+1:], " \t")
	if rest != "" && !(rest[0] == '#' && rest != value[end+1:]) {
		return quoteValue(value), i, []fault{{"yaml-syntax", "值不能以 " + value[:1] + " 开头，应当加引号", column}}
	}
	if fixed == value[:end+1] {
		return value, i, nil
	}
	f := fault{"fullwidth-punctuation", "花括号或方括号里用了全角冒号或逗号，应当用英文标点加一个空格", column}
	if !strings.ContainsAny(value[:end+1], "：，") {
		f = fault{"yaml-syntax", "花括号里的英文冒号后面缺少空格", column}
	}
	return fixed + value[end+1:], i, []fault{f}
}

// brackets finds the bracket that closes the first one, -1 if there is none on
// this line, and the collection with its signs mended.
func brackets(s string) (end int, fixed string) {
	var b strings.Builder
	var open []byte
	afterKey := false // the colon of this entry was seen
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '"' || c == '\'':
			// A quote within a word is part of the word.
			if i > 0 && !strings.ContainsRune("[{,: ", rune(s[i-1])) {
				break
			}
			n := closing(s[i:])
			if n < 0 {
				return -1, ""
			}
			b.WriteString(s[i : i+n])
			i += n
			c = s[i]
		case c == '[' || c == '{':
			open = append(open, c+2)
			afterKey = false
		case c == ']' || c == '}':
			if len(open) == 0 || open[len(open)-1] != c {
				return -1, ""
			}
			open = open[:len(open)-1]
			afterKey = false
			if len(open) == 0 {
				b.WriteByte(c)
				return i, b.String()
			}
		case c == ',':
			afterKey = false
		case c == ':' && open[len(open)-1] == '}' && !afterKey:
			afterKey = true
			if i+1 < len(s) && s[i+1] != ' ' {
				b.WriteString(": ")
				continue
			}
		case strings.HasPrefix(s[i:], "：") && open[len(open)-1] == '}' && !afterKey:
			afterKey = true
			b.WriteString(": ")
			i += len("：") - 1
			for i+1 < len(s) && s[i+1] == ' ' {
				i++
			}
			continue
		case strings.HasPrefix(s[i:], "，") && (open[len(open)-1] == ']' || colonFollows(s[i+len("，"):])):
			afterKey = false
			b.WriteString(", ")
			i += len("，") - 1
			for i+1 < len(s) && s[i+1] == ' ' {
				i++
			}
			continue
		}
		b.WriteByte(c)
	}
	return -1, ""
}

// colonFollows reports whether the next entry of a flow map begins here, and
// the full-width comma before was not one of a text.
func colonFollows(s string) bool {
	if n := strings.IndexAny(s, ",，}。；"); n >= 0 {
		s = s[:n]
	}
	return strings.ContainsAny(s, ":：")
}

// closing is the index of the quote that closes the first one, -1 if none.
func closing(s string) int {
	quote := s[0]
	for i := 1; i < len(s); i++ {
		switch {
		case quote == '"' && s[i] == '\\':
			i++
		case s[i] != quote:
		case quote == '\'' && i+1 < len(s) && s[i+1] == '\'':
			i++
		default:
			return i
		}
	}
	return -1
}

// closesBelow looks for the end of a quoted text or a flow collection of
// several lines: the line that closes it, before one that is no deeper than
// its key. Zero: there is none.
func (r *repairer) closesBelow(i, indent int, open byte) int {
	want := string(open)
	switch open {
	case '[':
		want = "]"
	case '{':
		want = "}"
	}
	for j := i + 1; j < len(r.lines) && j < i+200; j++ {
		line := r.lines[j]
		body := strings.TrimLeft(line, " ")
		if body == "" {
			continue
		}
		if len(line)-len(body) <= indent && !strings.HasPrefix(body, want) {
			return 0
		}
		text, _ := cutComment(body)
		if strings.HasSuffix(strings.TrimRight(text, " "), want) &&
			(want != "]" && want != "}" || depthOf(r.lines[i:j+1]) <= 0) {
			return j
		}
	}
	return 0
}

// depthOf counts brackets that are open at the end of some lines.
func depthOf(lines []string) int {
	n := 0
	for _, l := range lines {
		n += strings.Count(l, "[") + strings.Count(l, "{") - strings.Count(l, "]") - strings.Count(l, "}")
	}
	return n
}

// cutComment cuts the comment off an unquoted text.
func cutComment(s string) (text, comment string) {
	for i := 1; i < len(s); i++ {
		if s[i] == '#' && (s[i-1] == ' ' || s[i-1] == '\t') {
			return strings.TrimRight(s[:i], " \t"), s[i:]
		}
	}
	return s, ""
}

// quoteValue puts a value in quotes and leaves the comment behind it alone.
func quoteValue(value string) string {
	text, comment := cutComment(value)
	if strings.HasPrefix(comment, "# ") {
		return Quote(text) + "  " + comment
	}
	return Quote(value)
}

// cutShort reports whether a # cuts off what belongs to the text of a value
// without quotes: a remark has a blank behind its #.
func cutShort(value string) bool {
	if strings.ContainsRune("\"'[{|>#", rune(value[0])) {
		return false
	}
	_, comment := cutComment(value)
	return comment != "" && !strings.HasPrefix(comment, "# ") && comment != "#"
}

// Quote puts a text of one line in quotes so that YAML reads it back as it is.
func Quote(text string) string {
	if !strings.ContainsAny(text, `"\`) {
		return `"` + text + `"`
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// quotedKey cuts off a key in quotes, which some programs write.
func quotedKey(body string) (key, sep, value string, faults []fault) {
	end := closing(body)
	if end < 0 {
		return "", "", body, nil
	}
	after := body[end+1:]
	value = strings.TrimLeft(strings.TrimPrefix(after, ":"), " ")
	if !strings.HasPrefix(after, ":") || after != ":" && value == after[1:] {
		return "", "", body, nil
	}
	return body[:end+1], after[:len(after)-len(value)], value, nil
}
