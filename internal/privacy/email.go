package privacy

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// emails finds e-mail addresses. Addresses of repositories (git@host, user
// names in URLs) and names of pictures (logo@2x.png) are none.
func (s *scanner) emails() {
	for from := 0; from < len(s.text) && !s.found(); {
		at, size := nextAt(s.text, from)
		if size == 0 {
			return
		}
		start, end := at, at+size
		for start > from && local(s.text[start-1]) {
			start--
		}
		for start < at && !letterOrDigit(s.text[start]) {
			start++
		}
		for end < len(s.text) && (letterOrDigit(s.text[end]) || s.text[end] == '.' || s.text[end] == '-') {
			end++
		}
		for end > at+size && !letterOrDigit(s.text[end-1]) {
			end--
		}
		name, domain := string(s.text[start:at]), string(s.text[at+size:end])
		from = max(end, at+size)
		if name == "" || name == "git" || !validDomain(domain) || inURL(s.text[:start]) {
			continue
		}
		s.spans = append(s.spans, Span{Kind: Email, Start: start, End: end, Value: strings.ToLower(name + "@" + domain)})
	}
}

// nextAt finds the next @ or ＠ and its size.
func nextAt(text []byte, from int) (at, size int) {
	half := bytes.IndexByte(text[from:], '@')
	full := bytes.Index(text[from:], []byte("＠"))
	switch {
	case half >= 0 && (full < 0 || half < full):
		return from + half, 1
	case full >= 0:
		return from + full, utf8.RuneLen('＠')
	}
	return 0, 0
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
