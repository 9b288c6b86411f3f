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

	suspicious map[git.Hash][]byte // contents that Options.Suspicious picked
}

func (b *builder) build() (*timeline.CaseHistory, error) {
	if len(b.track.versions) == 0 {
		return nil, nil
	}
	life := &timeline.CaseHistory{ID: b.track.id, Path: b.track.path, Stale: b.track.stale}
	gone := false // deleted by the landing before in life
	for i := range b.track.versions {
		v := &b.track.versions[i]
		if v.blob.IsZero() {
			life.Head, life.Deleted = nil, true
			if life.Last != nil && !gone {
				life.Landings = append(life.Landings, timeline.CaseLanding{
					Landing: v.landing, Before: life.Last, Steps: []timeline.Step{b.deletion(v)},
				})
				gone = true
			}
			continue
		}
		now, err := b.parse(v.blob, v.path)
		if err != nil {
			return nil, err
		}
		deleted := life.Deleted
		life.Head, life.Deleted = now, false
		if now.Unreadable {
			continue // no step: the next readable content is compared with the last one
		}
		before, pending := life.Last, b.h.Landings[v.landing].Pending
		if pending && b.track.stale {
			life.Deleted = deleted
			if before, err = b.forkContent(life, v); err != nil {
				return nil, err
			}
			life.Deleted = false
		}
		taken, err := b.taken(v, life.Last, now, gone)
		if err != nil {
			return nil, err
		}
		if taken != nil {
			life.Taken = append(life.Taken, *taken)
			if pending {
				// The request is judged as the registration of another appeal.
				life.Landings, life.Stale, before, gone = nil, false, nil, false
			}
		}
		life.Last = now
		changes := record.Diff(before, now)
		if len(changes) == 0 && !gone {
			continue
		}
		gone = false
		steps, err := b.steps(v, before, now, changes)
		if err != nil {
			return nil, err
		}
		life.Landings = append(life.Landings, timeline.CaseLanding{Landing: v.landing, Before: before, After: now,
			Steps: steps})
	}
	if dropped, err := b.dropped(); err != nil {
		return nil, err
	} else if dropped != nil && len(life.Taken) == 0 {
		life.Taken = append(life.Taken, *dropped)
	}
	life.Flagged = b.flagged()
	if err := b.compareFork(life); err != nil {
		return nil, err
	}
	return life, b.relocateHead(life)
}

// compareFork parses what the branch under --base started from.
func (b *builder) compareFork(life *timeline.CaseHistory) error {
	fork := b.track.fork
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
func (b *builder) relocateHead(life *timeline.CaseHistory) error {
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
