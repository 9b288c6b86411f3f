package seal_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"suqiu/internal/seal"
	"suqiu/internal/signature"
	"suqiu/internal/workday"
)

var head = strings.Repeat("3f2a9c10b4", 4)

// TestText: seals/2026-09-30.txt holds the full head and the day (DESIGN 6), and
// nothing else is a seal.
func TestText(t *testing.T) {
	s := seal.Seal{Head: head, Day: workday.New(2026, 9, 30)}
	if s.Path() != "seals/2026-09-30.txt" || s.Text() != head+"·2026-09-30\n" {
		t.Errorf("%s: %q", s.Path(), s.Text())
	}
	for text, good := range map[string]bool{
		s.Text(): true, head + "·2026-09-30": true, head + "·2026-09-30\r\n": true,
		strings.Repeat(head, 2)[:64] + "·2026-09-30\n": true,
		"":                                false,
		head[:16] + "·2026-09-30":         false, // cut short it may be another commit
		head + "·2026-02-30":              false,
		head + " 2026-09-30":              false,
		s.Text() + s.Text():               false,
		strings.ToUpper(s.Text()):         false,
		head + "·2026-09-30 上级已核\n":       false,
		"\ufeff" + head + "·2026-09-30\n": false,
	} {
		if got, err := seal.Parse([]byte(text)); (err == nil) != good || good && got.Day != s.Day {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

// TestSignatureOf: signatures stand beside the seal as ….<代码>.sig.
func TestSignatureOf(t *testing.T) {
	path := "seals/2026-09-30.txt"
	if got := seal.SignaturePath(path, "SZWQ"); got != "seals/2026-09-30.SZWQ.sig" {
		t.Error(got)
	}
	for name, code := range map[string]string{
		"seals/2026-09-30.SZWQ.sig": "SZWQ", "seals/2026-09-30.自治区局.sig": "自治区局",
		"seals/2026-09-30.txt": "", "seals/2026-09-30..sig": "", "seals/2026-09-29.SZWQ.sig": "",
		"2026-09-30.SZWQ.sig": "", "seals/sub/2026-09-30.SZWQ.sig": "", "seals/2026-09-30.SZWQ.sig.txt": "",
	} {
		if got, ok := seal.SignatureOf(path, name); ok != (code != "") || ok && got != code {
			t.Errorf("%s: %q, %v", name, got, ok)
		}
	}
}

// TestJudge: a signature is good if it is one of that text by a key of whoever it
// names, valid on the day of the seal.
func TestJudge(t *testing.T) {
	dir := t.TempDir()
	key := func(name string) (public string) {
		t.Helper()
		file := filepath.Join(dir, name)
		for _, args := range [][]string{{"-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file}, {"-y", "-f", file}} {
			out, err := exec.Command("ssh-keygen", args...).Output()
			if err != nil {
				t.Fatal(err)
			}
			public = strings.TrimSpace(string(out))
		}
		return public
	}
	s := seal.Seal{Head: head, Day: workday.New(2026, 9, 30)}
	sign := func(name, text string) []byte {
		t.Helper()
		out, err := seal.Signer{Dir: dir, Key: filepath.Join(dir, name)}.Sign(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	lines := "lin@a.example " + key("lin") + "\n" +
		`old@a.example valid-before="20260901" ` + key("old") + "\n" +
		`later@a.example valid-before="20261101" ` + key("later") + "\n" +
		"gone@a.example " + key("gone") + "\n"
	public, err := exec.Command("ssh-keygen", "-y", "-f", filepath.Join(dir, "gone")).Output()
	if err != nil {
		t.Fatal(err)
	}
	lines += "@revoked gone@a.example " + string(public)
	key("stranger")
	signers := signature.ParseSigners([]byte(lines))
	belongs := func(code, address string) bool { return code != "B" || strings.HasSuffix(address, "@b.example") }
	for name, c := range map[string]struct {
		code    string
		armored []byte
		says    string // empty: good
	}{
		"good":           {"A", sign("lin", s.Text()), ""},
		"ended since":    {"A", sign("later", s.Text()), ""},
		"ended before":   {"A", sign("old", s.Text()), "到期"},
		"revoked":        {"A", sign("gone", s.Text()), "已经吊销"},
		"not listed":     {"A", sign("stranger", s.Text()), "不在签名人名单中"},
		"another's code": {"B", sign("lin", s.Text()), "不是 B 的"},
		"another text":   {"A", sign("lin", strings.Replace(s.Text(), "09-30", "09-29", 1)), "签名与"},
		"empty":          {"A", nil, "没有签名"},
		"no signature":   {"A", []byte("同意"), "签名不是"},
	} {
		list := seal.Judge(s, []byte(s.Text()), []seal.Signature{{Code: c.code, Armored: c.armored}}, signers, belongs)
		if v := list[0]; (v.Flaw == nil) != (c.says == "") || v.Flaw != nil && !strings.Contains(v.Flaw.Why, c.says) {
			t.Errorf("%s: %+v", name, v.Flaw)
		}
	}
}
