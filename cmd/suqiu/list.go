package main

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/dossier"
	"suqiu/internal/workday"
)

type listOptions struct {
	*invocation
	dossier.Filter
	month string
}

func newListCmd(inv *invocation) *cobra.Command {
	opts := listOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "list", Formats: []string{cli.Text, cli.JSON}, Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.StringVar(&opts.State, "state", "", "只看某一`状态`，如 办理中")
			f.BoolVar(&opts.Open, "open", false, "只看在办的")
			f.StringVar(&opts.Unit, "unit", "", "只看承办、协办或收集的`单位`")
			f.StringVar(&opts.Category, "category", "", "只看某一办理`类别`，如 系统技术类")
			f.StringVar(&opts.month, "month", "", "只看某`月`收集的，如 2026-07")
			f.StringVar(&opts.Tasks, "tasks", "", "只看某一任务`清单`，如 RW202608-01")
		}})
}

func (opts *listOptions) run(ctx context.Context, _ []string) error {
	err := opts.Check()
	if err != nil {
		return err
	}
	if opts.Month, err = cli.MonthOr(opts.month, workday.Month{}); err != nil {
		return err
	}
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	if opts.Unit, err = cli.UnitName(d.Config, opts.Unit); err != nil {
		return err
	}
	items := opts.Items(d)
	if opts.JSON() {
		return opts.WriteJSON(struct {
			cli.Header
			Items []dossier.Item `json:"items"`
		}{opts.Header(d.Head), items})
	}
	dossier.WriteItems(opts.Stdout, opts.Width, items)
	opts.Note("共 %d 件", len(items))
	return nil
}
