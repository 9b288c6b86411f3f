package main

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/form/engine"
	"suqiu/internal/git"
	"suqiu/internal/heap"
	"suqiu/internal/mainline"
	"suqiu/internal/misuse"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/rules"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/internal/worktree"
	"suqiu/site"
	"suqiu/templates"
)

type buildOptions struct {
	*invocation
	out     string
	edition string
}

func newBuildCmd(inv *invocation) *cobra.Command {
	opts := buildOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "build", Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			cli.PathVar(f, &opts.out, "out", "public", "输出到`目录`")
			addEdition(f, &opts.edition)
		}})
}

func addEdition(f *pflag.FlagSet, edition *string) {
	f.StringVar(edition, "edition", string(view.Public), "哪一`版`：公开 或 监督")
}

// editionOf is the edition that was typed.
func editionOf(typed string) (view.Edition, error) {
	edition, err := view.ParseEdition(typed)
	if err != nil {
		return "", misuse.New("选项 --edition 的值不对：%s", err)
	}
	return edition, nil
}

func (opts *buildOptions) run(ctx context.Context, _ []string) error {
	edition, err := editionOf(opts.edition)
	if err != nil {
		return err
	}
	if err := opts.refuseOut(opts.out); err != nil {
		return err
	}
	go site.Prepare() // while the history is read
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	defer heap.Economise(heap.Spare)() // to read a long past takes more
	var findings []problem.Problem
	if edition == view.Supervision { // the other edition shows none
		findings = rules.Run(d)
	}
	result, err := opts.buildSite(ctx, d, findings, edition, templates.Source(d.Source), opts.out)
	if err != nil {
		return err
	}
	opts.Note("%s版网站已生成：%s（%d 个文件，更新 %d 个）", edition, opts.out, result.Files, result.Written)
	if engine.Built() == nil {
		opts.Note("网站没有带表单：这个 suqiu 不是用 make build 构建的，缺少浏览器里运行的程序")
	}
	return nil
}

// refuseOut refuses to build a site where the repository itself lies, or where
// the next commit would take it along.
func (inv *invocation) refuseOut(out string) error {
	if strings.TrimSpace(out) == "" {
		return misuse.New("--out 后面要写输出目录")
	}
	repo, err := git.Open(inv.Dir)
	if err != nil {
		return err
	}
	why, err := worktree.NotForSite(out, repo.Dir, repo.GitDir)
	if err == nil && why != "" {
		return fmt.Errorf("不能把网站生成到 %s：%s；请把 --out 写成别的目录，如 public", out, why)
	}
	return err
}

// buildSite writes one edition into a folder; over holds the repository's own
// templates.
func (inv *invocation) buildSite(ctx context.Context, d *register.Register, findings []problem.Problem,
	edition view.Edition, over fs.FS, out string) (result sitedir.Result, err error) {
	p := inv.ProgressOf("生成" + string(edition) + "版网站")
	defer p.Clear()
	in := site.Input{
		View: view.New(d, edition), Book: report.Open(d), Findings: findings, Rules: rules.Described(),
		Templates: templates.Overlay(over), Engine: engine.Built(), Tool: cli.Tool,
		Progress: p.Update,
		Waiting:  func() { inv.Note("另一个 suqiu 正在生成 %s，等它完成", out) },
	}
	if !inv.NoCache {
		repo, err := git.Open(inv.Dir)
		if err != nil {
			return result, err
		}
		in.Keep = mainline.Kept(repo, inv.Build)
	}
	return site.Build(ctx, in, out)
}
