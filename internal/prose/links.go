package prose

import "regexp"

// Segment is a piece of plain text, perhaps a link.
type Segment struct{ Text, Href string }

var caseNumber = regexp.MustCompile(`[0-9]{6}-[A-Z]{2,8}-[0-9]{3,}`)

// Links cuts a plain text where it names a case that has a page.
func (m *Renderer) Links(text string) []Segment {
	var list []Segment
	from := 0
	for _, at := range caseNumber.FindAllStringIndex(text, -1) {
		id := text[at[0]:at[1]]
		if !m.known(id) {
			continue
		}
		if at[0] > from {
			list = append(list, Segment{Text: text[from:at[0]]})
		}
		list = append(list, Segment{id, m.base + id + ".html"})
		from = at[1]
	}
	if from < len(text) {
		list = append(list, Segment{Text: text[from:]})
	}
	return list
}
