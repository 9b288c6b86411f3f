package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/bureaus"
	"suqiu/internal/cli"
	"suqiu/internal/git"
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
	notes   []string // what is not in the sum
	dirs    []string
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
	opts.dirs = args
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
	var all []*papers.Summary
	read := map[string]string{} // head → folder
	for _, dir := range opts.dirs {
		head, list, err := opts.summaries(ctx, dir, q)
		if err != nil {
			return fmt.Errorf("%s：%w", dir, err)
		}
		if other, twice := read[head]; twice {
			return misuse.New("%s 和 %s 是同一个库，加在一起就算了两次", other, dir)
		}
		read[head] = dir
		all = append(all, list...)
	}
	total := papers.Add(opts.unit, opts.code, cli.Tool, q, all)
	compared := bureaus.Comparison{Quarter: q, List: all, Total: total, Notes: opts.notes}
	write := map[string]func(io.Writer) error{cli.Word: compared.Word, cli.Excel: compared.Excel,
		cli.Text: func(w io.Writer) error { compared.Text(w); return nil }}[opts.Format]
	if opts.JSON() {
		text, err := papers.WriteSummary(total)
		if err != nil {
			return err
		}
		write = cli.Verbatim(text)
	}
	return opts.Deliver(opts.FileFor(opts.out, q.String()+"汇总"), cli.SaidWritten, write)
}

// summaries are the figures of the repository at head: its own, and those that
// were handed in to it.
func (opts *aggregateOptions) summaries(ctx context.Context, dir string, q workday.Quarter) (head string,
	list []*papers.Summary, err error) {
	repo, err := git.Open(dir)
	if err != nil {
		return "", nil, err
	}
	d, err := register.Load(ctx, repo, register.Options{Ref: opts.Ref, AsOf: opts.Day(), Now: opts.Landing()})
	if err == nil && d.Config.Unreadable != nil {
		err = d.Config.Unreadable
	}
	if err != nil {
		return "", nil, err
	}
	list, missing := bureaus.Of(d, q, cli.Tool)
	for _, what := range missing {
		opts.Note("%s：%s", dir, what)
	}
	opts.notes = append(opts.notes, missing...)
	return d.Head, list, nil
}
