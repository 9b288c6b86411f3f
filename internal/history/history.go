// Package history says what each case was told to be, landing by landing, and by
// whom: it reads the files that package mainline found changed.
//
// A change lands with its mainline commit (first-parent chain), at that
// commit's committer time but never earlier than the landing before it. A
// step is what a commit says that none of its parents says, compared by key,
// entry and body section; only what survives into the landed content counts. A
// merge says what differs from one parent and was not brought by another since
// the two parted: what a merge undoes is its author's step (merge.go). A 编号 is
// one appeal's for ever: what gives it to another is Taken (taken.go).
//
// Walk reads no case. Cases reads and parses each content once and attributes
// each change to a commit of its landing, on as many goroutines as Options ask for.
package history

import (
	"context"
	"sync"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
)

// History is a walked mainline with what each landing did to cases and other files.
// Its methods may be called from any goroutine.
type History struct {
	*mainline.Mainline

	suspicious  func([]byte) bool
	overlay     map[string]git.Entry // under Base: what the branch changed
	tracks      []*track             // the cases, by 编号
	others      map[string][]version
	away        map[string]git.Mode // links and submodules under the name of a case
	blobChanges blobChanges

	additions map[string][]addition // under Base: by 编号, what the branch registers
	removed   map[string]bool       // and which of them it took back

	mu     sync.Mutex
	failed error       // of a method that returns no error; Cases returns it
	idle   *git.Reader // with what it read for the last question; its files are closed
}

// version is one landed state of a path that is no case.
type version struct {
	landing int
	entry   git.Entry
}

// Walk reads the mainline of a repository: its landings, and what each changed. It
// reads no file: parsing is Cases's.
func Walk(ctx context.Context, repo *git.Repo, o mainline.Options) (*History, error) {
	m, changes, err := mainline.Walk(ctx, repo, o)
	if err != nil {
		return nil, err
	}
	h := &History{Mainline: m, suspicious: o.Suspicious, others: map[string][]version{}, away: map[string]git.Mode{}}
	h.collect(changes)
	rd := repo.Reader()
	defer rd.Close()
	return h, h.registered(rd)
}

// reader is that of the last question, whose trees the next one needs again, or a
// new one while another goroutine asks. It is given back by rest.
func (h *History) reader() *git.Reader {
	h.mu.Lock()
	defer h.mu.Unlock()
	if rd := h.idle; rd != nil {
		h.idle = nil
		return rd
	}
	return h.Repo.Reader()
}

func (h *History) rest(rd *git.Reader) {
	rd.CloseFiles()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.idle = rd
}

// FileVersion is one landed version of a file that is no case.
type FileVersion struct {
	Landing int
	Data    []byte // nil: deleted
}
