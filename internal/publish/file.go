package publish

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Scratch is a folder for files that are not whole yet, where neither Git nor a
// reader of what is published sees one that is left behind; empty: there is none,
// and they lie beside the file that they become.
type Scratch string

// forgotten is how much older than another a temporary file is that nobody writes
// any more.
const forgotten = time.Hour

// create makes a temporary file in the scratch folder, or beside name where that
// cannot be had.
func (s Scratch) create(name string) (*os.File, error) {
	if s != "" {
		if err := os.Mkdir(string(s), 0o777); err == nil || errors.Is(err, fs.ErrExist) {
			if f, err := os.CreateTemp(string(s), "file-*.tmp"); err == nil {
				s.Sweep(f)
				return f, nil
			}
		}
	}
	return os.CreateTemp(filepath.Dir(name), ".suqiu-*")
}

// Sweep removes the temporary files, by names that end in .tmp, that somebody who
// was killed has left long before fresh was made.
func (s Scratch) Sweep(fresh *os.File) {
	now, err := fresh.Stat()
	if err != nil {
		return
	}
	entries, _ := os.ReadDir(string(s))
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && strings.HasSuffix(e.Name(), ".tmp") &&
			now.ModTime().Sub(info.ModTime()) > forgotten {
			_ = os.Remove(filepath.Join(string(s), e.Name()))
		}
	}
}

// fill writes a temporary file to its end.
func fill(f *os.File, mode fs.FileMode, write func(io.Writer) error) error {
	b := bufio.NewWriterSize(f, 64<<10)
	err := write(b)
	if err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// File writes a file whole or not at all; one that is there is replaced.
func (s Scratch) File(name string, mode fs.FileMode, write func(io.Writer) error) error {
	return s.place(name, mode, write, os.Rename)
}

// NewFile does so with one that must not be there yet: else the error is
// fs.ErrExist.
func (s Scratch) NewFile(name string, mode fs.FileMode, write func(io.Writer) error) error {
	return s.place(name, mode, write, func(from, to string) error {
		err := os.Link(from, to)
		if err == nil || errors.Is(err, fs.ErrExist) || isElsewhere(err) {
			return err
		}
		if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) { // nothing can be linked here
			return &fs.PathError{Op: "create", Path: to, Err: fs.ErrExist}
		}
		return os.Rename(from, to)
	})
}

// place writes a temporary file and gives it its name. If it then turns out that
// the two lie on different file systems, it is written again beside its place.
func (s Scratch) place(name string, mode fs.FileMode, write func(io.Writer) error,
	put func(from, to string) error) error {
	for {
		f, err := s.create(name)
		if err != nil {
			return err
		}
		if err = fill(f, mode, write); err == nil {
			err = put(f.Name(), name)
		}
		_ = os.Remove(f.Name()) // not there any more if it was renamed
		if s == "" || !isElsewhere(err) {
			return err
		}
		s = ""
	}
}

// Add adds files, by slash paths below top, of which none may be there yet: all of
// them or none, even if the program is killed. Where the system exchanges no names
// it writes one after the other, and takes them back if one cannot be written.
// progress is told how many of them are written.
func (s Scratch) Add(
	ctx context.Context, top string, files map[string][]byte, progress func(done, total int),
) error {
	names := make([]string, 0, len(files))
	for name := range files {
		if _, err := os.Lstat(filepath.Join(top, filepath.FromSlash(name))); !errors.Is(err, fs.ErrNotExist) {
			return &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
		}
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) > 1 {
		err := s.addTree(ctx, top, names, files, progress)
		if err == nil || !errors.Is(err, errStepwise) {
			return err
		}
	}
	return s.addStepwise(top, names, files, progress)
}

// addStepwise writes one file after the other.
func (s Scratch) addStepwise(
	top string, names []string, files map[string][]byte, progress func(done, total int)) (err error) {
	var written []string
	for _, name := range names {
		place := filepath.Join(top, filepath.FromSlash(name))
		if err = os.MkdirAll(filepath.Dir(place), 0o755); err == nil {
			err = s.NewFile(place, 0o644, func(w io.Writer) error { _, err := w.Write(files[name]); return err })
		}
		if err != nil {
			for _, done := range written {
				err = errors.Join(err, os.Remove(done))
			}
			return fmt.Errorf("%s：%w", name, err)
		}
		written = append(written, place)
		progress(len(written), len(names))
	}
	return nil
}

// errStepwise says that a tree cannot be replaced in one step here.
var errStepwise = errors.New("no exchange of names here")

// addTree replaces the lowest folder that holds all the files by one that holds
// them as well.
func (s Scratch) addTree(
	ctx context.Context, top string, names []string, files map[string][]byte, progress func(done, total int),
) error {
	folder := path.Dir(names[0])
	for _, name := range names {
		for folder != "." && !strings.HasPrefix(name, folder+"/") {
			folder = path.Dir(folder)
		}
	}
	if folder == "." {
		return errStepwise // the top holds what is nobody's to move
	}
	// Of folders that are not there yet the highest one comes, with all below it.
	for up := path.Dir(folder); up != "."; up = path.Dir(up) {
		if _, err := os.Lstat(filepath.Join(top, filepath.FromSlash(up))); errors.Is(err, fs.ErrNotExist) {
			folder = up
		}
	}
	stage, err := open(ctx, filepath.Join(top, filepath.FromSlash(folder)), string(s), nil)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		return errStepwise
	}
	defer stage.Close()
	stage.steps = 1
	if stage.Exists {
		if err := stage.linkAll(); err != nil {
			return err
		}
		if stage.copies.Load() {
			return errStepwise
		}
	}
	for i, name := range names {
		below := strings.TrimPrefix(name, folder+"/")
		if err := stage.folder(path.Dir(below)); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(stage.Next, filepath.FromSlash(below)), files[name], 0o644); err != nil {
			return err
		}
		progress(i+1, len(names))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	var fixed *FixedError
	if err := stage.Publish(nil); errors.As(err, &fixed) || errors.Is(err, errors.ErrUnsupported) || isElsewhere(err) {
		return errStepwise
	} else if err != nil {
		return err
	}
	return nil
}

// linkAll gives the successor all files of the target.
func (s *Stage) linkAll() error {
	return filepath.WalkDir(s.Target, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(s.Target, name)
		if err != nil {
			return err
		}
		if rel = filepath.ToSlash(rel); entry.IsDir() {
			return s.folder(rel)
		}
		if !entry.Type().IsRegular() {
			return errStepwise // links and the like stay where they are
		}
		return s.Link(rel)
	})
}
