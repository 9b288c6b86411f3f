package preview

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"

	"suqiu/internal/workday"
	"suqiu/internal/worktree"
)

// Watched are the paths whose change can change the site: refs and HEAD of
// the repository, and the templates of the work tree.
func Watched(dir string) []string {
	top := worktree.Top(dir)
	git := worktree.GitFolder(top)
	paths := []string{filepath.Join(git, "HEAD"), filepath.Join(git, "packed-refs"), filepath.Join(git, "refs")}
	if text, err := worktree.ReadFile(filepath.Join(git, "commondir")); err == nil {
		shared := strings.TrimSpace(string(text))
		if !filepath.IsAbs(shared) {
			shared = filepath.Join(git, shared)
		}
		paths = append(paths, filepath.Join(shared, "packed-refs"), filepath.Join(shared, "refs"))
	}
	return append(paths, filepath.Join(top, "templates"))
}

// WatchFolders adds the folders of the paths; what cannot be watched is polled.
func WatchFolders(w *fsnotify.Watcher, paths []string) {
	for _, p := range paths {
		_ = filepath.WalkDir(p, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil
			case entry.IsDir():
				_ = w.Add(name)
			case name == p:
				_ = w.Add(filepath.Dir(name))
			}
			return nil
		})
	}
}

// Signature changes whenever what is watched does, and with the day.
func Signature(dir string, day workday.Date) uint64 {
	h := fnv.New64a()
	fmt.Fprintln(h, day)
	for _, p := range Watched(dir) {
		_ = filepath.WalkDir(p, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return nil
			}
			if info, err := entry.Info(); err == nil {
				fmt.Fprintln(h, name, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return h.Sum64()
}
