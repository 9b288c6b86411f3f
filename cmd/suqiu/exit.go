package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/misuse"
	"suqiu/internal/privacy"
)

// The exit codes.
const (
	exitClean    = 0
	exitFindings = 1 // findings at error level, something overdue, a day off
	exitFailed   = 2 // could not run: usage, configuration, repository
)

// interrupted is what somebody is told who stopped the program.
const interrupted = "错误：已中断"

// conclude says on stderr what went wrong, if anything, and returns the exit
// code. No other place decides on one.
func conclude(stderr io.Writer, cmd *cobra.Command, err error) int {
	var usage *misuse.Error
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, cli.ErrFindings):
		return exitFindings
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, interrupted)
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "错误：%s\n", privacy.MaskedText(usage.What))
		if usage.Hint != "" {
			fmt.Fprintf(stderr, "%s\n", usage.Hint)
		}
		fmt.Fprintf(stderr, "用法：%s\n", cli.UseLine(cmd))
		fmt.Fprintf(stderr, "运行“%s --help”查看说明\n", cmd.CommandPath())
	default:
		fmt.Fprintf(stderr, "错误：%s\n", privacy.MaskedText(err.Error()))
	}
	return exitFailed
}
