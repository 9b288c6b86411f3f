package main

import (
	"bytes"
	"fmt"
	"io"

	"suqiu/internal/worktree"
)

// deliver writes a result whole or not at all: to the file out, of which said then
// tells; to standard output, for another program, if that is "-"; else it shows it.
func (inv *invocation) deliver(out, said string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	to := inv.data
	switch {
	case out == "" && !inv.json():
		to = inv.Stdout
		fallthrough
	case out == "", out == "-":
		_, err := to.Write(b.Bytes())
		return err
	}
	if err := worktree.Replace(out, b.Bytes()); err != nil {
		return fmt.Errorf("写不了 %s：%w", worktree.Shown(inv.dir, out), err)
	}
	inv.note(said, out)
	return nil
}

// What deliver says of a file.
const (
	saidWritten = "已写入 %s"
	saidFilled  = "已写到 %s"
)

// fileFor is the file that was named, or for Word and Excel, which no screen
// shows, one of that name.
func (inv *invocation) fileFor(out, name string) string {
	if out == "" && (inv.format == formatWord || inv.format == formatExcel) {
		return name + "." + inv.format
	}
	return out
}

// verbatim writes what is there already.
func verbatim(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}
