package signature

import (
	"errors"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// Signers is a list of who may sign with which key, in OpenSSH's
// allowed-signers format, one key a line:
//
//	lin@nsfwk.example valid-before="20270101" ssh-ed25519 AAAA… 林
//	*@nfzx.example namespaces="git" ssh-ed25519 AAAA…
//	wang@zsglk.example openpgp mDME…
//	@revoked lin@nsfwk.example ssh-ed25519 AAAA…
//
// The last two kinds of lines are beyond OpenSSH, which skips them. An OpenPGP
// key is the base64 text of `gpg --export`. @revoked, the mark that known_hosts
// uses, refuses a key for whoever signs with it. Times without a Z are
// Shanghai's. Addresses match whatever their case, as all identity here does.
type Signers struct {
	Problems []problem.Problem

	entries []entry
	revoked []Key
	refused map[string]bool // by fingerprint
}

// entry is one line that lets somebody in.
type entry struct {
	line          int
	principals    string // a list of patterns, in lower case
	namespaces    string // likewise; empty: any
	after, before time.Time
	key           Key
}

// End is when the key of a line ends.
type End struct {
	Principals string
	At         time.Time
}

// Ending are the lines whose key ends before a time, in file order.
func (s *Signers) Ending(before time.Time) (list []End) {
	for _, e := range s.entries {
		if !e.before.IsZero() && e.before.Before(before) && !s.isRevoked(e.key.Fingerprint()) {
			list = append(list, End{e.principals, e.before})
		}
	}
	return list
}

func (s *Signers) isRevoked(id string) bool { return s.refused[id] }

// ParseSigners reads a list. A line that cannot be read is told of and lets
// nobody in; one with a mark of revocation that cannot be read is told of too.
func ParseSigners(src []byte) *Signers {
	s := &Signers{refused: map[string]bool{}}
	text := strings.TrimPrefix(string(src), "\ufeff")
	if !utf8.ValidString(text) {
		s.tell(1, "签名人名单不是 UTF-8 编码，无法读取", "请用记事本打开，“另存为”时编码选 UTF-8")
		return s
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			s.read(n, line)
		}
	}
	return s
}

func (s *Signers) tell(line int, message, fix string) {
	s.Problems = append(s.Problems,
		problem.Problem{Rule: "value-type", Line: line, Column: 1, EndLine: line, Message: message, Fix: fix})
}

const example = "lin@nsfwk.example ssh-ed25519 AAAA…"

// read reads one line: [@revoked] principals [options] type key [comment].
func (s *Signers) read(n int, line string) {
	first, rest := token(line)
	revoked := first == "@revoked"
	if revoked {
		first, rest = token(rest)
	} else if strings.HasPrefix(first, "@") {
		s.tell(n, "不认识的标记 "+first, "吊销一把钥匙，在该行前面加上 @revoked 和一个空格")
		return
	}
	if isKeyType(first) {
		s.tell(n, "公钥前面没有写是谁的：每一行以邮箱开头", example)
		return
	}
	e := entry{line: n, principals: strings.ToLower(strings.Trim(first, `"`))}
	word, rest := token(rest)
	if word != "" && !isKeyType(word) {
		if !s.options(n, word, &e) && !revoked {
			return
		}
		word, rest = token(rest)
	}
	data, _ := token(rest)
	if e.principals == "" || !isKeyType(word) || data == "" {
		s.tell(n, "这一行不是“邮箱 [选项] 钥匙类型 公钥”", example)
		return
	}
	key, err := parseKey(word, data)
	switch {
	case errors.Is(err, errCertificate):
		s.tell(n, "这一行是 SSH 证书，本系统只认普通的公钥",
			"换成该签名人自己的公钥（.pub 文件中的一行），例如 "+example)
		return
	case err != nil:
		s.tell(n, "这一行的"+err.Error(), "把公钥文件（.pub）中的一整行重新复制过来，前面写邮箱，例如 "+example)
		return
	}
	if revoked {
		s.revoked = append(s.revoked, key)
		s.refused[key.Fingerprint()] = true
		return
	}
	e.key = key
	s.entries = append(s.entries, e)
}

// options reads the options of a line. It tells of the first that is wrong and
// reports whether there was none.
func (s *Signers) options(n int, list string, e *entry) bool {
	seen := map[string]bool{}
	for _, option := range splitUnquoted(list, ',') {
		name, value, valued := strings.Cut(option, "=")
		name = strings.ToLower(name)
		value = strings.Trim(value, `"`)
		var err error
		switch {
		case name == "cert-authority":
			s.tell(n, "不支持证书颁发者（cert-authority）：证书由谁签发、何时吊销，从仓库里看不出来",
				"逐人登记公钥，例如 "+example)
			return false
		case seen[name]:
			s.tell(n, "选项“"+name+"”写了两次", "请只保留一处")
			return false
		case name == "namespaces" && valued && value != "":
			e.namespaces = strings.ToLower(value)
		case name == "valid-after" && valued:
			e.after, err = parseTime(value)
		case name == "valid-before" && valued:
			e.before, err = parseTime(value)
		default:
			s.tell(n, "不认识的选项“"+option+"”",
				`可用的选项有：namespaces="git"、valid-after="20260301"、valid-before="20270101"`)
			return false
		}
		if err != nil {
			s.tell(n, "选项“"+option+"”中的时间无法读取", name+`="20260301" 或 `+name+`="202603010900"`)
			return false
		}
		seen[name] = true
	}
	if !e.after.IsZero() && !e.before.IsZero() && !e.after.Before(e.before) {
		s.tell(n, "valid-before 不晚于 valid-after，这把钥匙从来无效", "核对起止时间")
		return false
	}
	return true
}

// parseTime reads YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, with a Z in UTC.
func parseTime(s string) (time.Time, error) {
	zone := workday.Shanghai
	if t, ok := strings.CutSuffix(strings.ToUpper(s), "Z"); ok {
		s, zone = t, time.UTC
	}
	layout := "20060102150405"
	if len(s) != 8 && len(s) != 12 && len(s) != 14 {
		return time.Time{}, strconv.ErrSyntax
	}
	return time.ParseInLocation(layout[:len(s)], s, zone)
}

// token cuts the first word off a line; blanks in double quotes are part of it.
func token(line string) (word, rest string) {
	line = strings.TrimLeft(line, " \t")
	if parts := splitUnquoted(line, ' ', '\t'); len(parts) > 1 {
		return parts[0], line[len(parts[0]):]
	}
	return line, ""
}

// splitUnquoted splits a text at separators that stand outside double quotes.
func splitUnquoted(text string, separators ...byte) []string {
	var parts []string
	quoted, from := false, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && text[i+1] == '"':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && strings.IndexByte(string(separators), c) >= 0:
			parts = append(parts, text[from:i])
			from = i + 1
		}
	}
	return append(parts, text[from:])
}

// matchList reports whether a word matches a list of patterns, separated by
// commas: * and ? as ever; one that begins with ! excludes, whatever else the
// list says. A list of exclusions alone matches nothing.
func matchList(list, word string) bool {
	matched := false
	for pattern := range strings.SplitSeq(list, ",") {
		not := strings.HasPrefix(pattern, "!")
		// An address has no /, so that path.Match's * takes in all of it.
		escaped := strings.NewReplacer(`\`, `\\`, `[`, `\[`).Replace(strings.TrimPrefix(pattern, "!"))
		if ok, err := path.Match(escaped, strings.ReplaceAll(word, "/", "\x00")); !ok || err != nil {
			continue
		}
		if not {
			return false
		}
		matched = true
	}
	return matched
}

func itoa(n int) string { return strconv.Itoa(n) }

func stamp(t time.Time) string { return t.In(workday.Shanghai).Format("2006-01-02 15:04") }
