package main

import (
	"context"
	"errors"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/register"
	"suqiu/internal/terminal"
	"suqiu/internal/workday"
)

// load reads the repository at -C as of the day. It refuses one whose suqiu.yaml
// cannot be read: what the 公开 edition may show is not known then.
func (inv *invocation) load(ctx context.Context) (*register.Register, error) {
	repo, err := git.Open(inv.dir)
	if err != nil {
		return nil, err
	}
	d, err := inv.read(ctx, repo, register.Options{Ref: inv.ref})
	if err == nil && d.Config.Unreadable != nil {
		return nil, d.Config.Unreadable
	}
	return d, err
}

// read reads a repository as the options say, as of the day.
func (inv *invocation) read(ctx context.Context, repo *git.Repo, o register.Options) (*register.Register, error) {
	return inv.readBy(ctx, register.Load, repo, o)
}

// mainline reads no more of a repository than its landings, as of the day.
func (inv *invocation) mainline(ctx context.Context, repo *git.Repo) (*register.Register, error) {
	return inv.readBy(ctx, register.Mainline, repo, register.Options{Ref: inv.ref})
}

type loader func(context.Context, *git.Repo, register.Options) (*register.Register, error)

func (inv *invocation) readBy(ctx context.Context, load loader, repo *git.Repo, o register.Options) (*register.Register,
	error) {
	p := inv.progress("读取历史")
	defer p.Clear()
	o.AsOf, o.Now, o.Progress = inv.day(), inv.landing(), p.Update
	if !inv.noCache {
		o.Build = inv.Build
	}
	d, err := load(ctx, repo, o)
	if err != nil {
		return nil, err
	}
	inv.tellVanished(d)
	return d, nil
}

// tellVanished says that the main branch does not go on from where it was when
// this machine last looked. It proves nothing, so it is no finding.
func (inv *invocation) tellVanished(d *register.Register) {
	if was := d.Vanished; was != nil {
		inv.note("注意：上次在本机看到的主分支到提交 %s（%s 入库），现在的历史不是从它接着来的。",
			was.Commit[:register.TraceDigits], gate.Minute(was.At))
		inv.note("本地还没有推送的提交重做过，属正常；否则主分支可能被改写过，请向联席办核实。只提示这一次")
	}
}

// landing is when a merge request under check is taken to land: now, or at
// the end of the day that --as-of names.
func (inv *invocation) landing() time.Time {
	if now := inv.Now(); inv.day() == workday.Of(now) {
		return now
	}
	return inv.day().End().Add(-time.Second)
}

// calendar is that of the case repository at -C, or the built-in one where
// there is no case repository and none was asked for.
func (inv *invocation) calendar() (*workday.Calendar, error) {
	cfg, err := inv.configuration()
	switch {
	case err != nil:
		return nil, err
	case cfg == nil:
		return workday.NewCalendar(workday.Overrides{}), nil
	}
	return cfg.Calendar, nil
}

// configuration is that of the case repository at -C; nil where there is no
// case repository and none was asked for.
func (inv *invocation) configuration() (*config.Config, error) {
	asked := inv.dir != "." || inv.ref != ""
	repo, err := git.Open(inv.dir)
	rev := inv.ref
	if err == nil && rev == "" {
		rev, err = repo.ConfigRef()
	}
	switch {
	case err != nil && asked:
		return nil, err
	case err != nil:
		return nil, nil
	}
	_, cfg, err := register.ConfigOf(repo, rev)
	switch {
	case errors.Is(err, register.ErrNotCases):
		return nil, nil
	case err != nil:
		return nil, err
	case cfg.Unreadable != nil:
		return nil, cfg.Unreadable
	}
	return cfg, nil
}

// progress tells of a long piece of work on a terminal that somebody watches.
func (inv *invocation) progress(what string) *terminal.Progress {
	if !inv.Progress || inv.quiet {
		return terminal.NewProgress(nil, what, inv.Now)
	}
	return terminal.NewProgress(inv.status, what, inv.Now)
}
