package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/misuse"
)

// The output formats.
const (
	Text   = "text"
	JSON   = "json"
	GitLab = "gitlab" // Code Quality
	JUnit  = "junit"
	SARIF  = "sarif"
	GitHub = "github" // workflow commands

	Markdown = "markdown"
	MD       = "md"
	CSV      = "csv"
	Word     = "docx"
	Excel    = "xlsx"
	HTML     = "html"
)

// Command is one command of the program: how it is called and what it does. What
// it says of itself stands in the manual.
type Command struct {
	Use     string
	Args    cobra.PositionalArgs                           // nil: it takes none
	Formats []string                                       // of --format, the default first; nil: text alone
	Run     func(ctx context.Context, args []string) error // nil: it shows its help
	Below   []*cobra.Command
	Flags   func(*pflag.FlagSet) // declares those of its own; may be nil
}

// Command makes a command for cobra.
func (inv *Invocation) Command(c Command) *cobra.Command {
	cmd := &cobra.Command{Use: c.Use, Args: c.Args}
	if cmd.Args == nil {
		cmd.Args = AtMost(0)
	}
	if c.Flags != nil {
		c.Flags(cmd.Flags())
	}
	cmd.AddCommand(c.Below...)
	if c.Run == nil {
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		return cmd
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return c.Run(cmd.Context(), args) }
	if c.Formats == nil {
		c.Formats = []string{Text}
	}
	inv.Formats(cmd, c.Formats...)
	return cmd
}

// Formats limits --format of cmd to the values named; the first is the
// default. It also tells the help.
func (inv *Invocation) Formats(cmd *cobra.Command, values ...string) {
	choice := OneOf(values)
	cmd.Annotations = map[string]string{FormatsAnnotation: choice}
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if !cmd.Flags().Changed("format") {
			inv.Format = values[0]
		}
		if !slices.Contains(values, inv.Format) {
			return misuse.New("选项 --format 的值“%s”不对：应为 %s", inv.Format, choice)
		}
		return nil
	}
}
