package templates

import (
	"bytes"
	"io/fs"
	"path"
	"time"
)

// Source is the folder templates/ of a tree whose files it gives by their paths, nil
// if there is none: a build shows what is committed, not what lies about.
type Source func(name string) []byte

// Open implements fs.FS for files alone.
func (s Source) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	data := s(path.Join("templates", name))
	if data == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return newMemoryFile(path.Base(name), data), nil
}

// memoryFile is a regular file that was read already.
type memoryFile struct {
	*bytes.Reader
	name string
}

func newMemoryFile(name string, data []byte) fs.File {
	return memoryFile{bytes.NewReader(data), name}
}

func (f memoryFile) Stat() (fs.FileInfo, error) { return memoryInfo{f.name, f.Reader.Size()}, nil }
func (f memoryFile) Close() error               { return nil }

type memoryInfo struct {
	name string
	size int64
}

func (i memoryInfo) Name() string     { return i.name }
func (i memoryInfo) Size() int64      { return i.size }
func (memoryInfo) Mode() fs.FileMode  { return 0o444 }
func (memoryInfo) ModTime() time.Time { return time.Time{} }
func (memoryInfo) IsDir() bool        { return false }
func (memoryInfo) Sys() any           { return nil }
