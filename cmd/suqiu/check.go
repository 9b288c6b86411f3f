package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/config"
	"suqiu/internal/diag"
	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
)

type checkOptions struct {
	*invocation
	base   string
	pusher string
	all    bool
}

func newCheckCmd(inv *invocation) *cobra.Command {
	opts := checkOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "check",
		Formats: []string{cli.Text, cli.JSON, cli.GitLab, cli.JUnit, cli.SARIF, cli.GitHub},
		Run:     opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.Var((*cli.Revision)(&opts.base), "base",
				"检查合并请求：写目标分支的`版本`，如 refs/remotes/origin/main")
			f.StringVar(&opts.pusher, "pusher", "", "核对提交人：写推送这个分支的人在平台上的`账号`")
			f.BoolVar(&opts.all, "all", false, "全部列出：已忽略的，以及不是合并请求带来的")
		}})
}

func (opts *checkOptions) run(ctx context.Context, _ []string) error {
	if opts.pusher != "" && opts.base == "" {
		return misuse.New("--pusher 与 --base 一起用")
	}
	repo, err := git.Open(opts.Dir)
	if err != nil {
		return err
	}
	d, err := opts.Read(ctx, repo, register.Options{Ref: opts.Ref, Base: opts.base, Pusher: opts.pusher})
	if err != nil {
		return err
	}
	findings := rules.Run(d)
	shown := findings
	if opts.base != "" && !opts.all && (opts.Format == cli.Text || opts.Format == cli.GitHub) {
		shown = gate.Brought(findings)
	}
	if err := opts.writeFindings(d, shown, opts.all); err != nil {
		return err
	}
	if rest := diag.Count(findings).Total() - diag.Count(shown).Total(); rest > 0 && opts.Format == cli.Text {
		fmt.Fprintf(opts.Stdout, "另有 %d 个问题不是本请求带来的，没有列出；加 --all 全部列出\n", rest)
	}
	if opts.base == "" && opts.Ref == "" && opts.Format == cli.Text {
		opts.noteUncommitted()
	}
	if diag.Count(findings).Errors > 0 {
		return cli.ErrFindings
	}
	return nil
}

// noteUncommitted says which files wait to be committed: whoever has just written
// one would take the result for one about it.
func (inv *invocation) noteUncommitted() {
	repo, err := git.Open(inv.Dir)
	if err != nil {
		return
	}
	list, err := repo.Uncommitted(append([]string{config.Path, "cases/"}, papers.Folders()...), ".md")
	if err != nil || len(list) == 0 { // what cannot be told is no reason to fail
		return
	}
	const most = 3
	names := strings.Join(list[:min(most, len(list))], "、")
	if len(list) > most {
		names += " 等"
	}
	inv.Note("有 %d 个文件的修改还没有提交，没有检查：%s", len(list), names)
	inv.Note("提交之前检查：先 git add，再运行 suqiu hook pre-commit")
}

// writeFindings prints findings in the format that was asked for.
func (inv *invocation) writeFindings(d *register.Register, findings []problem.Problem, suppressed bool) error {
	h := diag.Header{Tool: cli.Tool, Head: d.Head, AsOf: d.AsOf.String()}
	write := map[string]func(io.Writer, diag.Report) error{
		cli.GitLab: diag.GitLab, cli.JUnit: diag.JUnit, cli.SARIF: diag.SARIF, cli.GitHub: diag.GitHub,
	}[inv.Format]
	switch {
	case write != nil:
		return write(inv.Data, diag.Report{Header: h, Rules: rules.Described(), Home: config.Path,
			Findings: findings})
	case inv.JSON():
		return diag.JSON(inv.Data, h, findings)
	}
	return diag.Text(inv.Data, findings, diag.TextOptions{Excerpt: d.Excerpt, Color: inv.Color, Suppressed: suppressed})
}
