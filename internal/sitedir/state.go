package sitedir

import (
	"suqiu/internal/search"
	"suqiu/internal/store"
)

// fileState is a file as an earlier build left it.
type fileState struct {
	Hash InputHash
	Size int64
	Time int64 // of the last change, in Unix nanoseconds
}

// Segment is a segment of the search index as an earlier build left it.
type Segment struct {
	Hash  InputHash // of all its files
	Files int       // how many
	search.Made
}

// buildState is what a build leaves to the next of the same key.
type buildState struct {
	Files    map[string]fileState
	Chunks   map[string]map[string]chunk // by file and key
	Segments map[string]Segment
}

func newBuildState() buildState {
	return buildState{map[string]fileState{}, map[string]map[string]chunk{}, map[string]Segment{}}
}

// Resume takes over what an earlier build of the same key left in the folder, and
// lets this one leave its own, in a file of that name. The key stands for what all
// files are made of alike; if it is empty, nothing is used again or kept.
func (t *Dir) Resume(keep store.Dir, name, key string) {
	if key == "" {
		return
	}
	t.keep, t.keepName, t.key = keep, name, key
	if was := store.Read[buildState](keep, name, key); len(was) == 1 {
		t.made = was[0]
	}
}

// save keeps the state if it is another than the one before.
func (t *Dir) save(noted buildState) {
	if t.key != "" && (len(t.fresh) > 0 || len(noted.Files) != len(t.made.Files) ||
		len(noted.Segments) != len(t.made.Segments)) {
		store.Write(t.keep, t.keepName, t.key, []buildState{noted})
	}
}
