package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/misuse"
	"suqiu/internal/scaffold"
)

type initOptions struct {
	*invocation
	target string
	noGit  bool
}

func newInitCmd(inv *invocation) *cobra.Command {
	opts := initOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "init [目录]", Args: cli.AtMost(1), Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.BoolVar(&opts.noGit, "no-git", false, "只写文件，不建仓库、不提交")
		}})
}

func (opts *initOptions) run(ctx context.Context, args []string) error {
	opts.target = opts.Below(strings.Join(args, ""))
	if opts.Ref != "" {
		return misuse.New("init 新建仓库，不用 --ref")
	}
	place, err := scaffold.Look(ctx, opts.GitEnviron, opts.target)
	if err != nil {
		return err
	}
	files, err := scaffold.Files(opts.Day(), place.Branch)
	if err != nil {
		return err
	}
	if err := scaffold.Write(opts.target, files); err != nil {
		return err
	}
	fmt.Fprintf(opts.Stdout, "已写好 %d 个文件：%s\n", len(files), opts.target)
	for _, f := range files {
		fmt.Fprintf(opts.Stdout, "  %s\n", f.Path)
	}
	steps, committed, err := scaffold.Begin(ctx, opts.GitEnviron, opts.target, place, files, opts.noGit)
	if err != nil {
		return err
	}
	if committed {
		fmt.Fprint(opts.Stdout, "已作第一次提交\n")
	}
	fmt.Fprint(opts.Stdout, "\n接下来\n")
	for i, s := range steps {
		fmt.Fprintf(opts.Stdout, "  %d. %s\n", i+1, s)
	}
	return nil
}
