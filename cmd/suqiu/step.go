package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/ask"
	"suqiu/internal/caseid"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/step"
	"suqiu/internal/terminal"
	"suqiu/internal/workflow"
)

type stepOptions struct {
	*invocation
	proposing
	ids    []string
	name   string
	values map[string]string
}

func newStepCmd(inv *invocation) *cobra.Command {
	opts := stepOptions{invocation: inv}
	cmd := &cobra.Command{
		Use: "step [编号…] [步骤] [项=值…]",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opts.read(args); err != nil {
				return err
			}
			return runStep(cmd.Context(), opts)
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			return inv.completeStep(cmd.Context(), args), cobra.ShellCompDirectiveNoFileComp
		},
	}
	opts.flags(cmd)
	cmd.Flags().BoolVar(&opts.auto, "auto", false,
		"与 --mr 一起用：流水线通过后自动合并（“网页提交”的“自动合并”列出的步骤）")
	formats(cmd, inv, formatText)
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
		case o.name != "":
			return misuse.New("一次只走一步：已经写了“%s”，又写了“%s”", o.name, arg)
		default:
			o.name = arg
		}
	}
	switch {
	case o.name != "" && len(o.ids) == 0:
		return misuse.New("“%s”要写明编号：suqiu step 202607-NFZX-012 %s", o.name, o.name)
	case o.name == "" && len(o.values) > 0:
		return misuse.New("没有写走哪一步；不写步骤可看现在能走的")
	case o.auto && !o.request:
		return misuse.New("--auto 与 --mr 一起用")
	case o.name == "" && (o.dryRun || o.request):
		return misuse.New("--dry-run、--mr 与步骤一起用")
	}
	return nil
}

func runStep(ctx context.Context, opts stepOptions) error {
	d, err := opts.desk(ctx)
	if err != nil {
		return err
	}
	if len(opts.ids) == 0 {
		return opts.overview(ctx, d)
	}
	var cases []*taken
	for _, id := range opts.ids {
		c, err := d.find(ctx, id)
		if err != nil {
			return err
		}
		if opts.name == "" {
			opts.tell(d, c)
			continue
		}
		if err := c.choose(opts.name, len(opts.ids) > 1); err != nil {
			return err
		}
		if opts.auto && !(c.step.Quick && slices.Contains(d.Config.Forms.Auto, c.step.Title)) {
			return misuse.New("“%s”不能自动合并：suqiu.yaml 的“网页提交”没有列出，或者这一步要有人看过才合并",
				c.step.Title)
		}
		cases = append(cases, c)
	}
	if opts.name == "" {
		return nil
	}
	if err := opts.answer(ctx, d, cases); err != nil {
		return err
	}
	return opts.propose(ctx, d, proposalOf(d, cases, opts.values))
}

// taken is a case with the step that is taken on it.
type taken struct {
	*register.Followed
	scene step.Scene
	steps []step.Step
	step  *step.Step
	text  string // after it
}

func (d *desk) find(ctx context.Context, id string) (*taken, error) {
	f, err := d.Follow(ctx, id)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, misuse.New("主分支上没有编号为 %s 的事项", id)
	}
	c := &taken{Followed: f, scene: step.Scene{Env: d.Env(), Case: f.Case.Case, Life: &f.Life, History: f.History,
		Email: d.email, Now: d.now}}
	c.steps = c.scene.Steps()
	return c, nil
}

// choose is the step of a name.
func (c *taken) choose(name string, several bool) error {
	c.step = step.Find(c.steps, name)
	switch {
	case c.step == nil:
		var names []string
		for _, s := range c.steps {
			names = append(names, s.Name)
		}
		return &misuse.Error{What: fmt.Sprintf("%s（%s）现在不能“%s”", c.ID, c.Life.State, name),
			Hint: "您现在可以：" + workflow.OrNone(strings.Join(names, "、"))}
	case several && c.step.Alone:
		return misuse.New("“%s”要一件一件地办", c.step.Name)
	}
	return nil
}

// answer asks for what is missing, if somebody is there, and applies the step to
// each case.
func (o *stepOptions) answer(ctx context.Context, d *desk, cases []*taken) error {
	asker := o.asker()
	if asker != nil {
		if err := asker.Missing(ctx, cases[0].step.Fields, o.values); err != nil {
			return err
		}
	}
	for _, c := range cases {
		src := string(d.Source(c.Path))
		for {
			text, faults := c.step.Apply(src, o.values)
			if c.text = text; len(faults) == 0 {
				break
			}
			if again, err := o.again(ctx, asker, c.ID, c.step.Fields, faults, o.values); !again {
				return err
			}
		}
	}
	return nil
}

// again tells what is wrong and, where somebody is there, asks for it once more.
func (inv *invocation) again(ctx context.Context, asker *ask.Asker, id string, fields []step.Field,
	faults []step.Fault, values map[string]string) (bool, error) {
	asked := false
	for _, f := range faults {
		fmt.Fprintf(inv.Stdout, "%s：%s（%s）\n", id, masked(f.Message), f.Rule)
		if f.Fix != "" {
			fmt.Fprintf(inv.Stdout, "  改法：%s\n", masked(strings.TrimSpace(f.Fix)))
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
	return false, errFindings
}

// asker asks whoever sits at the terminal; nil if nobody does.
func (inv *invocation) asker() *ask.Asker {
	if !inv.Interactive || inv.quiet {
		return nil
	}
	return ask.New(inv.Stdin, inv.Stderr)
}

// proposalOf is the commit of a step on some cases, and the branch for it.
func proposalOf(d *desk, cases []*taken, values map[string]string) *proposal {
	p := &proposal{files: map[string]string{}}
	title := cases[0].step.Title
	var lines []string
	for _, c := range cases {
		p.files[c.Path] = c.text
		after := record.Parse(c.Path, []byte(c.text), d.Config.Canon)
		name := d.called(c.Case, after)
		lines = append(lines, c.ID+"："+changed(c.Case.Case, after))
		p.subject = title + "：" + name
	}
	p.body = strings.Join(lines, "\n")
	about := cases[0].ID
	if len(cases) > 1 {
		p.subject = title + "：" + fmt.Sprint(len(cases)) + " 件"
		about = together(cases, values)
	}
	p.branch = "suqiu/" + d.code(cases[0].step.Unit) + "/" + about + "-" + title
	return p
}

// together is what several cases are called by: the decision they rest on, their
// task list, or the first.
func together(cases []*taken, values map[string]string) string {
	if basis := values["依据"]; papers.IsMeeting(basis) {
		return basis
	}
	list := cases[0].TaskList
	for _, c := range cases {
		if c.TaskList != list {
			list = ""
		}
	}
	if list == "" {
		return cases[0].ID + "等"
	}
	return list
}

// changed lists what a step changes, by key.
func changed(before, after *record.Case) string {
	var names []string
	for _, ch := range record.Diff(before, after) {
		top, _, _ := strings.Cut(strings.TrimPrefix(ch.Key, "## "), ".")
		if ch.Key == "状态" {
			top = "状态（" + workflow.OrNone(ch.Old) + " → " + ch.New + "）"
		}
		if !slices.Contains(names, top) {
			names = append(names, top)
		}
	}
	return strings.Join(names, "、")
}

// tell says what can be done with a case now.
func (o *stepOptions) tell(d *desk, c *taken) {
	fmt.Fprintf(o.Stdout, "%s %s（%s）\n", c.ID, c.Title, c.Life.State)
	if len(c.steps) == 0 {
		fmt.Fprintf(o.Stdout, "  现在没有%s可走的步骤\n", d.shown())
		return
	}
	var t terminal.Table
	t.Row("  步骤", "最迟", "要填")
	for _, s := range c.steps {
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
func (o *stepOptions) overview(ctx context.Context, d *desk) error {
	all, err := o.registerAt(ctx, d)
	if err != nil {
		return err
	}
	var t terminal.Table
	for _, c := range all.Cases {
		if c.Deleted || c.Broken != nil || !c.Life.State.IsOpen() {
			continue
		}
		scene := step.Scene{Env: all.Env(), Case: c.Case, Life: &c.Life, Email: d.email, Now: d.now}
		var names []string
		for _, s := range scene.Steps() {
			if s.Rank < 3 && !s.Proxy {
				names = append(names, s.Name)
			}
		}
		if len(names) > 0 {
			t.Row(c.ID, string(c.Life.State), c.Title, strings.Join(names, "、"))
		}
	}
	t.WriteWithin(o.Stdout, o.Width)
	o.note("办理：suqiu step 编号 步骤；一件现在能走的全部步骤：suqiu step 编号")
	return nil
}

// completeStep offers numbers, then what can be done with the first of them, then
// its fields.
func (inv *invocation) completeStep(ctx context.Context, args []string) []string {
	o := stepOptions{invocation: inv}
	if o.read(args) != nil && len(o.ids) > 0 {
		return nil
	}
	d, err := inv.desk(ctx)
	if err != nil {
		return nil
	}
	var list []string
	if o.name == "" {
		if all, err := inv.registerAt(ctx, d); err == nil {
			for _, c := range all.Cases {
				if !c.Deleted && c.Life.State.IsOpen() {
					list = append(list, c.ID+"\t"+c.Title)
				}
			}
		}
	}
	if len(o.ids) == 0 {
		return list
	}
	c, err := d.find(ctx, o.ids[0])
	if err != nil {
		return nil
	}
	if o.name == "" {
		for _, s := range c.steps {
			list = append(list, s.Name+"\t"+s.With)
		}
		return list
	}
	if s := step.Find(c.steps, o.name); s != nil {
		return assignments(s.Fields, o.values)
	}
	return nil
}

// assignments are the fields that have no value yet, with their choices.
func assignments(fields []step.Field, given map[string]string) []string {
	var list []string
	known := slices.Collect(maps.Keys(given))
	for _, f := range fields {
		if slices.Contains(known, f.Name) {
			continue
		}
		for _, choice := range f.Choices {
			list = append(list, f.Name+"="+choice)
		}
		if len(f.Choices) == 0 {
			list = append(list, f.Name+"=\t"+f.Help)
		}
	}
	return list
}
