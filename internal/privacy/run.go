package privacy

import (
	"unicode"
	"unicode/utf8"
)

// A run is a line's worth of words that follow each other with nothing but
// blanks, hyphens, brackets and single signs between: what may be one number in
// groups.
const (
	longest = 22 // characters of a word or number that can be a number of ours
	// leastRun is how many digits a run has that is worth a look. Those with
	// fewer than leastNumber digits are numbers only where a label says so, or if
	// they have as many characters as a credit code.
	leastRun    = 7
	leastCode   = 18
	leastNumber = 10
	window      = 64 // words that are looked at together
	lookahead   = 8  // words that one number may take
)

// joint is what stands between a word and the one before it.
type joint uint8

const (
	apart  joint = iota // nothing that joins
	blank               // blanks alone
	tight               // a hyphen or a bracket
	signed              // one other sign: 139.1234.5678
)

// word is a stretch of letters and digits.
type word struct {
	start, end int // bytes of the text
	from, to   int // characters of norm; at most longest+1 of them are kept
	letters    int
	joint      joint
	sign       rune // of a joint that is signed
}

func (w *word) len() int     { return w.to - w.from }
func (w *word) digits() bool { return w.letters == 0 }

// joinedAs reports whether two words have the same before them.
func (w *word) joinedAs(v *word) bool { return w.joint == v.joint && w.sign == v.sign }

// alnum decodes a letter or digit at the beginning of b: in half width and
// upper case, with its size. 0: there is none.
func alnum(b []byte) (byte, int) {
	if len(b) == 0 {
		return 0, 0
	}
	c := b[0]
	switch {
	case c >= '0' && c <= '9', c >= 'A' && c <= 'Z':
		return c, 1
	case c >= 'a' && c <= 'z':
		return c - 'a' + 'A', 1
	case c != 0xEF || len(b) < 3:
		return 0, 0
	}
	switch lead, c := b[1], b[2]; {
	case lead == 0xBC && c >= 0x90 && c <= 0x99: // ０–９
		return c - 0x90 + '0', 3
	case lead == 0xBC && c >= 0xA1 && c <= 0xBA: // Ａ–Ｚ
		return c - 0xA1 + 'A', 3
	case lead == 0xBD && c >= 0x81 && c <= 0x9A: // ａ–ｚ
		return c - 0x81 + 'A', 3
	}
	return 0, 0
}

// separator decodes what may stand between the groups of a number. A sign is
// given in half width.
func separator(b []byte) (j joint, sign rune, size int) {
	if len(b) == 0 {
		return apart, 0, 0
	}
	switch b[0] {
	case ' ', '\t':
		return blank, 0, 1
	case '-', ')':
		return tight, 0, 1
	case '.', '/', '_', '#', ',', ':':
		return signed, rune(b[0]), 1
	}
	if b[0] < utf8.RuneSelf {
		return apart, 0, 0
	}
	switch r, size := utf8.DecodeRune(b); r {
	case '\u00a0', '\u3000':
		return blank, 0, size
	case '－', '‐', '‑', '–', '—', '）', '﹣', '−':
		return tight, 0, size
	case '．', '／', '＿', '＃', '，':
		return signed, r - '．' + '.', size
	case '·', '•', '・':
		return signed, '·', size
	}
	return apart, 0, 0
}

// mostInvisible bounds how much of nothing is read at once, in bytes.
const mostInvisible = 48

// invisible is the size of the characters at the beginning of b that show
// nothing within a number: those without a width, and at most two marks of
// Markdown. More of them are stars that hide something.
func invisible(b []byte) int {
	n, marks := 0, 0
	for n < len(b) {
		if n > mostInvisible {
			return 0
		}
		switch c := b[n]; {
		case c == '*', c == '`', c == '~' && (n+1 < len(b) && b[n+1] == '~' || n > 0 && b[n-1] == '~'):
			if marks++; marks > 2 {
				return 0
			}
			n++
			continue
		case c < utf8.RuneSelf:
			return n
		}
		r, size := utf8.DecodeRune(b[n:])
		if !unicode.Is(unicode.Cf, r) && r != '\u034f' && (r < '\ufe00' || r > '\ufe0f') {
			return n
		}
		n += size
	}
	return n
}

// lookalike is the size of a character that people take for the X at the end
// of an ID number, and that no keyboard of theirs tells apart.
func lookalike(b []byte) int {
	if len(b) < 2 || b[0] < 0xC3 {
		return 0
	}
	switch r, size := utf8.DecodeRune(b); r {
	case 'Х', 'х', 'Χ', 'χ', '×', 'Ⅹ', 'ⅹ', '✕', '╳':
		return size
	}
	return 0
}

// numbers finds everything but e-mail addresses. Nearly all of a text is no
// number: what cannot be one is told apart by counting, word by word is read
// only the rest.
func (s *scanner) numbers() {
	for i := 0; i < len(s.text) && !s.found(); {
		if c := classes[s.text[i]]; c == 0 || c == between || c == mark {
			i++
			continue
		}
		start, digits, chars := i, 0, 0
	stretch:
		for i < len(s.text) {
			switch classes[s.text[i]] {
			case digit:
				digits++
				chars++
				i++
			case letter:
				chars++
				i++
			case between:
				i++
			case mark: // joins what stands right behind it
				if i+1 == len(s.text) || classes[s.text[i+1]] == 0 {
					break stretch
				}
				i++
			case wide:
				c, size := alnum(s.text[i:])
				switch {
				case size > 0 && c <= '9':
					digits++
					chars++
				case size > 0:
					chars++
				default:
					if _, _, size = separator(s.text[i:]); size == 0 {
						size = invisible(s.text[i:])
					}
					if size == 0 {
						i++
						break stretch
					}
				}
				i += size
			default:
				break stretch
			}
		}
		if i == start {
			i++
		}
		if digits >= leastNumber || digits >= leastRun &&
			(chars >= leastCode || !s.dated(start, digits) && s.announces(start, i)) {
			s.stretch(start, i)
		}
	}
}

// dated reports whether a part of the text with so many digits begins with a
// year of ours, as most do: a day, the number of a case.
func (s *scanner) dated(start, digits int) bool {
	return digits > leastRun && s.text[start] == '2' && s.text[start+1] == '0'
}

// class is what a byte may be in a number.
type class uint8

const (
	digit class = iota + 1
	letter
	between
	mark
	wide // the first of a character that alnum or separator may know
)

var classes = [256]class{
	'0': digit, '1': digit, '2': digit, '3': digit, '4': digit, '5': digit, '6': digit, '7': digit, '8': digit,
	'9': digit,
	'A': letter, 'B': letter, 'C': letter, 'D': letter, 'E': letter, 'F': letter, 'G': letter, 'H': letter, 'I': letter,
	'J': letter, 'K': letter, 'L': letter, 'M': letter, 'N': letter, 'O': letter, 'P': letter, 'Q': letter, 'R': letter,
	'S': letter, 'T': letter, 'U': letter, 'V': letter, 'W': letter, 'X': letter, 'Y': letter, 'Z': letter,
	'a': letter, 'b': letter, 'c': letter, 'd': letter, 'e': letter, 'f': letter, 'g': letter, 'h': letter, 'i': letter,
	'j': letter, 'k': letter, 'l': letter, 'm': letter, 'n': letter, 'o': letter, 'p': letter, 'q': letter, 'r': letter,
	's': letter, 't': letter, 'u': letter, 'v': letter, 'w': letter, 'x': letter, 'y': letter, 'z': letter,
	' ': between, '\t': between, '-': between, ')': between,
	'.': mark, '/': mark, '_': mark, '#': mark, ',': mark, ':': mark, '*': mark, '`': mark, '~': mark,
	0xC2: wide, 0xCD: wide, 0xE2: wide, 0xE3: wide, 0xEF: wide,
}

// stretch finds the numbers of a part of the text that consists of letters,
// digits and separators.
func (s *scanner) stretch(from, to int) {
	digits := 0
	next := word{} // its joint alone
	for i := from; i < to && !s.found(); {
		if _, size := alnum(s.text[i:]); size == 0 {
			i++
			continue
		}
		var n int
		i, n = s.word(i, next)
		s.looked += i - s.words[len(s.words)-1].start
		digits += n
		var at int
		if next, at = s.joint(i); next.joint != apart {
			i = at
			if len(s.words) >= window {
				s.look(digits, false)
			}
			continue
		}
		s.look(digits, true)
		digits = 0
	}
}

// joint reads what stands between the word that ends at i and the next, which
// begins at next.
func (s *scanner) joint(i int) (w word, next int) {
	at := i
	for n := 0; n < 3; {
		if size := invisible(s.text[at:]); size > 0 {
			at += size
			continue
		}
		j, sign, size := separator(s.text[at:])
		if j == apart {
			break
		}
		if j == signed && n > 0 || w.joint == signed {
			return word{}, i // a sign that joins stands alone
		}
		w.joint, w.sign = max(w.joint, j), sign
		at += size
		n++
	}
	if _, size := alnum(s.text[at:]); size == 0 {
		return word{}, i
	}
	return w, at
}

// word reads the word at i. Letters that only say what a number is are cut off
// from it: tel13900000000.
func (s *scanner) word(i int, w word) (next, digits int) {
	w.start, w.from = i, len(s.norm)
	for i < len(s.text) {
		c, size := alnum(s.text[i:])
		if size == 0 {
			// What does not show is a part of the word, if the word goes on.
			hidden := invisible(s.text[i:])
			if c, size = alnum(s.text[i+hidden:]); hidden == 0 || size == 0 {
				break
			}
			i += hidden
		}
		isDigit := c <= '9'
		if isDigit && w.letters > 0 && w.letters == len(s.norm)-w.from && label(s.norm[w.from:]) {
			w.end, w.to = i, len(s.norm)
			s.words = append(s.words, w)
			w = word{start: i, from: len(s.norm), joint: blank}
		}
		if isDigit {
			digits++
		} else {
			w.letters++
		}
		if len(s.norm)-w.from <= longest {
			s.norm = append(s.norm, c)
		}
		i += size
	}
	if n := len(s.norm) - w.from; w.letters == 0 && (n == 17 || n <= 4) {
		if size := lookalike(s.text[i:]); size > 0 {
			if _, more := alnum(s.text[i+size:]); more == 0 {
				s.norm = append(s.norm, 'X')
				w.letters++
				i += size
			}
		}
	}
	w.end, w.to = i, len(s.norm)
	s.words = append(s.words, w)
	return i, digits
}

// label reports whether letters announce a telephone number.
func label(letters []byte) bool {
	switch string(letters) {
	case "TEL", "PHONE", "MOBILE", "MOB", "FAX", "WX", "VX", "QQ", "SJ", "DH", "ID":
		return true
	}
	return false
}

// look matches the words of the run. Unless it is at its end, the last of them
// wait for what follows.
func (s *scanner) look(digits int, end bool) {
	upto := len(s.words)
	if !end {
		upto -= lookahead
	}
	i := 0
	for digits >= leastRun && i < upto && !s.found() {
		if kind, last := s.match(i); kind != 0 {
			s.add(kind, i, last)
			i = last
		}
		i++
	}
	if end {
		s.words, s.norm = s.words[:0], s.norm[:0]
		return
	}
	i = max(i, upto)
	kept := s.words[:0]
	cut := len(s.norm)
	if i < len(s.words) {
		cut = s.words[i].from
	}
	for _, w := range s.words[i:] {
		w.from -= cut
		w.to -= cut
		kept = append(kept, w)
	}
	s.words = kept
	s.norm = append(s.norm[:0], s.norm[cut:]...)
}

// add notes the words from i to last as a span.
func (s *scanner) add(kind Kind, i, last int) {
	value := string(s.norm[s.words[i].from:s.words[last].to])
	if kind == Phone {
		value = national(value)
	}
	s.spans = append(s.spans, Span{
		Kind: kind, Start: s.words[i].start, End: s.words[last].end, Value: value,
		Doubtful: kind == IDCard && len(value) == 18 && !validID([]byte(value)),
	})
}
