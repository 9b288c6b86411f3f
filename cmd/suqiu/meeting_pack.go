package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/forms"
)

func newMeetingPackCmd(inv *invocation) *cobra.Command {
	out := ""
	cmd := &cobra.Command{
		Use:  "pack 编号",
		Args: cli.Exactly(1, "会议编号，如 HY2026-03"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runMeetingPack(cmd.Context(), inv, args[0], out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "写到`文件`（默认：编号-会议材料.docx）")
	formats(cmd, inv, formatWord)
	return cmd
}

func runMeetingPack(ctx context.Context, inv *invocation, id, out string) error {
	d, err := inv.load(ctx)
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
	if out == "" {
		out = id + "-会议材料.docx"
	}
	if err := inv.writeOut(out, forms.MeetingPack(d, m).Write); err != nil {
		return err
	}
	if out != "-" {
		inv.note("已写到 %s", out)
	}
	return nil
}
