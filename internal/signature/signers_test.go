package signature

import (
	"strings"
	"testing"
	"time"
)

const testKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJxMDvwKL5mFEAvzwiQMW6JOYR0AsUBaApzUHlWF7/Oq"

func TestMatchList(t *testing.T) {
	for _, test := range []struct {
		list, word string
		want       bool
	}{
		{"lin@a.example", "lin@a.example", true},
		{"*@a.example", "lin@a.example", true},
		{"*@a.example", "lin@b.a.example", false},
		{"l?n@a.example", "lin@a.example", true},
		{"wang@a.example,lin@a.example", "lin@a.example", true},
		{"*,!lin@a.example", "lin@a.example", false},
		{"!lin@a.example", "wang@a.example", false},
		{"[lin]@a.example", "l@a.example", false},
		{"*", "a/b@c", true},
		{"", "", true},
		{"", "lin@a.example", false},
	} {
		if got := matchList(test.list, test.word); got != test.want {
			t.Errorf("%q matches %q: %v", test.list, test.word, got)
		}
	}
}

func TestParseTime(t *testing.T) {
	for typed, want := range map[string]string{
		"20260715": "2026-07-14T16:00:00Z", "202607150900": "2026-07-15T01:00:00Z",
		"20260715090001": "2026-07-15T01:00:01Z",
		"20260715Z":      "2026-07-15T00:00:00Z", "202607150900z": "2026-07-15T09:00:00Z",
		"2026-07-15": "", "20260230": "", "2026": "", "": "", "Z": "",
	} {
		got, err := parseTime(typed)
		if (err == nil) != (want != "") || err == nil && got.UTC().Format(time.RFC3339) != want {
			t.Errorf("%q is %v, %v", typed, got, err)
		}
	}
}

func TestSignersProblems(t *testing.T) {
	for line, want := range map[string]string{
		"lin@a.example":                               "不是“邮箱 [选项] 钥匙类型 公钥”",
		testKey:                                       "没有写是谁的",
		"lin@a.example namespaces=\"git\"":            "不是“邮箱",
		"lin@a.example 某某 " + testKey:                 "不认识的选项“某某”",
		"lin@a.example namespaces= " + testKey:        "不认识的选项",
		"lin@a.example valid-after=\"昨天\" " + testKey: "时间无法读取",
		"lin@a.example valid-after=\"20260101\",valid-after=\"20260102\" " + testKey:  "写了两次",
		"lin@a.example valid-after=\"20260102\",valid-before=\"20260101\" " + testKey: "从来无效",
		"@cert-authority * " + testKey: "不认识的标记",
		"lin@a.example openpgp AAAA":   "OpenPGP",
		"@revoked lin@a.example":       "不是“邮箱",
	} {
		s := ParseSigners([]byte(line))
		if len(s.Problems) != 1 || !strings.Contains(s.Problems[0].Message, want) || len(s.entries)+len(s.revoked) > 0 {
			t.Errorf("%q: %+v, want %q", line, s.Problems, want)
		}
	}
	good := "\ufeff# 名单\r\n\r\n  lin@a.example\tvalid-before=\"20270101\" " + testKey + " 林\r\n@revoked * " +
		testKey + "\n"
	if s := ParseSigners([]byte(good)); len(s.Problems) > 0 || len(s.entries) != 1 || len(s.revoked) != 1 ||
		s.entries[0].line != 3 {
		t.Errorf("%+v", s)
	}
	if s := ParseSigners([]byte("\xc1\xd6@a.example")); len(s.Problems) != 1 ||
		!strings.Contains(s.Problems[0].Message, "UTF-8") {
		t.Errorf("%+v", s.Problems)
	}
}

// FuzzSigners holds that every line of a list is a comment, lets somebody in,
// shuts somebody out or is told of, and that no signature makes Check crash.
func FuzzSigners(f *testing.F) {
	f.Add("lin@a.example "+testKey+"\n@revoked * "+testKey,
		"-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----")
	f.Add("# a\n\"a b\" namespaces=\"git,x\",valid-after=\"20260101Z\" "+testKey+" c",
		"-----BEGIN PGP SIGNATURE-----\n\nwsBz\n-----END PGP SIGNATURE-----")
	f.Fuzz(func(t *testing.T, list, sig string) {
		s := ParseSigners([]byte(list))
		lines := 0
		for line := range strings.Lines(strings.TrimPrefix(list, "\ufeff")) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				lines++
			}
		}
		if told := len(s.Problems); told+len(s.entries)+len(s.revoked) < min(lines, 1) ||
			len(s.entries)+len(s.revoked) > lines {
			t.Errorf("%d lines, %d let in, %d shut out, %d told of", lines, len(s.entries), len(s.revoked), told)
		}
		if flaw := NewPolicy(s,
			nil).Check(Commit{Payload: []byte(list), Signature: []byte(sig), Email: "lin@a.example"}); flaw == nil {
			t.Error("a signature that nobody made is good")
		}
	})
}
