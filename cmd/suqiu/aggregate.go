package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/bureaus"
	"suqiu/internal/cli"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

type aggregateOptions struct {
	*invocation
	quarter string
	unit    string
	code    string
	out     string
}

func newAggregateCmd(inv *invocation) *cobra.Command {
	opts := aggregateOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "aggregate 目录…", Args: cobra.ArbitraryArgs,
		Formats: []string{cli.Text, cli.Word, cli.Excel, cli.JSON}, Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.StringVar(&opts.quarter, "quarter", "", "哪个`季度`，如 2026Q3（默认：上个季度）")
			f.StringVar(&opts.unit, "name", "合计", "合计数以哪个`单位`的名义")
			f.StringVar(&opts.code, "code", "", "该单位在上一级库里的`代码`")
			cli.PathVar(f, &opts.out, "out", "",
				"写入`文件`（默认：显示出来；docx、xlsx 写入 季度汇总.docx、季度汇总.xlsx）")
		}})
}

func (opts *aggregateOptions) run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return misuse.New("缺少目录")
	}
	q := workday.QuarterOf(opts.Day()).Add(-1)
	if opts.quarter != "" {
		var err error
		if q, err = workday.ParseQuarter(opts.quarter); err != nil {
			return misuse.New("--quarter 应写成 2026Q3 这样，现为“%s”", opts.quarter)
		}
	}
	switch day := opts.Day(); {
	case q.First() > day:
		return fmt.Errorf("截至 %s，%s 还没有开始", day, q)
	case q.Last() >= day:
		opts.Note("%s 尚未结束，数字截至 %s", q, day)
	}
	compared := bureaus.Comparison{Quarter: q}
	o := register.Options{Ref: opts.Ref, AsOf: opts.Day(), Now: opts.Landing()}
	for _, dir := range args {
		missing, err := compared.Take(ctx, dir, o, cli.Tool)
		if err != nil {
			return err
		}
		for _, what := range missing {
			opts.Note("%s：%s", dir, what)
		}
	}
	compared.Total = papers.Add(opts.unit, opts.code, cli.Tool, q, compared.List)
	write := map[string]func(io.Writer) error{cli.Word: compared.Word, cli.Excel: compared.Excel,
		cli.Text: func(w io.Writer) error { compared.Text(w); return nil }}[opts.Format]
	if opts.JSON() {
		text, err := papers.WriteSummary(compared.Total)
		if err != nil {
			return err
		}
		write = cli.Verbatim(text)
	}
	return opts.Deliver(opts.FileFor(opts.out, q.String()+"汇总"), cli.SaidWritten, write)
}
