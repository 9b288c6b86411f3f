package register

import (
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/store"
	"suqiu/internal/timeline"
)

// seenFile keeps, beside the cache, the head of the main branch that the last run
// saw: its commit and when it landed.
const seenFile = "seen"

// seenHead is what the file says.
type seenHead struct {
	Commit string
	At     int64 // Unix seconds
}

// vanished compares the landings with what the last run saw, and keeps what this
// one sees. A run that looks at an older commit tells nothing and keeps nothing.
func vanished(repo *git.Repo, landings []timeline.Landing) *timeline.Landing {
	if len(landings) == 0 {
		return nil
	}
	head := landings[len(landings)-1]
	keep := mainline.Kept(repo, "") // another build has seen the same branch
	was := store.Read[seenHead](keep, seenFile, "")
	known := len(was) == 1
	switch {
	case known && was[0].Commit == head.Commit:
		return nil
	case known && slices.ContainsFunc(landings, func(l timeline.Landing) bool { return l.Commit == was[0].Commit }):
		known = false // it went on from there
	case known && repo.OnMainlineOf(head.Commit, was[0].Commit):
		return nil
	}
	store.Write(keep, seenFile, "", []seenHead{{head.Commit, head.At.Unix()}})
	if !known {
		return nil
	}
	return &timeline.Landing{Commit: was[0].Commit, At: timeline.Moment(was[0].At).Time()}
}
