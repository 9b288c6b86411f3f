package git

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/index"
)

// Uncommitted lists the files at or below some paths that the index or the work
// tree has otherwise than HEAD, by path; none in a bare repository. Of untracked
// files it lists those of an extension. It must come before the first Walk.
func (r *Repo) Uncommitted(paths []string, extension string) ([]string, error) {
	if r.Bare() {
		return nil, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	idx, err := readIndex(filepath.Join(r.GitDir, "index"))
	if err != nil {
		return nil, err
	}
	parents, err := r.stageParents()
	if err != nil {
		return nil, err
	}
	r.db.made = map[Hash]object{}
	list, err := r.changedSince(parents, stageTree(r.db.made, idx.Entries, ""))
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(name string) bool { return !within(name, paths) })
	known := make(map[string]bool, len(idx.Entries))
	for _, e := range idx.Entries {
		known[e.Name] = true
		if !within(e.Name, paths) || e.SkipWorktree || !Mode(e.Mode).Regular() {
			continue
		}
		switch same, err := r.same(e); {
		case err != nil:
			return nil, err
		case !same:
			list = append(list, e.Name)
		}
	}
	for _, p := range paths {
		untracked, err := r.untracked(p, extension, known)
		if err != nil {
			return nil, err
		}
		list = append(list, untracked...)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// within reports whether a file is one of some paths or lies in one of the
// folders among them, which end with a slash.
func within(name string, paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		return name == p || strings.HasSuffix(p, "/") && strings.HasPrefix(name, p)
	})
}

// untracked lists the files of an extension below a path that are not among those
// known. Folders whose names begin with a dot are Git's own and the platforms'.
func (r *Repo) untracked(below, extension string, known map[string]bool) (list []string, err error) {
	err = filepath.WalkDir(filepath.Join(r.Dir, filepath.FromSlash(below)),
		func(file string, entry fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case strings.HasPrefix(entry.Name(), ".") && entry.IsDir():
				return fs.SkipDir
			}
			name, err := filepath.Rel(r.Dir, file)
			if name = filepath.ToSlash(name); err == nil && entry.Type().IsRegular() && path.Ext(name) == extension &&
				!known[name] {
				list = append(list, name)
			}
			return err
		})
	return list, err
}

// same reports whether a file is as the index has it. Ends of lines do not count:
// on Windows Git changes them as it checks out.
func (r *Repo) same(e *index.Entry) (bool, error) {
	name := filepath.Join(r.Dir, filepath.FromSlash(e.Name))
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !info.Mode().IsRegular() {
		return false, nil // a link, or what no read may ever return from
	}
	if uint32(info.Size()) == e.Size && info.ModTime().Equal(e.ModifiedAt) {
		return true, nil // Git, too, takes it for that
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return false, err
	}
	unix := bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return plumbing.ComputeHash(plumbing.BlobObject, data) == e.Hash ||
		plumbing.ComputeHash(plumbing.BlobObject, unix) == e.Hash, nil
}
