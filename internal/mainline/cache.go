package mainline

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"sort"

	"suqiu/internal/git"
	"suqiu/internal/people"
	"suqiu/internal/store"
)

// walkFile keeps for every landing the commits that it brought and the paths that it
// changed. All of this follows from the hash of the last landing, so it stays true
// whatever becomes of the branch: a walk goes back from its tip until it meets a
// landing that the file knows, and takes over everything up to there. After the main
// branch was rewritten that is the common beginning.
const walkFile = "walk"

// keepDir is the folder of all caches, below the repository's common folder.
const keepDir = "suqiu"

// Kept is where a build of the program keeps files of a repository between runs.
func Kept(repo *git.Repo, build string) store.Dir {
	return store.Dir{Path: filepath.Join(repo.Common, keepDir), Build: build}
}

// walkCache is what an earlier walk found of a mainline, in columns, so that loading it
// is quick and only what is asked for becomes a Commit. Commits are numbered as they
// landed: those that a landing brought, parents first, then the landing itself.
type walkCache struct {
	// Of each commit:
	Hashes, Trees       []byte   // twenty bytes each
	Authors, Committers []uint32 // in People
	Authored, Committed []int64
	Requests, Messages  []uint32 // messages: one more than the number in Texts; 0: not suspicious
	ParentsEnd          []uint32 // in Parents
	Parents             []uint32 // numbers of commits
	Order               []uint32 // the numbers of the commits, by hash
	Ends, ChangedEnd    []uint32 // of each landing: after its own commit, after its last change
	ChangedPath         []uint32 // of each change: in Texts
	ChangedMode         []uint32
	ChangedHash         []byte
	People              []people.Person
	Texts               []string
}

// walkLabel says on which options a walk cache depends: which messages were kept.
func walkLabel(o Options) string { return fmt.Sprint(o.MainBranch, o.Suspicious != nil) }

// readWalk is what an earlier walk left; an empty cache if there is none.
func readWalk(keep store.Dir, o Options) *walkCache {
	if list := store.Read[*walkCache](keep, walkFile, walkLabel(o)); len(list) == 1 {
		return list[0]
	}
	return &walkCache{}
}

// start is where the i-th entry begins, given where each one ends.
func start(ends []uint32, i int) int {
	if i == 0 {
		return 0
	}
	return int(ends[i-1])
}

func hashAt(column []byte, n int) git.Hash { return git.Hash(column[20*n : 20*n+20]) }

// first is the first commit that a landing brought, own the last: itself.
func (w *walkCache) first(landing int) int { return start(w.Ends, landing) }
func (w *walkCache) own(landing int) int   { return int(w.Ends[landing]) - 1 }

// landing is the one that brought a commit.
func (w *walkCache) landing(n int) int {
	return sort.Search(len(w.Ends), func(i int) bool { return int(w.Ends[i]) > n })
}

// find looks up a commit by its hash.
func (w *walkCache) find(h git.Hash) (n int, ok bool) {
	at, ok := sort.Find(len(w.Order), func(i int) int {
		n := w.Order[i]
		return bytes.Compare(h[:], w.Hashes[20*n:20*n+20])
	})
	if !ok {
		return 0, false
	}
	return int(w.Order[at]), true
}

// index looks up which landing a commit is.
func (w *walkCache) index(h git.Hash) (landing int, ok bool) {
	n, ok := w.find(h)
	if !ok {
		return 0, false
	}
	landing = w.landing(n)
	return landing, w.own(landing) == n
}

// commit makes a commit of what is known of it.
func (w *walkCache) commit(n int) *Commit {
	c := &Commit{Landing: w.landing(n), order: n, Commit: git.Commit{
		Hash: hashAt(w.Hashes, n), Tree: hashAt(w.Trees, n),
		Author: &w.People[w.Authors[n]], Authored: w.Authored[n],
		Committer: &w.People[w.Committers[n]], Committed: w.Committed[n], Request: int(w.Requests[n]),
	}}
	for _, p := range w.Parents[start(w.ParentsEnd, n):w.ParentsEnd[n]] {
		c.Parents = append(c.Parents, hashAt(w.Hashes, int(p)))
	}
	if m := w.Messages[n]; m > 0 {
		c.Message = []byte(w.Texts[m-1])
	}
	return c
}

// changes appends what a landing changed; the old entries are not known.
func (w *walkCache) changes(landing int, list []git.Change) []git.Change {
	for i := start(w.ChangedEnd, landing); i < int(w.ChangedEnd[landing]); i++ {
		list = append(list, git.Change{
			Path: w.Texts[w.ChangedPath[i]],
			New:  git.Entry{Mode: git.Mode(w.ChangedMode[i]), Hash: hashAt(w.ChangedHash, i)},
		})
	}
	return list
}

// walkWriter fills a walkCache, landing by landing.
type walkWriter struct {
	walkCache
	numbers    map[git.Hash]uint32
	people     map[people.Person]uint32
	texts      map[string]uint32
	incomplete bool // a commit has a parent that did not land
}

func newWalkWriter() *walkWriter {
	return &walkWriter{numbers: map[git.Hash]uint32{}, people: map[people.Person]uint32{}, texts: map[string]uint32{}}
}

// intern is the number of a value in a list that has each once.
func intern[T comparable](list *[]T, numbers map[T]uint32, v T) uint32 {
	n, known := numbers[v]
	if !known {
		n = uint32(len(*list))
		numbers[v] = n
		*list = append(*list, v)
	}
	return n
}

// addCommits adds a landing: the commits that it brought, its own the last.
func (w *walkWriter) addCommits(commits []*Commit) {
	for _, c := range commits {
		w.Hashes, w.Trees = append(w.Hashes, c.Hash[:]...), append(w.Trees, c.Tree[:]...)
		w.Authors = append(w.Authors, intern(&w.People, w.people, *c.Author))
		w.Committers = append(w.Committers, intern(&w.People, w.people, *c.Committer))
		w.Authored, w.Committed = append(w.Authored, c.Authored), append(w.Committed, c.Committed)
		message := uint32(0)
		if c.Message != nil {
			message = 1 + intern(&w.Texts, w.texts, string(c.Message))
		}
		w.Requests, w.Messages = append(w.Requests, uint32(c.Request)), append(w.Messages, message)
		for _, p := range c.Parents {
			n, known := w.numbers[p]
			w.incomplete = w.incomplete || !known
			w.Parents = append(w.Parents, n)
		}
		w.ParentsEnd = append(w.ParentsEnd, uint32(len(w.Parents)))
		w.numbers[c.Hash] = uint32(len(w.numbers))
	}
	w.Ends = append(w.Ends, uint32(len(w.numbers)))
}

// addChanges adds what a landing changed, after that of the one before.
func (w *walkWriter) addChanges(changes []git.Change) {
	for _, ch := range changes {
		w.ChangedPath = append(w.ChangedPath, intern(&w.Texts, w.texts, ch.Path))
		w.ChangedMode = append(w.ChangedMode, uint32(ch.New.Mode))
		w.ChangedHash = append(w.ChangedHash, ch.New.Hash[:]...)
	}
	w.ChangedEnd = append(w.ChangedEnd, uint32(len(w.ChangedPath)))
}

// cache is what was added. Changes may be added to it later, commits may not.
func (w *walkWriter) cache() *walkCache {
	for n := range len(w.numbers) {
		w.Order = append(w.Order, uint32(n))
	}
	w.numbers = nil
	slices.SortFunc(w.Order, func(a, b uint32) int {
		return bytes.Compare(w.Hashes[20*a:20*a+20], w.Hashes[20*b:20*b+20])
	})
	return &w.walkCache
}
