// Package desk is the main branch as a step goes on from it, and who takes the
// step: which steps there are on a case, what they become as a commit on a branch
// of its own, and what stands in the way of it. It asks nobody and prints nothing,
// so that a terminal and a page offer the same.
package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/register"
	"suqiu/internal/settings"
	"suqiu/internal/submit"
	"suqiu/internal/workday"
)

// Place says where the desk stands: a clone, and what is known around it.
type Place struct {
	Dir string
	Ref string // the commit to go on from; empty: the main branch as it is known here, origin's first
	// Environ is the environment of git, Objects are folders of objects beside the
	// repository's own; nil: its own.
	Environ []string
	Objects []string
	AsOf    workday.Date
	Now     time.Time
	Build   string // names the program, for the caches; empty: none
	// Load reads the repository as the options say, as of the day.
	Load func(context.Context, *git.Repo, register.Options) (*register.Register, error)
}

// Desk is the main branch of a clone, with who takes steps in it.
type Desk struct {
	*register.Lazy
	Place
	Repo  *git.Repo
	Base  string // the commit that steps go on from
	Email string
	Who   config.Actor
}

// Open reads the main branch.
func Open(ctx context.Context, p Place) (*Desk, error) {
	repo, err := git.Open(p.Dir)
	if err != nil {
		return nil, err
	}
	d := &Desk{Place: p, Repo: repo}
	if d.Base, err = base(repo, p.Ref); err != nil {
		return nil, err
	}
	if _, d.Email, err = submit.Author(ctx, p.Dir, p.Environ); err != nil {
		return nil, err
	}
	o := register.Options{Ref: d.Base, AsOf: p.AsOf, Now: p.Now, Build: p.Build}
	if d.Lazy, err = register.Open(ctx, repo, o); err != nil {
		return nil, err
	}
	d.Who = d.Actor(d.Email, workday.Of(p.Now))
	if d.Config.HasAddresses() && len(d.Who.Units) == 0 && len(d.Who.Roles) == 0 {
		return nil, fmt.Errorf("提交人邮箱 %s 没有登记在 suqiu.yaml 中，不知道是哪个单位：请运行 "+
			"git config user.email 写上本单位邮箱，或请联席办登记", d.Email)
	}
	return d, nil
}

// base is the commit to go on from: ref, else the tip of the main branch.
func base(repo *git.Repo, ref string) (string, error) {
	rev, err := repo.ConfigRef()
	if err != nil {
		return "", err
	}
	_, cfg, err := settings.ConfigOf(repo, cmp.Or(ref, rev))
	switch {
	case err != nil:
		return "", err
	case cfg.Unreadable != nil:
		return "", cfg.Unreadable
	case ref != "":
		return ref, nil
	}
	tip, err := repo.MainTip(cfg.MainBranch)
	if err == nil && tip == "" {
		err = errors.New("还没有主分支 " + cfg.MainBranch)
	}
	return tip, err
}

// Register is every case where the step goes on from.
func (d *Desk) Register(ctx context.Context) (*register.Register, error) {
	return d.Load(ctx, d.Repo, register.Options{Ref: d.Base})
}

// Name is what whoever takes the step is called.
func (d *Desk) Name() string { return cmp.Or(strings.Join(d.Who.Units, "、"), "您") }
