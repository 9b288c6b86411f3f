package register

import (
	"slices"
	"strings"
	"time"

	"suqiu/internal/git"
	"suqiu/internal/history"
)

// seenFile keeps, beside the cache, the head of the main branch that the last run
// saw: its commit and when it landed.
const seenFile = "seen"

// vanished compares the landings with what the last run saw, and keeps what this
// one sees. A run that looks at an older commit tells nothing and keeps nothing.
func vanished(repo *git.Repo, landings []history.Landing) *history.Landing {
	if len(landings) == 0 {
		return nil
	}
	head := landings[len(landings)-1]
	commit, at, _ := strings.Cut(strings.TrimSpace(string(history.Recall(repo, seenFile))), " ")
	when, err := time.Parse(time.RFC3339, at)
	known := err == nil // else this is the first run, or somebody changed the file
	switch {
	case known && commit == head.Commit:
		return nil
	case known && slices.ContainsFunc(landings, func(l history.Landing) bool { return l.Commit == commit }):
		known = false // it went on from there
	case known && repo.OnMainlineOf(head.Commit, commit):
		return nil
	}
	history.Remember(repo, seenFile, []byte(head.Commit+" "+head.At.Format(time.RFC3339)+"\n"))
	if !known {
		return nil
	}
	return &history.Landing{Commit: commit, At: when}
}
