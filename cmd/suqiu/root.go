package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/workday"
)

// group is a heading of the help with its commands, in order of use.
type group struct {
	title    string
	commands []*cobra.Command
}

// newRoot makes the command tree for one run of the program.
func newRoot(inv *invocation) *cobra.Command {
	groups := []group{
		{"开始", []*cobra.Command{newDemoCmd(inv), newInitCmd(inv)}},
		{"检查和督办", []*cobra.Command{newCheckCmd(inv), newOverdueCmd(inv), newShowCmd(inv), newListCmd(inv)}},
		{"报告", []*cobra.Command{newReportCmd(inv), newAppraisalCmd(inv)}},
		{"在 Git 里把关", []*cobra.Command{newHookCmd(inv), newVerifyCmd(inv)}},
		{"会议和报送", []*cobra.Command{newMeetingCmd(inv), newMonthlyCmd(inv), newRisksCmd(inv), newAggregateCmd(inv)}},
		{"网站", []*cobra.Command{newBuildCmd(inv), newServeCmd(inv)}},
		{"表单和台账", []*cobra.Command{newFormCmd(inv), newExportCmd(inv), newImportCmd(inv), newRenumberCmd(inv)}},
		{"随手用", []*cobra.Command{newFmtCmd(inv), newWorkdayCmd(inv), newRulesCmd(inv), newExplainCmd(inv), newSchemaCmd(inv)}},
	}
	root := &cobra.Command{
		Use:   "suqiu",
		Short: "税费服务诉求和舆情分析办理",
		Long: `suqiu 用一个 Git 仓库承载税费服务诉求和舆情分析办理联席会议制度：一件诉求或舆情一个文件，
谁在哪天做了什么都由提交历史推定，再据此检查、督办、建站。`,
		Version:           version,
		Args:              noSuchCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return inv.resolvePaths(cmd) },
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},

		SuggestionsMinimumDistance: 2,
	}
	root.SetVersionTemplate("suqiu {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(newHelpCmd())
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		fmt.Fprint(cmd.OutOrStdout(), helpText(cmd, groups))
	})
	for _, g := range groups {
		root.AddCommand(g.commands...)
	}
	root.AddCommand(newCompletionCmd())

	f := root.PersistentFlags()
	f.StringVarP(&inv.dir, "dir", "C", ".", "在`目录`中运行")
	f.Var((*revisionFlag)(&inv.ref), "ref", "看哪个`版本`：提交、分支或标签（默认：主分支）")
	f.Var(&inv.asOf, "as-of", "按哪一`日`计算，如 2026-09-30（默认：今天）")
	f.StringVar(&inv.format, "format", formatText, "输出`格式`")
	f.BoolVar(&inv.noCache, "no-cache", false, "不读也不写缓存，从头读取历史、生成全部页面（结果相同，只是慢）")
	f.BoolVarP(&inv.quiet, "quiet", "q", false, "只输出结果，不显示进度和提示")
	f.BoolP("help", "h", false, "显示说明")
	root.Flags().Bool("version", false, "显示版本")
	return root
}

// The output formats.
const (
	formatText   = "text"
	formatJSON   = "json"
	formatGitLab = "gitlab" // Code Quality
	formatJUnit  = "junit"
	formatSARIF  = "sarif"
	formatGitHub = "github" // workflow commands

	formatMarkdown = "markdown"
	formatCSV      = "csv"
)

// formats limits --format of cmd to the values named; the first is the
// default. It also tells the help.
func formats(cmd *cobra.Command, inv *invocation, values ...string) {
	choice := oneOf(values)
	cmd.Annotations = map[string]string{formatsAnnotation: choice}
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if !cmd.Flags().Changed("format") {
			inv.format = values[0]
		}
		if !slices.Contains(values, inv.format) {
			return misuse("选项 --format 的值“%s”不对：应为 %s", inv.format, choice)
		}
		return nil
	}
}

const formatsAnnotation = "formats"

// oneOf lists words of which one is to be chosen.
func oneOf(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], "、") + " 或 " + words[last]
}

// noSuchCommand refuses words after "suqiu" that are no command.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	e := &usageError{what: fmt.Sprintf("没有命令“%s”", args[0])}
	if meant := cmd.SuggestionsFor(args[0]); len(meant) > 0 {
		slices.Sort(meant)
		e.hint = "您是不是想运行：suqiu " + strings.Join(meant, "、suqiu ")
	}
	return e
}

// exactly, atMost and noArgs are cobra's checks of the number of arguments,
// in Chinese.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < n {
			return misuse("缺少%s", what)
		}
		return tooMany(args, n)
	}
}

func atMost(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error { return tooMany(args, n) }
}

func tooMany(args []string, n int) error {
	if len(args) > n {
		return misuse("多出“%s”", strings.Join(args[n:], " "))
	}
	return nil
}

// dayFlag is a flag that takes a date.
type dayFlag struct{ workday.Date }

func (d *dayFlag) Set(s string) error {
	day, err := workday.Parse(s)
	if err != nil {
		return errors.New("应为日期，写成 2026-09-30 这样")
	}
	d.Date = day
	return nil
}

// Type names the kind of value, as pflag wants it.
func (d *dayFlag) Type() string { return "日期" }

// revisionFlag is a flag that takes the name of a revision. An empty one is a
// mistake: a script whose variable is unset would ask for something else.
type revisionFlag string

func (r *revisionFlag) Set(s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("没有写版本；在脚本和 CI 中，请检查所用的变量是否有值")
	}
	*r = revisionFlag(s)
	return nil
}

func (r *revisionFlag) String() string { return string(*r) }

// Type names the kind of value, as pflag wants it.
func (r *revisionFlag) Type() string { return "版本" }

// pathVar is a flag that takes a path. As with Git's -C, a relative one is below
// the folder that the program is told to run in.
func pathVar(f *pflag.FlagSet, p *string, name, value, usage string) {
	f.StringVar(p, name, value, usage)
	f.Lookup(name).Annotations = map[string][]string{pathAnnotation: nil}
}

const pathAnnotation = "path"

// resolvePaths puts relative paths of options below -C. "-" is standard output.
func (inv *invocation) resolvePaths(cmd *cobra.Command) (err error) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		_, isPath := f.Annotations[pathAnnotation]
		if p := f.Value.String(); isPath && strings.TrimSpace(p) != "" && p != "-" && !filepath.IsAbs(p) && err == nil {
			err = f.Value.Set(filepath.Join(inv.dir, p))
		}
	})
	return err
}
