package main

import (
	"context"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/minutes"
)

func newMeetingCmd(inv *invocation) *cobra.Command {
	return inv.Command(cli.Command{Use: "meeting", Args: cli.NoSuchCommand,
		Run:   func(ctx context.Context, _ []string) error { return runMeeting(ctx, inv) },
		Below: []*cobra.Command{newMeetingNewCmd(inv), newMeetingPackCmd(inv)}})
}

func runMeeting(ctx context.Context, inv *invocation) error {
	d, err := inv.Load(ctx)
	if err != nil {
		return err
	}
	minutes.WriteAgenda(inv.Stdout, inv.Width, d, inv.Day())
	return nil
}
