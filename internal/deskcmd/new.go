package deskcmd

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/misuse"
)

// New is the command that registers a case.
func New(inv *cli.Invocation) *cobra.Command {
	opts := stepOptions{Invocation: inv}
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
			if d, err := Open(cmd.Context(), inv); err == nil {
				if st, err := d.Registration(""); err == nil {
					list = assignments(st.Fields, nil)
				}
			}
			return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		},
	}
	opts.Flags(cmd.Flags())
	inv.Formats(cmd, cli.Text)
	return cmd
}

const collector = "收集单位"

func runNew(ctx context.Context, opts stepOptions) error {
	d, err := Open(ctx, opts.Invocation)
	if err != nil {
		return err
	}
	st, err := d.Registration(opts.values[collector])
	if err != nil {
		return err
	}
	delete(opts.values, collector)
	asker := asker(opts.Invocation)
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
			return Propose(ctx, opts.Invocation, d, d.NewCase(st, path, text), &opts.Proposing)
		}
		if again, err := again(ctx, opts.Invocation, asker, "新事项", st.Fields, faults, opts.values); !again {
			return err
		}
	}
}
