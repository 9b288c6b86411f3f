package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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
	return inv.command(command{use: "appraisal 季度", args: cli.Exactly(1, "季度，如 2026Q3"),
		formats: []string{formatText, formatExcel, formatJSON}, run: opts.run,
		flags: func(f *pflag.FlagSet) {
			cli.PathVar(f, &opts.out, "out", "", "写入`文件`（默认：显示出来；xlsx 写入 季度考评.xlsx）")
		}})
}

func (opts *appraisalOptions) run(ctx context.Context, args []string) error {
	var err error
	if opts.quarter, err = workday.ParseQuarter(args[0]); err != nil {
		return misuse.New("%s", err)
	}
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
	write := verbatim(appraisal.Markdown(&a, tables))
	if opts.format == formatExcel {
		write = func(w io.Writer) error { return document.WriteExcel(w, "考评", tables) }
	}
	return opts.deliver(opts.fileFor(opts.out, opts.quarter.String()+"考评"), saidWritten, write)
}
