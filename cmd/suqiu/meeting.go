package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/register"
	"suqiu/internal/terminal"
)

func newMeetingCmd(inv *invocation) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "meeting",
		Short: "联席会议：看待研究的事项，准备议题和传签",
		Long: `列出等待联席会议确认或研究的事项：异议、说明单、延期申请、一事一议、到期再研究的长期推进事项、
没有按期落实的议定事项、单位的建议，以及尚未追认的传签。用 suqiu meeting new 生成议题或传签件，用 suqiu meeting pack 生成会议材料。`,
		Example: "  suqiu meeting\n  suqiu meeting new\n  suqiu meeting new --传签",
		Args:    noSuchCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runMeeting(cmd.Context(), inv) },
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
	if list := ids(d.Unratified()); len(list) > 0 {
		fmt.Fprintf(inv.Stdout, "待追认的传签：%s\n", strings.Join(list, "、"))
	}
	return nil
}

func ids(list []*register.Meeting) []string {
	var all []string
	for _, m := range list {
		all = append(all, m.ID)
	}
	return all
}
