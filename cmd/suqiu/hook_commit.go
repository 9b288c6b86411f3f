package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"suqiu/internal/git"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
)

type preCommitOptions struct {
	*invocation
	author string
}

func newPreCommitCmd(inv *invocation) *cobra.Command {
	opts := preCommitOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "pre-commit",
		Short: "提交之前检查暂存的修改（由 Git 运行）",
		Long: `提交之前由 Git 运行：检查暂存的内容（git add 之后的，不是工作区里的），连同本分支尚未入库的提交一起，
如同现在并入主分支。本次提交改到的文件有错误时，提交停下，并说明怎么改。`,
		Args: atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return runPreCommit(cmd.Context(), opts) },
	}
	cmd.Flags().StringVar(&opts.author, "author", "", "提交`人`，如 git var GIT_AUTHOR_IDENT 所写；不写则不检查由谁办理")
	formats(cmd, inv, formatText)
	return cmd
}

// byActor are the rules that ask who did it.
var byActor = []string{"transition-actor", "author-unknown", "self-review", "self-evaluation", "config-actor"}

func runPreCommit(ctx context.Context, opts preCommitOptions) error {
	repo, err := git.Open(opts.dir)
	if err != nil {
		return err
	}
	author := opts.author
	if author == "" {
		author = fmt.Sprintf("- <> %d +0800", opts.landing().Unix())
	}
	staged, err := repo.Stage(opts.Index, author)
	if err != nil {
		return err
	}
	if len(staged.Paths) == 0 {
		return nil
	}
	options, err := stagedOptions(repo, staged)
	if errors.Is(err, register.ErrNotCases) {
		return nil // some other repository, or the commit that is to become one
	}
	if err != nil {
		return err
	}
	d, err := opts.read(ctx, repo, options)
	if err != nil {
		return err
	}
	found := slices.DeleteFunc(blocking(rules.Run(d)), func(f problem.Problem) bool {
		return !slices.Contains(staged.Paths, f.Path) || opts.author == "" && slices.Contains(byActor, f.Rule)
	})
	if len(found) == 0 {
		return nil
	}
	fmt.Fprint(opts.Stdout, "没有提交：暂存的修改有下列错误\n\n")
	if err := opts.writeBlocking(d, found); err != nil {
		return err
	}
	fmt.Fprint(opts.Stdout, "\n改法：按各条“改法”修改，git add 之后再提交；确要先存下半成品：git commit --no-verify\n")
	return errFindings
}

// stagedOptions say what to hold staged changes to: the main branch as it is
// known here, or, where there is none, what has been committed.
func stagedOptions(repo *git.Repo, staged *git.Staged) (register.Options, error) {
	_, cfg, err := register.ConfigOf(repo, staged.Commit)
	if errors.Is(err, register.ErrNotCases) && staged.Born {
		_, cfg, err = register.ConfigOf(repo, "HEAD") // what takes suqiu.yaml away is judged too
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
	switch _, _, err := register.ConfigOf(repo, o.Base); {
	case errors.Is(err, register.ErrNotCases):
		o.Base = "" // the main branch has no cases yet
	case err != nil:
		return o, err
	}
	return o, nil
}
