//go:build !linux

package publish

import (
	"errors"
	"io/fs"
)

// exchange is not to be had: two renames take its place.
func exchange(string, string) error { return errors.ErrUnsupported }

// mounted cannot be told beforehand: renaming fails.
func mounted(string) bool { return false }

// alike leaves the folder as the system made it.
func alike(string, fs.FileInfo) {}
