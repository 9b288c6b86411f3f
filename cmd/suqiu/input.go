package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
)

// maxInput is how many bytes are read of a file or of standard input: far more
// than any case, paper or ledger has, and nothing that fills the memory.
const maxInput = 64 << 20

// errTooLong says that there is more to read than anybody may mean.
var errTooLong = fmt.Errorf("超过 %d MB，没有读", maxInput>>20)

// errNotRegular says that a name is that of a pipe, a device or a socket, from
// which a read may never return.
var errNotRegular = errors.New("不是普通文件")

// readFile reads a regular file.
func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f)
}

func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	if err == nil && len(data) > maxInput {
		return nil, errTooLong
	}
	return data, err
}

// wait calls read, which may never return, and stops waiting for it as soon as the
// program is told to stop.
func wait(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		data, err := read()
		done <- result{data, err}
	}()
	select {
	case r := <-done:
		return r.data, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// input reads standard input to its end.
func (inv *invocation) input(ctx context.Context) ([]byte, error) {
	return wait(ctx, func() ([]byte, error) { return readAll(inv.Stdin) })
}

// readNamed reads a file that was named to be read, which may be a pipe: somebody
// will write into it.
func readNamed(ctx context.Context, name string) ([]byte, error) {
	return wait(ctx, func() ([]byte, error) {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return readAll(f)
	})
}

// regularFiles are the regular files of a folder, and its folders.
type regularFiles struct{ dir string }

// Open implements fs.FS.
func (r regularFiles) Open(name string) (fs.File, error) {
	files := os.DirFS(r.dir)
	info, err := fs.Stat(files, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: path.Join("templates", name), Err: errNotRegular}
	}
	return files.Open(name)
}
