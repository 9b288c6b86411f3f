package git

import "github.com/go-git/go-git/v5/plumbing"

// BlobName is the hash by which Git knows a file of this content.
func BlobName(data []byte) string { return plumbing.ComputeHash(plumbing.BlobObject, data).String() }
