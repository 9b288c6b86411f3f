package trace

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"suqiu/internal/git"
	"suqiu/internal/register"
	"suqiu/internal/seal"
	"suqiu/internal/signature"
)

// Seal is the file of a seal, and what its signatures are judged by.
type Seal struct {
	seal.Seal
	File string
	Keys string // file of a list of signers; empty: the repository's own
	text []byte
}

// ReadSeal reads the file of a seal.
func ReadSeal(file, keys string) (s Seal, err error) {
	s = Seal{File: file, Keys: keys}
	if s.text, err = os.ReadFile(file); err != nil {
		return s, fmt.Errorf("读不了封存文件：%w", err)
	}
	if s.Seal, err = seal.Parse(s.text); err != nil {
		return s, fmt.Errorf("%s %w", file, err)
	}
	return s, nil
}

// ID is the seal as a 留痕编号.
func (s Seal) ID() ID { return ID{Commit: s.Head, Day: s.Day} }

// Proof is what the signatures of a seal prove.
type Proof struct {
	Signatures []Signed `json:"signatures"`
	// Outside is that seal and keys come from outside the repository: what it brings
	// along itself was rewritten with it.
	Outside bool `json:"outside"`
	// Kept is what became of the seal in the repository itself.
	Kept Kept `json:"kept"`
	// Slips are the lines of the list of signers that cannot be read.
	Slips []string `json:"-"`
}

// Kept says whether seals/ holds a seal that somebody kept a copy of.
type Kept string

// What can have become of a seal.
const (
	Held     Kept = "held"
	Missing  Kept = "missing"  // it never landed, or was dropped
	Replaced Kept = "replaced" // that day's seal is of another head
)

// Signed is what one signature proves.
type Signed struct {
	Code  string `json:"code"`
	Owner string `json:"owner,omitempty"` // of the key
	Good  bool   `json:"good"`
	Why   string `json:"why,omitempty"` // it is not
}

// Good reports whether anybody has signed, and the repository holds the seal.
func (p *Proof) Good() bool {
	if p.Kept != Held {
		return false
	}
	for _, s := range p.Signatures {
		if s.Good {
			return true
		}
	}
	return false
}

// Prove judges the signatures beside the seal.
func (s Seal) Prove(repo *git.Repo, d *register.Register) (*Proof, error) {
	keys, err := s.keys(repo, d)
	if err != nil {
		return nil, fmt.Errorf("读不了签名人名单：%w", err)
	}
	list, err := s.beside()
	if err != nil {
		return nil, fmt.Errorf("读不了签名：%w", err)
	}
	kept, err := s.kept(repo, d.Head)
	if err != nil {
		return nil, err
	}
	p := &Proof{Kept: kept, Outside: s.Keys != "" && outside(repo, s.Keys) && outside(repo, s.File)}
	signers := signature.ParseSigners(keys)
	for _, slip := range signers.Problems {
		p.Slips = append(p.Slips, fmt.Sprintf("签名人名单第 %d 行：%s", slip.Line, slip.Message))
	}
	for _, v := range seal.Judge(s.Seal, s.text, list, signers, register.SealedBy(d.Config, s.Day)) {
		one := Signed{Code: v.Code, Owner: v.Owner, Good: v.Flaw == nil}
		if v.Flaw != nil {
			one.Why = v.Flaw.Why
		}
		p.Signatures = append(p.Signatures, one)
	}
	return p, nil
}

// kept looks the seal up in the repository.
func (s Seal) kept(repo *git.Repo, head string) (Kept, error) {
	text, err := repo.ReadFile(head, s.Path())
	if errors.Is(err, git.ErrNoFile) {
		return Missing, nil
	}
	if err != nil {
		return "", err
	}
	if own, err := seal.Parse(text); err != nil || own.Head != s.Head {
		return Replaced, nil
	}
	return Held, nil
}

// keys is the list of signers.
func (s Seal) keys(repo *git.Repo, d *register.Register) ([]byte, error) {
	list := d.Config.Signature.Signers
	switch {
	case s.Keys != "":
		return os.ReadFile(s.Keys)
	case list != "" && !signature.IsKey(list):
		return repo.ReadFile(d.Head, list)
	}
	return nil, nil
}

// beside are the signatures that lie beside the seal.
func (s Seal) beside() (list []seal.Signature, err error) {
	folder := filepath.Dir(s.File)
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		name := filepath.Join(folder, e.Name())
		code, ok := seal.SignatureOf(filepath.ToSlash(s.File), filepath.ToSlash(name))
		if !ok {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		list = append(list, seal.Signature{Path: name, Code: code, Armored: data})
	}
	return list, err
}

// outside reports whether a file lies outside of the repository's folder.
func outside(repo *git.Repo, file string) bool {
	top, err := filepath.EvalSymlinks(repo.Dir)
	real, err2 := filepath.EvalSymlinks(file)
	if err != nil || err2 != nil {
		return false
	}
	if real, err = filepath.Abs(real); err != nil {
		return false
	}
	rel, err := filepath.Rel(top, real)
	return err != nil || !filepath.IsLocal(rel)
}

// Write tells of the signatures, and what they prove.
func (p *Proof) Write(w io.Writer) {
	for _, s := range p.Signatures {
		if s.Good {
			fmt.Fprintf(w, "签名有效：%s（钥匙登记在 %s 名下）\n", s.Code, s.Owner)
		} else {
			fmt.Fprintf(w, "签名无效：%s：%s\n", s.Code, s.Why)
		}
	}
	if len(p.Signatures) == 0 {
		fmt.Fprintln(w, "封存旁边没有签名：谁都可以写一个这样的文件")
	}
	switch p.Kept {
	case Missing:
		fmt.Fprintln(w, "主分支上没有这个封存：还没有入库，或者入库后被删去了，请向联席办核实")
	case Replaced:
		fmt.Fprintln(w, "主分支上这一天的封存写的是另一个提交，不是这一个：其中一个是假的")
	}
	if !p.Outside {
		fmt.Fprintln(w, "封存和签名人名单至少有一份取自本仓库：历史被改写的，它们也可能一并被改，"+
			"不能证明没有改写。请用旗县或者自治区保存的封存和名单：--seal 文件 --keys 文件")
	}
}
