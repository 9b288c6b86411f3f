package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/minutes"
	"suqiu/internal/worktree"
)

type meetingOptions struct {
	*invocation
	minutes.Request
	held cli.Day
}

func newMeetingNewCmd(inv *invocation) *cobra.Command {
	opts := meetingOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "new", Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.BoolVar(&opts.Circular, "传签", false, "生成传签件")
			f.StringVar(&opts.Kind, "类型", "",
				"会议`类型`：例会、专题、即时（默认：例会；建议为专题，一事一议为即时）")
			f.Var(&opts.held, "召开日期", "会议召开的`日期`，如 2026-10-20")
			f.StringVar(&opts.Proposer, "提议单位", "", "提出建议的`单位`")
			f.StringVar(&opts.Reason, "事由", "", "建议的`事由`")
			f.StringSliceVar(&opts.Cases, "诉求", nil, "提请一事一议的`事项`编号，几个用逗号隔开")
			f.BoolVar(&opts.Joint, "并轨会商", false, "与税费征管问题协同处理会商会议并轨召开")
			f.BoolVar(&opts.Another, "另起", false, "不补充已有的，另起一份")
		}})
}

func (opts *meetingOptions) run(ctx context.Context, _ []string) error {
	opts.Held, opts.Request.Day = opts.held.Date, opts.invocation.Day()
	if err := opts.Check(); err != nil {
		return err
	}
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	if opts.Proposer, err = cli.UnitName(d.Config, opts.Proposer); err != nil {
		return err
	}
	top, _, err := worktree.Find(opts.Dir)
	if err != nil {
		return err
	}
	done, err := opts.Draft(d, top)
	return opts.tellPaper(done.Path, done.Notes, done.Failed, err)
}

// tellPaper tells what became of a paper that was asked for.
func (inv *invocation) tellPaper(path string, notes []string, failed bool, err error) error {
	if path != "" && err == nil {
		fmt.Fprintln(inv.Stdout, path)
	}
	for _, n := range notes {
		inv.Note("%s", n)
	}
	if err == nil && failed {
		return cli.ErrFindings
	}
	return err
}
