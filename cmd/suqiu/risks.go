package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/docket"
	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

type risksOptions struct {
	*invocation
	month string
	unit  string
}

func newRisksCmd(inv *invocation) *cobra.Command {
	opts := risksOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "risks [月份]",
		Short: "按接收单位列出转送的风险点，供打印",
		Long: `把一个月转送的风险点（risks/月份.md）按接收单位汇成一份 Markdown，每个单位一节，附反馈栏，可以打印或贴到邮件。
月份默认为今天所在的月份。`,
		Example: "  suqiu risks 2026-07\n  suqiu risks 2026-07 --unit 集宁区税务局 > 风险点.md",
		Args:    atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.month = strings.Join(args, "")
			return runRisks(cmd.Context(), opts)
		},
	}
	cmd.Flags().StringVar(&opts.unit, "unit", "", "只要一个接收`单位`的")
	formats(cmd, inv, formatMarkdown)
	cmd.PreRunE = nil // there is one format, the default of the flag stands for it
	return cmd
}

func runRisks(ctx context.Context, opts risksOptions) error {
	month, err := monthOr(opts.month, workday.MonthOf(opts.day()))
	if err != nil {
		return err
	}
	d, err := opts.load(ctx, "")
	if err != nil {
		return err
	}
	if opts.unit, err = opts.unitName(d, opts.unit); err != nil {
		return err
	}
	var sent *docket.Risks
	for _, r := range d.Risks {
		if r.Month == month {
			sent = r
		}
	}
	if sent == nil {
		opts.note("%s 没有转送过风险点", month)
		return nil
	}
	n := 0
	for _, u := range d.Config.Units {
		if opts.unit != "" && u.Name != opts.unit {
			continue
		}
		points := sent.For(u.Name)
		if len(points) == 0 {
			continue
		}
		if n > 0 {
			fmt.Fprintln(opts.Stdout)
		}
		n++
		writeDigest(&opts, sent, u.Name, points)
	}
	if n == 0 {
		opts.note("%s 没有转送给“%s”的风险点", month, opts.unit)
	}
	return nil
}

// writeDigest writes what one unit is sent.
func writeDigest(opts *risksOptions, sent *docket.Risks, unit string, points []papers.RiskPoint) {
	fmt.Fprintf(opts.Stdout, "## 致%s：%s 风险点\n\n%s 转送，共 %d 个。请结合职责核查，把措施和结果反馈联席会议办公室。\n\n", plain(unit), sent.Month, sent.Landed, len(points))
	fmt.Fprint(opts.Stdout, "| 序号 | 风险点 | 提出单位 | 同时转送 | 反馈 |\n| --- | --- | --- | --- | --- |\n")
	for i, x := range points {
		var others []string
		for _, to := range x.To {
			if to != unit {
				others = append(others, to)
			}
		}
		fmt.Fprintf(opts.Stdout, "| %d | %s | %s | %s | %s |\n", i+1, plain(x.Content), plain(x.From), plain(strings.Join(others, "、")), plain(x.Reply))
	}
	fmt.Fprint(opts.Stdout, "\n签收人：　　　　　　签收日期：　　　　　　\n")
}
