//go:build !linux && !darwin

package git

import "os"

// mapFile reads a file: here one that is mapped could not be replaced.
func mapFile(name string) (data []byte, release func([]byte) error, err error) {
	data, err = os.ReadFile(name)
	return data, nil, err
}
