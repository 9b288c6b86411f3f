package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/config"
	"suqiu/internal/filing"
	"suqiu/internal/misuse"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site"
)

type reportOptions struct {
	*invocation
	quarter    workday.Quarter
	out        string
	edition    string
	freeze     bool
	summary    bool
	unit, code string
}

func newReportCmd(inv *invocation) *cobra.Command {
	opts := reportOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "report 季度", Args: cli.Exactly(1, "季度，如 2026Q3"),
		Formats: []string{cli.MD, cli.Word, cli.Excel, cli.JSON, cli.HTML}, Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			cli.PathVar(f, &opts.out, "out", "", "写入`文件`（默认：显示出来；docx 和 xlsx 写入 季度.docx、季度.xlsx）")
			f.BoolVar(&opts.freeze, "freeze", false, "把数字留存到 reports/季度.json")
			f.BoolVar(&opts.summary, "summary", false, "写出季度汇总，报送上级局")
			f.StringVar(&opts.unit, "unit", "", "季度汇总中本局的`名称`（默认：suqiu.yaml 的“名称”到“税务局”为止）")
			f.StringVar(&opts.code, "code", "", "季度汇总中本局在上级局的`代码`，如 JNQ")
			addEdition(f, &opts.edition)
		}})
}

func (opts *reportOptions) run(ctx context.Context, args []string) error {
	var err error
	if opts.quarter, err = workday.ParseQuarter(args[0]); err != nil {
		return misuse.New("%s", err)
	}
	edition, err := editionOf(opts.edition)
	switch {
	case err != nil:
		return err
	case opts.freeze && opts.summary:
		return misuse.New("--freeze 和 --summary 不能一起用")
	case opts.summary && opts.code == "":
		return misuse.New("--summary 要写明本局在上级局的代码，例如 --code JNQ")
	case opts.summary && !config.IsCode(opts.code):
		return misuse.New("--code 由大写字母和数字组成，如 JNQ，现为“%s”", opts.code)
	case (opts.summary || opts.freeze) && opts.Format != cli.MD && !opts.JSON():
		return misuse.New("--summary 和 --freeze 写出的是 JSON，不能用 --format %s", opts.Format)
	}
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	if opts.quarter.First() > d.AsOf {
		return fmt.Errorf("截至 %s，%s 还没有开始", d.AsOf, opts.quarter)
	}
	switch {
	case opts.freeze:
		return opts.freezeQuarter(d)
	case opts.summary:
		data, err := filing.Summary(d, opts.quarter, opts.unit, opts.code, cli.Tool)
		if err != nil {
			return err
		}
		return opts.Deliver(opts.out, cli.SaidWritten, cli.Verbatim(data))
	}
	return opts.Deliver(opts.FileFor(opts.out, opts.quarter.String()), cli.SaidWritten, opts.render(d, edition))
}

// render is what writes the report in the format asked for.
func (opts *reportOptions) render(d *register.Register, edition view.Edition) func(io.Writer) error {
	options := report.Options{Supervision: edition == view.Supervision}
	if opts.JSON() {
		return func(w io.Writer) error {
			data, err := report.Publish(d, opts.quarter, options, cli.Tool).Encode()
			if err != nil {
				return err
			}
			return cli.Verbatim(data)(w)
		}
	}
	doc := report.Compose(d, opts.quarter, options)
	switch opts.Format {
	case cli.Word:
		return doc.Word
	case cli.Excel:
		return doc.Excel
	case cli.HTML:
		return func(w io.Writer) error { return site.WriteReport(w, doc) }
	}
	return cli.Verbatim(doc.Markdown())
}

// freezeQuarter keeps the figures of a quarter in the work tree.
func (opts *reportOptions) freezeQuarter(d *register.Register) error {
	name, data, err := filing.Freeze(d, opts.quarter, cli.Tool)
	if err != nil {
		return err
	}
	file := cmp.Or(opts.out, filepath.Join(opts.Dir, filepath.FromSlash(name)))
	return opts.Deliver(file, cli.SaidWritten, cli.Verbatim(data))
}
