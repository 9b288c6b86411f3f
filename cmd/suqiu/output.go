package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeOut writes a file whole or not at all: beside the place of name first.
// "-" is standard output, for another program.
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
	f, err := os.CreateTemp(filepath.Dir(name), ".suqiu-*")
	if err != nil {
		return fmt.Errorf("写不了 %s：%w", inv.shown(name), err)
	}
	defer os.Remove(f.Name())
	b := bufio.NewWriter(f)
	err = write(b)
	err = errors.Join(err, b.Flush(), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("写不了 %s：%w", inv.shown(name), err)
	}
	return nil
}

// replaceFile writes data to a temporary file beside the named one and puts
// it in its place, with the same permissions: whole or not at all. A symbolic
// link stays one; the file it leads to is replaced. A file that is not there
// is made, with its folder.
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
	f, err := os.CreateTemp(filepath.Dir(target), ".suqiu-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), target)
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
