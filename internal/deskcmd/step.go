package deskcmd

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/ask"
	"suqiu/internal/caseid"
	"suqiu/internal/cli"
	"suqiu/internal/desk"
	"suqiu/internal/misuse"
	"suqiu/internal/privacy"
	"suqiu/internal/register"
	"suqiu/internal/step"
	"suqiu/internal/terminal"
)

type stepOptions struct {
	*cli.Invocation
	Proposing
	ids    []string
	about  string // of a step beside cases: 2026-11, 2026Q3, HY2026-03
	name   string
	paper  string // the step beside cases that name means; empty: none
	values map[string]string
}

// Step is the command that takes steps on cases.
func Step(inv *cli.Invocation) *cobra.Command {
	opts := stepOptions{Invocation: inv}
	cmd := &cobra.Command{
		Use: "step [编号…] [步骤] [项=值…]",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opts.read(args); err != nil {
				return err
			}
			return runStep(cmd.Context(), opts)
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			return completeStep(cmd.Context(), inv, args), cobra.ShellCompDirectiveNoFileComp
		},
	}
	opts.Flags(cmd.Flags())
	cmd.Flags().BoolVar(&opts.Auto, "auto", false,
		"与 --mr 一起用：流水线通过后自动合并（“网页提交”的“自动合并”列出的步骤）")
	inv.Formats(cmd, cli.Text)
	return cmd
}

// read tells numbers, the step and its values apart.
func (o *stepOptions) read(args []string) error {
	o.values = map[string]string{}
	for _, arg := range args {
		name, value, isValue := strings.Cut(strings.Replace(arg, "＝", "=", 1), "=")
		switch {
		case isValue:
			o.values[name] = value
		case caseid.WellFormed(strings.ToUpper(arg)):
			if id := strings.ToUpper(arg); !slices.Contains(o.ids, id) {
				o.ids = append(o.ids, id)
			}
		case desk.IsPaperNumber(strings.ToUpper(arg)) && o.about == "":
			o.about = strings.ToUpper(arg)
		case o.name != "":
			return misuse.New("一次只走一步：已经写了“%s”，又写了“%s”", o.name, arg)
		default:
			o.name = arg
		}
	}
	if len(o.ids) == 0 || o.about != "" || strings.HasPrefix(o.name, "会议") {
		o.paper = desk.PaperName(o.name)
	}
	switch {
	case o.about != "" && o.name != "" && o.paper == "":
		return misuse.New("“%s”上没有“%s”这一步", o.about, o.name)
	case o.paper != "" && o.paper != step.WishStep && len(o.ids) > 0:
		return misuse.New("“%s”不写事项编号", o.paper)
	case o.name != "" && o.paper == "" && len(o.ids) == 0:
		return misuse.New("“%s”要写明编号：suqiu step 202607-NFZX-012 %s", o.name, o.name)
	case o.name == "" && len(o.values) > 0:
		return misuse.New("没有写走哪一步；不写步骤可看现在能走的")
	case o.Auto && !o.Request:
		return misuse.New("--auto 与 --mr 一起用")
	case o.name == "" && (o.DryRun || o.Request):
		return misuse.New("--dry-run、--mr 与步骤一起用")
	}
	return nil
}

func runStep(ctx context.Context, opts stepOptions) error {
	d, err := Open(ctx, opts.Invocation)
	if err != nil {
		return err
	}
	switch {
	case opts.paper != "":
		return opts.runPaper(ctx, d)
	case opts.about != "":
		return opts.tellPapers(ctx, d)
	case len(opts.ids) == 0:
		return opts.overview(ctx, d)
	}
	var cases []*desk.Case
	for _, id := range opts.ids {
		c, err := d.Find(ctx, id)
		if err != nil {
			return err
		}
		if opts.name == "" {
			opts.tell(d, c)
			continue
		}
		if err := c.Choose(opts.name, len(opts.ids) > 1); err != nil {
			return err
		}
		if opts.Auto {
			if err := d.MergesAlone(c.Step); err != nil {
				return err
			}
		}
		cases = append(cases, c)
	}
	if opts.name == "" {
		return nil
	}
	if err := opts.answer(ctx, d, cases); err != nil {
		return err
	}
	return Propose(ctx, opts.Invocation, d, d.Proposal(cases, opts.values), &opts.Proposing)
}

// answer asks for what is missing, if somebody is there, and applies the step to
// each case.
func (o *stepOptions) answer(ctx context.Context, d *desk.Desk, cases []*desk.Case) error {
	asker := asker(o.Invocation)
	var steps []*step.Step
	for _, c := range cases {
		steps = append(steps, c.Step)
	}
	fields := step.Together(steps)
	if asker != nil {
		if err := asker.Missing(ctx, fields, o.values); err != nil {
			return err
		}
	}
	for _, c := range cases {
		for {
			faults := d.Apply(c, c.Step.Own(o.values, fields))
			if len(faults) == 0 {
				break
			}
			if again, err := again(ctx, o.Invocation, asker, c.ID, c.Step.Fields, faults, o.values); !again {
				return err
			}
		}
	}
	return nil
}

// again tells what is wrong and, where somebody is there, asks for it once more.
func again(ctx context.Context, inv *cli.Invocation, asker *ask.Asker, id string, fields []step.Field,
	faults []step.Fault, values map[string]string) (bool, error) {
	asked := false
	for _, f := range faults {
		fmt.Fprintf(inv.Stdout, "%s：%s（%s）\n", id, privacy.MaskedText(f.Message), f.Rule)
		if f.Fix != "" {
			fmt.Fprintf(inv.Stdout, "  改法：%s\n", privacy.MaskedText(strings.TrimSpace(f.Fix)))
		}
		i := slices.IndexFunc(fields, func(x step.Field) bool { return x.Name == f.Field })
		if asker == nil || i < 0 {
			continue
		}
		answer, err := asker.Field(ctx, &fields[i])
		if err != nil {
			return false, err
		}
		values[f.Field], asked = answer, true
	}
	if asked {
		return true, nil
	}
	fmt.Fprintln(inv.Stdout, "没有提交，仓库和原来一样")
	return false, cli.ErrFindings
}

// asker asks whoever sits at the terminal; nil if nobody does.
func asker(inv *cli.Invocation) *ask.Asker {
	if !inv.Interactive || inv.Quiet {
		return nil
	}
	return ask.New(inv.Stdin, inv.Stderr)
}

// tell says what can be done with a case now.
func (o *stepOptions) tell(d *desk.Desk, c *desk.Case) {
	fmt.Fprintf(o.Stdout, "%s %s（%s）\n", c.ID, c.Title, c.Life.State)
	if len(c.Steps) == 0 {
		fmt.Fprintf(o.Stdout, "  现在没有%s可走的步骤\n", d.Name())
		return
	}
	o.table(c.Steps)
}

// table lists steps with their last days and what they ask for.
func (o *stepOptions) table(steps []step.Step) {
	var t terminal.Table
	t.Row("  步骤", "最迟", "要填")
	for _, s := range steps {
		until := ""
		if s.Until != 0 {
			until = s.Until.String()
		}
		var fields []string
		for _, f := range s.Fields {
			if f.Required {
				fields = append(fields, f.Name)
			}
		}
		name := "  " + s.Name
		if s.Proxy {
			name += "（代录）"
		}
		t.Row(name, until, strings.Join(fields, "、"))
	}
	t.WriteWithin(o.Stdout, o.Width)
}

// overview lists the open cases on which the unit has a step to take.
func (o *stepOptions) overview(ctx context.Context, d *desk.Desk) error {
	cases, owed, err := d.Waiting(ctx)
	if err != nil {
		return err
	}
	var t terminal.Table
	for _, c := range cases {
		var names []string
		for _, s := range c.Steps {
			names = append(names, s.Name)
		}
		t.Row(c.ID, string(c.Life.State), c.Title, strings.Join(names, "、"))
	}
	for _, u := range owed {
		name := step.CarriedOutStep
		if u.Kind == register.MonthlyClock {
			name = step.MonthlyStep
		}
		t.Row(u.Number, "最迟 "+u.Clock.Due.String(), u.Title, name)
	}
	t.WriteWithin(o.Stdout, o.Width)
	o.Note("办理：suqiu step 编号 步骤；一件现在能走的全部步骤：suqiu step 编号")
	return nil
}
