package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/forms"
	"suqiu/internal/office"
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
	var digests []forms.RiskDigest
	for _, u := range d.Config.Units {
		if opts.unit != "" && u.Name != opts.unit {
			continue
		}
		digest := forms.RiskDigest{Bureau: d.Config.Name, Unit: u.Name, Name: fmt.Sprintf("%d年%d月", month.Year, int(month.Month))}
		for _, x := range sent.For(u.Name) {
			digest.Points = append(digest.Points, forms.RiskEntry{Sent: sent.Landed, Content: x.Content, From: x.From, To: x.To, Reply: x.Reply})
		}
		if len(digest.Points) > 0 {
			digests = append(digests, digest)
		}
	}
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
			writeDigest(&b, &digests[i], sent)
		}
	}
	if err != nil {
		return err
	}
	return opts.deliver(opts.out, b.Bytes())
}

// writeDigest writes what one unit is sent as Markdown.
func writeDigest(w io.Writer, r *forms.RiskDigest, sent *register.Risks) {
	fmt.Fprintf(w, "## 致%s：%s 风险点\n\n%s 转送，共 %d 个。请结合职责核查，把措施和结果反馈联席会议办公室。\n\n", office.PlainCell(r.Unit), sent.Month, sent.Landed, len(r.Points))
	fmt.Fprint(w, "| 序号 | 风险点 | 提出单位 | 同时转送 | 反馈 |\n| --- | --- | --- | --- | --- |\n")
	for i := range r.Points {
		x := &r.Points[i]
		fmt.Fprintf(w, "| %d | %s | %s | %s | %s |\n", i+1, office.PlainCell(x.Content), office.PlainCell(x.From), office.PlainCell(strings.Join(x.Others(r.Unit), "、")), office.PlainCell(x.Reply))
	}
	fmt.Fprint(w, "\n签收人：　　　　　　签收日期：　　　　　　\n")
}
