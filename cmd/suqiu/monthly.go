package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/config"
	"suqiu/internal/frontmatter"
	"suqiu/internal/papers"
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
	return opts.writeMonthly(d, u, month)
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

// registered counts the tickets of a unit's cases of a month, by channel in
// the unit's order. Where there are none the unit has to say how many came in.
func registered(d *register.Register, u *config.Unit, month workday.Month) []frontmatter.Named {
	count := map[string]int{}
	for _, c := range d.Cases {
		if !c.Deleted && c.Broken == nil && c.Collector == u.Name && month.Contains(c.Collected) {
			count[c.Channel] += c.Tickets
		}
	}
	var list []frontmatter.Named
	for _, channel := range u.Channels {
		list = append(list, frontmatter.Named{Name: channel, N: count[channel], Given: count[channel] > 0})
	}
	return list
}

func (opts monthlyOptions) writeMonthly(d *register.Register, u *config.Unit, month workday.Month) error {
	if day := opts.day(); month.First() > day {
		return fmt.Errorf("截至 %s，%s 还没有开始", day, month)
	} else if month.Last() >= day {
		opts.note("%s 还没有结束，此后登记的件数请月末再补上", month)
	}
	top, _, err := worktree.Find(opts.dir)
	if err != nil {
		return err
	}
	name := papers.MonthlyPath(month, u.Code)
	file := filepath.Join(top, filepath.FromSlash(name))
	volumes := registered(d, u, month)
	src, err := worktree.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		m := &papers.Monthly{Unit: u.Name, Month: month, Volumes: volumes}
		m.Zero = m.Total() == 0
		if err := worktree.Create(file, papers.BeginMonthly(m)); err != nil {
			return err
		}
		fmt.Fprintln(opts.Stdout, name)
		opts.note("已按登记的事项填写，共 %d 件。请补上未登记为事项的件数和风险点，把〔请填…〕换成实际件数，核对“零报告”，再提交", m.Total())
		return nil
	}
	if err != nil {
		return fmt.Errorf("读不了 %s：%w", name, err)
	}
	out, filled, ok := papers.FillMonthly(name, src, volumes, d.Config.Canon)
	if !ok {
		opts.note("%s 有写法上的问题，没有改动；请先运行 suqiu fmt，按提示改好", name)
		return errFindings
	}
	if len(filled) == 0 {
		opts.note("%s 各渠道都已填写，没有改动", name)
		return nil
	}
	if err := worktree.Replace(file, out); err != nil {
		return fmt.Errorf("写不了 %s：%w", name, err)
	}
	fmt.Fprintln(opts.Stdout, name)
	opts.note("补上了 %s；原来填好的没有改动", strings.Join(filled, "、"))
	return nil
}
