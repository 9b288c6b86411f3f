// Package signature judges whether the signature of a commit proves who made
// it: SSH and OpenPGP signatures, as `git commit -S` writes them, against a
// list of signers in OpenSSH's allowed-signers format (签名人) and the keys of
// the platform, with which the web editor signs (平台签名). A platform's key proves
// that a commit came through the platform; that the author is the one it names, it
// proves only where the caller knows that the platform vouches for that.
//
// It promises that a signature is good only if the payload is what was signed,
// by a key that at that time stood for the author's address and was not
// revoked. It refuses certificates, signatures over SHA-1, and signatures made
// for another purpose than git. What a list says wrongly is a Problem, and
// such a line lets nobody in.
package signature

import (
	"bytes"
	"errors"
	"strings"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
)

// Policy says whose signature proves what. It does not change once it is made
// and may be used from any goroutine.
type Policy struct {
	signers  *Signers
	platform map[string]bool // by fingerprint
	ring     openpgp.EntityList
}

// NewPolicy makes a policy of the signers and the platform's keys; either may
// be nil.
func NewPolicy(signers *Signers, platform []Key) *Policy {
	if signers == nil {
		signers = &Signers{}
	}
	p := &Policy{signers: signers, platform: map[string]bool{}}
	known := map[string]bool{}
	add := func(k Key) {
		if k.pgp != nil && !known[k.Fingerprint()] {
			known[k.Fingerprint()] = true
			p.ring = append(p.ring, k.pgp)
		}
	}
	for _, k := range platform {
		p.platform[k.Fingerprint()] = true
		add(k)
	}
	for _, e := range signers.entries {
		add(e.key)
	}
	for _, k := range signers.revoked {
		add(k)
	}
	return p
}

// Commit is what a signature is judged by.
type Commit struct {
	Payload   []byte    // what was signed: the commit without its signature
	Signature []byte    // armored; empty: none
	Email     string    // of the author
	Vouched   bool      // the platform, if it signed, vouches for the author
	At        time.Time // when the key must have been valid: not what the signer alone says
}

// Flaw says why a signature proves nothing, in Chinese without a full stop.
type Flaw struct {
	Missing  bool // there is no signature at all
	Why, Fix string
}

const (
	askSigner   = "请用本人登记过的钥匙重新签名提交；换了钥匙的，请联席办更新签名人名单"
	askRegister = "请联席办核对后把公钥登记到签名人名单；GitLab 网页上编辑的，核对“平台签名”是不是现用的钥匙"
)

// Check judges the signature of a commit; nil if it is good.
func (p *Policy) Check(c Commit) *Flaw {
	id, flaw := p.made(c.Payload, c.Signature, c.At)
	switch {
	case flaw != nil:
		return flaw
	case p.platform[id] && !p.signers.isRevoked(id) && !c.Vouched:
		return &Flaw{Why: "签名是平台的，只证明提交经过平台，不证明是 " + c.Email + " 本人所为",
			Fix: "请联席办在“人员”中登记此人的“账号”，由服务器的钩子核对推送的人；或由本人用自己的钥匙签名"}
	}
	return p.trust(id, strings.ToLower(strings.TrimSpace(c.Email)), c.At)
}

// made says which key made a signature.
func (p *Policy) made(payload, armored []byte, at time.Time) (id string, flaw *Flaw) {
	sig := bytes.TrimSpace(armored)
	switch {
	case len(sig) == 0:
		return "", &Flaw{Missing: true, Why: "没有签名",
			Fix: "在 GitLab 网页上编辑的由平台签名，无须设置；在电脑上提交的，设置签名钥匙后执行 git commit --amend " +
				"--no-edit -S，再重新推送"}
	case bytes.HasPrefix(sig, []byte("-----BEGIN SSH SIGNATURE-----")):
		return checkSSH(payload, sig)
	case bytes.HasPrefix(sig, []byte("-----BEGIN PGP SIGNATURE-----")):
		return p.checkPGP(payload, sig, at)
	}
	return "", &Flaw{Why: "签名不是 SSH 或 OpenPGP 签名", Fix: "请改用 SSH 钥匙签名：git config gpg.format ssh"}
}

// Owner says whose key signed a text that is no commit, as the list names him: a
// list of addresses or patterns.
func (p *Policy) Owner(text, armored []byte, at time.Time) (principals string, flaw *Flaw) {
	id, flaw := p.made(text, armored, at)
	if flaw != nil {
		return "", flaw
	}
	if p.signers.isRevoked(id) {
		return "", &Flaw{Why: "签名所用的钥匙 " + id + " 已经吊销", Fix: askSigner}
	}
	for i := range p.signers.entries {
		e := &p.signers.entries[i]
		if e.key.Fingerprint() != id {
			continue
		}
		if flaw = e.lapsed(at); flaw == nil {
			return e.principals, nil
		}
	}
	if flaw == nil {
		flaw = &Flaw{Why: "签名所用的钥匙 " + id + " 不在签名人名单中", Fix: askRegister}
	}
	return "", flaw
}

// trust judges a key that has signed: whose it is, and since and until when.
func (p *Policy) trust(id, email string, at time.Time) *Flaw {
	switch {
	case p.signers.isRevoked(id):
		return &Flaw{Why: "签名所用的钥匙 " + id + " 已经吊销", Fix: askSigner}
	case p.platform[id]:
		return nil
	}
	var owners []string
	var flaw *Flaw
	for i := range p.signers.entries {
		e := &p.signers.entries[i]
		if e.key.Fingerprint() != id {
			continue
		}
		if !matchList(e.principals, email) {
			owners = append(owners, e.principals)
			continue
		}
		if flaw = e.lapsed(at); flaw == nil {
			return nil
		}
	}
	switch {
	case flaw != nil:
		return flaw
	case len(owners) > 0:
		return &Flaw{Why: "签名所用的钥匙登记在 " + strings.Join(owners, "、") + " 名下，不是提交人 " + email + " 的",
			Fix: "请用提交人本人的钥匙签名；邮箱写错的，改正 git config user.email 后重新提交"}
	}
	return &Flaw{Why: "签名所用的钥匙 " + id + " 不在签名人名单中", Fix: askRegister}
}

// lapsed says why the line's key proved nothing then; nil if it did.
func (e *entry) lapsed(at time.Time) *Flaw {
	switch {
	case e.namespaces != "" && !matchList(e.namespaces, namespace):
		return &Flaw{Why: "签名人名单第 " + itoa(e.line) + " 行的钥匙不用于 git 提交（namespaces）",
			Fix: "请联席办在该行的 namespaces 中加上 git"}
	case !e.after.IsZero() && at.Before(e.after):
		return &Flaw{Why: "签名所用的钥匙自 " + stamp(e.after) + " 起才有效", Fix: askSigner}
	case !e.before.IsZero() && at.After(e.before):
		return &Flaw{Why: "签名所用的钥匙已于 " + stamp(e.before) + " 到期", Fix: askSigner}
	}
	return nil
}

// errNoKey means that a text holds no public key.
var errNoKey = errors.New("没有公钥")
