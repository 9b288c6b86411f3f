package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/minutes"
	"suqiu/internal/terminal"
)

func newMeetingCmd(inv *invocation) *cobra.Command {
	cmd := &cobra.Command{
		Use:  "meeting",
		Args: cli.NoSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return runMeeting(cmd.Context(), inv) },
	}
	formats(cmd, inv, formatText)
	cmd.AddCommand(newMeetingNewCmd(inv), newMeetingPackCmd(inv))
	return cmd
}

func runMeeting(ctx context.Context, inv *invocation) error {
	d, err := inv.load(ctx)
	if err != nil {
		return err
	}
	waiting := d.Agenda(inv.day())
	if len(waiting) == 0 {
		fmt.Fprintln(inv.Stdout, "没有等待联席会议的事项")
	}
	var t terminal.Table
	for _, w := range waiting {
		id, due := "—", ""
		if w.Case != nil {
			id = w.Case.ID
		}
		if w.Due != 0 {
			due = "宜于 " + w.Due.String()
		}
		words := w.Matter + "：" + w.Words
		switch {
		case w.Decided != "":
			words += "（" + w.Decided + " 已议定，请在该事项中填写“决定”和“依据”）"
		case w.Tabled != "":
			words += "（已列入 " + w.Tabled + "）"
		}
		t.Row(w.Source, id, due, words)
	}
	t.WriteWithin(inv.Stdout, inv.Width)
	if list := minutes.IDs(d.Unratified()); len(list) > 0 {
		fmt.Fprintf(inv.Stdout, "待追认的传签：%s\n", strings.Join(list, "、"))
	}
	return nil
}
