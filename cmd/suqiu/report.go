package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"suqiu/internal/bureaus"
	"suqiu/internal/cli"
	"suqiu/internal/config"
	"suqiu/internal/filing"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/worktree"
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

// The formats of a report beside JSON.
const (
	formatMD    = "md"
	formatWord  = "docx"
	formatExcel = "xlsx"
	formatHTML  = "html"
)

func newReportCmd(inv *invocation) *cobra.Command {
	opts := reportOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:  "report 季度",
		Args: cli.Exactly(1, "季度，如 2026Q3"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if opts.quarter, err = workday.ParseQuarter(args[0]); err != nil {
				return misuse.New("%s", err)
			}
			return runReport(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	cli.PathVar(f, &opts.out, "out", "", "写入`文件`（默认：显示出来；docx 和 xlsx 写入 季度.docx、季度.xlsx）")
	f.BoolVar(&opts.freeze, "freeze", false, "把数字留存到 reports/季度.json")
	f.BoolVar(&opts.summary, "summary", false, "写出季度汇总，报送上级局")
	f.StringVar(&opts.unit, "unit", "", "季度汇总中本局的`名称`（默认：suqiu.yaml 的“名称”到“税务局”为止）")
	f.StringVar(&opts.code, "code", "", "季度汇总中本局在上级局的`代码`，如 JNQ")
	addEdition(cmd, &opts.edition)
	formats(cmd, inv, formatMD, formatWord, formatExcel, formatJSON, formatHTML)
	return cmd
}

func runReport(ctx context.Context, opts reportOptions) error {
	edition, err := view.ParseEdition(opts.edition)
	switch {
	case err != nil:
		return misuse.New("选项 --edition 的值不对：%s", err)
	case opts.freeze && opts.summary:
		return misuse.New("--freeze 和 --summary 不能一起用")
	case opts.summary && opts.code == "":
		return misuse.New("--summary 要写明本局在上级局的代码，例如 --code JNQ")
	case opts.summary && !config.IsCode(opts.code):
		return misuse.New("--code 由大写字母和数字组成，如 JNQ，现为“%s”", opts.code)
	case (opts.summary || opts.freeze) && opts.format != formatMD && !opts.json():
		return misuse.New("--summary 和 --freeze 写出的是 JSON，不能用 --format %s", opts.format)
	}
	d, err := opts.load(ctx)
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
		return opts.writeSummary(d)
	}
	data, err := opts.render(d, edition)
	if err != nil {
		return err
	}
	binary := opts.format == formatWord || opts.format == formatExcel
	if opts.out == "" && binary {
		opts.out = opts.quarter.String() + "." + opts.format
	}
	return opts.deliver(opts.out, data)
}

// render draws the report in the format asked for.
func (opts *reportOptions) render(d *register.Register, edition view.Edition) ([]byte, error) {
	options := report.Options{Supervision: edition == view.Supervision}
	if opts.json() {
		return report.Publish(d, opts.quarter, options, tool).Encode()
	}
	doc := report.Compose(d, opts.quarter, options)
	var b bytes.Buffer
	var err error
	switch opts.format {
	case formatWord:
		err = doc.Word(&b)
	case formatExcel:
		err = doc.Excel(&b)
	case formatHTML:
		err = site.WriteReport(&b, doc)
	default:
		b.Write(doc.Markdown())
	}
	return b.Bytes(), err
}

// deliver writes a result to the file that was named, else prints it. "-" is
// standard output, for another program.
func (inv *invocation) deliver(out string, data []byte) error {
	if out == "" || out == "-" {
		to := inv.Stdout
		if inv.json() || out == "-" {
			to = inv.data
		}
		_, err := to.Write(data)
		return err
	}
	if err := worktree.Replace(out, data); err != nil {
		return err
	}
	inv.note("已写入 %s", out)
	return nil
}

// freezeQuarter keeps the figures of a quarter in the work tree.
func (opts *reportOptions) freezeQuarter(d *register.Register) error {
	name, data, err := filing.Freeze(d, opts.quarter, tool)
	if err != nil {
		return err
	}
	return opts.deliver(cmp.Or(opts.out, filepath.Join(opts.dir, filepath.FromSlash(name))), data)
}

func (opts *reportOptions) writeSummary(d *register.Register) error {
	if d.AsOf <= opts.quarter.Last() {
		return fmt.Errorf("%s 到 %s 才结束，结束以后再报送", opts.quarter, opts.quarter.Last())
	}
	unit := opts.unit
	if unit == "" {
		unit = report.Bureau(d.Config.Name)
	}
	figures := report.Compute(d, opts.quarter)
	data, err := papers.WriteSummary(bureaus.Summary(d, &figures, unit, opts.code, tool))
	if err != nil {
		return err
	}
	return opts.deliver(opts.out, data)
}
