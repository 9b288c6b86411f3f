package sitedir

import (
	"cmp"
	"io/fs"
	"os"
	"path"
	"slices"

	"suqiu/internal/search"
)

// A build remembers of most files what they were made of and how they then
// stood: their size and the time of their last change. The next build of the same
// day, settings and templates into the same folder leaves those alone of which
// neither has changed since; of files that hold all cases it takes the pieces that
// did not change, and of the search index the segments. What follows from nearly
// everything, such as the first page and those of the units, is always made.

// Hash is what a file is made of, if anybody will ask: else telling takes time
// for nothing.
func (t *Dir) Hash(of func() InputHash) InputHash {
	if of == nil || t.key == "" {
		return InputHash{}
	}
	return of()
}

// Reuse makes name part of the site as it is there, with its pieces, if it was
// made of the same and has not been touched since.
func (t *Dir) Reuse(name string, of InputHash) bool {
	if !t.stands(name, of) {
		return false
	}
	t.mu.Lock()
	t.takeOver(name)
	replacing := len(t.staged) > 0
	t.mu.Unlock()
	// Once it is known that the site will be replaced, one worker links while
	// another writes. What cannot be linked now is told of at the end.
	if replacing && t.stage.Link(name) == nil {
		t.mu.Lock()
		t.linked[name] = true
		t.mu.Unlock()
	}
	return true
}

// ReuseSegment does so with the files of a segment of the search index, all or
// none; of says which belong to it.
func (t *Dir) ReuseSegment(key string, of InputHash, belongs func(name string) bool) *search.Made {
	was, ok := t.made.Segments[key]
	if !ok || of == (InputHash{}) || was.Hash != of {
		return nil
	}
	var names []string
	for name := range t.made.Files {
		if belongs(name) {
			names = append(names, name)
		}
	}
	if len(names) != was.Files || slices.ContainsFunc(names, func(name string) bool { return !t.stands(name, of) }) {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range names {
		t.takeOver(name)
	}
	t.noted.Segments[key] = was
	return &was.Made
}

// stands reports whether a file was made of that, and not touched since.
func (t *Dir) stands(name string, of InputHash) bool {
	was, ok := t.made.Files[name]
	if !ok || of == (InputHash{}) || was.Hash != of || !t.old[name] {
		return false
	}
	size, time, err := t.stat(t.root, name)
	return err == nil && size == was.Size && time == was.Time
}

// takeOver takes a file into the site; t.mu is held.
func (t *Dir) takeOver(name string) {
	t.names = append(t.names, name)
	t.reused++
	t.noted.Files[name] = t.made.Files[name]
	if p := t.made.Chunks[name]; p != nil {
		t.noted.Chunks[name] = p
	}
}

// note says what a file was made of, and of which pieces.
func (t *Dir) note(name string, of InputHash, chunks map[string]chunk) {
	if of == (InputHash{}) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fresh = append(t.fresh, name)
	t.noted.Files[name] = fileState{Hash: of}
	if len(chunks) > 0 {
		t.noted.Chunks[name] = chunks
	}
}

// NoteSegment says what a segment of the search index was made of.
func (t *Dir) NoteSegment(s Segment) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.noted.Segments[s.Key] = s
}

// stat tells of a file of the target or of its successor; its folder is kept open.
func (t *Dir) stat(root *os.Root, name string) (size, time int64, err error) {
	folder := path.Dir(name)
	t.mu.Lock()
	dir := t.places[folder]
	if dir == nil {
		if dir, err = root.OpenRoot(folder); err == nil {
			t.places[folder] = dir
		}
	}
	t.mu.Unlock()
	if err != nil {
		return 0, 0, err
	}
	info, err := dir.Lstat(path.Base(name))
	if err != nil || !info.Mode().IsRegular() {
		return 0, 0, cmp.Or(err, fs.ErrInvalid)
	}
	return info.Size(), info.ModTime().UnixNano(), nil
}

// remembered is what the next build may use again of a whole site. A file that
// cannot be looked at is left out.
func (t *Dir) remembered(site *os.Root) buildState {
	if t.key == "" {
		return t.noted
	}
	for folder, dir := range t.places { // of the target
		dir.Close()
		delete(t.places, folder)
	}
	for _, name := range t.fresh {
		size, time, err := t.stat(site, name)
		if err != nil {
			delete(t.noted.Files, name)
			continue
		}
		t.noted.Files[name] = fileState{t.noted.Files[name].Hash, size, time}
	}
	return t.noted
}
