package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/worktree"
)

type preCommitOptions struct {
	*invocation
	author string
}

func newPreCommitCmd(inv *invocation) *cobra.Command {
	opts := preCommitOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "pre-commit", Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.StringVar(&opts.author, "author", "",
				"提交`人`，如 git var GIT_AUTHOR_IDENT 所写；不写则不检查由谁办理")
		}})
}

// gate is the gate to a repository, as this invocation reads it.
func (inv *invocation) gate(repo *git.Repo) *gate.Gate {
	return &gate.Gate{
		Repo: repo, Dir: inv.Dir, Settings: inv.Settings, Pusher: inv.Pusher, Now: inv.Landing(), Today: inv.Today(),
		Load: inv.Read,
	}
}

func (opts *preCommitOptions) run(ctx context.Context, _ []string) error {
	repo, err := git.Open(opts.Dir)
	if err != nil {
		return err
	}
	staged, err := repo.Stage(opts.Index, cmp.Or(opts.author, fmt.Sprintf("- <> %d +0800", opts.Landing().Unix())))
	if err != nil {
		return err
	}
	found, d, err := opts.gate(repo).Commit(ctx, staged, opts.author != "")
	if err != nil || len(found) == 0 {
		return err
	}
	fmt.Fprint(opts.Stdout, "没有提交：暂存的修改有下列错误\n\n")
	if err := cli.WriteBlocking(opts.Stdout, d, found); err != nil {
		return err
	}
	fmt.Fprint(opts.Stdout, "\n改法：按各条“改法”修改，git add 之后再提交；确要先存下半成品：git commit --no-verify\n")
	return cli.ErrFindings
}

func newPreReceiveCmd(inv *invocation) *cobra.Command {
	return inv.Command(cli.Command{Use: "pre-receive",
		Run: func(ctx context.Context, _ []string) error { return runPreReceive(ctx, inv) }})
}

func runPreReceive(ctx context.Context, inv *invocation) error {
	pushed, err := worktree.ReadStream(ctx, inv.Stdin)
	if err != nil {
		return fmt.Errorf("读不了标准输入：%w", err)
	}
	moves, err := gate.ReadMoves(bytes.NewReader(pushed))
	if err != nil {
		return err
	}
	repo, err := git.Open(inv.Dir, inv.Objects...)
	if err != nil {
		return err
	}
	answers, err := inv.gate(repo).Judge(ctx, moves)
	for i := range answers {
		if failed := inv.answer(&answers[i]); failed != nil {
			return failed
		}
	}
	if err == nil && gate.Refused(answers) {
		err = cli.ErrFindings
	}
	return err
}

// gitlabLine begins the lines that GitLab shows in the browser; it shows no
// others, and runs them together.
const gitlabLine = "GL-HOOK-ERR: "

// answer tells whoever pushes. The commands of a cure are for who does so from a
// shell.
func (inv *invocation) answer(a *gate.Answer) error {
	out := inv.Stdout
	switch {
	case a.Note != "":
		inv.Note("%s", a.Note)
	case !a.Refused:
		fmt.Fprintf(out, "\n提醒：%s\n\n", a.What)
		return cli.WriteBlocking(inv.Stdout, a.Register, a.Findings)
	case a.Findings == nil && inv.GitLab:
		fmt.Fprintf(out, "%s未接收：%s。%s。\n", gitlabLine, a.What, a.Why)
	case a.Findings == nil:
		fmt.Fprintf(out, "\n未接收：%s\n原因：%s\n改法：%s\n", a.What, a.Why, strings.Join(a.Cure, "\n      "))
	case inv.GitLab:
		for _, f := range a.Findings[:min(len(a.Findings), gate.ShownErrors)] {
			fmt.Fprintf(out, "%s%s 第 %d 行：%s。改法：%s。\n", gitlabLine, f.Path, f.Line, f.Message, f.Fix)
		}
	default:
		fmt.Fprintf(out, "\n未接收：%s\n原因：它带来下列错误\n\n", a.What)
		if err := cli.WriteBlocking(inv.Stdout, a.Register, a.Findings); err != nil {
			return err
		}
		fmt.Fprintf(out, "\n改法：按各条“改法”修改并提交，再推送；推送前可先检查：%s\n", a.Cure[0])
	}
	return nil
}
