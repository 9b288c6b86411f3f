package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// writeOut writes a file whole or not at all: beside the place of name first.
// "-" is standard output, for another program. What is there and is no file,
// /dev/null or a pipe, is written to: renaming would put a file in its place.
func (inv *invocation) writeOut(name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(inv.data)
	}
	if info, err := os.Stat(name); err == nil && info.Mode()&(os.ModeDevice|os.ModeNamedPipe) != 0 {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err == nil {
			err = errors.Join(write(f), f.Close())
		}
		if err != nil {
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
