// Package cli is cobra in Chinese: arguments and flags that say what they want,
// usage errors with what was perhaps meant, and the help.
package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/misuse"
)

// FlagError says in Chinese what pflag says in English.
func FlagError(cmd *cobra.Command, err error) error {
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
			Group := []rune(unknown.GetSpecifiedShortnames())
			name = "-" + string(Group[:1])
		}
		e := &misuse.Error{What: fmt.Sprintf("没有选项 %s", name)}
		if meant := similarFlags(cmd, unknown.GetSpecifiedName()); meant != "" {
			e.Hint = "您是不是想写：" + meant
		}
		return e
	case errors.As(err, &missing):
		return misuse.New("选项 %s 后面要写值", flagName(missing.GetFlag()))
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		return misuse.New("选项 %s 的值“%s”不对：%s", flagName(f), invalid.GetValue(), wanted(f, invalid))
	case errors.As(err, &syntax):
		return misuse.New("选项“%s”写法不对", syntax.GetSpecifiedFlag())
	}
	return misuse.New("选项不对：%s", err)
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
