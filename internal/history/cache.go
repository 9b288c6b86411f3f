package history

import (
	"os"
	"path/filepath"

	"suqiu/internal/git"
	"suqiu/internal/publish"
	"suqiu/internal/store"
)

// The cache of a walk is one file in the repository's own folder: of every
// landing the commits that it brought and the paths that it changed. All of it
// follows from the hash of the last landing, so what the file says of a commit
// holds for ever, whatever becomes of the branch: a walk goes back from its tip
// until it meets a landing that the file knows, and takes over all up to there.
// A main branch that was rewritten shares the beginning only.
//
// Nothing depends on the file. One that is missing, damaged or of another
// build of the program is as good as none, and one that cannot be written is
// not written.

// cacheDir is the folder of the caches, below the repository's common folder.
const cacheDir = "suqiu"

// cacheFile is the cache of the walk.
const cacheFile = "history"

// worthwhile is how many landings or cases a cache must lack before it is
// written anew:
// so many are read in less time than the file of a large repository takes.
const worthwhile = 64

// recall reads the cache of the walk; an empty past if there is none.
func recall(repo *git.Repo, o Options) *past {
	if o.Build == "" {
		return &past{}
	}
	data, err := os.ReadFile(filepath.Join(repo.Common, cacheDir, cacheFile))
	if err != nil {
		return &past{}
	}
	p, ok := decodePast(data, o.Build)
	if !ok || p.kept() != (o.Suspicious != nil) {
		return &past{}
	}
	return p
}

// Kept is where a build of the program keeps files of a repository between runs.
func Kept(repo *git.Repo, build string) store.Dir {
	return store.Dir{Path: filepath.Join(repo.Common, cacheDir), Build: build}
}

// replaceFile writes a cache. It takes the place of another in one
// step, so that readers and other writers always see a whole file. That it
// cannot be written, in a folder that may only be read, is no error: the next
// walk is as slow as this one.
func replaceFile(dir, name string, data []byte) {
	if err := os.Mkdir(dir, 0o777); err != nil && !os.IsExist(err) {
		return
	}
	f, err := os.CreateTemp(dir, name+"-*.tmp")
	if err != nil {
		return
	}
	publish.Scratch(dir).Sweep(f)
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644) // CreateTemp lets nobody else read
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		os.Remove(f.Name())
	}
}
