package papers

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/problem"
)

// FillMonthly completes a monthly submission that a person has begun: channels
// that are not there are added, numbers that are open filled in. What is there
// stays byte for byte. It returns the channels that it filled; ok is false if
// the file must be mended first, as its Problems say.
func FillMonthly(p string, src []byte, want []frontmatter.Named, canon func(string) string) (out []byte,
	filled []string, ok bool) {
	m := ParseMonthly(p, src, canon)
	if m.Unreadable || slices.ContainsFunc(m.Problems, misread) {
		return src, nil, false
	}
	lines := strings.SplitAfter(string(src), "\n")
	end := 0 // line after which a channel goes
	if line, _, _ := SchemaOf("monthly/").Places(src)("渠道收集量"); line > 0 {
		end = line
	}
	if end == 0 {
		return src, nil, false
	}
	var missing []frontmatter.Named
	for _, v := range m.Volumes {
		if line, _, last := SchemaOf("monthly/").Places(src)("渠道收集量." + v.Name); line > 0 {
			end = max(end, last)
		}
	}
	for _, w := range want {
		i := slices.IndexFunc(m.Volumes, func(v frontmatter.Named) bool { return v.Name == w.Name })
		switch {
		case i < 0:
			missing = append(missing, w)
		case !m.Volumes[i].Given:
			line, _, _ := SchemaOf("monthly/").Places(src)("渠道收集量." + w.Name)
			if !w.Given {
				continue // for the unit to say
			}
			text := strings.TrimRight(lines[line-1], " \t\r\n")
			end := lines[line-1][len(text):]
			text = strings.TrimSuffix(text, " "+openVolume)
			if !strings.HasSuffix(text, ":") {
				return src, nil, false // a comment stands behind it, or it is in braces
			}
			lines[line-1] = text + " " + strconv.Itoa(w.N) + end
			filled = append(filled, w.Name)
		}
	}
	if len(missing) > 0 && strings.ContainsAny(lines[end-1], "{}") {
		return src, nil, false // in one line with braces
	}
	var added strings.Builder
	for _, w := range missing {
		number := openVolume
		if w.Given {
			number = strconv.Itoa(w.N)
		}
		added.WriteString("  " + w.Name + ": " + number + "\n")
		filled = append(filled, w.Name)
	}
	if added.Len() > 0 {
		lines = slices.Insert(lines, end, added.String())
	}
	return []byte(strings.Join(lines, "")), filled, true
}

// misread reports whether a problem may mean that the lines do not say what
// was read from them.
func misread(p problem.Problem) bool {
	switch p.Rule {
	case "key-missing", "id-mismatch", "path-mismatch", "totals-mismatch", "value-enum", "placeholder-left":
		return false
	}
	return true
}
