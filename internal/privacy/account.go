package privacy

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// accounts finds what a label of QQ or 微信 says is an account there.
func (s *scanner) accounts() {
	for i := 0; i < len(s.text) && !s.found(); {
		second := opensLabel[s.text[i]]
		if second == 0 || second > 1 && (i+1 == len(s.text) || s.text[i+1] != second) && s.text[i] != 0xEF {
			i++
			continue
		}
		sp, size := s.accountAt(i)
		i += max(size, 1)
		if sp.Kind != 0 && (len(s.spans) == 0 || sp.Start >= s.spans[len(s.spans)-1].End) {
			s.spans = append(s.spans, sp)
			i = max(i, sp.End)
		}
	}
}

// opensLabel are the bytes that a label of accountAt begins with, each with the
// byte that follows in its one Chinese character; 1: any may follow. Nearly
// everywhere in a text this says at once that there is no label.
var opensLabel = [256]byte{
	'Q': 1, 'q': 1, 'W': 1, 'w': 1, 'V': 1, 'v': 1,
	0xE4: 0xBC /* 企 */, 0xE5: 0xBE /* 微 */, 0xE6: 0x89 /* 扣 */, 0xE8: 0x96 /* 薇 */, 0xEF: 0xBC, /* Ｑ, and ｑ */
}

// accountAt reads a label at i and the account that it announces. A span
// without a kind: there is none; size is that of the label.
func (s *scanner) accountAt(i int) (Span, int) {
	rest := s.text[i:]
	s.looked += near
	if latin(rest) && s.inWord(i) {
		return Span{}, 0
	}
	qq := prefix(rest, "qq", "ｑｑ", "ＱＱ", "q q", "ｑ ｑ", "Ｑ Ｑ", "扣扣", "企鹅")
	chat := prefix(rest, "微信", "薇信", "v信", "ｖ信", "Ｖ信", "weixin", "wechat", "wx", "vx")
	size := max(qq, chat)
	if size == 0 {
		return Span{}, size
	}
	at, said := skipSaid(s.text, i+size)
	var end int
	switch {
	case qq > 0:
		end = s.qqNumber(at)
		if end == 0 {
			at, end = s.qqBefore(i)
		}
	case prefix(rest, "wxid_") > 0:
		at = i
		end, _ = chatName(s.text, at)
	default:
		end = s.chatAccount(at, said, chat == 2)
	}
	if end == 0 {
		return Span{}, size
	}
	return Span{Kind: Account, Start: at, End: end, Value: accountValue(s.text[at:end])}, size
}

// prefix is the size of the one of the words, written in lower case, that a text
// begins with, whatever the case of its Latin letters; 0: none.
func prefix(text []byte, words ...string) int {
next:
	for _, w := range words {
		if len(text) < len(w) {
			continue
		}
		for i := range len(w) {
			c := text[i]
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			if c != w[i] {
				continue next
			}
		}
		return len(w)
	}
	return 0
}

func latin(text []byte) bool { return text[0] < utf8.RuneSelf }

// inWord reports whether a letter or digit stands right before i.
func (s *scanner) inWord(i int) bool {
	return i > 0 && (letterOrDigit(s.text[i-1]) || s.text[i-1] == '_')
}

// skipSaid skips what may stand between a label and its account. said: it says
// that an account follows.
func skipSaid(text []byte, at int) (next int, said bool) {
	for range 6 {
		rest := text[at:]
		if n := prefix(rest, "号码", "号", "账号", "帐号", "id", "：", ":", "=", "为", "是", "（", "(", "群号"); n > 0 {
			at, said = at+n, true
			continue
		}
		n := prefix(rest, "群", " ", "\u3000", "“", "\"", "**", "`", "_")
		if n == 0 {
			return at, said
		}
		at += n
	}
	return at, said
}

// qqNumber is the end of a QQ number at i; 0: there is none. One that is parted
// by blanks is put together until it is long enough to be one.
func (s *scanner) qqNumber(i int) int {
	var digits []byte
	end := i
	for at := i; len(digits) <= mostQQ; {
		c, size := alnum(s.text[at:])
		if size == 0 && at < len(s.text) && s.text[at] == ' ' && len(digits) > 2 && len(digits) < leastQQ {
			at++
			continue
		}
		if size == 0 {
			break
		}
		if c > '9' {
			return 0
		}
		digits = append(digits, c)
		at += size
		end = at
	}
	if len(digits) > 0 && digits[0] == '0' || !qqLong(len(digits)) || daylike(digits) || countsBehind(s.text[end:]) {
		return 0
	}
	return end
}

// How many digits a QQ number has.
const (
	leastQQ = 5
	mostQQ  = 11
)

func qqLong(n int) bool { return n >= leastQQ && n <= mostQQ }

// qqBefore is a QQ number in whose bracket the label at i stands.
func (s *scanner) qqBefore(i int) (start, end int) {
	end = i
	for range 2 {
		if r, size := utf8.DecodeLastRune(s.text[:end]); r == '（' || r == '(' {
			end -= size
		}
	}
	if end == i {
		return 0, 0
	}
	start = end
	for start > 0 && end-start <= mostQQ && s.text[start-1] >= '0' && s.text[start-1] <= '9' {
		start--
	}
	if !qqLong(end-start) || s.text[start] == '0' || daylike(s.text[start:end]) || s.inWord(start) {
		return 0, 0
	}
	return start, end
}

// chatAccount is the end of a 微信 account at i; 0: there is none. Where nothing
// says that one follows it must look like one: words with a digit.
func (s *scanner) chatAccount(i int, said, short bool) int {
	end, digits := chatName(s.text, i)
	if end == 0 {
		return 0
	}
	name := bytes.ToLower(s.text[i:end])
	for _, stop := range []string{"windows", "android", "version", "iphone", "harmony", "ios", "app", "h5", "web",
		"pay", "work", "mini", "http"} {
		if bytes.HasPrefix(name, []byte(stop)) {
			return 0
		}
	}
	if !said && (digits == 0 || short && digits == len(name)) {
		return 0
	}
	return end
}

// chatName is the end of what can be a 微信 account at i, with the number of its
// digits; 0: it cannot be one.
func chatName(text []byte, i int) (end, digits int) {
	end = i
	for end < len(text) && end-i <= mostChatName && (letterOrDigit(text[end]) || text[end] == '_' || text[end] == '-') {
		if text[end] >= '0' && text[end] <= '9' {
			digits++
		}
		end++
	}
	for end > i && !letterOrDigit(text[end-1]) {
		end--
	}
	n := end - i
	if n < leastChatName || n > mostChatName || text[i] >= '0' && text[i] <= '9' || !letterOrDigit(text[i]) ||
		countsBehind(text[end:]) {
		return 0, 0
	}
	return end, digits
}

// How many characters a 微信 account has.
const (
	leastChatName = 6
	mostChatName  = 24
)

// countsBehind reports whether what follows shows that a number counts, or is a
// part of something longer.
func countsBehind(after []byte) bool {
	if len(after) == 0 {
		return false
	}
	if after[0] == '@' || after[0] == '.' && len(after) > 1 && letterOrDigit(after[1]) || letterOrDigit(after[0]) {
		return true
	}
	r, _ := utf8.DecodeRune(bytes.TrimLeft(after[:min(len(after), 4)], " "))
	return counter(r)
}

// accountValue is an account in half width and lower case.
func accountValue(text []byte) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		c, size := alnum(text[i:])
		switch {
		case size > 0:
			b.WriteRune(unicode.ToLower(rune(c)))
		case text[i] == '_' || text[i] == '-':
			b.WriteByte(text[i])
			size = 1
		}
		i += max(size, 1)
	}
	return b.String()
}
