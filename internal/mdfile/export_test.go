package mdfile

// CutTwice cuts a file as canonical form is cut, if it is one (quick), and line
// by line (careful).
func CutTwice(src []byte, keys Keys) (quick, careful Parts, ok bool) {
	quick, ok = cutCanonical(src, keys)
	return quick, (&splitter{keys: keys}).split(src), ok
}
