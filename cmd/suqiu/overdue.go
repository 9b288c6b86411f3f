package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/misuse"
	"suqiu/internal/overdue"
	"suqiu/internal/register"
)

type overdueOptions struct {
	*invocation
	unit string
}

func newOverdueCmd(inv *invocation) *cobra.Command {
	opts := overdueOptions{invocation: inv}
	return inv.command(command{use: "overdue",
		formats: []string{formatText, formatMarkdown, formatCSV, formatJSON}, run: opts.run,
		flags: func(f *pflag.FlagSet) { f.StringVar(&opts.unit, "unit", "", "只看一个`单位`") }})
}

func (opts *overdueOptions) run(ctx context.Context, _ []string) error {
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	if opts.unit, err = opts.unitName(d, opts.unit); err != nil {
		return err
	}
	items := overdue.Items(d, opts.unit)
	switch opts.format {
	case formatJSON:
		err = opts.writeJSON(struct {
			header
			Items   []overdue.Item    `json:"items"`
			Waiting []overdue.Waiting `json:"waiting"`
		}{opts.header(d.Head), items, overdue.WaitingItems(d, opts.unit)})
	case formatMarkdown:
		err = overdue.Markdown(opts.Stdout, d, items, overdue.WaitingItems(d, opts.unit))
	case formatCSV:
		err = overdue.CSV(opts.data, items)
	default:
		overdue.Write(opts.Stdout, opts.Width, d, items)
		overdue.WriteWaiting(opts.Stdout, opts.Width, overdue.WaitingItems(d, opts.unit))
	}
	if err == nil && slices.ContainsFunc(items, func(i overdue.Item) bool { return i.Counts() }) {
		return errFindings
	}
	return err
}

// unitName turns what somebody typed for a unit into its name.
func (inv *invocation) unitName(d *register.Register, typed string) (string, error) {
	if typed == "" {
		return "", nil
	}
	if u := d.Config.Unit(typed); u != nil {
		return u.Name, nil
	}
	return "", misuse.New("suqiu.yaml 中没有单位“%s”，可写名称、别名或代码", typed)
}
