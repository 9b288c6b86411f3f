package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/misuse"
)

func newNewCmd(inv *invocation) *cobra.Command {
	opts := stepOptions{invocation: inv}
	cmd := &cobra.Command{
		Use: "new [项=值…]",
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.values = map[string]string{}
			for _, arg := range args {
				name, value, ok := strings.Cut(strings.Replace(arg, "＝", "=", 1), "=")
				if !ok {
					return misuse.New("“%s”不是“项=值”", arg)
				}
				opts.values[name] = value
			}
			return runNew(cmd.Context(), opts)
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var list []string
			if d, err := inv.desk(cmd.Context()); err == nil {
				if st, err := d.Registration(""); err == nil {
					list = assignments(st.Fields, nil)
				}
			}
			return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		},
	}
	opts.flags(cmd.Flags())
	inv.Formats(cmd, cli.Text)
	return cmd
}

const collector = "收集单位"

func runNew(ctx context.Context, opts stepOptions) error {
	d, err := opts.desk(ctx)
	if err != nil {
		return err
	}
	st, err := d.Registration(opts.values[collector])
	if err != nil {
		return err
	}
	delete(opts.values, collector)
	asker := opts.asker()
	if asker != nil {
		if err := asker.Missing(ctx, st.Fields, opts.values); err != nil {
			return err
		}
	}
	for {
		path, text, faults, err := st.Register(opts.values, d.Free)
		if err != nil {
			return err
		}
		if len(faults) == 0 {
			return opts.propose(ctx, d, d.NewCase(st, path, text), &opts.proposing)
		}
		if again, err := opts.again(ctx, asker, "新事项", st.Fields, faults, opts.values); !again {
			return err
		}
	}
}
