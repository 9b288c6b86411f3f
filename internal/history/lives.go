package history

import (
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"suqiu/internal/store"
)

// The cache of lives is a second file beside that of the walk: of every case
// what Cases built of it, under a key of all that this follows from. A case on
// which nothing landed since is not parsed again. Each record has a sum of its
// own; one that is damaged is as good as none.

const livesFile = "lives"

// Keep lets Cases keep what it tells, if the walk had a Build, for the next Cases
// whose canon has the same names: a fingerprint of what it resolves.
func (h *History) Keep(names string) { h.names, h.keep = names, h.build != "" }

// label is what a cache of lives must be of, beside the format.
func (h *History) label(names string) string {
	if h.suspicious != nil {
		return h.build + "\n!" + names
	}
	return h.build + "\n" + names
}

// otherLives is the file of the lives that Again tells, of names that are not
// those of Cases: beside the file of Cases, so that neither replaces the other.
func otherLives(names string) string {
	sum := sha1.Sum([]byte(names))
	return livesFile + "-" + hex.EncodeToString(sum[:8])
}

// Forget removes what Again kept under other names than these.
func (h *History) Forget(but []string) {
	if !h.keep {
		return
	}
	wanted := map[string]bool{}
	for _, names := range but {
		wanted[otherLives(names)] = true
	}
	dir := filepath.Join(h.common, cacheDir)
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, livesFile+"-") && !strings.HasSuffix(name, ".tmp") && !wanted[name] {
			os.Remove(filepath.Join(dir, name))
		}
	}
}

// key is a hash of all that the life of a case follows from, beside the label
// of the cache; zero if it is not to be kept, because the branch under Base has
// a part in it. A landing stands for all that is reachable from it.
func (h *History) key(t *track) (key store.Key) {
	if t.found != nil || t.stale || t.registered || t.key != (store.Key{}) {
		return t.key
	}
	of := make([]byte, 0, 1<<10)
	text := func(s string) {
		of = binary.BigEndian.AppendUint64(of, uint64(len(s)))
		of = append(of, s...)
	}
	text(t.id)
	text(t.path)
	of = binary.BigEndian.AppendUint64(of, uint64(len(t.paths)))
	for _, p := range t.paths {
		text(p)
	}
	for i := range t.versions {
		v := &t.versions[i]
		if h.Landings[v.landing].Pending {
			return key
		}
		landed := h.main.hash(v.landing)
		of = append(append(of, landed[:]...), v.blob[:]...)
		text(v.path)
	}
	t.key = sha1.Sum(of)
	return t.key
}

// mark is the key as a CaseHistory has it.
func (h *History) mark(t *track) string {
	if key := h.key(t); key != (store.Key{}) {
		return string(key[:])
	}
	return ""
}

// archive is the cache of lives as one Cases uses it: what there was, and, if too
// much of it is out of date, what there is to be.
type archive struct {
	old *store.Store
	new *store.Writer // nil: the old one will do
}

// openArchive looks up which lives are known under some names. It returns the
// tracks of the others, which have to be told anew.
func (h *History) openArchive(file, names string) (a *archive, rest []*track) {
	a = &archive{}
	a.old, a.new = h.Kept(file, names)
	for _, t := range h.tracks {
		if !a.old.Has(h.key(t)) {
			rest = append(rest, t)
		}
	}
	return a, rest
}

// Kept opens what was kept of the cases under their marks, in a file of the
// cache and under terms that it follows from as well. The new one, if what is
// there has become too little, is to take its place. Without Keep there is
// neither.
func (h *History) Kept(file, terms string) (old *store.Store, new *store.Writer) {
	if !h.keep {
		return &store.Store{}, nil
	}
	name, label := filepath.Join(h.common, cacheDir, file), h.label(terms)
	var keys sync.WaitGroup
	for tracks := range slices.Chunk(h.tracks, max(1, (len(h.tracks)+h.workers-1)/h.workers)) {
		keys.Go(func() {
			for _, t := range tracks {
				h.key(t)
			}
		})
	}
	old = store.Open(name, label)
	keys.Wait()
	missing := 0
	for _, t := range h.tracks {
		if key := h.key(t); key != (store.Key{}) && !old.Has(key) {
			missing++
		}
	}
	if missing >= h.worthwhile {
		new = store.Create(name, label, old)
	}
	return old, new
}

// life is a known one; nil if it has to be told anew.
func (a *archive) life(t *track) *CaseHistory {
	life := new(CaseHistory)
	if !a.old.Get(t.key, life) {
		return nil
	}
	a.carry(t)
	return life
}

// carry takes a known life over into the new cache.
func (a *archive) carry(t *track) {
	if a.new != nil {
		a.new.Carry(t.key)
	}
}

// note keeps a life that was told anew.
func (a *archive) note(t *track, life *CaseHistory) {
	if a.new != nil {
		a.new.Add(t.key, life)
	}
}

// close writes the new cache if all went well.
func (a *archive) close(err error) {
	if a.new != nil {
		a.new.Close(err)
		return
	}
	a.old.Close()
}
