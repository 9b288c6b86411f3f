package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/misuse"
)

func newHookCmd(inv *invocation) *cobra.Command {
	return inv.Command(cli.Command{Use: "hook",
		Below: []*cobra.Command{newInstallCmd(inv), newPreCommitCmd(inv), newPreReceiveCmd(inv)},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse.New("没有钩子“%s”，只有 install、pre-commit、pre-receive", args[0])
			}
			return nil
		}})
}

type installOptions struct {
	*invocation
	server bool
	to     string
	force  bool
}

func newInstallCmd(inv *invocation) *cobra.Command {
	opts := installOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "install", Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.BoolVar(&opts.server, "server", false, "装服务器用的 pre-receive（裸仓库不必写）")
			cli.PathVar(f, &opts.to, "to", "", "装到这个`目录`，而不是 Git 的钩子目录")
			f.BoolVar(&opts.force, "force", false, "换掉已有的别的钩子，原来的改名为 .old")
		}})
}

func (opts *installOptions) run(ctx context.Context, _ []string) error {
	repo, err := git.Open(opts.Dir)
	if err != nil {
		return err
	}
	name := "pre-commit"
	if opts.server || repo.Bare() {
		name = "pre-receive"
	}
	file := filepath.Join(cmp.Or(opts.to, repo.HooksDir(opts.Settings, opts.Home)), name)
	done, err := gate.Install(file, cmp.Or(opts.Program, "suqiu"), opts.force)
	if done == gate.InPlaceOf {
		opts.Note("原来的钩子改名为 %s.old", file)
	}
	switch {
	case err != nil:
		return err
	case done == gate.Unchanged:
		fmt.Fprintf(opts.Stdout, "已经装好，没有改动：%s\n", file)
	default:
		fmt.Fprintf(opts.Stdout, "已安装 %s：%s\n", name, file)
	}
	return nil
}
