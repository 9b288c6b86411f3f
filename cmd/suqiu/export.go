package main

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/ledger"
	"suqiu/internal/misuse"
	"suqiu/internal/view"
)

type exportOptions struct {
	*invocation
	out     string
	edition string
}

func newExportCmd(inv *invocation) *cobra.Command {
	opts := exportOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:  "export",
		Args: cli.AtMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if strings.HasSuffix(opts.out, ".csv") && !cmd.Flags().Changed("format") {
				opts.format = formatCSV
			}
			return runExport(cmd.Context(), opts)
		},
	}
	cli.PathVar(cmd.Flags(), &opts.out, "out", "", "写到`文件`（默认：台账-日期）")
	cmd.Flags().StringVar(&opts.edition, "edition", string(view.Supervision), "哪一`版`：监督（全部内容）或 公开")
	formats(cmd, inv, formatExcel, formatCSV)
	return cmd
}

func runExport(ctx context.Context, opts exportOptions) error {
	edition, err := view.ParseEdition(opts.edition)
	if err != nil {
		return misuse.New("选项 --edition 的值不对：%s", err)
	}
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	entries := view.Cases(d, edition).Cases
	if opts.out == "" {
		opts.out = "台账-" + d.AsOf.String() + "." + opts.format
	}
	err = opts.writeOut(opts.out, func(w io.Writer) error {
		sheet := ledger.Sheet(slices.Values(entries))
		if opts.format == formatCSV {
			return sheet.WriteCSV(w)
		}
		return ledger.Workbook(sheet).Write(w)
	})
	if err != nil {
		return err
	}
	if opts.out != "-" {
		opts.note("台账已写到 %s（%d 件，截至 %s）", opts.out, len(entries), d.AsOf)
	}
	return nil
}
