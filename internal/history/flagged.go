package history

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"suqiu/internal/git"
	"suqiu/internal/timeline"
)

// Message is a commit's message that Options.Suspicious picked.
type Message struct {
	Landing int // that brought the commit
	timeline.Attribution
	Text []byte
}

// messages collects what the walk kept, and notes which landings are foxtrots.
func (h *History) messages(mainBranch string) []Message {
	var list []Message
	add := func(i int, c *commit) {
		if c.Message == nil {
			return
		}
		if h.suspicious != nil && h.suspicious(c.Message) {
			list = append(list, Message{i, c.attribution(), c.Message})
		}
		if tip := h.oldTip(i, c, mainBranch); !tip.IsZero() && c.Hash == h.main.hash(i) {
			h.Landings[i].OldTip = tip.String()
		}
	}
	for n := range before(h.main.past.Ends, h.main.shared) {
		if h.main.past.Messages[n] > 0 {
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

// flagged lists the suspicious contents of a case, those of branches too that
// the landing went on from.
func (b *builder) flagged() []timeline.Flagged {
	if len(b.suspicious) == 0 {
		return nil
	}
	var list []timeline.Flagged
	add := func(v *content, c *commit, blob git.Hash) {
		if text, ok := b.suspicious[blob]; ok {
			delete(b.suspicious, blob) // a text that comes back is no other
			list = append(list, timeline.Flagged{Landing: v.landing, Attribution: c.attribution(),
				Path: v.path, Text: text, Head: blob == b.track.last()})
		}
	}
	for i := range b.track.versions {
		v := &b.track.versions[i]
		for _, c := range b.h.changesOf(b.track, v.landing) {
			add(v, c.commit, c.blob)
		}
		add(v, b.h.answers(v.landing), v.blob)
	}
	return list
}

// textual are the endings of files that people write text in.
var textual = []string{".md", ".txt", ".csv", ".json", ".yaml", ".yml", ".html", ".xml"}

// FlaggedFiles lists what Options.Suspicious picks beside the contents of cases:
// landed contents of text files below the given folders, each once a path;
// names of files wherever they are; and paths of cases at the head, whose
// Landing is then the last that changed the case. By path, then oldest first.
func (h *History) FlaggedFiles(folders []string) ([]timeline.Flagged, error) {
	if h.suspicious == nil {
		return nil, nil
	}
	rd := h.repo.Reader()
	defer rd.Close()
	var list []timeline.Flagged
	add := func(landing int, path string, text []byte, head bool) {
		list = append(list, timeline.Flagged{Landing: landing, Attribution: h.main.commit(landing).attribution(),
			Path: path, Text: text, Head: head})
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
		if !slices.Contains(textual, strings.ToLower(path.Ext(p))) ||
			!slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(p, f) }) {
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
	slices.SortStableFunc(list, func(a, b timeline.Flagged) int { return cmp.Compare(a.Path, b.Path) })
	return list, nil
}
