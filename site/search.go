package site

import (
	"context"
	"maps"
	"slices"
	"strings"

	"suqiu/internal/search"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/site/lookup"
)

// searchPage is 查询. What it searches stands in search/, see package search.
type searchPage struct{ Frame }

// searchIndex writes the index of all cases as this edition may show them, a
// quarter a segment.
func (v *builder) searchIndex(ctx context.Context, t *sitedir.Dir) error {
	byKey := map[string][]*view.Case{}
	for _, e := range v.Cases {
		key := lookup.Segment(e.ID)
		byKey[key] = append(byKey[key], e)
	}
	terms := lookup.Terms(v.View)
	var segments []search.Segment
	hashes, files := map[string]sitedir.InputHash{}, map[string]int{}
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		list := byKey[key]
		r := sitedir.NewHasher()
		for _, column := range [...][]string{terms.States, terms.Categories, terms.Lights, terms.Units} {
			r.Number(len(column))
			r.Texts(column...)
		}
		v.hashCases(r, list)
		hashes[key] = r.Sum()
		segments = append(segments, search.Segment{Key: key, Len: len(list),
			Doc:  func(i int) search.Doc { return lookup.Doc(list[i]) },
			Made: t.ReuseSegment(key, hashes[key], func(name string) bool { return segmentOf(name) == key })})
	}
	all, err := search.Write(segments, terms, func(name string, data []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		name = "search/" + name
		of := hashes[segmentOf(name)]
		if of != (sitedir.InputHash{}) {
			files[segmentOf(name)]++
		}
		return t.Write(name, of, data)
	})
	if err != nil {
		return err
	}
	for _, made := range all {
		if n := files[made.Key]; n > 0 {
			t.NoteSegment(sitedir.Segment{Hash: hashes[made.Key], Files: n, Made: made})
		}
	}
	return nil
}

// segmentOf is the segment of the search index that a file belongs to; empty if
// it belongs to none.
func segmentOf(name string) string {
	file, ok := strings.CutPrefix(name, "search/")
	if !ok {
		return ""
	}
	key, _, _ := strings.Cut(file, "-")
	return key
}
