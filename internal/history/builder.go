package history

import (
	"bytes"

	"suqiu/internal/git"
	"suqiu/internal/record"
	"suqiu/internal/timeline"
)

// builder builds the history of one case.
type builder struct {
	h      *History
	rd     *git.Reader
	canon  Canon
	track  *track
	parsed map[git.Hash]*record.Case
	life   *timeline.CaseHistory
	gone   bool // the last landing of life deleted the case

	suspicious map[git.Hash][]byte // contents that Options.Suspicious picked
}

// build builds the history; nil if the 编号 never had a regular file.
func (b *builder) build() (*timeline.CaseHistory, error) {
	if len(b.track.versions) == 0 {
		return nil, nil
	}
	b.life = &timeline.CaseHistory{ID: b.track.id, Path: b.track.path, Stale: b.track.stale}
	for i := range b.track.versions {
		v := &b.track.versions[i]
		if v.blob.IsZero() {
			b.deleted(v)
		} else if err := b.landed(v); err != nil {
			return nil, err
		}
	}
	if dropped, err := b.dropped(); err != nil {
		return nil, err
	} else if dropped != nil && len(b.life.Taken) == 0 {
		b.life.Taken = append(b.life.Taken, *dropped)
	}
	b.life.Flagged = b.flagged()
	if err := b.compareFork(); err != nil {
		return nil, err
	}
	return b.life, b.relocateHead()
}

// deleted notes a landing that deleted the file.
func (b *builder) deleted(v *content) {
	b.life.Head, b.life.Deleted = nil, true
	if b.life.Last == nil || b.gone {
		return
	}
	b.gone = true
	b.life.Landings = append(b.life.Landings, timeline.CaseLanding{Landing: v.landing, Before: b.life.Last,
		Steps: []timeline.Step{b.deletion(v)}})
}

// landed notes a landing that left the file with another content.
func (b *builder) landed(v *content) error {
	life := b.life
	now, err := b.parse(v.blob, v.path)
	if err != nil {
		return err
	}
	deleted := life.Deleted
	life.Head, life.Deleted = now, false
	if now.Unreadable {
		return nil // no step: the next readable content is compared with the last one
	}
	before, pending := life.Last, b.h.Landings[v.landing].Pending
	if pending && b.track.stale {
		if before, err = b.forkContent(v, deleted); err != nil {
			return err
		}
	}
	taken, err := b.taken(v, life.Last, now)
	if err != nil {
		return err
	}
	if taken != nil {
		life.Taken = append(life.Taken, *taken)
		if pending {
			// The request is judged as the registration of another appeal.
			life.Landings, life.Stale, before, b.gone = nil, false, nil, false
		}
	}
	life.Last = now
	changes := record.Diff(before, now)
	if len(changes) == 0 && !b.gone {
		return nil
	}
	b.gone = false
	steps, err := b.steps(v, before, now, changes)
	life.Landings = append(life.Landings, timeline.CaseLanding{Landing: v.landing, Before: before, After: now,
		Steps: steps})
	return err
}

// compareFork parses what the branch under --base started from.
func (b *builder) compareFork() error {
	fork, life := b.track.fork, b.life
	if fork == nil {
		return nil
	}
	life.Touched = true
	if n := len(life.Taken); fork.blob.IsZero() || n > 0 && !life.Taken[n-1].Dropped &&
		b.h.Landings[life.Taken[n-1].Landing].Pending {
		return nil // the branch made it
	}
	data, err := b.rd.Blob(fork.blob)
	if err != nil {
		return err
	}
	life.AtFork = record.Parse(fork.path, data, b.canon)
	return nil
}

// relocateHead parses the content at the head again if it moved: its problems are to
// name the path where it lies now.
func (b *builder) relocateHead() error {
	life := b.life
	if life.Head == nil || life.Head.Path == life.Path {
		return nil
	}
	data, err := b.rd.Blob(b.track.last())
	if err != nil {
		return err
	}
	moved := record.Parse(life.Path, data, b.canon)
	if life.Last == life.Head {
		life.Last = moved
	}
	life.Head = moved
	return nil
}

// parse parses a blob once. Its problems name path.
func (b *builder) parse(blob git.Hash, path string) (*record.Case, error) {
	if c := b.parsed[blob]; c != nil {
		return c, nil
	}
	data, err := b.rd.Blob(blob)
	if err != nil {
		return nil, err
	}
	if b.h.suspicious != nil && b.h.suspicious(data) {
		if b.suspicious == nil {
			b.suspicious = map[git.Hash][]byte{}
		}
		b.suspicious[blob] = bytes.Clone(data)
	}
	c := record.Parse(path, data, b.canon)
	b.parsed[blob] = c
	return c, nil
}

// readable is the content of a blob, or otherwise if there is no blob or nobody can
// read it.
func (b *builder) readable(blob git.Hash, path string, otherwise *record.Case) (*record.Case, error) {
	if blob.IsZero() {
		return otherwise, nil
	}
	c, err := b.parse(blob, path)
	if err != nil || c.Unreadable {
		return otherwise, err
	}
	return c, nil
}
