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
	return inv.Command(cli.Command{Use: "monthly [月份]", Args: cli.AtMost(1), Run: opts.run,
		Flags: func(f *pflag.FlagSet) { f.StringVar(&opts.unit, "unit", "", "哪个`单位`的报送") }})
}

func (opts *monthlyOptions) run(ctx context.Context, args []string) error {
	opts.month = strings.Join(args, "")
	month, err := cli.MonthOr(opts.month, workday.MonthOf(opts.Day()).Add(-1))
	if err != nil {
		return err
	}
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	if opts.unit == "" {
		if !filing.WriteStandings(opts.Stdout, opts.Width, d, month) {
			opts.Note("%s 没有要报的月度报送：这个月还没有结束，或早于建库", month)
		}
		return nil
	}
	u, err := cli.Unit(d.Config, opts.unit)
	switch {
	case err != nil:
		return err
	case !register.HandsIn(u):
		return misuse.New("“%s”不报月度报送：旗县市区局按季报送，没有渠道的单位不收集", u.Name)
	}
	top, _, err := worktree.Find(opts.Dir)
	if err != nil {
		return err
	}
	done, err := filing.Monthly(d, u, month, opts.Day(), top)
	return opts.tellPaper(done.Path, done.Notes, done.Failed, err)
}
