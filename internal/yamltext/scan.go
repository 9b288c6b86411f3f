package yamltext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The scanner reads the form that `suqiu fmt` writes, and a little more:
//
//	key: value
//	key:
//	  - item
//	  - key: value
//	    key: value
//	key:
//	  key: value
//
// with blank lines and comments between. On anything else it gives up, and the
// YAML library reads the text instead; what it accepts, it reads exactly as
// the library does, places included (FuzzScan holds it to that).
type scanner struct {
	text      string
	pos       int // of the current line
	line      int // number of the current line in the file
	indent    int // of the current line
	body      string
	bodyEnd   int // byte behind the current line
	more      bool
	ok        bool
	comments  []found
	nodes     []Node // slab
	lastValue int    // line of the last value read, for EndLine
}

// maxScanDepth is the deepest nesting the scanner follows; a case has three.
const maxScanDepth = 8

// scan reads a text in the scanner's form; ok is false on any other.
func scan(text string, firstLine int) (root *Node, ok bool) {
	lines, simple := isSimple(text)
	if !simple || len(text) > maxSize {
		return nil, false
	}
	s := scanner{text: text, line: firstLine - 1, ok: true, nodes: make([]Node, 0, lines+8)}
	s.next()
	if !s.more || s.indent != 0 || s.body[0] == '-' {
		return nil, false
	}
	root = s.parseMap(0, 0)
	if !s.ok || s.more {
		return nil, false
	}
	if len(s.comments) > 0 {
		attach(root, s.comments)
	}
	return root, true
}

// next moves to the next line that is neither blank nor a comment.
func (s *scanner) next() {
	for {
		s.pos = s.bodyEnd
		if s.pos >= len(s.text) {
			s.more = false
			return
		}
		s.line++
		rest := s.text[s.pos:]
		n := strings.IndexByte(rest, '\n')
		if n < 0 {
			n = len(rest)
			s.bodyEnd = len(s.text)
		} else {
			s.bodyEnd = s.pos + n + 1
		}
		i := 0
		for i < n && rest[i] == ' ' {
			i++
		}
		if i == n {
			continue
		}
		if rest[i] == '#' {
			s.comments = append(s.comments, found{
				Comment: Comment{Text: strings.TrimRight(rest[i:n], " "), Line: s.line, Column: i + 1}, whole: true})
			continue
		}
		s.indent, s.body, s.more = i, rest[i:n], true
		return
	}
}

func (s *scanner) fail() { s.ok, s.more = false, false }

func (s *scanner) node(kind Kind, line, column int) *Node {
	if len(s.nodes) == cap(s.nodes) {
		// The slab is never grown in place: pointers into it are out.
		s.nodes = make([]Node, 0, 64)
	}
	s.nodes = append(s.nodes, Node{Kind: kind, Line: line, Column: column, EndLine: line})
	return &s.nodes[len(s.nodes)-1]
}

// maxFields is more keys than a map has that somebody wrote: looking each up among
// all others would take time with the square of their number.
const maxFields = 256

// parseMap reads the fields at one indent. The current line is the first.
func (s *scanner) parseMap(indent, depth int) *Node {
	if depth > maxScanDepth {
		s.fail()
		return nil
	}
	m := s.node(Map, s.line, indent+1)
	if indent == 0 {
		m.Fields = make([]Field, 0, 48)
	} else {
		m.Fields = make([]Field, 0, 7)
	}
	var seen uint64 // a small filter before comparing keys
	for s.more {
		if s.indent != indent {
			if s.indent > indent {
				s.fail()
			}
			break
		}
		key, rest := s.key()
		if !s.ok {
			return nil
		}
		bit := uint64(1) << ((uint(len(key))*7 + uint(key[len(key)-1]) + uint(key[len(key)/2])*3) & 63)
		if seen&bit != 0 && (len(m.Fields) > maxFields || m.Get(key) != nil) {
			s.fail()
			return nil
		}
		seen |= bit
		field := Field{Key: key, Line: s.line, Column: indent + 1}
		field.Value = s.value(rest, indent+1+runes(key)+1, indent, depth)
		if !s.ok {
			return nil
		}
		m.Fields = append(m.Fields, field)
	}
	m.EndLine = s.lastValue
	return m
}

// key cuts `key:` from the current line; rest is what follows the colon.
func (s *scanner) key() (key, rest string) {
	b := s.body
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c == ':':
			if i == 0 || i > 90 || i+1 < len(b) && b[i+1] != ' ' {
				s.fail()
				return "", ""
			}
			return b[:i], b[i+1:]
		case c >= 0x80: // a letter: anything else may have been typed for a colon or a dash
			r, size := utf8.DecodeRuneInString(b[i:])
			if (r < '一' || r > '\u9fff') && !unicode.IsLetter(r) {
				s.fail()
				return "", ""
			}
			i += size - 1
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		default:
			s.fail()
			return "", ""
		}
	}
	s.fail()
	return "", ""
}

// value reads what follows a colon or a dash: rest of the line, or, if that is
// empty, the deeper lines below. It leaves the next line current.
func (s *scanner) value(rest string, column, indent, depth int) *Node {
	text, style, skipped := s.plain(rest)
	if !s.ok {
		return nil
	}
	line := s.line
	if text != "" || style != Plain {
		n := s.node(Scalar, line, column+skipped)
		n.Text, n.Style = text, style
		s.lastValue = line
		s.next()
		if s.more && s.indent > indent {
			s.fail() // a text of several lines
		}
		return n
	}
	s.lastValue = line
	s.next()
	switch {
	case !s.more || s.indent < indent:
	case s.indent > indent:
		if s.body[0] == '-' {
			return s.parseList(s.indent, depth+1)
		}
		return s.parseMap(s.indent, depth+1)
	case s.body[0] == '-':
		s.fail() // a list at its key's own indent is left to the library
	}
	return s.node(Scalar, line, column)
}

// parseList reads the items at one indent. The current line is the first.
func (s *scanner) parseList(indent, depth int) *Node {
	if depth > maxScanDepth {
		s.fail()
		return nil
	}
	l := s.node(List, s.line, indent+1)
	for s.more && s.indent >= indent {
		if s.indent > indent || s.body[0] != '-' || len(s.body) > 1 && s.body[1] != ' ' {
			s.fail()
			return nil
		}
		item := s.item(indent, depth)
		if !s.ok {
			return nil
		}
		l.Items = append(l.Items, item)
	}
	l.EndLine = s.lastValue
	return l
}

// item reads one item; the current line begins with its dash.
func (s *scanner) item(indent, depth int) *Node {
	rest := s.body[1:]
	if strings.TrimLeft(rest, " ") == "" || rest[len(rest)-len(strings.TrimLeft(rest, " "))] == '#' {
		s.fail() // a dash alone
		return nil
	}
	if isEntry(rest) {
		i := 1
		for s.body[i] == ' ' {
			i++
		}
		// The rest of the line is the first field of a map at that indent.
		s.indent += i
		s.body = s.body[i:]
		return s.parseMap(s.indent, depth+1)
	}
	if strings.Contains(rest, "：") {
		s.fail() // perhaps a key with a full-width colon
		return nil
	}
	return s.value(rest, indent+2, indent, depth)
}

// isEntry reports whether what follows a dash is `key: value` or `key:`.
func isEntry(rest string) bool {
	if c := strings.TrimLeft(rest, " "); c[0] == '"' || c[0] == '\'' {
		return false // a quoted key is left to the library, which quoted refuses
	}
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case ':':
			if i+1 == len(rest) || rest[i+1] == ' ' {
				return true
			}
		case '#':
			if i > 0 && rest[i-1] == ' ' {
				return false
			}
		}
	}
	return false
}

// plain cuts a scalar out of what follows a colon or a dash, and keeps the
// comment behind it. skipped counts the blanks before it.
func (s *scanner) plain(rest string) (text string, style Style, skipped int) {
	for skipped < len(rest) && rest[skipped] == ' ' {
		skipped++
	}
	text = rest[skipped:]
	if text == "" {
		return "", Plain, 0
	}
	switch text[0] {
	case '"', '\'':
		text, style = s.quoted(text)
		return text, style, skipped
	case '#':
		s.comment(text)
		return "", Plain, 0
	case '-', '?', ':', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '%', '@', '`', '~', '=', '<':
		s.fail()
		return "", Plain, 0
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case ':':
			if i+1 == len(text) || text[i+1] == ' ' {
				s.fail()
				return "", Plain, 0
			}
		case '#':
			if text[i-1] == ' ' {
				s.comment(text[i:])
				text = text[:i]
			}
		}
	}
	return strings.TrimRight(text, " "), Plain, skipped
}

// quoted cuts a quoted scalar of one line and without escapes.
func (s *scanner) quoted(text string) (string, Style) {
	style := DoubleQuoted
	if text[0] == '\'' {
		style = SingleQuoted
	}
	end := strings.IndexByte(text[1:], text[0]) + 1
	if end == 0 || style == DoubleQuoted && strings.IndexByte(text[:end], '\\') >= 0 {
		s.fail()
		return "", Plain
	}
	if tail := text[end+1:]; tail != "" {
		comment := strings.TrimLeft(tail, " ")
		if comment != "" && (comment == tail || comment[0] != '#') {
			s.fail()
			return "", Plain
		}
		if comment != "" {
			s.comment(comment)
		}
	}
	return text[1:end], style
}

// comment keeps the comment at the end of the current line. text is a tail of
// the line.
func (s *scanner) comment(text string) {
	before := s.text[s.pos : s.pos+len(s.current())-len(text)]
	s.comments = append(s.comments, found{
		Comment: Comment{Text: strings.TrimRight(text, " "), Line: s.line, Column: runes(before) + 1}})
}

// current is the whole current line without its end.
func (s *scanner) current() string {
	return strings.TrimSuffix(s.text[s.pos:s.bodyEnd], "\n")
}

// runes counts the characters of valid UTF-8.
func runes(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}
