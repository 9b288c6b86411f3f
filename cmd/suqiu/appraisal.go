package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"suqiu/internal/appraisal"
	"suqiu/internal/cli"
	"suqiu/internal/document"
	"suqiu/internal/misuse"
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
		Use:  "appraisal 季度",
		Args: cli.Exactly(1, "季度，如 2026Q3"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if opts.quarter, err = workday.ParseQuarter(args[0]); err != nil {
				return misuse.New("%s", err)
			}
			return runAppraisal(cmd.Context(), opts)
		},
	}
	cli.PathVar(cmd.Flags(), &opts.out, "out", "", "写入`文件`（默认：显示出来；xlsx 写入 季度考评.xlsx）")
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
