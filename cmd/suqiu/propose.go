package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"suqiu/internal/config"
	"suqiu/internal/diag"
	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/submit"
	"suqiu/internal/workday"
)

// proposing are the flags of what writes a branch.
type proposing struct {
	dryRun  bool
	request bool
	auto    bool
}

func (p *proposing) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&p.dryRun, "dry-run", false, "只显示会怎么改，什么也不写")
	cmd.Flags().BoolVar(&p.request, "mr", false, "推送分支，并请 GitLab 建立合并请求")
}

// desk is the main branch as a step goes on from it, and who takes the step.
type desk struct {
	*register.Lazy
	repo  *git.Repo
	base  string // commit
	email string
	now   time.Time
	who   config.Actor
}

// desk reads the main branch as it is known here, origin's first.
func (inv *invocation) desk(ctx context.Context) (*desk, error) {
	repo, err := git.Open(inv.dir)
	if err != nil {
		return nil, err
	}
	d := &desk{repo: repo, base: inv.ref, now: inv.landing()}
	rev, err := repo.ConfigRef()
	if err != nil {
		return nil, err
	}
	_, cfg, err := register.ConfigOf(repo, cmp.Or(d.base, rev))
	if err != nil {
		return nil, err
	}
	if cfg.Unreadable != nil {
		return nil, cfg.Unreadable
	}
	if d.base == "" {
		if d.base, err = repo.MainTip(cfg.MainBranch); err != nil {
			return nil, err
		}
	}
	if d.base == "" {
		return nil, errors.New("还没有主分支 " + cfg.MainBranch)
	}
	if _, d.email, err = submit.Author(ctx, inv.dir, inv.GitEnviron); err != nil {
		return nil, err
	}
	o := register.Options{Ref: d.base, AsOf: inv.day(), Now: d.now}
	if !inv.noCache {
		o.Build = inv.Build
	}
	if d.Lazy, err = register.Open(ctx, repo, o); err != nil {
		return nil, err
	}
	d.who = d.Actor(d.email, workday.Of(d.now))
	if d.Config.HasAddresses() && len(d.who.Units) == 0 && len(d.who.Roles) == 0 {
		return nil, fmt.Errorf("提交人邮箱 %s 没有登记在 suqiu.yaml 中，不知道是哪个单位：请运行 "+
			"git config user.email 写上本单位邮箱，或请联席办登记", d.email)
	}
	return d, nil
}

// registerAt is every case where the step goes on from.
func (inv *invocation) registerAt(ctx context.Context, d *desk) (*register.Register, error) {
	return inv.read(ctx, d.repo, register.Options{Ref: d.base})
}

// shown names who takes the step.
func (d *desk) shown() string { return cmp.Or(strings.Join(d.who.Units, "、"), "您") }

// code is that of the unit in whose name a step is taken.
func (d *desk) code(unit string) string {
	for _, name := range append(d.who.Units[:len(d.who.Units):len(d.who.Units)], unit, d.Config.OfficeUnit()) {
		if u := d.Config.Unit(name); u != nil {
			return u.Code
		}
	}
	return "X"
}

// called is what a message calls a case: by its title, or by its number where the
// title may not be told to everybody.
func (d *desk) called(before *register.Case, after *record.Case) string {
	if before != nil && d.Restricted(before) || d.Restricted(&register.Case{Case: after}) {
		return after.ID
	}
	return submit.Neutral(masked(after.Title))
}

// proposal is what is to become a commit on a branch of its own.
type proposal struct {
	files         map[string]string
	branch        string
	subject, body string
}

// propose makes the commit beside the work tree, checks it as a request to the
// main branch, and keeps it as a branch.
func (o *stepOptions) propose(ctx context.Context, d *desk, p *proposal) error {
	made, err := submit.Prepare(ctx, submit.Proposal{Dir: o.dir, Environ: o.GitEnviron, Base: d.base, Files: p.files,
		Subject: p.subject, Body: p.body})
	if err != nil {
		return err
	}
	defer made.Close()
	if clean, err := o.judge(ctx, d, made); !clean {
		return err
	}
	if o.dryRun {
		diff, err := made.Diff(ctx)
		if err == nil {
			o.writeDiff(diff)
		}
		return err
	}
	branch, err := made.Keep(ctx, p.branch)
	if err != nil {
		return err
	}
	if !o.request {
		fmt.Fprintf(o.Stdout, "已提交到分支 %s（%s），工作区没有改动\n", branch, gate.ShortHash(made.Commit))
		o.note("推送并建立合并请求：git push -o merge_request.create origin %s；下次可加 --mr", branch)
		return nil
	}
	err = made.Push(ctx, submit.Request{Target: cmp.Or(d.Config.MainBranch, "main"), Auto: o.auto,
		Log: o.Stderr})
	if err == nil {
		fmt.Fprintf(o.Stdout, "已推送分支 %s（%s），请 GitLab 建立合并请求“%s”\n", branch,
			gate.ShortHash(made.Commit), p.subject)
	}
	return err
}

// writeDiff shows a change. The lines around it are of the file as it stands, with
// whatever numbers and signs somebody wrote there.
func (inv *invocation) writeDiff(diff string) {
	for line := range strings.SplitSeq(masked(diff), "\n") {
		before, after := "", ""
		if colour := map[byte]string{'+': "32", '-': "31", '@': "36"}[(line + " ")[0]]; inv.Color && colour != "" {
			before, after = "\x1b["+colour+"m", "\x1b[0m"
		}
		fmt.Fprint(inv.data, before)
		fmt.Fprint(inv.Stdout, line)
		fmt.Fprint(inv.data, after+"\n")
	}
}

// judge says what the commit brings; an error stands in its way.
func (inv *invocation) judge(ctx context.Context, d *desk, made *submit.Prepared) (clean bool, err error) {
	repo, err := git.Open(inv.dir, append(inv.Objects[:len(inv.Objects):len(inv.Objects)], made.Objects)...)
	if err != nil {
		return false, err
	}
	now, err := inv.read(ctx, repo, register.Options{Ref: made.Commit, Base: d.base, Narrow: true})
	if err != nil {
		return false, err
	}
	found := brought(rules.Run(now))
	if blocking := gate.Blocking(slices.Clone(found)); len(blocking) > 0 {
		fmt.Fprint(inv.Stdout, "没有提交，仓库和原来一样：这一步带来下列错误\n\n")
		if err := inv.writeBlocking(now, blocking); err != nil {
			return false, err
		}
		return false, errFindings
	}
	if len(found) == 0 {
		return true, nil
	}
	return true, diag.Text(inv.data, found, diag.TextOptions{Excerpt: now.Excerpt, Color: inv.Color})
}
