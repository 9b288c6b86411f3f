package main

import (
	_ "embed"
	"fmt"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/deskcmd"
	"suqiu/internal/remind"
)

// manual says of each command what it does: a line, a description and examples.
//
//go:embed manual.txt
var manual string

// newRoot makes the command tree for one run of the program.
func newRoot(inv *invocation) *cobra.Command {
	in := &inv.Invocation
	groups := []cli.Group{
		{Title: "开始", Commands: []*cobra.Command{newDemoCmd(inv), newInitCmd(inv), newDoctorCmd(inv)}},
		{Title: "办理", Commands: []*cobra.Command{deskcmd.New(in), deskcmd.Step(in)}},
		{Title: "检查和督办", Commands: []*cobra.Command{newCheckCmd(inv), newOverdueCmd(inv),
			remind.Command(in), newShowCmd(inv),
			newListCmd(inv)}},
		{Title: "报告", Commands: []*cobra.Command{newReportCmd(inv), newAppraisalCmd(inv)}},
		{Title: "在 Git 里把关", Commands: []*cobra.Command{newHookCmd(inv), newVerifyCmd(inv), deskcmd.Seal(in),
			deskcmd.Migrate(in)}},
		{Title: "会议和报送", Commands: []*cobra.Command{newMeetingCmd(inv), newMonthlyCmd(inv), newRisksCmd(inv),
			newAggregateCmd(inv)}},
		{Title: "网站", Commands: []*cobra.Command{newBuildCmd(inv), newServeCmd(inv)}},
		{Title: "表单和台账", Commands: []*cobra.Command{newFormCmd(inv), newExportCmd(inv), newImportCmd(inv),
			newRenumberCmd(inv)}},
		{Title: "随手用", Commands: []*cobra.Command{newFmtCmd(inv), newWorkdayCmd(inv), deskcmd.Calendar(in),
			newRulesCmd(inv), newExplainCmd(inv), newSchemaCmd(inv)}},
	}
	root := &cobra.Command{
		Use:   "suqiu",
		Short: "税费服务诉求和舆情分析办理",
		Long: `suqiu 用一个 Git 仓库承载税费服务诉求和舆情分析办理联席会议制度：一件诉求或舆情一个文件，
谁在哪天做了什么都由提交历史推定，再据此检查、督办、建站。`,
		Version:           cli.Version,
		Args:              cli.NoSuchCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return cli.ResolvePaths(cmd, inv.Dir) },
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},

		SuggestionsMinimumDistance: 2,
	}
	root.SetVersionTemplate(versionText())
	root.SetFlagErrorFunc(cli.FlagError)
	root.SetHelpCommand(cli.HelpCommand())
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		fmt.Fprint(cmd.OutOrStdout(), cli.Help(cmd, groups))
	})
	for _, g := range groups {
		root.AddCommand(g.Commands...)
	}
	cli.Describe(root, manual)
	root.AddCommand(cli.CompletionCommand())

	f := root.PersistentFlags()
	f.StringVarP(&inv.Dir, "dir", "C", ".", "在`目录`中运行")
	f.Var((*cli.Revision)(&inv.Ref), "ref", "看哪个`版本`：提交、分支或标签（默认：主分支）")
	f.Var(&inv.AsOf, "as-of", "按哪一`日`计算，如 2026-09-30（默认：今天）")
	f.StringVar(&inv.Format, "format", cli.Text, "输出`格式`")
	f.BoolVar(&inv.NoCache, "no-cache", false, "不读也不写缓存，从头读取历史、生成全部页面（结果相同，只是慢）")
	f.BoolVarP(&inv.Quiet, "quiet", "q", false, "只输出结果，不显示进度和提示")
	f.BoolP("help", "h", false, "显示说明")
	root.Flags().Bool("version", false, "显示版本")
	return root
}
