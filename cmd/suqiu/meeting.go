package main

import (
	"context"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/minutes"
)

func newMeetingCmd(inv *invocation) *cobra.Command {
	return inv.command(command{use: "meeting", args: cli.NoSuchCommand,
		run:   func(ctx context.Context, _ []string) error { return runMeeting(ctx, inv) },
		below: []*cobra.Command{newMeetingNewCmd(inv), newMeetingPackCmd(inv)}})
}

func runMeeting(ctx context.Context, inv *invocation) error {
	d, err := inv.load(ctx)
	if err != nil {
		return err
	}
	minutes.WriteAgenda(inv.Stdout, inv.Width, d, inv.day())
	return nil
}
