package record

import (
	"slices"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
)

// sections compares the body by heading. Line ends, blanks at the end of a
// line, blank lines around a text and the order of sections are layout.
func (d *differ) sections(s *frontmatter.Schema, old, new []mdfile.Section) {
	if sameSections(old, new) {
		return
	}
	before, after := sectionTexts(old), sectionTexts(new)
	for _, heading := range sectionOrder(s.Headings(), before, after) {
		d.set(sectionKey(heading), before[heading], after[heading])
	}
}

// sectionKey is the Change key of a body section; what stands above the first
// heading has the key "##".
func sectionKey(heading string) string {
	if heading == "" {
		return "##"
	}
	return "## " + heading
}

func sameSections(old, new []mdfile.Section) bool {
	return slices.EqualFunc(old, new, func(a, b mdfile.Section) bool {
		return a.Heading == b.Heading && a.Text == b.Text
	})
}

// sectionTexts maps headings to what their sections say; the texts of a
// heading that stands there twice follow one another.
func sectionTexts(list []mdfile.Section) map[string]string {
	m := make(map[string]string, len(list))
	for _, s := range list {
		text := statedText(s.Text)
		if text == "" {
			continue
		}
		if first := m[s.Heading]; first != "" {
			text = first + "\n\n" + text
		}
		m[s.Heading] = text
	}
	return m
}

// sectionOrder has the headings of both sides: those of the schema first, then
// the others by name, so that the order in the files does not show.
func sectionOrder(order []string, before, after map[string]string) []string {
	var others []string
	for _, m := range [2]map[string]string{before, after} {
		for heading := range m {
			if !slices.Contains(order, heading) {
				others = append(others, heading)
			}
		}
	}
	slices.Sort(others)
	return append(order, slices.Compact(others)...)
}

// statedText is a text without what is layout: CR, blanks that end a line,
// blank lines at both ends.
func statedText(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\u3000")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
