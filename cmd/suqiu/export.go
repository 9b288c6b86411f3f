package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/ledger"
	"suqiu/internal/view"
)

type exportOptions struct {
	*invocation
	out     string
	edition string
	given   func(flag string) bool
}

func newExportCmd(inv *invocation) *cobra.Command {
	opts := exportOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "export", Formats: []string{cli.Excel, cli.CSV}, Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			opts.given = f.Changed
			cli.PathVar(f, &opts.out, "out", "", "写到`文件`（默认：台账-日期）")
			f.StringVar(&opts.edition, "edition", string(view.Supervision), "哪一`版`：监督（全部内容）或 公开")
		}})
}

func (opts *exportOptions) run(ctx context.Context, args []string) error {
	if strings.HasSuffix(opts.out, ".csv") && !opts.given("format") {
		opts.Format = cli.CSV
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
