package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

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
}

func newDemoCmd(inv *invocation) *cobra.Command {
	opts := demoOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:  "demo [目录]",
		Args: cli.AtMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.target = "demo"
			if len(args) == 1 {
				opts.target = args[0]
			}
			if !filepath.IsAbs(opts.target) {
				opts.target = filepath.Join(opts.dir, opts.target)
			}
			if cmd.Flags().Changed("cases") && opts.cases < 1 {
				return misuse.New("选项 --cases 的值“%d”不对：应为 1 以上的整数", opts.cases)
			}
			if cmd.Flags().Changed("seed") && opts.cases == 0 {
				return misuse.New("--seed 要与 --cases 一起用")
			}
			return runDemo(cmd.Context(), opts)
		},
	}
	cmd.Flags().IntVar(&opts.cases, "cases", 0, "生成多少`件`合成事项，而不是示例")
	cmd.Flags().Uint64Var(&opts.seed, "seed", 1, "合成事项的`种子`，相同则内容相同")
	formats(cmd, inv, formatText)
	return cmd
}

// The folders of the two editions in a demo repository; Git ignores them.
const (
	publicDir      = "public"
	supervisionDir = "supervision"
)

func runDemo(ctx context.Context, opts demoOptions) error {
	if opts.ref != "" {
		return misuse.New("demo 自己生成仓库，不用 --ref")
	}
	var err error
	if opts.cases > 0 {
		err = demo.Synthetic(opts.target, demo.Options{Cases: opts.cases, Seed: opts.seed, Today: opts.day()})
	} else {
		err = demo.Sample(opts.target, opts.day(), filing.Publisher(ctx, tool))
	}
	if err != nil {
		return err
	}
	if err := ignoreSites(opts.target); err != nil {
		return err
	}
	here := *opts.invocation
	here.dir = opts.target
	d, err := here.load(ctx)
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
	}{{view.Public, publicDir}, {view.Supervision, supervisionDir}} {
		out := filepath.Join(opts.target, s.dir)
		if _, err := here.buildSite(ctx, d, findings, s.edition, templates.Source(d.Source), out); err != nil {
			return err
		}
		index, err := fileURL(filepath.Join(out, "index.html"))
		if err != nil {
			return err
		}
		fmt.Fprintf(opts.Stdout, "  %s版  %s\n", s.edition, index)
	}
	fmt.Fprintf(opts.Stdout, "\n用浏览器打开上面的地址；或运行“suqiu -C %s serve”预览，“suqiu -C %s show 编号”"+
		"看一件的经过\n", opts.target, opts.target)
	return nil
}

// ignoreSites keeps the built sites out of git status, without a commit of
// its own in the sample's history.
func ignoreSites(dir string) error {
	name := filepath.Join(dir, ".git", "info", "exclude")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte("/"+publicDir+"/\n/"+supervisionDir+"/\n"), 0o644)
}

// fileURL is what a browser's address line takes for a file.
func fileURL(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	p := filepath.ToSlash(abs)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: p}).String(), nil
}
