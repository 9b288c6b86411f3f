package signature_test

import (
	"context"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/history"
	"suqiu/internal/mainline"
	"suqiu/internal/signature"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// ring makes keys with the programs that people have, and repositories whose
// commits git signs with them.
type ring struct {
	t    *testing.T
	dir  string
	home string // of gpg
	repo *gittest.Repository
}

func newRing(t *testing.T) *ring {
	t.Helper()
	for _, program := range []string{"ssh-keygen", "gpg"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	return &ring{t: t, dir: t.TempDir(), repo: gittest.Empty(t)}
}

func (r *ring) run(name string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = gittest.Environ()
	out, err := cmd.Output()
	if err != nil {
		if exit, ok := err.(*exec.ExitError); ok {
			r.t.Fatalf("%s %v: %v\n%s", name, args, err, exit.Stderr)
		}
		r.t.Fatal(err)
	}
	return string(out)
}

// ssh makes an SSH key and returns its file and its public line.
func (r *ring) ssh(name, kind string) (file, public string) {
	r.t.Helper()
	file = filepath.Join(r.dir, name)
	r.run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", name, "-f", file)
	data, err := os.ReadFile(file + ".pub")
	if err != nil {
		r.t.Fatal(err)
	}
	return file, strings.TrimSpace(string(data))
}

// gpg runs gpg at a moment, with a key ring of the test's own. Its folder lies
// outside the test's: the path of the agent's socket must be short.
func (r *ring) gpg(at string, args ...string) string {
	r.t.Helper()
	if r.home == "" {
		home, err := os.MkdirTemp("", "gpg")
		if err != nil {
			r.t.Fatal(err)
		}
		r.home = home
		r.t.Cleanup(func() {
			if err := exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run(); err != nil {
				r.t.Log(err)
			}
			os.RemoveAll(home)
		})
	}
	common := []string{"--homedir", r.home, "--batch", "--no-tty", "--quiet", "--pinentry-mode", "loopback",
		"--passphrase", "", "--faked-system-time", at + "!"}
	return r.run("gpg", append(common, args...)...)
}

// pgp makes an OpenPGP key and returns its line for a list of signers.
func (r *ring) pgp(email, made, expires string) string {
	r.t.Helper()
	r.gpg(made, "--quick-generate-key", email, "ed25519", "sign", expires)
	return "openpgp " + base64.StdEncoding.EncodeToString([]byte(r.gpg(made, "--export", email)))
}

// signSSH runs a git command that signs with an SSH key.
func (r *ring) signSSH(key string, args ...string) {
	r.t.Helper()
	r.repo.Git(append([]string{"-c", "gpg.format=ssh", "-c", "user.signingkey=" + key}, args...)...)
}

// signPGP runs a git command that signs with an OpenPGP key, at a moment.
func (r *ring) signPGP(email, at string, args ...string) {
	r.t.Helper()
	wrapper := filepath.Join(r.dir, "gpg-"+at)
	script := "#!/bin/sh\nexec gpg --homedir '" + r.home +
		"' --batch --pinentry-mode loopback --passphrase '' --faked-system-time '" + at + "!' \"$@\"\n"
	if err := os.WriteFile(wrapper, []byte(script), 0o755); err != nil {
		r.t.Fatal(err)
	}
	r.repo.Git(append([]string{"-c", "gpg.program=" + wrapper, "-c", "user.signingkey=" + email}, args...)...)
}

// head reads the commit at HEAD as a policy judges it, at its committer's time.
func (r *ring) head() signature.Commit {
	r.t.Helper()
	repo, err := git.Open(r.repo.Dir)
	if err != nil {
		r.t.Fatal(err)
	}
	h, err := history.Walk(context.Background(), repo, mainline.Options{Ref: "HEAD"})
	if err != nil {
		r.t.Fatal(err)
	}
	var c signature.Commit
	err = h.EachSigned(context.Background(), []string{h.Head}, func(s git.Signed) error {
		c = signature.Commit{Payload: s.Payload, Signature: s.Signature, Email: s.Author.Email,
			At: timeline.Moment(s.Committed).Time()}
		return nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

func policy(t *testing.T, lines ...string) *signature.Policy {
	t.Helper()
	signers := signature.ParseSigners([]byte(strings.Join(lines, "\n") + "\n"))
	if len(signers.Problems) > 0 {
		t.Fatalf("%+v", signers.Problems)
	}
	return signature.NewPolicy(signers, nil)
}

// judged is what a test wants: "" good, "missing", else a part of the reason.
func judged(t *testing.T, what string, p *signature.Policy, c signature.Commit, want string) {
	t.Helper()
	flaw := p.Check(c)
	switch {
	case want == "" && flaw != nil:
		t.Errorf("%s: %+v", what, *flaw)
	case want == "missing" && (flaw == nil || !flaw.Missing):
		t.Errorf("%s: %+v, want that it is missing", what, flaw)
	case want != "" && want != "missing" && (flaw == nil || flaw.Missing || !strings.Contains(flaw.Why, want)):
		t.Errorf("%s: %+v, want %q", what, flaw, want)
	case flaw != nil && flaw.Fix == "":
		t.Errorf("%s: no cure", what)
	}
}

func TestSSH(t *testing.T) {
	r := newRing(t)
	key, public := r.ssh("lin", "ed25519")
	other, otherPublic := r.ssh("wang", "ed25519")
	rsa, rsaPublic := r.ssh("rsa", "rsa")
	r.repo.Run("at 2026-07-15 09:00\nby 林 <Lin@nsfwk.example>")
	commit := func(key string) signature.Commit {
		r.signSSH(key, "commit", "-q", "--allow-empty", "-S", "-m", "登记")
		return r.head()
	}
	good, wrong, old := commit(key), commit(other), commit(rsa)
	r.repo.Run("commit 没有签名")
	unsigned := r.head()
	// The same signature over another author's commit.
	forged := good
	forged.Payload = []byte(strings.Replace(string(good.Payload), "登记", "办结", 1))

	for _, test := range []struct {
		what  string
		lines []string
		c     signature.Commit
		want  string
	}{
		{"good", []string{"lin@nsfwk.example " + public}, good, ""},
		{"by pattern", []string{"*@nsfwk.example,!wang@* " + public}, good, ""},
		{"excluded", []string{"*@nsfwk.example,!lin@* " + public}, good, "不是提交人 lin@nsfwk.example 的"},
		{"quoted", []string{`"lin@nsfwk.example" namespaces="git,file" ` + public}, good, ""},
		{"unsigned", []string{"lin@nsfwk.example " + public}, unsigned, "missing"},
		{"wrong key", []string{"lin@nsfwk.example " + public}, wrong, "不在签名人名单中"},
		{"another's key", []string{"lin@nsfwk.example " + public, "wang@zsglk.example " + otherPublic}, wrong,
			"登记在 wang@zsglk.example 名下"},
		{"another namespace", []string{`lin@nsfwk.example namespaces="file" ` + public}, good, "namespaces"},
		{"expired", []string{`lin@nsfwk.example valid-before="20260715" ` + public}, good,
			"已于 2026-07-15 00:00 到期"},
		{"until that second", []string{`lin@nsfwk.example valid-before="20260715090000" ` + public}, good, ""},
		{"not yet valid", []string{`lin@nsfwk.example valid-after="20260715010001Z" ` + public}, good, "起才有效"},
		{"since that second", []string{`lin@nsfwk.example valid-after="20260715010000Z",namespaces="git" ` + public},
			good, ""},
		{"renewed on another line",
			[]string{`lin@nsfwk.example valid-before="20260701" ` + public,
				`lin@nsfwk.example valid-after="20260701" ` + public}, good, ""},
		{"revoked", []string{"lin@nsfwk.example " + public, "@revoked * " + public}, good, "已经吊销"},
		{"revoked before it is listed", []string{"@revoked lin@nsfwk.example " + public, "lin@nsfwk.example " + public},
			good, "已经吊销"},
		{"tampered", []string{"lin@nsfwk.example " + public}, forged, "不符"},
		{"RSA", []string{"lin@nsfwk.example " + rsaPublic}, old, ""},
		{"nobody listed", nil, good, "不在签名人名单中"},
	} {
		judged(t, test.what, policy(t, test.lines...), test.c, test.want)
	}

	// What was signed for another purpose is no signature of a commit.
	file := filepath.Join(r.dir, "payload")
	if err := os.WriteFile(file, good.Payload, 0o600); err != nil {
		t.Fatal(err)
	}
	r.run("ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "file", file)
	data, err := os.ReadFile(file + ".sig")
	if err != nil {
		t.Fatal(err)
	}
	c := good
	c.Signature = data
	judged(t, "signed as a file", policy(t, "lin@nsfwk.example "+public), c, "是为“file”作的")
	for what, sig := range map[string]string{
		"cut short": string(good.Signature[:len(good.Signature)/2]), "of X.509": "-----BEGIN SIGNED " +
			"MESSAGE-----\n", "not armored": "abc",
	} {
		c.Signature = []byte(sig)
		judged(t, what, policy(t, "lin@nsfwk.example "+public), c, "签名")
	}
}

// A certificate is refused, in the list and on a commit.
func TestCertificate(t *testing.T) {
	r := newRing(t)
	authority, _ := r.ssh("ca", "ed25519")
	key, public := r.ssh("lin", "ed25519")
	r.run("ssh-keygen", "-q", "-s", authority, "-I", "lin", "-n", "lin@nsfwk.example", key+".pub")
	cert, err := os.ReadFile(key + "-cert.pub")
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"lin@nsfwk.example " + string(cert):           "证书",
		"*@nsfwk.example cert-authority " + public:    "cert-authority",
		"*@nsfwk.example CERT-AUTHORITY,x " + public:  "cert-authority",
		"lin@nsfwk.example ssh-rsa " + public[12:]:    "前面写的却是",
		"lin@nsfwk.example " + public[:len(public)-9]: "公钥",
	} {
		s := signature.ParseSigners([]byte("# 名单\n\n" + line))
		if len(s.Problems) != 1 || s.Problems[0].Line != 3 || !strings.Contains(s.Problems[0].Message, want) ||
			s.Problems[0].Fix == "" {
			t.Errorf("%q: %+v, want %q", line, s.Problems, want)
		}
	}
	r.repo.Run("by 林 <lin@nsfwk.example>")
	r.signSSH(key+"-cert.pub", "commit", "-q", "--allow-empty", "-S", "-m", "证书")
	judged(t, "signed with a certificate", policy(t, "lin@nsfwk.example "+public), r.head(), "证书")
}

func TestOpenPGP(t *testing.T) {
	r := newRing(t)
	const lin, wang = "lin@nsfwk.example", "wang@zsglk.example"
	key := r.pgp(lin, "20260101T000000", "1y")
	other := r.pgp(wang, "20260101T000000", "never")
	r.repo.Run("at 2026-07-15 09:00\nby 林 <lin@nsfwk.example>")
	// A minute after the commit: somebody typed a passphrase.
	r.signPGP(lin, "20260715T010100", "commit", "-q", "--allow-empty", "-S", "-m", "登记")
	good := r.head()
	forged := good
	forged.Payload = append([]byte(nil), good.Payload...)
	forged.Payload[len(forged.Payload)-2] ^= 1
	at := func(day string) signature.Commit {
		c := good
		d, err := workday.Parse(day)
		if err != nil {
			t.Fatal(err)
		}
		c.At = d.Start()
		return c
	}
	for _, test := range []struct {
		what  string
		lines []string
		c     signature.Commit
		want  string
	}{
		{"good", []string{lin + " " + key}, good, ""},
		{"judged at its landing", []string{lin + " " + key}, at("2026-08-15"), ""},
		{"tampered", []string{lin + " " + key}, forged, "不符"},
		{"not listed", []string{wang + " " + other}, good, "不在签名人名单中"},
		{"another's", []string{wang + " " + key}, good, "名下"},
		{"expired by the list", []string{lin + ` valid-before="20260701" ` + key}, good, "到期"},
		{"expired by itself", []string{lin + " " + key}, at("2027-02-01"), "不在有效期内"},
		{"dated ahead of its commit", []string{lin + " " + key}, at("2026-07-01"), "晚于提交的时间"},
		{"before it was made", []string{lin + " " + key}, at("2025-12-01"), "签名"},
		{"revoked", []string{lin + " " + key, "@revoked * " + key}, good, "已经吊销"},
		{"one key revoked, another good", []string{lin + " " + key, "@revoked * " + other}, good, ""},
	} {
		judged(t, test.what, policy(t, test.lines...), test.c, test.want)
	}

	// Revoked by its owner, who exported it anew.
	fingerprint := ""
	for line := range strings.Lines(r.gpg("20260716T000000", "--with-colons", "--list-keys", lin)) {
		if f := strings.Split(line, ":"); f[0] == "fpr" {
			fingerprint = f[9]
			break
		}
	}
	cert, err := os.ReadFile(filepath.Join(r.home, "openpgp-revocs.d", fingerprint+".rev"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(r.dir, "revoke")
	if err := os.WriteFile(file, []byte(strings.Replace(string(cert), ":-----BEGIN", "-----BEGIN", 1)),
		0o600); err != nil {
		t.Fatal(err)
	}
	r.gpg("20260716T000000", "--import", file)
	dead := "openpgp " + base64.StdEncoding.EncodeToString([]byte(r.gpg("20260716T000000", "--export", lin)))
	judged(t, "revoked by its owner", policy(t, lin+" "+dead), good, "吊销")
}

// The platform's key proves the author where the platform vouches for him: through
// its API anybody may name any author.
func TestPlatform(t *testing.T) {
	r := newRing(t)
	platform, public := r.ssh("gitlab", "ed25519")
	own, ownPublic := r.ssh("lin", "ed25519")
	r.pgp("gitlab@gitlab.example", "20260101T000000", "never")
	armored := r.gpg("20260101T000000", "--armor", "--export", "gitlab@gitlab.example")
	r.repo.Run(`
at 2026-07-15 09:00
by 林 <lin@nsfwk.example>
commit 启用
branch work
text a 一
git add -A`)
	r.signSSH(own, "commit", "-q", "-S", "-m", "办理")
	step := r.head()
	r.repo.Run("checkout main\nby 王 <wang@nsfwk.example>\ncommitter GitLab <gitlab@gitlab.example>")
	r.signSSH(platform, "merge", "-q", "--no-ff", "-S", "-m", "Merge branch 'work' into 'main'", "work")
	merge := r.head()
	r.signPGP("gitlab@gitlab.example", "20260715T010000", "commit", "-q", "--amend", "--no-edit", "-S")
	web := r.head()

	unvouched := merge
	merge.Vouched, web.Vouched = true, true
	signers := signature.ParseSigners([]byte("lin@nsfwk.example " + ownPublic + "\n"))
	for _, test := range []struct {
		what, keys string
		c          signature.Commit
		want       string
	}{
		{"merge by the platform", public, merge, ""},
		{"that the platform does not vouch for", public, unvouched, "不证明是 wang@nsfwk.example 本人所为"},
		{"with another key than the platform's", armored, merge, "不在签名人名单中"},
		{"web commit under OpenPGP", armored, web, ""},
		{"while the key is changed", "# 旧\n" + public + "\n# 新\n" + armored, web, ""},
		{"while the key is changed, the old one", public + "\n" + armored, merge, ""},
		{"a person's own key beside it", public, step, ""},
	} {
		keys, err := signature.ParseKeys([]byte(test.keys))
		if err != nil {
			t.Fatal(err)
		}
		judged(t, test.what, signature.NewPolicy(signers, keys), test.c, test.want)
	}
	keys, err := signature.ParseKeys([]byte(public))
	if err != nil {
		t.Fatal(err)
	}
	revoked := signature.ParseSigners([]byte("@revoked * " + public + "\n"))
	judged(t, "the platform's key revoked", signature.NewPolicy(revoked, keys), merge, "已经吊销")
	judged(t, "no list", signature.NewPolicy(nil, keys), merge, "")
	if len(keys) != 1 || !strings.HasPrefix(keys[0].Fingerprint(), "SHA256:") {
		t.Errorf("%+v", keys)
	}
	for _, bad := range []string{"", "# 空\n", "ssh-ed25519", "某某 " + public, armored[:200], "ssh-ed25519 AAAA"} {
		if keys, err := signature.ParseKeys([]byte(bad)); err == nil {
			t.Errorf("%q gives %d keys", bad, len(keys))
		}
	}
}
