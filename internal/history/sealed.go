package history

import (
	"bytes"
	"context"
	"sync/atomic"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"golang.org/x/sync/errgroup"
)

// Sealed is a commit as its signature covers it.
type Sealed struct {
	Commit    string
	Author    Person
	Committer Person
	Committed time.Time // what the committer's clock said
	Payload   []byte    // the commit without its signatures
	Signature []byte    // armored; nil: none
}

// EachSealed reads commits for their signatures and calls fn with each, from
// several goroutines and in unspecified order. It reads nothing else.
func (h *History) EachSealed(ctx context.Context, commits []string, fn func(Sealed) error) error {
	const stretch = 64
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, min(h.workers, (len(commits)+stretch-1)/stretch)) {
		g.Go(func() error {
			rd := h.db.reader()
			defer rd.close()
			for {
				from := int(next.Add(stretch)) - stretch
				if from >= len(commits) {
					return nil
				}
				for _, hash := range commits[from:min(from+stretch, len(commits))] {
					if err := ctx.Err(); err != nil {
						return err
					}
					s, err := rd.sealed(hash)
					if err != nil {
						return err
					}
					if err := fn(s); err != nil {
						return err
					}
				}
			}
		})
	}
	return g.Wait()
}

func (r *reader) sealed(hash string) (Sealed, error) {
	raw, err := r.want(plumbing.CommitObject, plumbing.NewHash(hash))
	if err != nil {
		return Sealed{}, err
	}
	c, err := decodeCommit(raw, persons{})
	if err != nil {
		return Sealed{}, r.db.explain("提交 "+hash+" ", err)
	}
	s := Sealed{Commit: hash, Author: *c.author, Committer: *c.committer, Committed: clock(c.committed)}
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
