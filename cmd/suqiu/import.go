package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/intake"
	"suqiu/internal/ledger"
	"suqiu/internal/misuse"
	"suqiu/internal/privacy"
	"suqiu/internal/terminal"
	"suqiu/internal/worktree"
)

type importOptions struct {
	*invocation
	file    string
	sheet   string
	skipBad bool
	dryRun  bool

	analysis bool
	request  bool // with analysis: make the merge request
}

func newImportCmd(inv *invocation) *cobra.Command {
	opts := importOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "import 文件", Args: cli.Exactly(1, "台账文件（.xlsx 或 .csv）"),
		Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.StringVar(&opts.sheet, "sheet", "", "读哪个`工作表`（默认唯一像台账的那一个）")
			f.BoolVar(&opts.skipBad, "skip-bad", false, "跳过有错的行，其余照写")
			f.BoolVar(&opts.dryRun, "dry-run", false, "只看会写什么，不写")
			f.BoolVar(&opts.analysis, "analysis", false, "读填好的分析表（suqiu export --pending-analysis 导出的）")
			f.BoolVar(&opts.request, "mr", false, "与 --analysis 一起用：推送分支，并请 GitLab 建立合并请求")
		}})
}

func (opts *importOptions) run(ctx context.Context, args []string) error {
	opts.file = args[0]
	switch {
	case opts.analysis:
		return opts.takeAnalysis(ctx)
	case opts.request:
		return misuse.New("--mr 与 --analysis 一起用")
	}
	top, cfg, err := worktree.Find(opts.Dir)
	if err != nil {
		return err
	}
	data, err := intake.Read(ctx, opts.file, opts.Stdin)
	if err != nil {
		return err
	}
	source := intake.Source{Dir: opts.Dir, Top: top, Config: cfg, Load: opts.Load,
		Walk: opts.WalkOptions(opts.Ref, cfg)}
	known, err := source.AtHand(ctx)
	if err != nil {
		return err
	}
	p := opts.ProgressOf("读取台账")
	defer p.Clear()
	rows, err := ledger.Read(data, ledger.Options{Sheet: opts.sheet, Progress: p.Update})
	if err != nil {
		return err
	}
	plan, err := ledger.Import(rows, cfg, known, opts.Day())
	p.Clear()
	if err != nil {
		return err
	}
	for _, f := range plan.Faults {
		fmt.Fprintln(opts.Stderr, privacy.MaskedText(fmt.Sprint(f)))
	}
	if len(plan.Faults) > 0 && !opts.skipBad {
		opts.tell(plan)
		opts.Note("有 %d 处要改，什么都没有写；改好后重新导入，或加 --skip-bad 跳过有错的行", len(plan.Faults))
		return cli.ErrFindings
	}
	if !opts.dryRun && len(plan.Cases) > 0 {
		p := opts.ProgressOf("写入事项文件")
		defer p.Clear()
		if err := source.Write(ctx, plan.Cases, p.Update); err != nil {
			return err
		}
	}
	var lines terminal.Table
	for _, c := range plan.Cases {
		lines.Row(c.Path, privacy.MaskedText(c.Title))
	}
	lines.WriteWithin(opts.Stdout, opts.Width)
	opts.tell(plan)
	switch n := len(plan.Cases); {
	case opts.dryRun:
		opts.Note("将写 %d 件（--dry-run，什么都没有写）", n)
	case n == 0:
		opts.Note("没有新的事项，什么都没有写")
	default:
		opts.Note("已写 %d 件，状态均为“已登记”；请 git add 之后用 suqiu hook pre-commit 检查，再提交", n)
	}
	if len(plan.Faults) > 0 {
		return cli.ErrFindings
	}
	return nil
}

// tell tells what was not read of a ledger, or not written.
func (opts *importOptions) tell(plan *ledger.Plan) {
	for _, text := range plan.Told {
		opts.Note("%s", text)
	}
	if plan.Again > 0 {
		opts.Note("其中 %d 行已经登记过，没有再写", plan.Again)
	}
	if len(plan.Ignored) > 0 {
		opts.Note("没有读的列：%s", strings.Join(plan.Ignored, "、"))
	}
}
