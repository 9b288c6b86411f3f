package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/dossier"
	"suqiu/internal/misuse"
	"suqiu/internal/register"
	"suqiu/internal/terminal"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

type listOptions struct {
	*invocation
	state, unit, category, month, tasks string
	open                                bool
}

func newListCmd(inv *invocation) *cobra.Command {
	opts := listOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "list", Formats: []string{cli.Text, cli.JSON}, Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.StringVar(&opts.state, "state", "", "只看某一`状态`，如 办理中")
			f.BoolVar(&opts.open, "open", false, "只看在办的")
			f.StringVar(&opts.unit, "unit", "", "只看承办、协办或收集的`单位`")
			f.StringVar(&opts.category, "category", "", "只看某一办理`类别`，如 系统技术类")
			f.StringVar(&opts.month, "month", "", "只看某`月`收集的，如 2026-07")
			f.StringVar(&opts.tasks, "tasks", "", "只看某一任务`清单`，如 RW202608-01")
		}})
}

func (opts *listOptions) run(ctx context.Context, _ []string) error {
	if opts.state != "" && !slices.Contains(workflow.States(), workflow.State(opts.state)) {
		var names []string
		for _, s := range workflow.States() {
			names = append(names, string(s))
		}
		return misuse.New("没有状态“%s”：应为 %s", opts.state, strings.Join(names, "、"))
	}
	month, err := cli.MonthOr(opts.month, workday.Month{})
	if err != nil {
		return err
	}
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	if opts.unit, err = cli.UnitName(d.Config, opts.unit); err != nil {
		return err
	}
	items := []dossier.Item{}
	for _, c := range d.Cases {
		if opts.matches(c, month) {
			items = append(items, dossier.NewItem(c))
		}
	}
	if opts.JSON() {
		return opts.WriteJSON(struct {
			cli.Header
			Items []dossier.Item `json:"items"`
		}{opts.Header(d.Head), items})
	}
	var t terminal.Table
	for _, it := range items {
		due := ""
		if it.Due != 0 {
			due = it.Due.String() + " " + it.Status.Word()
		}
		t.Row(it.Case, string(it.State), it.Urgency, it.Lead, due, it.Title)
	}
	t.WriteWithin(opts.Stdout, opts.Width)
	opts.Note("共 %d 件", len(items))
	return nil
}

func (opts *listOptions) matches(c *register.Case, month workday.Month) bool {
	switch {
	case c.Deleted,
		opts.state != "" && string(c.Life.State) != opts.state,
		opts.open && !c.Life.State.IsOpen(),
		opts.category != "" && c.Category != opts.category,
		opts.tasks != "" && c.TaskList != opts.tasks,
		opts.month != "" && !month.Contains(c.Collected):
		return false
	}
	return opts.unit == "" || c.Life.Lead == opts.unit || c.Collector == opts.unit || slices.Contains(c.Co, opts.unit)
}
