package mainline

import (
	"suqiu/internal/git"
	"suqiu/internal/timeline"
)

// Commit is a commit that landed, or that the branch under Base has.
type Commit struct {
	git.Commit
	Landing  int  // index of the landing that brought it
	Proposed bool // the branch under Base has it, and it has not landed
	order    int  // in which commits landed: a parent's is less than its child's
}

// Attribution makes a commit the answer to who said something.
func (c *Commit) Attribution() timeline.Attribution {
	return timeline.Attribution{Commit: c.Hash.String(), Author: *c.Author,
		Authored: timeline.Moment(c.Authored).Time(), Committed: timeline.Moment(c.Committed).Time()}
}

// read reads a commit.
func read(rd *git.Reader, h git.Hash, names git.People) (*Commit, error) {
	c, err := rd.Commit(h, names)
	if err != nil {
		return nil, err
	}
	return &Commit{Commit: *c}, nil
}
