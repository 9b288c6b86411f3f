package privacy

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// emails finds e-mail addresses. Addresses of repositories (git@host, user
// names in URLs) and names of pictures (logo@2x.png) are none. A name of Chinese
// characters is one if no Latin name stands there: 请发张三@163.com tells where the
// name ends, and not where it begins.
func (s *scanner) emails() {
	signs := newSigns(s.text)
	for from := 0; from < len(s.text) && !s.found(); {
		at, size := signs.next(from)
		if size == 0 {
			return
		}
		end, domain := domainAt(s.text, at+size)
		start, name := nameBefore(s.text, from, at)
		s.looked += end - start
		from = max(end, at+size)
		if name == "" || name == "git" || !validDomain(domain) || inURL(s.text[:start]) {
			continue
		}
		s.spans = append(s.spans, Span{Kind: Email, Start: start, End: end, Value: name + "@" + domain})
	}
}

// signs tells where the next @ of a text stands, ＠, [at] or (at). What it has
// looked for once it does not look for again.
type signs struct {
	text []byte
	at   [4]int // of each spelling the next one; len(text): there is none
}

var atSigns = [4]string{"@", "＠", "[at]", "(at)"}

func newSigns(text []byte) *signs {
	s := &signs{text: text}
	for k := range s.at {
		s.seek(k, 0)
	}
	return s
}

func (s *signs) seek(k, from int) {
	s.at[k] = len(s.text)
	if i := bytes.Index(s.text[from:], []byte(atSigns[k])); i >= 0 {
		s.at[k] = from + i
	}
}

// next is the first sign from a place on, with its size; 0: there is none.
func (s *signs) next(from int) (at, size int) {
	at = len(s.text)
	for k := range s.at {
		if s.at[k] < from {
			s.seek(k, from)
		}
		if s.at[k] < at {
			at, size = s.at[k], len(atSigns[k])
		}
	}
	return at, size
}

// nameBefore is what stands before an @, in half width and lower case, and where
// it begins; nothing before from is a part of it.
func nameBefore(text []byte, from, at int) (start int, name string) {
	start = at
	for blanks := 0; blanks < 2 && start > from && text[start-1] == ' '; blanks++ {
		start--
	}
	end := start
	var chars []rune
	for start > from {
		r, size := utf8.DecodeLastRune(text[from:start])
		if c, n := alnum(text[start-size : start]); n == size {
			chars = append(chars, unicode.ToLower(rune(c)))
		} else if c := narrow(r); c < utf8.RuneSelf && local(byte(c)) {
			chars = append(chars, c)
		} else if !unicode.Is(unicode.Cf, r) {
			break
		}
		start -= size
	}
	for len(chars) > 0 && !letterOrDigit(byte(chars[len(chars)-1])) {
		chars = chars[:len(chars)-1]
		for skipped := false; !skipped; {
			r, size := utf8.DecodeRune(text[start:end])
			start += size
			skipped = !unicode.Is(unicode.Cf, r)
		}
	}
	if len(chars) == 0 && end == at {
		for start = at; start > from && len(chars) < mostHan; {
			r, size := utf8.DecodeLastRune(text[from:start])
			if !unicode.Is(unicode.Han, r) {
				break
			}
			chars = append(chars, r)
			start -= size
		}
	}
	slices.Reverse(chars)
	return start, string(chars)
}

// mostHan is how many Chinese characters a name may have.
const mostHan = 6

// domainAt is the domain that begins at i, in half width and lower case, and
// where it ends.
func domainAt(text []byte, i int) (end int, domain string) {
	for blanks := 0; blanks < 2 && i < len(text) && text[i] == ' '; blanks++ {
		i++
	}
	var b []byte
	kept := 0
	for at := i; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if c, n := alnum(text[at:]); n > 0 {
			b, size = append(b, byte(unicode.ToLower(rune(c)))), n
			end, kept = at+n, len(b)
		} else if c := narrow(r); c == '.' || c == '-' || (r == '。' || r == '｡') && knownTop(text[at+size:]) {
			if c != '-' {
				c = '.'
			}
			b = append(b, byte(c))
		} else if !unicode.Is(unicode.Cf, r) {
			break
		}
		at += size
	}
	return max(end, i), string(b[:kept])
}

// knownTop reports whether a text begins with what ends a domain: a full stop
// before it may be typed for a point.
func knownTop(text []byte) bool {
	for _, top := range []string{"com", "cn", "net", "org", "gov", "edu"} {
		if n := prefix(text, top); n > 0 && (len(text) == n || !letterOrDigit(text[n])) {
			return true
		}
	}
	return false
}

// narrow is a sign in half width.
func narrow(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

func letterOrDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func local(c byte) bool {
	return letterOrDigit(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-'
}

func validDomain(domain string) bool {
	labels := strings.Split(domain, ".")
	if len(labels) < 2 || len(domain) > 253 {
		return false
	}
	for _, l := range labels {
		if l == "" || l[0] == '-' {
			return false
		}
	}
	last := strings.ToLower(labels[len(labels)-1])
	switch last {
	case "png", "jpg", "jpeg", "gif", "svg", "webp":
		return false
	}
	return len(last) >= 2 && strings.Trim(last, "abcdefghijklmnopqrstuvwxyz") == ""
}

// inURL reports whether text ends within an address that began with a scheme.
func inURL(before []byte) bool {
	before = before[max(0, len(before)-120):]
	if i := bytes.LastIndexAny(before, " \t\r\n<>\"'"); i >= 0 {
		before = before[i+1:]
	}
	return bytes.Contains(before, []byte("://"))
}
