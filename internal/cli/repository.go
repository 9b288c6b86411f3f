package cli

import (
	"context"
	"errors"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/register"
	"suqiu/internal/settings"
	"suqiu/internal/workday"
)

// Load reads the repository at -C as of the day. It refuses one whose suqiu.yaml
// cannot be read: what the 公开 edition may show is not known then.
func (inv *Invocation) Load(ctx context.Context) (*register.Register, error) {
	repo, err := git.Open(inv.Dir)
	if err != nil {
		return nil, err
	}
	d, err := inv.Read(ctx, repo, register.Options{Ref: inv.Ref})
	if err == nil && d.Config.Unreadable != nil {
		return nil, d.Config.Unreadable
	}
	return d, err
}

// Read reads a repository as the options say, as of the day.
func (inv *Invocation) Read(ctx context.Context, repo *git.Repo, o register.Options) (*register.Register, error) {
	return inv.readBy(ctx, register.Load, repo, o)
}

// Mainline reads no more of a repository than its landings, as of the day.
func (inv *Invocation) Mainline(ctx context.Context, repo *git.Repo) (*register.Register, error) {
	return inv.readBy(ctx, register.Mainline, repo, register.Options{Ref: inv.Ref})
}

type loader func(context.Context, *git.Repo, register.Options) (*register.Register, error)

func (inv *Invocation) readBy(ctx context.Context, load loader, repo *git.Repo, o register.Options) (*register.Register,
	error) {
	p := inv.ProgressOf("读取历史")
	defer p.Clear()
	o.AsOf, o.Now, o.Progress, o.Build = inv.Day(), inv.Landing(), p.Update, inv.Cache()
	d, err := load(ctx, repo, o)
	if err != nil {
		return nil, err
	}
	inv.tellVanished(d)
	return d, nil
}

// tellVanished says that the main branch does not go on from where it was when
// this machine last looked. It proves nothing, so it is no finding.
func (inv *Invocation) tellVanished(d *register.Register) {
	if was := d.Vanished; was != nil {
		inv.Note("注意：上次在本机看到的主分支到提交 %s（%s 入库），现在的历史不是从它接着来的。",
			was.Commit[:register.TraceDigits], workday.Minute(was.At))
		inv.Note("本地还没有推送的提交重做过，属正常；否则主分支可能被改写过，请向联席办核实。只提示这一次")
	}
}

// Calendar is that of the case repository at -C, or the built-in one where
// there is no case repository and none was asked for.
func (inv *Invocation) Calendar() (*workday.Calendar, error) {
	cfg, err := inv.Configuration()
	switch {
	case err != nil:
		return nil, err
	case cfg == nil:
		return workday.NewCalendar(workday.Overrides{}), nil
	}
	return cfg.Calendar, nil
}

// Configuration is that of the case repository at -C; nil where there is no
// case repository and none was asked for.
func (inv *Invocation) Configuration() (*config.Config, error) {
	asked := inv.Dir != "." || inv.Ref != ""
	repo, err := git.Open(inv.Dir)
	rev := inv.Ref
	if err == nil && rev == "" {
		rev, err = repo.ConfigRef()
	}
	switch {
	case err != nil && asked:
		return nil, err
	case err != nil:
		return nil, nil
	}
	_, cfg, err := settings.ConfigOf(repo, rev)
	switch {
	case errors.Is(err, settings.ErrNotCases):
		return nil, nil
	case err != nil:
		return nil, err
	case cfg.Unreadable != nil:
		return nil, cfg.Unreadable
	}
	return cfg, nil
}

// WalkOptions are the options to walk what has landed at a commit or branch.
func (inv *Invocation) WalkOptions(ref string, cfg *config.Config) mainline.Options {
	return mainline.Options{Ref: ref, MainBranch: cfg.MainBranch, Now: inv.Landing(), Build: inv.Cache()}
}
