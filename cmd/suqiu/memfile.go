package main

import (
	"bytes"
	"io/fs"
	"time"
)

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
