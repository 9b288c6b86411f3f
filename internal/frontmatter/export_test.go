package frontmatter

// CutTwice cuts a file as canonical form is cut, if it is one (quick), and line
// by line (careful).
func CutTwice(s *Schema, src []byte) (quick, careful Parts, ok bool) {
	quick, ok = cutCanonical(s, src)
	return quick, (&splitter{schema: s}).split(src), ok
}

// Parts is what a file is cut into.
type Parts = parts

// CutQuick cuts a file as canonical form is cut; false if it is none.
func CutQuick(s *Schema, src []byte) bool {
	_, ok := cutCanonical(s, src)
	return ok
}
