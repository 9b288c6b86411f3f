package gate

import (
	"context"
	"errors"
	"slices"

	"suqiu/internal/caserules"
	"suqiu/internal/git"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/settings"
)

// Commit judges what is staged: the findings that stand in its way, as if it were
// to land now. It is nil where there is nothing to judge. known says that the
// author is who commits; else nothing asks who did it.
func (g *Gate) Commit(ctx context.Context, staged *git.Staged, known bool) ([]problem.Problem, *register.Register,
	error) {
	if len(staged.Paths) == 0 {
		return nil, nil, nil
	}
	options, err := StagedOptions(g.Repo, staged)
	if errors.Is(err, settings.ErrNotCases) {
		return nil, nil, nil // some other repository, or the commit that is to become one
	}
	if err != nil {
		return nil, nil, err
	}
	d, err := g.Load(ctx, g.Repo, options)
	if err != nil {
		return nil, nil, err
	}
	return slices.DeleteFunc(Blocking(rules.Run(d)), func(f problem.Problem) bool {
		return !slices.Contains(staged.Paths, f.Path) || !known && caserules.AsksWho(f.Rule)
	}), d, nil
}

// StagedOptions say what to hold staged changes to: the main branch as it is
// known here, or, where there is none, what has been committed.
func StagedOptions(repo *git.Repo, staged *git.Staged) (register.Options, error) {
	_, cfg, err := settings.ConfigOf(repo, staged.Commit)
	if errors.Is(err, settings.ErrNotCases) && staged.Born {
		_, cfg, err = settings.ConfigOf(repo, "HEAD") // what takes suqiu.yaml away is judged too
	}
	if err != nil {
		return register.Options{}, err
	}
	o := register.Options{Ref: staged.Commit, Narrow: true}
	if !staged.Born {
		return o, nil
	}
	if o.Base, err = repo.MainTip(cfg.MainBranch); err != nil {
		return o, err
	}
	if o.Base == "" {
		o.Base = "HEAD"
	}
	switch _, _, err := settings.ConfigOf(repo, o.Base); {
	case errors.Is(err, settings.ErrNotCases):
		o.Base = "" // the main branch has no cases yet
	case err != nil:
		return o, err
	}
	return o, nil
}
