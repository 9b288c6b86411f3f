// Package sitedir keeps the folder of a site: it writes what changed, leaves what
// did not, and publishes the folder whole or not at all.
//
// A manifest in the folder lists the files that suqiu wrote. A folder with other
// files is refused, as it is replaced as a whole.
package sitedir

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"suqiu/internal/office"
	"suqiu/internal/publish"
	"suqiu/internal/store"
)

// Result says what a build did to the folder.
type Result struct {
	Files   int // in the site
	Written int // new or changed
	Removed int // of an earlier build, no longer part of the site
	Reused  int // not made again, see Dir.Resume
}

// Dir is the folder that a site is written to. Its methods may be called from
// several goroutines.
type Dir struct {
	dir   string
	stage *publish.Stage
	root  *os.Root        // the folder as it is; nil: there is none
	next  *os.Root        // its successor
	old   map[string]bool // files of the earlier build

	buffers sync.Pool // two each, to compare with

	keep          store.Dir
	keepName, key string     // see Resume; without a key nothing is kept
	made, noted   buildState // of the earlier build, and of this one

	mu     sync.Mutex
	names  []string            // of all files of the site
	staged map[string]bool     // those that changed
	linked map[string]bool     // those that did not, and are in the successor already
	dirs   map[string]*os.Root // of the successor
	places map[string]*os.Root // of files that are looked at
	fresh  []string            // those to be remembered, not used again
	reused int
}

// Open prepares to replace the folder dir, or to make it. While another
// build does so it calls waiting and waits.
func Open(ctx context.Context, dir string, waiting func()) (*Dir, error) {
	stage, err := publish.Open(ctx, dir, waiting)
	if err != nil {
		return nil, err
	}
	t := &Dir{
		dir: dir, stage: stage, old: map[string]bool{}, staged: map[string]bool{}, linked: map[string]bool{},
		dirs: map[string]*os.Root{}, places: map[string]*os.Root{}, noted: newBuildState(),
	}
	if err := t.open(); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

// Path is the folder itself, links in its path followed.
func (t *Dir) Path() string { return t.stage.Target }

func (t *Dir) open() (err error) {
	if t.next, err = os.OpenRoot(t.stage.Next); err != nil {
		return fmt.Errorf("不能打开目录 %s：%w", t.stage.Next, err)
	}
	if !t.stage.Exists {
		return nil
	}
	if t.root, err = os.OpenRoot(t.stage.Target); err != nil {
		return fmt.Errorf("不能打开输出目录 %s：%w", t.dir, err)
	}
	if err := t.readManifest(); err != nil {
		return err
	}
	return t.refuseForeign()
}

// Close drops what was staged and not committed.
func (t *Dir) Close() {
	t.closeDirs()
	for _, root := range []*os.Root{t.root, t.next} {
		if root != nil {
			root.Close()
		}
	}
	t.stage.Close()
}

// Write makes name part of the site, and keeps data for it if that differs
// from what is there. of is what it is made of.
func (t *Dir) Write(name string, of InputHash, data []byte) error {
	t.mu.Lock()
	t.names = append(t.names, name)
	t.mu.Unlock()
	t.note(name, of, nil)
	switch same, err := t.same(name, bytes.NewReader(data), int64(len(data))); {
	case err != nil:
		return err
	case same:
		return nil
	}
	dir, base, err := t.staging(name)
	if err != nil {
		return err
	}
	if err := dir.WriteFile(base, data, 0o644); err != nil {
		return fmt.Errorf("写入 %s：%w", filepath.Join(t.stage.Next, name), err)
	}
	t.changed(name)
	return nil
}

// changed notes that a file differs from what is there.
func (t *Dir) changed(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.staged[name] = true
}

// Stream makes name part of the site, and keeps what is written if it differs
// from what is there. The file is never held in memory; its pieces may come from
// the earlier version.
func (t *Dir) Stream(name string, of InputHash, write func(io.Writer, office.Pieces) error) error {
	t.mu.Lock()
	t.names = append(t.names, name)
	t.mu.Unlock()
	dir, base, err := t.staging(name)
	if err != nil {
		return err
	}
	staged := filepath.Join(t.stage.Next, name)
	f, err := dir.OpenFile(base, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return fmt.Errorf("写入 %s：%w", staged, err)
	}
	defer f.Close()
	out := &chunks{out: bufio.NewWriterSize(f, 64<<10), noted: map[string]chunk{}}
	if was, ok := t.made.Files[name]; ok && t.stands(name, was.Hash) {
		if out.earlier, err = t.root.Open(name); err == nil {
			defer out.earlier.Close()
			out.known = t.made.Chunks[name]
		}
	}
	if err = write(out, out); err == nil {
		err = out.out.Flush()
	}
	var size int64
	if err == nil {
		size, err = f.Seek(0, io.SeekEnd)
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("写入 %s：%w", staged, err)
	}
	same, err := t.same(name, f, size)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("写入 %s：%w", staged, err)
	}
	t.note(name, of, out.noted)
	if same {
		return dir.Remove(base)
	}
	t.changed(name)
	return nil
}

// staging is the folder, made if need be and kept open for all its files, in
// which a file of the successor is written, and the file's name in it.
func (t *Dir) staging(name string) (dir *os.Root, base string, err error) {
	folder := path.Dir(name)
	t.mu.Lock()
	defer t.mu.Unlock()
	if dir = t.dirs[folder]; dir == nil {
		if err = t.next.MkdirAll(folder, 0o755); err == nil {
			dir, err = t.next.OpenRoot(folder)
		}
		if err != nil {
			return nil, "", fmt.Errorf("建立目录 %s：%w", filepath.Join(t.stage.Next, folder), err)
		}
		t.dirs[folder] = dir
	}
	return dir, path.Base(name), nil
}

func (t *Dir) closeDirs() {
	for _, dirs := range []map[string]*os.Root{t.dirs, t.places} {
		for folder, dir := range dirs {
			dir.Close()
			delete(dirs, folder)
		}
	}
}

// same reports whether the target already holds what r gives, of that size,
// under name.
func (t *Dir) same(name string, r io.Reader, size int64) (bool, error) {
	if !t.old[name] {
		return false, nil
	}
	f, err := t.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("读取 %s：%w", filepath.Join(t.dir, name), err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, fmt.Errorf("读取 %s：%w", filepath.Join(t.dir, name), err)
	}
	if !info.Mode().IsRegular() || info.Size() != size {
		return false, nil
	}
	return t.equal(f, r)
}

// equal compares in pieces: a page is never held in memory twice.
func (t *Dir) equal(a, b io.Reader) (bool, error) {
	both, ok := t.buffers.Get().(*[2][16 << 10]byte)
	if !ok {
		both = new([2][16 << 10]byte)
	}
	defer t.buffers.Put(both)
	left, right := both[0][:], both[1][:]
	for {
		n, err := io.ReadFull(a, left)
		m, other := io.ReadFull(b, right)
		for _, e := range []error{err, other} {
			if e != nil && e != io.EOF && e != io.ErrUnexpectedEOF {
				return false, e
			}
		}
		if !bytes.Equal(left[:n], right[:m]) {
			return false, nil
		}
		if err != nil || other != nil {
			return true, nil
		}
	}
}

// Commit publishes the site: what changed, links to what did not, and the list of
// all its files. Where nothing changed it does nothing.
func (t *Dir) Commit(ctx context.Context) (Result, error) {
	slices.Sort(t.names)
	stale := t.stale()
	result := Result{Files: len(t.names), Written: len(t.staged), Removed: len(stale), Reused: t.reused}
	if len(stale) == 0 && len(t.old) == len(t.names) && len(t.staged) == 0 {
		t.save(t.remembered(t.root))
		return result, nil
	}
	if err := t.linkUnchanged(ctx); err != nil {
		return result, err
	}
	if err := t.writeManifest(); err != nil {
		return result, err
	}
	noted := t.remembered(t.next)
	if err := ctx.Err(); err != nil {
		return result, err
	}
	t.closeDirs() // some systems rename no open folder
	t.next.Close()
	if t.root != nil {
		t.root.Close()
	}
	if err := t.stage.Publish(t.own); err != nil {
		return result, err
	}
	t.save(noted)
	return result, nil
}

// linkUnchanged gives the successor the files that did not change and are not in it
// yet.
func (t *Dir) linkUnchanged(ctx context.Context) error {
	const together = 512 // files
	group, working := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for names := range slices.Chunk(t.names, together) {
		group.Go(func() error {
			for _, name := range names {
				if t.staged[name] || t.linked[name] {
					continue
				}
				if err := working.Err(); err != nil {
					return err
				}
				if err := t.stage.Link(name); err != nil {
					return fmt.Errorf("写入 %s：%w", filepath.Join(t.dir, name), err)
				}
			}
			return nil
		})
	}
	return group.Wait()
}
