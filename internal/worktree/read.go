// Package worktree is the folder that somebody works in: it finds the one of a case
// repository, reads its files and writes them whole or not at all. It never waits
// for a pipe that it was not told to read, and follows no name out of the folder
// unasked.
package worktree

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

// ErrNotRegular says that a name is that of a pipe, a device or a socket, from
// which a read may never return.
var ErrNotRegular = errors.New("不是普通文件")

// ReadFile reads a regular file.
func ReadFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNotRegular
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

// ReadStream reads a stream to its end, or until ctx ends.
func ReadStream(ctx context.Context, r io.Reader) ([]byte, error) {
	return wait(ctx, func() ([]byte, error) { return readAll(r) })
}

// ReadNamed reads a file that was named to be read, which may be a pipe: somebody
// will write into it.
func ReadNamed(ctx context.Context, name string) ([]byte, error) {
	return wait(ctx, func() ([]byte, error) {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return readAll(f)
	})
}

// RegularFiles are the regular files of a folder, and its folders.
type RegularFiles struct{ Dir string }

// Open implements fs.FS.
func (r RegularFiles) Open(name string) (fs.File, error) {
	files := os.DirFS(r.Dir)
	info, err := fs.Stat(files, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: path.Join("templates", name), Err: ErrNotRegular}
	}
	return files.Open(name)
}
