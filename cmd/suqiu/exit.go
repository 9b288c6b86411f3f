package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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

// errFindings says that the command ran, and that what it printed is not
// clean. There is nothing more to say.
var errFindings = errors.New("findings")

// usageError is a command line that cannot be carried out.
type usageError struct {
	what string
	hint string // another command line, or a command that was perhaps meant
}

func (e *usageError) Error() string { return e.what }

// misuse makes a usageError.
func misuse(format string, args ...any) error {
	return &usageError{what: fmt.Sprintf(format, args...)}
}

// conclude says on stderr what went wrong, if anything, and returns the exit
// code. No other place decides on one.
func conclude(stderr io.Writer, cmd *cobra.Command, err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, interrupted)
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "错误：%s\n", masked(usage.what))
		if usage.hint != "" {
			fmt.Fprintf(stderr, "%s\n", usage.hint)
		}
		fmt.Fprintf(stderr, "用法：%s\n", useLine(cmd))
		fmt.Fprintf(stderr, "运行“%s --help”查看说明\n", cmd.CommandPath())
	default:
		fmt.Fprintf(stderr, "错误：%s\n", masked(err.Error()))
	}
	return exitFailed
}

// masked is a message that may quote a file, fit to be shown.
func masked(message string) string { return string(privacy.Masked([]byte(message))) }

// flagError says in Chinese what pflag says in English.
func flagError(cmd *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			// The name is the first byte only: cut a whole character.
			group := []rune(unknown.GetSpecifiedShortnames())
			name = "-" + string(group[:1])
		}
		e := &usageError{what: fmt.Sprintf("没有选项 %s", name)}
		if meant := similarFlags(cmd, unknown.GetSpecifiedName()); meant != "" {
			e.hint = "您是不是想写：" + meant
		}
		return e
	case errors.As(err, &missing):
		return misuse("选项 %s 后面要写值", flagName(missing.GetFlag()))
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		return misuse("选项 %s 的值“%s”不对：%s", flagName(f), invalid.GetValue(), wanted(f, invalid))
	case errors.As(err, &syntax):
		return misuse("选项“%s”写法不对", syntax.GetSpecifiedFlag())
	}
	return misuse("选项不对：%s", err)
}

// wanted says what a flag takes.
func wanted(f *pflag.Flag, err *pflag.InvalidValueError) string {
	switch f.Value.Type() {
	case "int", "int64", "uint", "uint64", "uint16":
		return "应为整数"
	case "bool":
		return "应为 true 或 false，或者不写值"
	}
	return err.Unwrap().Error()
}

func flagName(f *pflag.Flag) string {
	if f.Shorthand != "" {
		return "-" + f.Shorthand
	}
	return "--" + f.Name
}

// similarFlags names the flags of cmd that begin as name does or that name
// begins as, or are one or two letters away.
func similarFlags(cmd *cobra.Command, name string) string {
	var similar []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && (strings.HasPrefix(f.Name, name) || near(f.Name, name)) {
			similar = append(similar, "--"+f.Name)
		}
	})
	return strings.Join(similar, "、")
}

// near reports whether two words are at most two edits apart, and less than
// half of the shorter one's length.
func near(a, b string) bool {
	limit := min(2, (min(len(a), len(b))-1)/2)
	return limit > 0 && levenshtein.ComputeDistance(a, b) <= limit
}
