package worktree

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"suqiu/internal/publish"
)

// ScratchFor is where a file is written before it takes its place: in Git's own
// folder if it is to lie in a work tree, so that no commit ever takes along what
// was left by a program that was killed.
func ScratchFor(name string) publish.Scratch {
	top := Top(filepath.Dir(name))
	git := GitFolder(top)
	if info, err := os.Stat(filepath.Join(git, "HEAD")); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return publish.Scratch(filepath.Join(git, "suqiu"))
}

// Replace writes a file whole or not at all, with the permissions that it has; what
// is a device or a pipe is written to.
// A symbolic link stays one; the file it leads to is replaced. A file that is not
// there is made, with its folder.
func Replace(name string, data []byte) error {
	if isDevice(name) {
		return writeTo(name, data)
	}
	mode := fs.FileMode(0o644)
	target, err := filepath.EvalSymlinks(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		target = name
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
	case err != nil:
		return err
	default:
		info, err := os.Stat(target)
		if err != nil {
			return err
		}
		mode = info.Mode().Perm()
	}
	return ScratchFor(target).File(target, mode, func(w io.Writer) error { _, err := w.Write(data); return err })
}

// Create writes a file that is not there yet, whole or not at all, with the
// folders above it. It never overwrites one.
func Create(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return fmt.Errorf("建不了目录：%w", err)
	}
	err := ScratchFor(file).NewFile(file, 0o644, func(w io.Writer) error { _, err := w.Write(data); return err })
	if err != nil {
		return fmt.Errorf("写不了 %s：%w", filepath.ToSlash(file), err)
	}
	return nil
}

// isDevice reports whether a name is that of something that is written to and
// never replaced: /dev/null, /dev/stdout, a pipe.
func isDevice(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// writeTo writes to what is there.
func writeTo(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
