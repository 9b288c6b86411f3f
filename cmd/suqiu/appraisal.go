package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"suqiu/internal/appraisal"
	"suqiu/internal/document"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

type appraisalOptions struct {
	*invocation
	quarter workday.Quarter
	out     string
}

func newAppraisalCmd(inv *invocation) *cobra.Command {
	opts := appraisalOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "appraisal 季度",
		Short: "季度考评：各单位扣分明细、申辩和核实结论（监督考评小组用）",
		Long: `按 suqiu.yaml“考评”的分值计算各单位一个季度的扣分，每一条写明事实、算法和条款。
appraisal/季度.md 中的申辩和核实结论并入结果；有申辩未核实的，该季度不能留存（report --freeze）。
使用异议、延期、报研究决定等权利本身不扣分；不作排名。`,
		Example: "  suqiu appraisal 2026Q3\n  suqiu appraisal 2026Q3 --format xlsx",
		Args:    exactly(1, "季度，如 2026Q3"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if opts.quarter, err = workday.ParseQuarter(args[0]); err != nil {
				return misuse("%s", err)
			}
			return runAppraisal(cmd.Context(), opts)
		},
	}
	pathVar(cmd.Flags(), &opts.out, "out", "", "写入`文件`（默认：显示出来；xlsx 写入 季度考评.xlsx）")
	formats(cmd, inv, formatText, formatExcel, formatJSON)
	return cmd
}

func runAppraisal(ctx context.Context, opts appraisalOptions) error {
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	if opts.quarter.First() > d.AsOf {
		return fmt.Errorf("截至 %s，%s 还没有开始", d.AsOf, opts.quarter)
	}
	book := appraisal.Open(report.Open(d))
	a := book.Of(opts.quarter)
	if opts.json() {
		return opts.writeJSON(struct {
			header
			appraisal.Appraisal
		}{opts.header(d.Head), a})
	}
	tables := book.Tables(&a)
	var b bytes.Buffer
	if opts.format == formatExcel {
		if opts.out == "" {
			opts.out = opts.quarter.String() + "考评.xlsx"
		}
		if err := document.WriteExcel(&b, "考评", tables); err != nil {
			return err
		}
	} else {
		b.Write(appraisal.Markdown(&a, tables))
	}
	return opts.deliver(opts.out, b.Bytes())
}
