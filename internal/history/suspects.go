package history

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"suqiu/internal/git"
)

// Message is a commit's message that Options.Suspicious picked.
type Message struct {
	Landing  int    // that brought the commit
	Commit   string // full hash
	Author   git.Person
	Authored time.Time
	Text     []byte
}

// Suspect is a file, as one commit left it, that Options.Suspicious picked by
// its content or its name.
type Suspect struct {
	Landing int    // that brought it
	Commit  string // the commit that first had it, of a branch or the landing itself
	Author  git.Person
	Path    string
	Text    []byte // nil: the name is suspicious
	Head    bool   // it stands so at the head
}

// messages collects what the walk kept.
func (h *History) messages() []Message {
	var list []Message
	add := func(i int, c *commit) {
		if c.Message != nil {
			list = append(list, Message{i, c.Hash.String(), *c.Author, clock(c.Authored), c.Message})
		}
	}
	for n := range h.main.past.before(pastEnds, h.main.shared) {
		if h.main.past.row(n).message() > 0 {
			c := h.main.past.commit(n)
			add(c.landing, c)
		}
	}
	for i := h.main.shared; i < h.main.len(); i++ {
		for _, c := range h.main.brought(i) {
			add(i, c)
		}
	}
	return list
}

// suspects lists the suspicious contents of a case, those of branches too that
// the landing went on from.
func (t *teller) suspects() []Suspect {
	if len(t.suspicious) == 0 {
		return nil
	}
	var list []Suspect
	add := func(v *content, c *commit, blob git.Hash) {
		if text, ok := t.suspicious[blob]; ok {
			delete(t.suspicious, blob) // a text that comes back is no other
			list = append(list, Suspect{v.landing, c.Hash.String(), *c.Author, v.path, text, blob == t.track.last()})
		}
	}
	for i := range t.track.versions {
		v := &t.track.versions[i]
		for _, touch := range t.h.touches.found[v.landing][t.track] {
			add(v, touch.commit, touch.blob)
		}
		by := t.h.main.commit(v.landing)
		if whole := t.h.touches.whole[v.landing]; whole != nil {
			by = whole
		}
		add(v, by, v.blob)
	}
	return list
}

// textual are the endings of files that people write text in.
var textual = []string{".md", ".txt", ".csv", ".json", ".yaml", ".yml", ".html", ".xml"}

// Suspects lists what Options.Suspicious picks beside the contents of cases:
// landed contents of text files below the given folders, each once a path;
// names of files wherever they are; and paths of cases at the head, whose
// Landing is then the last that changed the case. By path, then oldest first.
func (h *History) Suspects(folders []string) ([]Suspect, error) {
	if h.suspicious == nil {
		return nil, nil
	}
	rd := h.repo.Reader()
	defer rd.Close()
	var list []Suspect
	add := func(landing int, path string, text []byte, head bool) {
		by := h.main.commit(landing)
		list = append(list, Suspect{landing, by.Hash.String(), *by.Author, path, text, head})
	}
	for _, t := range h.tracks {
		if !t.last().IsZero() && h.suspicious([]byte(t.path)) {
			add(t.versions[len(t.versions)-1].landing, t.path, nil, true)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(h.others)) {
		versions := h.others[p]
		last := versions[len(versions)-1].entry
		if h.suspicious([]byte(p)) {
			add(versions[0].landing, p, nil, last.Mode != git.ModeAbsent)
		}
		if !slices.Contains(textual, strings.ToLower(path.Ext(p))) || !slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(p, f) }) {
			continue
		}
		seen := map[git.Hash]bool{}
		for _, v := range versions {
			if !v.entry.Mode.Regular() || seen[v.entry.Hash] {
				continue
			}
			seen[v.entry.Hash] = true
			data, err := rd.Blob(v.entry.Hash)
			if err != nil {
				return nil, err
			}
			if h.suspicious(data) {
				add(v.landing, p, bytes.Clone(data), v.entry == last)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Suspect) int { return cmp.Compare(a.Path, b.Path) })
	return list, nil
}
