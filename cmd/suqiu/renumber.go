package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/record"
	"suqiu/internal/renumber"
)

type renumberOptions struct {
	*invocation
	file   string
	dryRun bool
}

func newRenumberCmd(inv *invocation) *cobra.Command {
	opts := renumberOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "renumber 文件",
		Args: cli.Exactly(1, "要换编号的文件，如 cases/2026/07/202607-NFZX-003.md"), Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.BoolVar(&opts.dryRun, "dry-run", false, "只说明会怎么改，不写文件")
		}})
}

func (opts *renumberOptions) run(ctx context.Context, args []string) error {
	opts.file = args[0]
	plan, err := renumber.Look(ctx, renumber.Options{
		File: opts.file, Dir: opts.Dir, Index: opts.Index, Now: opts.Landing(), Walk: opts.WalkOptions,
	})
	if err == nil && !opts.dryRun {
		err = plan.Write()
	}
	if err != nil {
		return err
	}
	id, _ := record.IDOf(plan.Old)
	newID, _ := record.IDOf(plan.New)
	fmt.Fprintf(opts.Stdout, "%s → %s\n", plan.Old, plan.New)
	opts.Note("%s 改为 %s：查过主分支的全部历史和 %d 个分支，没有用过", id, newID, plan.Number.Branches)
	if plan.Restored != nil {
		opts.Note("%s 恢复为已入库的那一件", plan.Old)
	}
	if plan.Lines > 0 {
		opts.Note("引用改了 %d 行，在 %d 个文件中", plan.Lines, len(plan.References))
	}
	if opts.dryRun {
		opts.Note("--dry-run：什么都没有写")
	} else {
		opts.Note("请核对后提交：git add -A，再 git commit")
	}
	return nil
}
