package history

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

// Uncommitted lists the files at or below some paths that HEAD has otherwise, or
// not at all, than the index or the work tree, by path; none in a bare
// repository. Of files that Git does not know it lists those of an extension. It
// must come before the first Walk.
func (r *Repo) Uncommitted(paths []string, extension string) ([]string, error) {
	if r.Bare() {
		return nil, nil
	}
	staged, err := r.Stage("", "nobody <> 0 +0000") // which is the same to what it changes
	if err != nil {
		return nil, err
	}
	idx, err := readStage(filepath.Join(r.GitDir, "index"))
	if err != nil {
		return nil, err
	}
	meant := func(name string) bool {
		return slices.ContainsFunc(paths, func(p string) bool {
			return name == p || strings.HasPrefix(name, p) && strings.HasSuffix(p, "/")
		})
	}
	list := slices.DeleteFunc(staged.Paths, func(name string) bool { return !meant(name) })
	known := make(map[string]bool, len(idx.Entries))
	for _, e := range idx.Entries {
		known[e.Name] = true
		if !meant(e.Name) || e.SkipWorktree || !mode(e.Mode).regular() {
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
		err := filepath.WalkDir(filepath.Join(r.Dir, filepath.FromSlash(p)), func(file string, entry fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case strings.HasPrefix(entry.Name(), ".") && entry.IsDir():
				return fs.SkipDir
			}
			name, err := filepath.Rel(r.Dir, file)
			if name = filepath.ToSlash(name); err == nil && entry.Type().IsRegular() && path.Ext(name) == extension && !known[name] {
				list = append(list, name)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
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
	if info.Mode().IsRegular() && uint32(info.Size()) == e.Size && info.ModTime().Equal(e.ModifiedAt) {
		return true, nil // Git, too, takes it for that
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return false, err
	}
	unix := bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return plumbing.ComputeHash(plumbing.BlobObject, data) == e.Hash || plumbing.ComputeHash(plumbing.BlobObject, unix) == e.Hash, nil
}
