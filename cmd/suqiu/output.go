package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"suqiu/internal/publish"
)

// writeOut writes a file whole or not at all. "-" is standard output, for another program.
func (inv *invocation) writeOut(name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(inv.data)
	}
	if isDevice(name) {
		if err := writeTo(name, write); err != nil {
			return fmt.Errorf("写不了 %s：%w", inv.shown(name), err)
		}
		return nil
	}
	if err := scratchFor(name).File(name, 0o644, write); err != nil {
		return fmt.Errorf("写不了 %s：%w", inv.shown(name), err)
	}
	return nil
}

// scratchFor is where a file is written before it takes its place: in Git's own
// folder if it is to lie in a work tree, so that no commit ever takes along what
// was left by a program that was killed.
func scratchFor(name string) publish.Scratch {
	top := workTreeOf(filepath.Dir(name))
	git := gitFolderOf(top)
	if info, err := os.Stat(filepath.Join(git, "HEAD")); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return publish.Scratch(filepath.Join(git, "suqiu"))
}

// replaceFile writes a file whole or not at all, with the permissions that it has.
// A symbolic link stays one; the file it leads to is replaced. A file that is not
// there is made, with its folder.
func replaceFile(name string, data []byte) error {
	if isDevice(name) {
		return writeTo(name, func(w io.Writer) error { _, err := w.Write(data); return err })
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
	return scratchFor(target).File(target, mode, func(w io.Writer) error { _, err := w.Write(data); return err })
}

// writeNew writes a file that is not there yet, whole or not at all, with the
// folders above it. It never overwrites one.
func writeNew(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return fmt.Errorf("建不了目录：%w", err)
	}
	err := scratchFor(file).NewFile(file, 0o644, func(w io.Writer) error { _, err := w.Write(data); return err })
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
func writeTo(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}
