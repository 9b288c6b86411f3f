package record

import (
	"suqiu/internal/frontmatter"
	"suqiu/internal/problem"
)

// Parse reads one case file. path is its slash path in the repository, "" if it
// has none; canon maps a unit's alias to its name (nil: names stay as typed).
//
// It never fails: faults are the Problems of the Case, in file order. Plain
// slips are told of and read as they were meant. The Case holds no part of src.
func Parse(path string, src []byte, canon func(string) string) *Case {
	return parse(caseSchema, path, src, canon)
}

func parse(s *frontmatter.Schema, path string, src []byte, canon func(string) string) *Case {
	c := &Case{Path: path}
	f := frontmatter.Read(s, src, canon, c)
	if f.Unreadable {
		// A list beyond all bounds, or a map without a single valid key of ours,
		// states nothing.
		*c = Case{Path: path, Unreadable: true}
	} else {
		c.Sections, c.Suppressions = f.Sections, f.Suppressions
		check(c, f)
	}
	c.Tickets = max(c.Tickets, 1)
	c.Problems = f.Problems()
	return c
}

// Print writes the canonical form of a case. What Parse reads from it states
// exactly what c states.
func Print(c *Case) []byte { return caseSchema.Print(c, c.Sections, "") }

// Format is what `suqiu fmt` does to a case file, see frontmatter.
func Format(src []byte, canon func(string) string) ([]byte, []problem.Problem) {
	return caseSchema.Format(src, canon)
}

// Left reports whether something at a key path, or at a part of it, is still
// to be filled in: what is wrong with it otherwise need not be told.
func (c *Case) Left(path string) bool { return c != nil && frontmatter.Left(c.Problems, path) }

// Section returns the text of the first section with this heading, empty if
// there is none.
func (c *Case) Section(heading string) string {
	for i := range c.Sections {
		if c.Sections[i].Heading == heading {
			return c.Sections[i].Text
		}
	}
	return ""
}
