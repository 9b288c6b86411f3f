package git

import (
	"bytes"

	"github.com/go-git/go-git/v5/plumbing"

	"suqiu/internal/people"
)

// Signed is a commit as its signature covers it.
type Signed struct {
	Commit    string
	Author    people.Person
	Committer people.Person
	Committed int64  // what the committer's clock said, in Unix seconds
	Payload   []byte // the commit without its signatures
	Signature []byte // armored; nil: none
}

// Signed reads a commit for its signature.
func (r *Reader) Signed(hash string) (Signed, error) {
	raw, err := r.want(plumbing.CommitObject, plumbing.NewHash(hash))
	if err != nil {
		return Signed{}, err
	}
	c, err := decodeCommit(raw, People{})
	if err != nil {
		return Signed{}, r.db.explain("提交 "+hash+" ", err)
	}
	s := Signed{Commit: hash, Author: *c.Author, Committer: *c.Committer, Committed: c.Committed}
	s.Payload, s.Signature = unseal(raw)
	return s, nil
}

// unseal parts a commit from its signature as Git does: the header gpgsig with
// its continuation lines, each without the blank it begins with. The header
// gpgsig-sha256, of the other object format, is no part of what is signed.
func unseal(raw []byte) (payload, signature []byte) {
	payload = make([]byte, 0, len(raw))
	var in, ours bool
	for len(raw) > 0 {
		line := raw
		if i := bytes.IndexByte(raw, '\n'); i >= 0 {
			line = raw[:i+1]
		}
		if line[0] == '\n' {
			break // the message follows
		}
		raw = raw[len(line):]
		value, begins := bytes.CutPrefix(line, []byte("gpgsig "))
		_, other := bytes.CutPrefix(line, []byte("gpgsig-sha256 "))
		switch {
		case begins:
			in, ours = true, true
			signature = append(signature, value...)
		case other:
			in, ours = true, false
		case in && line[0] == ' ':
			if ours {
				signature = append(signature, line[1:]...)
			}
		default:
			in = false
			payload = append(payload, line...)
		}
	}
	return append(payload, raw...), signature
}
