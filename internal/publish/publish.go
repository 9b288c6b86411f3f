// Package publish puts a tree of files in the place of another, whole or not at
// all.
//
// The successor of a folder is made in a folder beside it, of new files and of
// links to those that did not change. Then the two names are exchanged, in one
// step where the system has one, else in two. Whoever is killed before that has
// changed nothing; whoever is killed after it leaves the new tree. What lies
// beside is cleared by the next one who publishes there, and Git does not see it.
//
// It refuses a folder that cannot be renamed, and lets one publish at a time.
package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
)

// The names in the folder beside: the successor, the predecessor while two
// renames are under way, the lock, and what hides all of it from Git.
const (
	nextName   = "next"
	oldName    = "old"
	lockName   = "lock"
	ignoreName = ".gitignore"
)

// askAgain is how often to ask whether the other one is done.
const askAgain = 50 * time.Millisecond

// Stage is where the successor of a folder is made. Link may be called from
// several goroutines.
type Stage struct {
	Target string // the folder to replace, links in its path followed
	Exists bool   // there is one to replace
	Next   string // the folder of its successor, empty at first

	beside string
	made   []string // folders above the target that were not there, the lowest first
	lock   *flock.Flock
	swap   func(a, b string) error // exchanges two names in one step
	steps  int                     // that it may take; 2, the swap not counted
	copies atomic.Bool             // nothing can be linked here

	mu      sync.Mutex
	folders map[string]bool // below Next that are there
}

// Open prepares to replace a folder, or to make it. While somebody else does so
// it calls waiting, if it is not nil, once, and waits.
func Open(ctx context.Context, target string, waiting func()) (*Stage, error) {
	return open(ctx, target, "", waiting)
}

// open prepares it in a folder of its own in scratch, or beside the target.
func open(ctx context.Context, target, scratch string, waiting func()) (*Stage, error) {
	s := &Stage{swap: exchange, steps: 2, folders: map[string]bool{".": true}}
	if err := s.locate(target); err != nil {
		return nil, err
	}
	s.beside = filepath.Join(filepath.Dir(s.Target), ".suqiu-"+filepath.Base(s.Target))
	if scratch != "" {
		if err := os.Mkdir(scratch, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		s.beside = filepath.Join(scratch, "tree")
	}
	s.Next = filepath.Join(s.beside, nextName)
	if err := s.makeParent(); err != nil {
		return nil, err
	}
	if err := s.acquire(ctx, waiting); err != nil {
		s.removeMade()
		return nil, err
	}
	if err := s.clear(); err != nil {
		s.Close()
		return nil, fmt.Errorf("不能在输出目录旁边准备 %s：%w", s.beside, err)
	}
	return s, nil
}

// locate finds the place that is to be replaced: where a link leads to, not the
// link.
func (s *Stage) locate(target string) error {
	abs, err := filepath.Abs(target)
	if err != nil {
		return err
	}
	s.Target = abs
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		s.Target = real
	} else if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		s.Target = filepath.Join(real, filepath.Base(abs))
	}
	info, err := os.Lstat(s.Target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("不能查看输出目录 %s：%w", target, err)
	case !info.IsDir():
		return fmt.Errorf("%s 不是目录；请换一个输出目录（--out）", target)
	case filepath.Dir(s.Target) == s.Target || mounted(s.Target):
		return &FixedError{s.Target, nil}
	}
	return nil
}

// FixedError says that a folder cannot be renamed, so that nothing can take its
// place in one step.
type FixedError struct {
	Dir string
	Err error // what the system said; nil if it was not asked
}

func (e *FixedError) Error() string {
	why := "它是一个挂载点"
	if e.Err != nil {
		why = e.Err.Error()
	}
	return fmt.Sprintf("输出目录 %s 不能改名（%s），网站就不能整个换上；请把 --out 写成它下面的一个目录，如 %s",
		e.Dir, why, filepath.Join(e.Dir, "site"))
}

func (e *FixedError) Unwrap() error { return e.Err }

// makeParent makes the folder above the target, and notes what was not there.
func (s *Stage) makeParent() error {
	parent := filepath.Dir(s.Target)
	for dir := parent; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			break
		}
		s.made = append(s.made, dir)
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return fmt.Errorf("不能建立目录 %s：%w", parent, err)
	}
	return nil
}

// acquire takes the lock. Whoever had it before takes the file away at the end,
// so that one may hold a lock on a file that nobody else will see: then again.
func (s *Stage) acquire(ctx context.Context, waiting func()) error {
	name := filepath.Join(s.beside, lockName)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := os.Mkdir(s.beside, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("网站先在输出目录旁边写好再整个换上，但 %s 建不了：%w；请给上级目录写的权限，"+
				"或换一个输出目录（--out）", s.beside, err)
		}
		lock := flock.New(name)
		ok, err := lock.TryLock()
		if !ok && err == nil {
			if waiting != nil {
				waiting()
				waiting = nil
			}
			_, err = lock.TryLockContext(ctx, askAgain)
		}
		switch {
		case errors.Is(err, errors.ErrUnsupported): // a file system without locks
			return nil
		case errors.Is(err, fs.ErrNotExist): // the folder has just been taken away
			continue
		case err != nil && ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return fmt.Errorf("不能锁定 %s：%w", name, err)
		}
		held, err := lock.Stat()
		if there, err2 := os.Stat(name); err == nil && err2 == nil && os.SameFile(held, there) {
			s.lock = lock
			return nil
		}
		lock.Close()
	}
}

// clear takes away what one who was killed left, puts back what it had taken
// away, and makes the folder of the successor.
func (s *Stage) clear() error {
	if err := os.WriteFile(filepath.Join(s.beside, ignoreName), []byte("*\n"), 0o644); err != nil {
		return err
	}
	old := filepath.Join(s.beside, oldName)
	if _, err := os.Lstat(s.Target); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(old, s.Target); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for _, dir := range []string{s.Next, old} {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	mode := fs.FileMode(0o755)
	info, err := os.Lstat(s.Target)
	if s.Exists = err == nil; s.Exists {
		mode = info.Mode() & (fs.ModePerm | fs.ModeSetgid | fs.ModeSticky)
	}
	if err := os.Mkdir(s.Next, 0o755); err != nil {
		return err
	}
	if s.Exists {
		alike(s.Next, info)
		return os.Chmod(s.Next, mode)
	}
	return nil
}

// Link makes a file of the target, by its slash path, one of its successor too.
func (s *Stage) Link(name string) error {
	if err := s.folder(path.Dir(name)); err != nil {
		return err
	}
	from, to := filepath.Join(s.Target, filepath.FromSlash(name)), filepath.Join(s.Next, filepath.FromSlash(name))
	if !s.copies.Load() {
		err := os.Link(from, to)
		if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) {
			return err
		}
		s.copies.Store(true)
	}
	return duplicate(from, to)
}

// folder makes a folder of the successor.
func (s *Stage) folder(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.folders[name] {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(s.Next, filepath.FromSlash(name)), 0o755); err != nil {
		return err
	}
	s.folders[name] = true
	return nil
}

// duplicate copies a file with the time of its last change, by which it is known
// again.
func duplicate(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Chmod(info.Mode().Perm()), out.Close(), os.Chtimes(to, info.ModTime(), info.ModTime()))
}

// Publish puts the successor in the place of the target. Of what was there it
// removes the files that were linked, and those of which known, if it is not nil,
// is true of their slash paths; one that somebody has put there or saved meanwhile
// goes over to the successor.
func (s *Stage) Publish(known func(name string) bool) error {
	if !s.Exists {
		if err := os.Rename(s.Next, s.Target); err != nil {
			return fmt.Errorf("不能换上新的 %s：%w", s.Target, err)
		}
		return nil
	}
	was, err := s.replace()
	if err != nil {
		return err
	}
	s.dispose(was, known)
	return nil
}

// replace exchanges the two folders, and tells where the old one is now.
func (s *Stage) replace() (was string, err error) {
	if err = s.swap(s.Next, s.Target); err == nil {
		return s.Next, nil
	}
	if !errors.Is(err, errors.ErrUnsupported) || s.steps < 2 {
		return "", &FixedError{s.Target, err}
	}
	was = filepath.Join(s.beside, oldName)
	if err := os.Rename(s.Target, was); err != nil {
		return "", &FixedError{s.Target, err}
	}
	if err := os.Rename(s.Next, s.Target); err != nil {
		return "", errors.Join(fmt.Errorf("不能换上新的 %s：%w", s.Target, err), os.Rename(was, s.Target))
	}
	return was, nil
}

// dispose removes the old tree. The new one is published by then: what cannot be
// removed now is cleared the next time.
func (s *Stage) dispose(was string, known func(name string) bool) {
	var folders, files []string
	_ = filepath.WalkDir(was, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if entry.IsDir() {
			folders = append(folders, name)
		} else {
			files = append(files, name)
		}
		return nil
	})
	var removing sync.WaitGroup
	for part := range slices.Chunk(files, max(1, (len(files)+1)/2)) {
		removing.Go(func() {
			for _, name := range part {
				s.remove(was, name, known)
			}
		})
	}
	removing.Wait()
	for _, dir := range slices.Backward(folders) {
		_ = os.Remove(dir)
	}
}

// remove removes one file of the old tree. One that nobody knew, saved there since,
// goes into the new tree.
func (s *Stage) remove(was, name string, known func(name string) bool) {
	rel, err := filepath.Rel(was, name)
	if err != nil {
		return
	}
	to := filepath.Join(s.Target, rel)
	if known != nil && known(filepath.ToSlash(rel)) || sameFile(name, to) {
		_ = os.Remove(name)
	} else if os.MkdirAll(filepath.Dir(to), 0o755) == nil {
		_ = os.Rename(name, to)
	}
}

func sameFile(a, b string) bool {
	one, err := os.Lstat(a)
	other, err2 := os.Lstat(b)
	return err == nil && err2 == nil && os.SameFile(one, other)
}

// Close ends it. What was made and not published is gone.
func (s *Stage) Close() {
	for _, name := range []string{nextName, oldName, ignoreName} {
		_ = os.RemoveAll(filepath.Join(s.beside, name))
	}
	if s.lock != nil {
		// While it is held, as whoever comes next makes one anew; some systems
		// remove no open file.
		name := filepath.Join(s.beside, lockName)
		err := os.Remove(name)
		_ = s.lock.Close()
		if err != nil {
			_ = os.Remove(name)
		}
	}
	_ = os.Remove(s.beside) // unless somebody is waiting in it
	s.removeMade()
}

// removeMade removes the folders above the target that nothing came of.
func (s *Stage) removeMade() {
	for _, dir := range s.made {
		_ = os.Remove(dir)
	}
}
