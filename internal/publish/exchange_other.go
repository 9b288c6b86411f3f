//go:build !linux

package publish

import (
	"errors"
	"io/fs"
	"os"
)

// exchange is not to be had: two renames take its place.
func exchange(string, string) error { return errors.ErrUnsupported }

// isElsewhere reports whether something failed because two places may lie on
// different file systems: each system has its own words for it.
func isElsewhere(err error) bool {
	var link *os.LinkError
	return errors.As(err, &link) && !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) &&
		!errors.Is(err, fs.ErrPermission)
}

// mounted cannot be told beforehand: renaming fails.
func mounted(string) bool { return false }

// alike leaves the folder as the system made it.
func alike(string, fs.FileInfo) {}
