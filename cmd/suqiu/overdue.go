package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/overdue"
)

type overdueOptions struct {
	*invocation
	unit string
}

func newOverdueCmd(inv *invocation) *cobra.Command {
	opts := overdueOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "overdue",
		Formats: []string{cli.Text, cli.Markdown, cli.CSV, cli.JSON}, Run: opts.run,
		Flags: func(f *pflag.FlagSet) { f.StringVar(&opts.unit, "unit", "", "只看一个`单位`") }})
}

func (opts *overdueOptions) run(ctx context.Context, _ []string) error {
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	if opts.unit, err = cli.UnitName(d.Config, opts.unit); err != nil {
		return err
	}
	items := overdue.Items(d, opts.unit)
	switch opts.Format {
	case cli.JSON:
		err = opts.WriteJSON(struct {
			cli.Header
			Items   []overdue.Item    `json:"items"`
			Waiting []overdue.Waiting `json:"waiting"`
		}{opts.Header(d.Head), items, overdue.WaitingItems(d, opts.unit)})
	case cli.Markdown:
		err = overdue.Markdown(opts.Stdout, d, items, overdue.WaitingItems(d, opts.unit))
	case cli.CSV:
		err = overdue.CSV(opts.Data, items)
	default:
		overdue.Write(opts.Stdout, opts.Width, d, items)
		overdue.WriteWaiting(opts.Stdout, opts.Width, overdue.WaitingItems(d, opts.unit))
	}
	if err == nil && slices.ContainsFunc(items, func(i overdue.Item) bool { return i.Counts() }) {
		return cli.ErrFindings
	}
	return err
}
