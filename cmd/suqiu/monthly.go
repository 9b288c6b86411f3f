package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/filing"
	"suqiu/internal/misuse"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/worktree"
)

type monthlyOptions struct {
	*invocation
	month string
	unit  string
}

func newMonthlyCmd(inv *invocation) *cobra.Command {
	opts := monthlyOptions{invocation: inv}
	return inv.command(command{use: "monthly [月份]", args: cli.AtMost(1), run: opts.run,
		flags: func(f *pflag.FlagSet) { f.StringVar(&opts.unit, "unit", "", "哪个`单位`的报送") }})
}

func (opts *monthlyOptions) run(ctx context.Context, args []string) error {
	opts.month = strings.Join(args, "")
	month, err := monthOr(opts.month, workday.MonthOf(opts.day()).Add(-1))
	if err != nil {
		return err
	}
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	if opts.unit == "" {
		if !filing.WriteStandings(opts.Stdout, opts.Width, d, month) {
			opts.note("%s 没有要报的月度报送：这个月还没有结束，或早于建库", month)
		}
		return nil
	}
	u := d.Config.Unit(opts.unit)
	switch {
	case u == nil:
		return misuse.New("suqiu.yaml 中没有单位“%s”，可写名称、别名或代码", opts.unit)
	case !register.HandsIn(u):
		return misuse.New("“%s”不报月度报送：旗县市区局按季报送，没有渠道的单位不收集", u.Name)
	}
	top, _, err := worktree.Find(opts.dir)
	if err != nil {
		return err
	}
	done, err := filing.Monthly(d, u, month, opts.day(), top)
	return opts.tellPaper(done.Path, done.Notes, done.Failed, err)
}
