package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/forms"
)

func newMeetingPackCmd(inv *invocation) *cobra.Command {
	out := ""
	return inv.Command(cli.Command{Use: "pack 编号", Args: cli.Exactly(1, "会议编号，如 HY2026-03"),
		Formats: []string{cli.Word},
		Run: func(ctx context.Context, args []string) error {
			return runMeetingPack(ctx, inv, args[0], out)
		},
		Flags: func(f *pflag.FlagSet) {
			f.StringVar(&out, "out", "", "写到`文件`（默认：编号-会议材料.docx）")
		}})
}

func runMeetingPack(ctx context.Context, inv *invocation, id, out string) error {
	d, err := inv.Load(ctx)
	if err != nil {
		return err
	}
	m := d.Meeting(id)
	if m == nil {
		if len(d.Meetings) == 0 {
			return fmt.Errorf("截至 %s 没有会议文件（meetings/）", d.AsOf)
		}
		return fmt.Errorf("截至 %s 没有会议“%s”；最近的是 %s", d.AsOf, id, d.Meetings[len(d.Meetings)-1].ID)
	}
	return inv.Deliver(cmp.Or(out, id+"-会议材料.docx"), cli.SaidFilled, forms.MeetingPack(d, m).Write)
}
