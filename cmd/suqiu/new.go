package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/misuse"
	"suqiu/internal/record"
	"suqiu/internal/step"
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
				if st, err := d.registration(""); err == nil {
					list = assignments(st.Fields, nil)
				}
			}
			return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		},
	}
	opts.flags(cmd)
	formats(cmd, inv, formatText)
	return cmd
}

const collector = "收集单位"

// registration is the step for a unit; empty: that of whoever takes it.
func (d *desk) registration(unit string) (*step.Step, error) {
	unit = d.Config.Canon(unit)
	if unit == "" && len(d.who.Units) > 0 {
		unit = d.who.Units[0]
	}
	if d.Config.Unit(unit) == nil {
		return nil, misuse.New("请写明收集单位：收集单位=单位名称")
	}
	scene := step.Scene{Env: d.Env(), Email: d.email, Now: d.now}
	st, ok := scene.Registration(unit)
	if !ok {
		return nil, misuse.New("“%s”的事项由该单位登记，收到纸质材料的由联席办代录", unit)
	}
	return &st, nil
}

func runNew(ctx context.Context, opts stepOptions) error {
	d, err := opts.desk(ctx)
	if err != nil {
		return err
	}
	st, err := d.registration(opts.values[collector])
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
			after := record.Parse(path, []byte(text), d.Config.Canon)
			return opts.propose(ctx, d, &proposal{files: map[string]string{path: text},
				branch:  "suqiu/" + d.code(st.Unit) + "/" + after.ID + "-" + st.Title,
				subject: st.Title + "：" + d.called(nil, after), body: after.ID + "：新登记"})
		}
		if again, err := opts.again(ctx, asker, "新事项", st.Fields, faults, opts.values); !again {
			return err
		}
	}
}
