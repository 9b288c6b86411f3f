package main

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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
	return inv.Command(cli.Command{Use: "risks [月份]", Args: cli.AtMost(1),
		Formats: []string{cli.Markdown, cli.Word}, Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.StringVar(&opts.unit, "unit", "", "只要一个接收`单位`的")
			cli.PathVar(f, &opts.out, "out", "", "写入`文件`（默认：显示出来；docx 写入 月份风险点.docx）")
		}})
}

func (opts *risksOptions) run(ctx context.Context, args []string) error {
	opts.month = strings.Join(args, "")
	month, err := cli.MonthOr(opts.month, workday.MonthOf(opts.Day()))
	if err != nil {
		return err
	}
	d, err := opts.Load(ctx)
	if err != nil {
		return err
	}
	if opts.unit, err = cli.UnitName(d.Config, opts.unit); err != nil {
		return err
	}
	i := slices.IndexFunc(d.Risks, func(r *register.Risks) bool { return r.Month == month })
	if i < 0 {
		opts.Note("%s 没有转送过风险点", month)
		return nil
	}
	sent := d.Risks[i]
	digests := forms.Digests(d, sent, opts.unit)
	if len(digests) == 0 {
		opts.Note("%s 没有转送给“%s”的风险点", month, opts.unit)
		return nil
	}
	return opts.Deliver(opts.FileFor(opts.out, month.String()+"风险点"), cli.SaidWritten, func(w io.Writer) error {
		if opts.Format == cli.Word {
			return forms.WriteRisks(digests).Write(w)
		}
		forms.WriteDigests(w, digests, sent)
		return nil
	})
}
