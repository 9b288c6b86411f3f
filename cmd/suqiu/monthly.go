package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/filing"
	"suqiu/internal/register"
	"suqiu/internal/terminal"
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
	cmd := &cobra.Command{
		Use:  "monthly [月份]",
		Args: cli.AtMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.month = strings.Join(args, "")
			return runMonthly(cmd.Context(), opts)
		},
	}
	cmd.Flags().StringVar(&opts.unit, "unit", "", "哪个`单位`的报送")
	formats(cmd, inv, formatText)
	return cmd
}

func runMonthly(ctx context.Context, opts monthlyOptions) error {
	month, err := monthOr(opts.month, workday.MonthOf(opts.day()).Add(-1))
	if err != nil {
		return err
	}
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	if opts.unit == "" {
		return opts.writeStandings(d, month)
	}
	u := d.Config.Unit(opts.unit)
	switch {
	case u == nil:
		return cli.Misuse("suqiu.yaml 中没有单位“%s”，可写名称、别名或代码", opts.unit)
	case !register.HandsIn(u):
		return cli.Misuse("“%s”不报月度报送：旗县市区局按季报送，没有渠道的单位不收集", u.Name)
	}
	top, _, err := worktree.Find(opts.dir)
	if err != nil {
		return err
	}
	done, err := filing.Monthly(d, u, month, opts.day(), top)
	return opts.tellPaper(done.Path, done.Notes, done.Failed, err)
}

// writeStandings lists who has handed in a month and who has not.
func (opts monthlyOptions) writeStandings(d *register.Register, month workday.Month) error {
	var t terminal.Table
	n := 0
	for _, duty := range d.MonthlyDuties() {
		if duty.Month != month {
			continue
		}
		n++
		what, filed := "", ""
		if f := duty.File; f != nil {
			what = fmt.Sprintf("%d 件，风险点 %d 个", f.Total(), len(f.Risks))
			if f.Zero {
				what = "零报告"
			}
			filed = f.Filed.String()
		}
		t.Row(duty.Unit, string(duty.Standing), filed, "应于 "+duty.Due.Text(duty.Provisional), what)
	}
	if n == 0 {
		opts.note("%s 没有要报的月度报送：这个月还没有结束，或早于建库", month)
		return nil
	}
	fmt.Fprintf(opts.Stdout, "%s 月度报送\n", month)
	t.WriteWithin(opts.Stdout, opts.Width)
	return nil
}
