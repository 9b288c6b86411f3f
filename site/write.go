package site

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"suqiu/internal/office"
)

// manifestName lists what suqiu wrote, so that the next build removes what is
// no longer part of the site and never touches anything else.
const manifestName = ".suqiu-site"

// stagingName holds the changed files until every page has been rendered. It
// lies inside the target, so that a file moves by renaming wherever the
// target is mounted.
const stagingName = ".suqiu-staging"

const manifestHead = "# suqiu 生成的文件清单：下次生成时据此更新；请勿修改\n"

// ForeignFileError says that a file which suqiu did not write is in the way.
type ForeignFileError struct{ Path string }

func (e *ForeignFileError) Error() string {
	return fmt.Sprintf("%s 已经存在，但不是 suqiu 生成的，不会覆盖；请换一个空的输出目录（--out），或先移走这个文件", e.Path)
}

// target is the folder that a site is written to.
type target struct {
	dir     string
	root    *os.Root
	created bool            // by this build
	old     map[string]bool // files of the earlier build

	pieces sync.Pool // of buffers to compare with

	made, next memory // of the earlier build, and of this one

	mu     sync.Mutex
	names  []string            // of all files of the site
	staged []string            // those that changed
	dirs   map[string]*os.Root // made below the staging folder
	places map[string]*os.Root // of files that are looked at
	fresh  []string            // those to be remembered, not used again
	reused int
}

// openTarget opens dir, made if need be, and clears what an interrupted build
// left behind.
func openTarget(dir string) (*target, error) {
	t := &target{dir: dir, old: map[string]bool{}, dirs: map[string]*os.Root{}, places: map[string]*os.Root{}, next: newMemory("")}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.created = true
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("不能建立输出目录 %s：%w", dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("不能打开输出目录 %s：%w", dir, err)
	}
	t.root = root
	manifest, err := root.ReadFile(manifestName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.close()
		return nil, fmt.Errorf("不能读取 %s：%w", filepath.Join(dir, manifestName), err)
	}
	for line := range strings.Lines(string(manifest)) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && !strings.HasPrefix(line, "#") && fs.ValidPath(line) {
			t.old[line] = true
		}
	}
	if err := root.RemoveAll(stagingName); err != nil {
		t.close()
		return nil, fmt.Errorf("不能清理 %s：%w", filepath.Join(dir, stagingName), err)
	}
	return t, nil
}

// close drops what was staged and not committed.
func (t *target) close() {
	t.closeDirs()
	t.root.RemoveAll(stagingName)
	t.root.Close()
	if t.created {
		os.Remove(t.dir) // only if nothing came of it: a folder with files stays
	}
}

// stage makes name part of the site, and keeps data for it if that differs
// from what is there.
func (t *target) stage(name string, data []byte) error {
	t.mu.Lock()
	t.names = append(t.names, name)
	t.mu.Unlock()
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
		return fmt.Errorf("写入 %s：%w", filepath.Join(t.dir, stagingName, name), err)
	}
	t.mu.Lock()
	t.staged = append(t.staged, name)
	t.mu.Unlock()
	return nil
}

// stream makes name part of the site, and keeps what is written if it differs
// from what is there. The file is never held in memory; its pieces may come from
// the earlier version.
func (t *target) stream(name string, of basis, write func(io.Writer, office.Pieces) error) error {
	t.mu.Lock()
	t.names = append(t.names, name)
	t.mu.Unlock()
	dir, base, err := t.staging(name)
	if err != nil {
		return err
	}
	staged := filepath.Join(t.dir, stagingName, name)
	f, err := dir.OpenFile(base, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return fmt.Errorf("写入 %s：%w", staged, err)
	}
	defer f.Close()
	out := &pieces{out: bufio.NewWriterSize(f, 64<<10), noted: map[string]piece{}}
	if was, ok := t.made.files[name]; ok && t.stands(name, was.basis) {
		if out.earlier, err = t.root.Open(name); err == nil {
			defer out.earlier.Close()
			out.known = t.made.pieces[name]
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
	t.mu.Lock()
	t.staged = append(t.staged, name)
	t.mu.Unlock()
	return nil
}

// staging is the folder, made if need be and kept open for all its files, in
// which a file waits, and the file's name in it.
func (t *target) staging(name string) (dir *os.Root, base string, err error) {
	folder := path.Join(stagingName, path.Dir(name))
	t.mu.Lock()
	defer t.mu.Unlock()
	if dir = t.dirs[folder]; dir == nil {
		if err = t.root.MkdirAll(folder, 0o755); err == nil {
			dir, err = t.root.OpenRoot(folder)
		}
		if err != nil {
			return nil, "", fmt.Errorf("建立目录 %s：%w", filepath.Join(t.dir, folder), err)
		}
		t.dirs[folder] = dir
	}
	return dir, path.Base(name), nil
}

func (t *target) closeDirs() {
	for _, dirs := range []map[string]*os.Root{t.dirs, t.places} {
		for folder, dir := range dirs {
			dir.Close()
			delete(dirs, folder)
		}
	}
}

// same reports whether the target already holds what r gives, of that size,
// under name.
// Another file there, not written by suqiu, is an error.
func (t *target) same(name string, r io.Reader, size int64) (bool, error) {
	if t.created {
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
	if info.Mode().IsRegular() && info.Size() == size {
		if equal, err := t.equal(f, r); err != nil || equal {
			return equal, err
		}
	}
	if !t.old[name] {
		return false, &ForeignFileError{filepath.Join(t.dir, name)}
	}
	return false, nil
}

// equal compares in pieces: a page is never held in memory twice.
func (t *target) equal(a, b io.Reader) (bool, error) {
	pieces, ok := t.pieces.Get().(*[2][16 << 10]byte)
	if !ok {
		pieces = new([2][16 << 10]byte)
	}
	defer t.pieces.Put(pieces)
	left, right := pieces[0][:], pieces[1][:]
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

// commit moves the staged files into place, removes what an earlier build
// wrote and this one did not, and records what the site consists of.
func (t *target) commit() (Result, error) {
	names := t.names
	result := Result{Files: len(names), Written: len(t.staged), Reused: t.reused}
	slices.Sort(names)
	slices.Sort(t.staged)
	stale := t.stale()
	same := len(stale) == 0 && len(t.old) == len(names)
	if same && len(t.staged) == 0 {
		return result, nil
	}
	// While files move, the manifest names old and new ones: should the
	// machine stop now, the next build still knows all of them as its own.
	if !same {
		if err := t.writeManifest(slices.Sorted(slices.Values(slices.Concat(names, stale)))); err != nil {
			return result, err
		}
	}
	t.closeDirs() // some systems move no open folder
	moved, err := t.moveFolders()
	if err != nil {
		return result, err
	}
	made := map[string]bool{".": true}
	for _, name := range t.staged {
		if moved[top(name)] {
			continue
		}
		if dir := path.Dir(name); !made[dir] {
			if err := t.root.MkdirAll(dir, 0o755); err != nil {
				return result, fmt.Errorf("建立目录 %s：%w", filepath.Join(t.dir, dir), err)
			}
			made[dir] = true
		}
		if err := t.root.Rename(stagingName+"/"+name, name); err != nil {
			return result, fmt.Errorf("写入 %s：%w", filepath.Join(t.dir, name), err)
		}
	}
	for _, name := range stale {
		switch err := t.root.Remove(name); {
		case err == nil:
			result.Removed++
			t.root.Remove(path.Dir(name)) // if it is empty now; otherwise it stays
		case !errors.Is(err, fs.ErrNotExist):
			return result, fmt.Errorf("删除旧页面 %s：%w", filepath.Join(t.dir, name), err)
		}
	}
	if same {
		return result, nil
	}
	return result, t.writeManifest(names)
}

// stale are the files of the earlier build that are no longer part of the site.
func (t *target) stale() []string {
	kept := 0
	for _, name := range t.names {
		if t.old[name] {
			kept++
		}
	}
	if kept == len(t.old) {
		return nil
	}
	current := make(map[string]bool, len(t.names))
	for _, name := range t.names {
		current[name] = true
	}
	var stale []string
	for name := range t.old {
		if !current[name] {
			stale = append(stale, name)
		}
	}
	slices.Sort(stale)
	return stale
}

// top is the folder below the target that a file lies in; "" if in none.
func top(name string) string {
	folder, _, below := strings.Cut(name, "/")
	if !below {
		return ""
	}
	return folder
}

// moveFolders moves those that the target does not have yet as a whole: the
// first build of a large site moves a dozen, and not some ten thousand files.
func (t *target) moveFolders() (moved map[string]bool, err error) {
	moved = map[string]bool{"": false}
	for _, name := range t.staged {
		folder := top(name)
		if _, known := moved[folder]; known {
			continue
		}
		_, err := t.root.Lstat(folder)
		if moved[folder] = errors.Is(err, fs.ErrNotExist); !moved[folder] {
			continue
		}
		if err := t.root.Rename(stagingName+"/"+folder, folder); err != nil {
			return nil, fmt.Errorf("写入 %s：%w", filepath.Join(t.dir, folder), err)
		}
	}
	return moved, nil
}

// writeManifest writes names, which are sorted.
func (t *target) writeManifest(names []string) error {
	var b strings.Builder
	b.WriteString(manifestHead)
	for _, name := range names {
		b.WriteString(name)
		b.WriteByte('\n')
	}
	dir, base, err := t.staging(manifestName)
	if err != nil {
		return err
	}
	if err := dir.WriteFile(base, []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("写入 %s：%w", filepath.Join(t.dir, manifestName), err)
	}
	if err := t.root.Rename(stagingName+"/"+manifestName, manifestName); err != nil {
		return fmt.Errorf("写入 %s：%w", filepath.Join(t.dir, manifestName), err)
	}
	return nil
}
