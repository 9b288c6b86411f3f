package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/demo"
	"suqiu/internal/diag"
	"suqiu/internal/filing"
	"suqiu/internal/misuse"
	"suqiu/internal/overdue"
	"suqiu/internal/rules"
	"suqiu/internal/view"
	"suqiu/templates"
)

type demoOptions struct {
	*invocation
	target string
	cases  int
	seed   uint64
	given  func(flag string) bool
}

func newDemoCmd(inv *invocation) *cobra.Command {
	opts := demoOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "demo [目录]", Args: cli.AtMost(1), Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			opts.given = f.Changed
			f.IntVar(&opts.cases, "cases", 0, "生成多少`件`合成事项，而不是示例")
			f.Uint64Var(&opts.seed, "seed", 1, "合成事项的`种子`，相同则内容相同")
		}})
}

func (opts *demoOptions) run(ctx context.Context, args []string) error {
	opts.target = opts.Below(cmp.Or(strings.Join(args, ""), "demo"))
	if opts.given("cases") && opts.cases < 1 {
		return misuse.New("选项 --cases 的值“%d”不对：应为 1 以上的整数", opts.cases)
	}
	if opts.given("seed") && opts.cases == 0 {
		return misuse.New("--seed 要与 --cases 一起用")
	}
	if opts.Ref != "" {
		return misuse.New("demo 自己生成仓库，不用 --ref")
	}
	var err error
	if opts.cases > 0 {
		err = demo.Synthetic(opts.target, demo.Options{Cases: opts.cases, Seed: opts.seed, Today: opts.Day()})
	} else {
		err = demo.Sample(opts.target, opts.Day(), filing.Publisher(ctx, cli.Tool))
	}
	if err != nil {
		return err
	}
	if err := demo.IgnoreSites(opts.target); err != nil {
		return err
	}
	here := *opts.invocation
	here.Dir = opts.target
	d, err := here.Load(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(opts.Stdout, "示例仓库：%s（%d 件，%d 次入库，截至 %s）\n\n", opts.target, len(d.Cases),
		len(d.Landings), d.AsOf)
	findings := rules.Run(d)
	if opts.cases > 0 {
		s := diag.Count(findings)
		fmt.Fprintf(opts.Stdout, "检查：错误 %d、警告 %d、提示 %d\n", s.Errors, s.Warnings, s.Infos)
	} else {
		fmt.Fprint(opts.Stdout, "检查（suqiu check）\n\n")
		if err := here.writeFindings(d, findings, false); err != nil {
			return err
		}
		fmt.Fprint(opts.Stdout, "\n督办（suqiu overdue）\n\n")
		overdue.Write(opts.Stdout, opts.Width, d, overdue.Items(d, ""))
	}
	fmt.Fprint(opts.Stdout, "\n网站\n\n")
	for _, s := range []struct {
		edition view.Edition
		dir     string
	}{{view.Public, demo.PublicDir}, {view.Supervision, demo.SupervisionDir}} {
		out := filepath.Join(opts.target, s.dir)
		if _, err := here.buildSite(ctx, d, findings, s.edition, templates.Source(d.Source), out); err != nil {
			return err
		}
		index, err := demo.FileURL(filepath.Join(out, "index.html"))
		if err != nil {
			return err
		}
		fmt.Fprintf(opts.Stdout, "  %s版  %s\n", s.edition, index)
	}
	fmt.Fprintf(opts.Stdout, "\n用浏览器打开上面的地址；或运行“suqiu -C %s serve”预览，“suqiu -C %s show 编号”"+
		"看一件的经过\n", opts.target, opts.target)
	return nil
}
