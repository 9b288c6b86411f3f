package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/ask"
	"suqiu/internal/cli"
	"suqiu/internal/misuse"
	"suqiu/internal/scaffold"
	"suqiu/internal/step"
)

type initOptions struct {
	*invocation
	target string
	noGit  bool
	kind   string
	bureau scaffold.Bureau
	units  []string
}

func newInitCmd(inv *invocation) *cobra.Command {
	opts := initOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "init [目录]", Args: cli.AtMost(1), Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.StringVar(&opts.kind, "kind", string(scaffold.City),
				"给谁用的`种类`：市局、县局、空白（单位另写）")
			f.StringVar(&opts.bureau.Name, "name", "", "本局的`名称`，如 化德县税务局")
			f.StringVar(&opts.bureau.Above, "report-to", "", "县局：向哪个`局`报送，如 乌兰察布市税务局")
			f.StringArrayVar(&opts.units, "unit", nil,
				"空白：一个`单位`，写“名称 代码 角色 渠道”，如 \"纳税服务科 NSFWK 联席办 投诉\"；"+
					"每个单位写一次")
			f.BoolVar(&opts.noGit, "no-git", false, "只写文件，不建仓库、不提交")
		}})
}

func (opts *initOptions) run(ctx context.Context, args []string) error {
	opts.target = opts.Below(strings.Join(args, ""))
	if opts.Ref != "" {
		return misuse.New("init 新建仓库，不用 --ref")
	}
	place, err := scaffold.Look(ctx, opts.GitEnviron, opts.target)
	if err != nil {
		return err
	}
	if err := opts.whose(ctx); err != nil {
		return err
	}
	files, err := scaffold.Files(opts.bureau, opts.Day(), place.Branch)
	if err != nil {
		return misuse.New("没有写入任何内容：%s", err)
	}
	if err := scaffold.Write(opts.target, files); err != nil {
		return err
	}
	fmt.Fprintf(opts.Stdout, "已写好 %d 个文件：%s\n", len(files), opts.target)
	for _, f := range files {
		fmt.Fprintf(opts.Stdout, "  %s\n", f.Path)
	}
	steps, committed, err := scaffold.Begin(ctx, opts.GitEnviron, opts.target, place, files, opts.noGit)
	if err != nil {
		return err
	}
	if committed {
		fmt.Fprint(opts.Stdout, "已作第一次提交\n")
	}
	fmt.Fprint(opts.Stdout, "\n接下来\n")
	for i, s := range steps {
		fmt.Fprintf(opts.Stdout, "  %d. %s\n", i+1, s)
	}
	return nil
}

// The questions of init.
const (
	askedName  = "本局的名称"
	askedAbove = "向哪个局报送"
	askedUnits = "各单位"
)

// whose finds out what bureau it is, by the flags or by asking.
func (opts *initOptions) whose(ctx context.Context) error {
	b := &opts.bureau
	b.Kind = scaffold.Kind(opts.kind)
	if !slices.Contains(scaffold.Kinds(), b.Kind) {
		return misuse.New("--kind 应为市局、县局、空白之一，现为“%s”", opts.kind)
	}
	switch {
	case len(opts.units) > 0 && b.Kind != scaffold.Blank:
		return misuse.New("--unit 只与 --kind 空白 一起用；%s的单位写好以后在 suqiu.yaml 中改", b.Kind)
	case strings.ContainsFunc(b.Name+b.Above, unicode.IsControl):
		return misuse.New("--name、--report-to 只写一行，不能有换行和控制字符")
	case b.Above != "" && b.Kind != scaffold.County:
		return misuse.New("--report-to 只与 --kind 县局 一起用")
	}
	if err := opts.read(opts.units); err != nil {
		return err
	}
	name, above, units := b.Lacks()
	var fields []step.Field
	var flags []string
	for _, q := range []struct {
		lacks bool
		flag  string
		field step.Field
	}{
		{name, "--name", step.Field{Name: askedName, Required: true, Help: "如 化德县税务局"}},
		{above, "--report-to", step.Field{Name: askedAbove, Required: true, Help: "如 乌兰察布市税务局"}},
		{units, "--unit", step.Field{Name: askedUnits, Kind: step.LongText, Required: true,
			Help: "每行一个：名称 代码 角色 渠道，如 纳税服务科 NSFWK 联席办 监督考评 投诉"}},
	} {
		if q.lacks {
			fields, flags = append(fields, q.field), append(flags, q.flag)
		}
	}
	switch {
	case len(fields) == 0:
		return nil
	case !opts.Interactive || opts.Quiet:
		return misuse.New("%s还要写明 %s", b.Kind, strings.Join(flags, "、"))
	}
	said := map[string]string{}
	if err := ask.New(opts.Stdin, opts.Stderr).Missing(ctx, fields, said); err != nil {
		return err
	}
	b.Name, b.Above = cmp.Or(b.Name, said[askedName]), cmp.Or(b.Above, said[askedAbove])
	return opts.read(strings.Split(said[askedUnits], "\n"))
}

// read takes the units that are written in lines.
func (opts *initOptions) read(lines []string) error {
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		u, err := scaffold.ParseUnit(line)
		if err != nil {
			return misuse.New("%s", err)
		}
		opts.bureau.Units = append(opts.bureau.Units, u)
	}
	return nil
}
