package signature

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/ProtonMail/go-crypto/openpgp"
	"golang.org/x/crypto/ssh"
)

// Key is a public key, of SSH or OpenPGP.
type Key struct {
	ssh ssh.PublicKey
	pgp *openpgp.Entity
}

// Fingerprint names a key: SHA256:… of an SSH key, as ssh-keygen -l prints it;
// the hexadecimal digits of an OpenPGP key's primary key.
func (k Key) Fingerprint() string {
	switch {
	case k.ssh != nil:
		return ssh.FingerprintSHA256(k.ssh)
	case k.pgp != nil:
		return pgpID(k.pgp)
	}
	return ""
}

func pgpID(e *openpgp.Entity) string {
	return strings.ToUpper(hex.EncodeToString(e.PrimaryKey.Fingerprint))
}

// pgpType stands for the key type of an OpenPGP key in a list of signers; what
// follows it is the base64 text of the key as `gpg --export` writes it.
const pgpType = "openpgp"

// isKeyType reports whether a word says what kind of key follows it.
func isKeyType(word string) bool {
	return word == pgpType || strings.HasPrefix(word, "ssh-") || strings.HasPrefix(word, "ecdsa-") ||
		strings.HasPrefix(word, "sk-")
}

// IsKey reports whether a text is meant as a key itself, not as the path of a
// file that holds one.
func IsKey(text string) bool {
	word, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	return isKeyType(word) && rest != ""
}

var (
	errCertificate = errors.New("这是证书，不是公钥")
	errBase64      = errors.New("公钥不完整，可能是复制时漏了一段")
)

// parseKey reads a type and the base64 text after it.
func parseKey(kind, text string) (Key, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return Key{}, errBase64
	}
	if kind == pgpType {
		return parsePGP(data)
	}
	pub, err := ssh.ParsePublicKey(data)
	if err != nil {
		return Key{}, fmt.Errorf("公钥无法读取（%w）", err)
	}
	if _, ok := pub.(*ssh.Certificate); ok {
		return Key{}, errCertificate
	}
	if pub.Type() != kind {
		return Key{}, fmt.Errorf("公钥是 %s，前面写的却是 %s", pub.Type(), kind)
	}
	return Key{ssh: pub}, nil
}

// parsePGP reads the one OpenPGP key of a binary export.
func parsePGP(data []byte) (Key, error) {
	ring, err := openpgp.ReadKeyRing(bytes.NewReader(data))
	switch {
	case err != nil:
		return Key{}, fmt.Errorf("OpenPGP 公钥无法读取（%w）", err)
	case len(ring) == 0:
		return Key{}, errNoKey
	case len(ring) > 1:
		return Key{}, fmt.Errorf("一行只能写一把 OpenPGP 公钥，这里有 %d 把", len(ring))
	}
	return Key{pgp: ring[0]}, nil
}

// ParseKeys reads the keys of the platform: SSH public keys, one a line, or
// armored OpenPGP public keys, as GitLab's /api/v4/web_commits/public_key gives
// them. Blank lines and those that begin with # are skipped.
func ParseKeys(src []byte) ([]Key, error) {
	const begin, end = "-----BEGIN PGP PUBLIC KEY BLOCK-----", "-----END PGP PUBLIC KEY BLOCK-----"
	var keys []Key
	text := string(src)
	for {
		at := strings.Index(text, begin)
		if at < 0 {
			break
		}
		stop := strings.Index(text[at:], end)
		if stop < 0 {
			return nil, errors.New("OpenPGP 公钥没有结束行，可能是复制时漏了一段")
		}
		stop += at + len(end)
		ring, err := openpgp.ReadArmoredKeyRing(strings.NewReader(text[at:stop]))
		if err != nil {
			return nil, fmt.Errorf("OpenPGP 公钥无法读取（%w）", err)
		}
		for _, e := range ring {
			keys = append(keys, Key{pgp: e})
		}
		text = text[:at] + "\n" + text[stop:]
	}
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if len(words) < 2 || !isKeyType(words[0]) {
			return nil, fmt.Errorf("“%s”不是公钥", strings.TrimSpace(line))
		}
		k, err := parseKey(words[0], words[1])
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	if len(keys) == 0 {
		return nil, errNoKey
	}
	return keys, nil
}
