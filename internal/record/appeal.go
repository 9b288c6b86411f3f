package record

import (
	"strings"

	"suqiu/internal/frontmatter"
)

// intakeSection is the section in which an appeal is told.
const intakeSection = "诉求内容"

// Intake is the text of 诉求内容.
func (c *Case) Intake() string {
	for _, s := range c.Sections {
		if s.Heading == intakeSection {
			return strings.TrimSpace(s.Text)
		}
	}
	return ""
}

// SameAppeal reports whether two versions of a file are of one appeal: they were
// collected by one unit on one day through one channel under the same numbers of
// the source, and tell the same.
func SameAppeal(a, b *Case) bool {
	return a.Collector == b.Collector && a.Collected == b.Collected && a.Channel == b.Channel &&
		frontmatter.SameMultiset(a.SourceNos, b.SourceNos) && a.Intake() == b.Intake()
}
