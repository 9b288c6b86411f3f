package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/misuse"
	"suqiu/internal/scaffold"
)

type initOptions struct {
	*invocation
	target string
	noGit  bool
}

func newInitCmd(inv *invocation) *cobra.Command {
	opts := initOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:  "init [目录]",
		Args: cli.AtMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.target = opts.dir
			if len(args) == 1 {
				opts.target = args[0]
				if !filepath.IsAbs(opts.target) {
					opts.target = filepath.Join(opts.dir, opts.target)
				}
			}
			return runInit(cmd.Context(), opts)
		},
	}
	cmd.Flags().BoolVar(&opts.noGit, "no-git", false, "只写文件，不建仓库、不提交")
	formats(cmd, inv, formatText)
	return cmd
}

func runInit(ctx context.Context, opts initOptions) error {
	if opts.ref != "" {
		return misuse.New("init 新建仓库，不用 --ref")
	}
	place, err := scaffold.Look(ctx, opts.GitEnviron, opts.target)
	if err != nil {
		return err
	}
	files, err := scaffold.Files(opts.day(), place.Branch)
	if err != nil {
		return err
	}
	if err := scaffold.Write(opts.target, files); err != nil {
		return err
	}
	fmt.Fprintf(opts.Stdout, "已写好 %d 个文件：%s\n", len(files), opts.target)
	for _, f := range files {
		fmt.Fprintf(opts.Stdout, "  %s\n", f.Path)
	}
	byHand := fmt.Sprintf("在 %s 中运行：git add . && git commit -m 建立税费服务诉求和舆情分析办理库", opts.target)
	step := ""
	switch {
	case opts.noGit:
		step = "建成 Git 仓库并提交"
	case !place.Git:
		step = "没有找到 git：请先安装 Git，再建成仓库并提交"
	case !place.Unborn:
		step = "仓库已有提交，没有代您提交：核对后" + byHand
	default:
		err := scaffold.Commit(ctx, opts.GitEnviron, opts.target, place, files)
		switch {
		case errors.Is(err, scaffold.ErrNoIdentity):
			step = "Git 还不知道您是谁，没有提交：运行 git config --global user.name 姓名 和 git config --global " +
				"user.email 邮箱，再" + byHand
		case err != nil:
			return fmt.Errorf("文件已写好，但没有提交成功：%w", err)
		default:
			fmt.Fprint(opts.Stdout, "已作第一次提交\n")
		}
	}
	steps := []string{
		"在 suqiu.yaml 的“单位”里填写各单位的邮箱；核对单位、渠道和时限",
		"运行 suqiu -C " + opts.target + " check，没有错误即可推送到 GitLab",
		"在 GitLab 上：运行器（Runner）装好 git 和 suqiu，主分支设为受保护，新建每日定时流水线",
		"要在提交前就检查的电脑上，运行 suqiu hook install",
	}
	if step != "" {
		steps = append([]string{step}, steps...)
	}
	fmt.Fprint(opts.Stdout, "\n接下来\n")
	for i, s := range steps {
		fmt.Fprintf(opts.Stdout, "  %d. %s\n", i+1, s)
	}
	return nil
}
