package site

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
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

// ground is what all files of a build are made of alike; empty if it cannot be
// told, and then nothing is used again.
func (v *view) ground(in *Input, out string) string {
	d := in.Register
	if in.Build == "" || d.Terms == "" {
		return ""
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q %s %q %x\n", out, in.Build, in.Tool, d.AsOf, in.Edition, d.Terms)
	for _, m := range v.meetings {
		fmt.Fprintf(sum, "%q %q\n", m.ID, m.Href())
	}
	for _, r := range v.rules {
		fmt.Fprintf(sum, "%q\n", r)
	}
	if hashFiles(sum, in.Templates) != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func hashFiles(sum hash.Hash, fsys fs.FS) error {
	for _, folder := range []string{"pages", "static"} {
		entries, err := fs.ReadDir(fsys, folder)
		if err != nil {
			return err
		}
		for _, e := range entries {
			data, err := fs.ReadFile(fsys, path.Join(folder, e.Name()))
			if err != nil {
				return err
			}
			fmt.Fprintf(sum, "%s/%s %d\n", folder, e.Name(), len(data))
			sum.Write(data)
		}
	}
	return nil
}

// basis is what a file is made of, if anybody will ask: else telling takes time
// for nothing.
func (t *target) basis(of func() basis) basis {
	if of == nil || t.noted.ground == "" {
		return basis{}
	}
	return of()
}

// reuse makes name part of the site as it is there, with its pieces, if it was
// made of the same and has not been touched since.
func (t *target) reuse(name string, of basis) bool {
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

// reuseSegment does so with the files of a segment of the search index, all or
// none.
func (t *target) reuseSegment(key string, of basis) *search.Made {
	was, ok := t.made.segments[key]
	if !ok || of == (basis{}) || was.basis != of {
		return nil
	}
	var names []string
	for name := range t.made.files {
		if segmentOf(name) == key {
			names = append(names, name)
		}
	}
	if len(names) != was.files || slices.ContainsFunc(names, func(name string) bool { return !t.stands(name, of) }) {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, name := range names {
		t.takeOver(name)
	}
	t.noted.segments[key] = was
	return &was.Made
}

// stands reports whether a file was made of that, and not touched since.
func (t *target) stands(name string, of basis) bool {
	was, ok := t.made.files[name]
	if !ok || of == (basis{}) || was.basis != of || !t.old[name] {
		return false
	}
	size, time, err := t.stat(t.root, name)
	return err == nil && size == was.size && time == was.time
}

// takeOver takes a file into the site; t.mu is held.
func (t *target) takeOver(name string) {
	t.names = append(t.names, name)
	t.reused++
	t.noted.files[name] = t.made.files[name]
	if p := t.made.pieces[name]; p != nil {
		t.noted.pieces[name] = p
	}
}

// note says what a file was made of, and of which pieces.
func (t *target) note(name string, of basis, pieces map[string]piece) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fresh = append(t.fresh, name)
	t.noted.files[name] = made{basis: of}
	if len(pieces) > 0 {
		t.noted.pieces[name] = pieces
	}
}

func (t *target) noteSegment(s madeSegment) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.noted.segments[s.Key] = s
}

// stat tells of a file of the target or of its successor; its folder is kept open.
func (t *target) stat(root *os.Root, name string) (size, time int64, err error) {
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
func (t *target) remembered(site *os.Root) []byte {
	if t.noted.ground == "" {
		return nil
	}
	for folder, dir := range t.places { // of the target
		dir.Close()
		delete(t.places, folder)
	}
	for _, name := range t.fresh {
		size, time, err := t.stat(site, name)
		if err != nil {
			delete(t.noted.files, name)
			continue
		}
		t.noted.files[name] = made{t.noted.files[name].basis, size, time}
	}
	return t.noted.text(t.names)
}
