//go:build linux || darwin

package git

import (
	"os"
	"syscall"
)

// mapFile gives a file's content without reading it: the system brings in what
// is looked at. Git replaces such files and never changes them. release ends it.
func mapFile(name string) (data []byte, release func([]byte) error, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return nil, nil, err
	}
	data, err = syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, &os.PathError{Op: "mmap", Path: name, Err: err}
	}
	return data, syscall.Munmap, nil
}
