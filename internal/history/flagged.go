package history

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/timeline"
)

// flagged lists the suspicious contents of a case, including those that only commits
// of branches had.
func (b *builder) flagged() []timeline.Flagged {
	if len(b.suspicious) == 0 {
		return nil
	}
	var list []timeline.Flagged
	add := func(v *content, c *mainline.Commit, blob git.Hash) {
		if text, ok := b.suspicious[blob]; ok {
			delete(b.suspicious, blob) // a text that returns is listed once
			list = append(list, timeline.Flagged{Landing: v.landing, Attribution: c.Attribution(),
				Path: v.path, Text: text, Head: blob == b.track.last()})
		}
	}
	for i := range b.track.versions {
		v := &b.track.versions[i]
		for _, c := range b.h.changesOf(b.track, v.landing) {
			add(v, c.commit, c.blob)
		}
		add(v, b.h.answerable(v.landing), v.blob)
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
	rd := h.Repo.Reader()
	defer rd.Close()
	var list []timeline.Flagged
	add := func(landing int, path string, text []byte, head bool) {
		list = append(list, timeline.Flagged{Landing: landing, Attribution: h.Commit(landing).Attribution(),
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
