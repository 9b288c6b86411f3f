package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"suqiu/internal/worktree"
)

// JSON reports whether the result is to be JSON.
func (inv *Invocation) JSON() bool { return inv.Format == JSON }

// Header begins every JSON.
type Header struct {
	Version int    `json:"version"` // of the format
	Tool    string `json:"tool"`
	Head    string `json:"head"`
	AsOf    string `json:"as_of"`
}

// Header is that of an answer about commit head.
func (inv *Invocation) Header(head string) Header {
	return Header{Version: 1, Tool: Tool, Head: head, AsOf: inv.Day().String()}
}

// WriteJSON prints v with Chinese as it is.
func (inv *Invocation) WriteJSON(v any) error {
	enc := json.NewEncoder(inv.Data)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// Deliver writes a result whole or not at all: to the file out, of which said then
// tells; to standard output, for another program, if that is "-"; else it shows it.
func (inv *Invocation) Deliver(out, said string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	to := io.Writer(inv.Data)
	switch {
	case out == "" && !inv.JSON():
		to = inv.Stdout
		fallthrough
	case out == "", out == "-":
		_, err := to.Write(b.Bytes())
		return err
	}
	if err := worktree.Replace(out, b.Bytes()); err != nil {
		return fmt.Errorf("写不了 %s：%w", worktree.Shown(inv.Dir, out), err)
	}
	inv.Note(said, out)
	return nil
}

// What Deliver says of a file.
const (
	SaidWritten = "已写入 %s"
	SaidFilled  = "已写到 %s"
)

// FileFor is the file that was named, or for Word and Excel, which no screen
// shows, one of that name.
func (inv *Invocation) FileFor(out, name string) string {
	if out == "" && (inv.Format == Word || inv.Format == Excel) {
		return name + "." + inv.Format
	}
	return out
}

// Verbatim writes what is there already.
func Verbatim(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}
