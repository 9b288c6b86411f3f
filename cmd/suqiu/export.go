package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/analysis"
	"suqiu/internal/cli"
	"suqiu/internal/deskcmd"
	"suqiu/internal/ledger"
	"suqiu/internal/misuse"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

type exportOptions struct {
	*invocation
	out     string
	edition string
	pending bool
	month   string
	given   func(flag string) bool
}

func newExportCmd(inv *invocation) *cobra.Command {
	opts := exportOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "export", Formats: []string{cli.Excel, cli.CSV}, Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			opts.given = f.Changed
			cli.PathVar(f, &opts.out, "out", "", "写到`文件`（默认：台账-日期）")
			f.StringVar(&opts.edition, "edition", string(view.Supervision), "哪一`版`：监督（全部内容）或 公开")
			f.BoolVar(&opts.pending, "pending-analysis", false, "待分析的事项：联席办填好后用 import --analysis 交回")
			f.StringVar(&opts.month, "month", "", "与 --pending-analysis 一起用：只要这个`月份`收集的")
		}})
}

func (opts *exportOptions) run(ctx context.Context, args []string) error {
	if strings.HasSuffix(opts.out, ".csv") && !opts.given("format") {
		opts.Format = cli.CSV
	}
	if opts.pending {
		return opts.analysis(ctx)
	}
	edition, err := editionOf(opts.edition)
	if err != nil {
		return err
	}
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	entries := view.Cases(d, edition).Cases
	if opts.out == "" {
		opts.out = "台账-" + d.AsOf.String() + "." + opts.Format
	}
	said := fmt.Sprintf("台账已写到 %%s（%d 件，截至 %s）", len(entries), d.AsOf)
	return opts.Deliver(opts.out, said, func(w io.Writer) error {
		sheet := ledger.Sheet(slices.Values(entries))
		if opts.Format == cli.CSV {
			return sheet.WriteCSV(w)
		}
		return ledger.Workbook(sheet).Write(w)
	})
}

// analysis writes the cases that wait for their analysis, to be filled in.
func (opts *exportOptions) analysis(ctx context.Context) error {
	var month workday.Month
	if opts.month != "" {
		var err error
		if month, err = workday.ParseMonth(opts.month); err != nil {
			return misuse.New("%s", err)
		}
	}
	if opts.Format == cli.CSV {
		return misuse.New("待分析的事项导出为 Excel：csv 不能带下拉选项")
	}
	d, err := deskcmd.Open(ctx, &opts.Invocation)
	if err != nil {
		return err
	}
	cases, err := d.Unanalysed(ctx, month)
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		opts.Note("没有%s可以分析的事项", d.Name())
		return nil
	}
	said := fmt.Sprintf("待分析的事项已写到 %%s（%d 件）；填好后运行 suqiu import --analysis 文件", len(cases))
	return opts.Deliver(cmp.Or(opts.out, "分析-"+d.AsOf.String()+".xlsx"), said, analysis.Workbook(cases).Write)
}
