package history

import "suqiu/internal/git"

// commit is a commit that landed, or that the branch under Base has.
type commit struct {
	git.Commit
	landing  int  // index of the landing that brought it
	order    int  // in which commits landed: a parent's is less than its child's
	proposed bool // the branch under Base has it, and it has not landed
}

// read reads a commit.
func read(rd *git.Reader, h git.Hash, names git.People) (*commit, error) {
	c, err := rd.Commit(h, names)
	if err != nil {
		return nil, err
	}
	return &commit{Commit: *c}, nil
}
