package main

import (
	"context"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/minutes"
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
	minutes.WriteAgenda(inv.Stdout, inv.Width, d, inv.day())
	return nil
}
