package main

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
)

// command is one command of the program: how it is called and what it does. What
// it says of itself stands in the manual.
type command struct {
	use     string
	args    cobra.PositionalArgs                           // nil: it takes none
	formats []string                                       // of --format, the default first; nil: text alone
	run     func(ctx context.Context, args []string) error // nil: it shows its help
	below   []*cobra.Command
	flags   func(*pflag.FlagSet) // declares those of its own; may be nil
}

// command makes a command for cobra.
func (inv *invocation) command(c command) *cobra.Command {
	cmd := &cobra.Command{Use: c.use, Args: c.args}
	if cmd.Args == nil {
		cmd.Args = cli.AtMost(0)
	}
	if c.flags != nil {
		c.flags(cmd.Flags())
	}
	cmd.AddCommand(c.below...)
	if c.run == nil {
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		return cmd
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args) }
	if c.formats == nil {
		c.formats = []string{formatText}
	}
	formats(cmd, inv, c.formats...)
	return cmd
}
