// Package seal is a head of the main branch written down with its day and signed:
// seals/2026-09-30.txt, and beside it 2026-09-30.<代码>.sig of whoever signed it.
// Git's own hashes chain what lies before the head; the seal is what somebody else
// keeps a copy of, so that a history that was rewritten is noticed there.
//
// What a seal proves rests on where it and the keys come from: a repository that
// was rewritten may bring both along.
package seal

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"suqiu/internal/signature"
	"suqiu/internal/workday"
)

// Folder is where seals lie in the repository.
const Folder = "seals/"

// Seal is a head with the day on which it landed.
type Seal struct {
	Head string // 40 or 64 hexadecimal digits
	Day  workday.Date
}

// Path is where the seal lies in the repository.
func (s Seal) Path() string { return Folder + s.Day.String() + extension }

const extension = ".txt"

// Text is the file of the seal: a 留痕编号 with all of its digits, on one line.
func (s Seal) Text() string { return s.Head + "·" + s.Day.String() + "\n" }

var sealed = regexp.MustCompile(`^([0-9a-f]{40}|[0-9a-f]{64})·(\d{4}-\d{2}-\d{2})\r?\n?$`)

// Parse reads the file of a seal.
func Parse(text []byte) (Seal, error) {
	m := sealed.FindSubmatch(text)
	if m == nil {
		return Seal{}, fmt.Errorf("不是封存：应只有一行，写完整的提交编号、间隔号和日期，如 %s",
			strings.TrimSpace(Seal{strings.Repeat("3f2a9c10b4", 4), workday.New(2026, 9, 30)}.Text()))
	}
	day, err := workday.Parse(string(m[2]))
	return Seal{string(m[1]), day}, err
}

// SignaturePath is where the signature of whoever has the code lies, beside a seal.
func SignaturePath(sealPath, code string) string {
	return strings.TrimSuffix(sealPath, extension) + "." + code + ".sig"
}

// Signature is what somebody signed a seal with.
type Signature struct {
	Path    string
	Code    string // of whoever signed: that of a unit, or any other name
	Armored []byte
}

// SignatureOf tells by its name that a file is a signature of the seal.
func SignatureOf(sealPath, name string) (code string, ok bool) {
	stem := path.Base(strings.TrimSuffix(sealPath, extension)) + "."
	code, ok = strings.CutSuffix(path.Base(name), ".sig")
	if ok {
		code, ok = strings.CutPrefix(code, stem)
	}
	return code, ok && code != "" && path.Dir(name) == path.Dir(sealPath)
}

// Verdict is what one signature proves.
type Verdict struct {
	Signature
	Owner string          // whose key it is, as the list of signers names him
	Flaw  *signature.Flaw // nil: it is good
}

// Belongs reports whether an address is of whoever has the code. Of a code that is
// not known here, the list of signers alone says whose key it is.
type Belongs func(code, address string) bool

// Judge tells of each signature whether it is one of the text's, by a key that the
// list has for whoever it names, on the day of the seal.
func Judge(s Seal, text []byte, signatures []Signature, signers *signature.Signers, belongs Belongs) []Verdict {
	policy := signature.NewPolicy(signers, nil)
	var list []Verdict
	for _, sig := range signatures {
		v := Verdict{Signature: sig}
		if v.Owner, v.Flaw = policy.Owner(text, sig.Armored, s.Day.End()); v.Flaw == nil &&
			!slices.ContainsFunc(strings.Split(v.Owner, ","), func(a string) bool { return belongs(sig.Code, a) }) {
			v.Flaw = &signature.Flaw{Why: "签名所用的钥匙登记在 " + v.Owner + " 名下，不是 " + sig.Code + " 的",
				Fix: "请用本单位的钥匙重新签名"}
		}
		list = append(list, v)
	}
	return list
}
