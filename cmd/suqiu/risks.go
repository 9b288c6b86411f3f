package main

import (
	"bytes"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/forms"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

type risksOptions struct {
	*invocation
	month string
	unit  string
	out   string
}

func newRisksCmd(inv *invocation) *cobra.Command {
	opts := risksOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:  "risks [月份]",
		Args: cli.AtMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.month = strings.Join(args, "")
			return runRisks(cmd.Context(), opts)
		},
	}
	cmd.Flags().StringVar(&opts.unit, "unit", "", "只要一个接收`单位`的")
	cli.PathVar(cmd.Flags(), &opts.out, "out", "", "写入`文件`（默认：显示出来；docx 写入 月份风险点.docx）")
	formats(cmd, inv, formatMarkdown, formatWord)
	return cmd
}

func runRisks(ctx context.Context, opts risksOptions) error {
	month, err := monthOr(opts.month, workday.MonthOf(opts.day()))
	if err != nil {
		return err
	}
	d, err := opts.load(ctx)
	if err != nil {
		return err
	}
	if opts.unit, err = opts.unitName(d, opts.unit); err != nil {
		return err
	}
	var sent *register.Risks
	for _, r := range d.Risks {
		if r.Month == month {
			sent = r
		}
	}
	if sent == nil {
		opts.note("%s 没有转送过风险点", month)
		return nil
	}
	digests := forms.Digests(d, sent, opts.unit)
	if len(digests) == 0 {
		opts.note("%s 没有转送给“%s”的风险点", month, opts.unit)
		return nil
	}
	var b bytes.Buffer
	if opts.format == formatWord {
		if opts.out == "" {
			opts.out = month.String() + "风险点.docx"
		}
		err = forms.WriteRisks(digests).Write(&b)
	} else {
		for i := range digests {
			if i > 0 {
				b.WriteByte('\n')
			}
			digests[i].Markdown(&b, sent)
		}
	}
	if err != nil {
		return err
	}
	return opts.deliver(opts.out, b.Bytes())
}
