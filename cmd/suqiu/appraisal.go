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
	return inv.Command(cli.Command{Use: "appraisal 季度", Args: cli.Exactly(1, "季度，如 2026Q3"),
		Formats: []string{cli.Text, cli.Excel, cli.JSON}, Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			cli.PathVar(f, &opts.out, "out", "", "写入`文件`（默认：显示出来；xlsx 写入 季度考评.xlsx）")
		}})
}

func (opts *appraisalOptions) run(ctx context.Context, args []string) error {
	var err error
	if opts.quarter, err = workday.ParseQuarter(args[0]); err != nil {
		return misuse.New("%s", err)
	}
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	if opts.quarter.First() > d.AsOf {
		return fmt.Errorf("截至 %s，%s 还没有开始", d.AsOf, opts.quarter)
	}
	book := appraisal.Open(report.Open(d))
	a := book.Of(opts.quarter)
	if opts.JSON() {
		return opts.WriteJSON(struct {
			cli.Header
			appraisal.Appraisal
		}{opts.Header(d.Head), a})
	}
	tables := book.Tables(&a)
	write := cli.Verbatim(appraisal.Markdown(&a, tables))
	if opts.Format == cli.Excel {
		write = func(w io.Writer) error { return document.WriteExcel(w, "考评", tables) }
	}
	return opts.Deliver(opts.FileFor(opts.out, opts.quarter.String()+"考评"), cli.SaidWritten, write)
}
