// Package deskcmd is the commands that put something on a branch of its own: they
// read the main branch as a desk does, ask for what is missing, tell what it would
// bring, and push it if they are told to.
package deskcmd

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/desk"
	"suqiu/internal/diag"
	"suqiu/internal/privacy"
	"suqiu/internal/register"
	"suqiu/internal/submit"
)

// Proposing are the flags of what writes a branch.
type Proposing struct {
	DryRun  bool
	Request bool
	Auto    bool
	Confirm func(context.Context) error // asked before the branch is kept; nil: nobody
}

// Flags declares them.
func (p *Proposing) Flags(f *pflag.FlagSet) {
	f.BoolVar(&p.DryRun, "dry-run", false, "只显示会怎么改，什么也不写")
	f.BoolVar(&p.Request, "mr", false, "推送分支，并请 GitLab 建立合并请求")
}

// Open is where whoever runs the program takes steps.
func Open(ctx context.Context, inv *cli.Invocation) (*desk.Desk, error) {
	return desk.Open(ctx, desk.Place{Dir: inv.Dir, Ref: inv.Ref, Environ: inv.GitEnviron, Objects: inv.Objects,
		AsOf: inv.Day(), Now: inv.Landing(), Build: inv.Cache(), Load: inv.Read})
}

// Propose makes the commit, says what it brings and, if nothing stands in its way,
// keeps it as a branch.
func Propose(ctx context.Context, inv *cli.Invocation, d *desk.Desk, p submit.Proposal, how *Proposing) error {
	j, err := d.Judge(ctx, p)
	if err != nil {
		return err
	}
	defer j.Close()
	if len(j.Blocking) > 0 {
		fmt.Fprint(inv.Stdout, "没有提交，仓库和原来一样：这一步带来下列错误\n\n")
		return cmp.Or(cli.WriteBlocking(inv.Stdout, j.Register, j.Blocking), cli.ErrFindings)
	}
	if len(j.Found) > 0 {
		shown := diag.TextOptions{Excerpt: j.Register.Excerpt, Color: inv.Color}
		if err := diag.Text(inv.Data, j.Found, shown); err != nil {
			return err
		}
	}
	if how.DryRun {
		diff, err := j.Diff(ctx)
		if err == nil {
			writeDiff(inv, diff)
		}
		return err
	}
	if how.Confirm != nil {
		if err := how.Confirm(ctx); err != nil {
			return err
		}
	}
	if err := j.Keep(ctx); err != nil {
		return err
	}
	if !how.Request {
		fmt.Fprintf(inv.Stdout, "已提交到分支 %s（%s），工作区没有改动\n", j.Branch, register.ShortHash(j.Commit))
		inv.Note("推送并建立合并请求：git push -o merge_request.create origin %s；下次可加 --mr", j.Branch)
		return nil
	}
	if err := j.Request(ctx, how.Auto, inv.Stderr); err != nil {
		return err
	}
	fmt.Fprintf(inv.Stdout, "已推送分支 %s（%s），请 GitLab 建立合并请求“%s”\n", j.Branch,
		register.ShortHash(j.Commit), j.Subject)
	return nil
}

// writeDiff shows a change. The lines around it are of the file as it stands, with
// whatever numbers and signs somebody wrote there.
func writeDiff(inv *cli.Invocation, diff string) {
	for line := range strings.SplitSeq(privacy.MaskedText(diff), "\n") {
		before, after := "", ""
		if colour := map[byte]string{'+': "32", '-': "31", '@': "36"}[(line + " ")[0]]; inv.Color && colour != "" {
			before, after = "\x1b["+colour+"m", "\x1b[0m"
		}
		fmt.Fprint(inv.Data, before)
		fmt.Fprint(inv.Stdout, line)
		fmt.Fprint(inv.Data, after+"\n")
	}
}
