package site

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
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"suqiu/internal/office"
	"suqiu/internal/publish"
)

// manifestName lists what suqiu wrote, so that the next build removes what is
// no longer part of the site and never touches anything else.
const manifestName = ".suqiu-site"

// oldStagingName is where earlier versions of the program kept changed files, and
// left them when they were killed.
const oldStagingName = ".suqiu-staging/"

const manifestHead = "# suqiu 生成的文件清单：下次生成时据此更新；请勿修改\n"

// ForeignFilesError says that the target holds files that suqiu did not write: the
// folder is replaced as a whole, and they would go with it.
type ForeignFilesError struct {
	Dir   string
	Names []string // slash paths below Dir, sorted
}

func (e *ForeignFilesError) Error() string {
	const most = 3
	names := strings.Join(e.Names[:min(most, len(e.Names))], "、")
	if len(e.Names) > most {
		names += fmt.Sprintf(" 等 %d 个", len(e.Names))
	}
	return fmt.Sprintf("输出目录 %s 中有不是 suqiu 生成的文件（%s），网站没有生成；请把它们移到别处，或换一个空的输出目录（--out）",
		e.Dir, names)
}

// target is the folder that a site is written to.
type target struct {
	dir   string
	stage *publish.Stage
	root  *os.Root        // the folder as it is; nil: there is none
	next  *os.Root        // its successor
	old   map[string]bool // files of the earlier build

	pieces sync.Pool // of buffers to compare with

	made, noted memory // of the earlier build, and of this one

	mu     sync.Mutex
	names  []string            // of all files of the site
	staged map[string]bool     // those that changed
	linked map[string]bool     // those that did not, and are in the successor already
	dirs   map[string]*os.Root // of the successor
	places map[string]*os.Root // of files that are looked at
	fresh  []string            // those to be remembered, not used again
	reused int
}

// openTarget prepares to replace the folder dir, or to make it. While another
// build does so it calls waiting and waits.
func openTarget(ctx context.Context, dir string, waiting func()) (*target, error) {
	stage, err := publish.Open(ctx, dir, waiting)
	if err != nil {
		return nil, err
	}
	t := &target{
		dir: dir, stage: stage, old: map[string]bool{}, staged: map[string]bool{}, linked: map[string]bool{},
		dirs: map[string]*os.Root{}, places: map[string]*os.Root{}, noted: newMemory(""),
	}
	if err := t.open(); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

func (t *target) open() (err error) {
	if t.next, err = os.OpenRoot(t.stage.Next); err != nil {
		return fmt.Errorf("不能打开目录 %s：%w", t.stage.Next, err)
	}
	if !t.stage.Exists {
		return nil
	}
	if t.root, err = os.OpenRoot(t.stage.Target); err != nil {
		return fmt.Errorf("不能打开输出目录 %s：%w", t.dir, err)
	}
	manifest, err := t.root.ReadFile(manifestName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("不能读取 %s：%w", filepath.Join(t.dir, manifestName), err)
	}
	for line := range strings.Lines(string(manifest)) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && !strings.HasPrefix(line, "#") && fs.ValidPath(line) {
			t.old[line] = true
		}
	}
	return t.refuseForeign()
}

// own reports whether a file of the target was written by suqiu.
func (t *target) own(name string) bool {
	return t.old[name] || name == manifestName || strings.HasPrefix(name, oldStagingName)
}

// refuseForeign refuses a folder with files that suqiu did not write.
func (t *target) refuseForeign() error {
	foreign := &ForeignFilesError{Dir: t.dir}
	err := fs.WalkDir(t.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !(t.own(name) && entry.Type().IsRegular()) {
			foreign.Names = append(foreign.Names, name)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("不能查看输出目录 %s：%w", t.dir, err)
	}
	if len(foreign.Names) > 0 {
		return foreign
	}
	return nil
}

// close drops what was staged and not committed.
func (t *target) close() {
	t.closeDirs()
	for _, root := range []*os.Root{t.root, t.next} {
		if root != nil {
			root.Close()
		}
	}
	t.stage.Close()
}

// write makes name part of the site, and keeps data for it if that differs
// from what is there.
func (t *target) write(name string, data []byte) error {
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
		return fmt.Errorf("写入 %s：%w", filepath.Join(t.stage.Next, name), err)
	}
	t.changed(name)
	return nil
}

// changed notes that a file differs from what is there.
func (t *target) changed(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.staged[name] = true
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
	staged := filepath.Join(t.stage.Next, name)
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
	t.changed(name)
	return nil
}

// staging is the folder, made if need be and kept open for all its files, in
// which a file of the successor is written, and the file's name in it.
func (t *target) staging(name string) (dir *os.Root, base string, err error) {
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
func (t *target) same(name string, r io.Reader, size int64) (bool, error) {
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

// commit publishes the site: what changed, links to what did not, and the list of
// all its files. Where nothing changed it does nothing.
func (t *target) commit(ctx context.Context) (Result, error) {
	slices.Sort(t.names)
	stale := t.stale()
	result := Result{Files: len(t.names), Written: len(t.staged), Removed: len(stale), Reused: t.reused}
	if len(stale) == 0 && len(t.old) == len(t.names) && len(t.staged) == 0 {
		result.Made = t.remembered(t.root)
		return result, nil
	}
	if err := t.linkUnchanged(ctx); err != nil {
		return result, err
	}
	if err := t.writeManifest(); err != nil {
		return result, err
	}
	result.Made = t.remembered(t.next)
	if err := ctx.Err(); err != nil {
		return result, err
	}
	t.closeDirs() // some systems rename no open folder
	t.next.Close()
	if t.root != nil {
		t.root.Close()
	}
	return result, t.stage.Publish(t.own)
}

// linkUnchanged gives the successor the files that did not change and are not in it
// yet.
func (t *target) linkUnchanged(ctx context.Context) error {
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

// writeManifest lists the files of the site, which are sorted.
func (t *target) writeManifest() error {
	var b strings.Builder
	b.WriteString(manifestHead)
	for _, name := range t.names {
		b.WriteString(name)
		b.WriteByte('\n')
	}
	if err := t.next.WriteFile(manifestName, []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("写入 %s：%w", filepath.Join(t.dir, manifestName), err)
	}
	return nil
}
