package signature

import (
	"bytes"
	"crypto"
	"errors"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	pgperrors "github.com/ProtonMail/go-crypto/openpgp/errors"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

// namespace is what git has SSH signatures made for.
const namespace = "git"

func tampered() *Flaw {
	return &Flaw{Why: "签名与提交的内容不符：提交在签名之后被改动过，或者签名不是为它作的",
		Fix: "请重新签名提交：git commit --amend --no-edit -S"}
}

func malformed(err error) *Flaw {
	return &Flaw{Why: "签名无法读取（" + err.Error() + "）", Fix: "请重新签名提交：git commit --amend --no-edit -S"}
}

// checkSSH says which key made a signature of the payload.
func checkSSH(payload, armored []byte) (id string, flaw *Flaw) {
	sig, err := sshsig.Unarmor(armored)
	if err != nil {
		return "", malformed(err)
	}
	if _, ok := sig.PublicKey.(*ssh.Certificate); ok {
		return "", &Flaw{Why: "签名用的是 SSH 证书", Fix: "请用普通的 SSH 钥匙签名，并由联席办把公钥登记到签名人名单"}
	}
	if sig.Signature.Format == ssh.KeyAlgoRSA { // ssh-rsa: over SHA-1
		return "", weak()
	}
	err = sshsig.Verify(bytes.NewReader(payload), sig, sig.PublicKey, sig.HashAlgorithm, namespace)
	switch {
	case errors.Is(err, sshsig.ErrNamespaceMismatch):
		return "", &Flaw{Why: "签名是为“" + sig.Namespace + "”作的，不是为 git 提交作的",
			Fix: "请用 git commit -S 签名"}
	case err != nil:
		return "", tampered()
	}
	return ssh.FingerprintSHA256(sig.PublicKey), nil
}

func weak() *Flaw {
	return &Flaw{Why: "签名用的是已经不安全的 SHA-1 算法",
		Fix: "请升级 OpenSSH 或 GnuPG，或换用 ed25519 钥匙，重新签名提交"}
}

// slack is how far the clocks of a commit and of its signature may differ: the
// signer may have been asked for a passphrase in between.
const slack = 10 * time.Minute

// checkPGP says which key made a signature of the payload, if it was valid and
// not revoked by its own owner then.
func (p *Policy) checkPGP(payload, armored []byte, at time.Time) (id string, flaw *Flaw) {
	block, err := armor.Decode(bytes.NewReader(armored))
	if err != nil {
		return "", malformed(err)
	}
	strong := []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512, crypto.SHA3_256, crypto.SHA3_512}
	now := &packet.Config{Time: func() time.Time { return at.Add(slack) }}
	sig, signer, err := openpgp.VerifyDetachedSignatureAndHash(p.ring, bytes.NewReader(payload), block.Body, strong,
		now)
	var structural pgperrors.StructuralError
	switch {
	case err == nil:
		return pgpID(signer), nil
	case errors.Is(err, pgperrors.ErrUnknownIssuer):
		return "", &Flaw{Why: "签名所用的 OpenPGP 钥匙不在签名人名单中", Fix: askRegister}
	case errors.Is(err, pgperrors.ErrKeyRevoked):
		return "", &Flaw{Why: "签名所用的 OpenPGP 钥匙 " + pgpID(signer) + " 已被其所有人吊销", Fix: askSigner}
	case errors.Is(err, pgperrors.ErrKeyExpired):
		return "", &Flaw{Why: "签名所用的 OpenPGP 钥匙 " + pgpID(signer) + " 当时不在有效期内", Fix: askSigner}
	case errors.Is(err, pgperrors.ErrSignatureExpired) && sig.CreationTime.After(at.Add(slack)):
		return "", &Flaw{Why: "签名的时间 " + stamp(sig.CreationTime) + " 晚于提交的时间 " + stamp(at),
			Fix: "校准电脑的时钟后重新签名提交"}
	case errors.Is(err, pgperrors.ErrSignatureExpired):
		return "", &Flaw{Why: "签名已经过期", Fix: askSigner}
	case errors.As(err, &structural):
		return "", malformed(err)
	}
	return "", tampered()
}
