package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/misuse"
	"suqiu/internal/workday"
)

// OneOf lists words of which one is to be chosen.
func OneOf(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], "、") + " 或 " + words[last]
}

// NoSuchCommand refuses words after "suqiu" that are no command.
func NoSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	e := &misuse.Error{What: fmt.Sprintf("没有命令“%s”", args[0])}
	if meant := cmd.SuggestionsFor(args[0]); len(meant) > 0 {
		slices.Sort(meant)
		e.Hint = "您是不是想运行：suqiu " + strings.Join(meant, "、suqiu ")
	}
	return e
}

// Exactly and AtMost are cobra's checks of the number of arguments,
// in Chinese.
func Exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < n {
			return misuse.New("缺少%s", what)
		}
		return TooMany(args, n)
	}
}

// AtMost allows up to n arguments.
func AtMost(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error { return TooMany(args, n) }
}

// TooMany refuses arguments behind the n-th.
func TooMany(args []string, n int) error {
	if len(args) > n {
		return misuse.New("多出“%s”", strings.Join(args[n:], " "))
	}
	return nil
}

// Day is a flag that takes a date.
type Day struct{ workday.Date }

func (d *Day) Set(s string) error {
	day, err := workday.Parse(s)
	if err != nil {
		return errors.New("应为日期，写成 2026-09-30 这样")
	}
	d.Date = day
	return nil
}

// Type names the kind of value, as pflag wants it.
func (d *Day) Type() string { return "日期" }

// Revision is a flag that takes the name of a revision. An empty one is a
// mistake: a script whose variable is unset would ask for something else.
type Revision string

func (r *Revision) Set(s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("没有写版本；在脚本和 CI 中，请检查所用的变量是否有值")
	}
	*r = Revision(s)
	return nil
}

func (r *Revision) String() string { return string(*r) }

// Type names the kind of value, as pflag wants it.
func (r *Revision) Type() string { return "版本" }

// PathVar is a flag that takes a path. As with Git's -C, a relative one is below
// the folder that the program is told to run in.
func PathVar(f *pflag.FlagSet, p *string, name, value, usage string) {
	f.StringVar(p, name, value, usage)
	f.Lookup(name).Annotations = map[string][]string{pathAnnotation: nil}
}

const pathAnnotation = "path"

// ResolvePaths puts relative paths of options below a folder. "-" is standard
// output.
func ResolvePaths(cmd *cobra.Command, dir string) (err error) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		_, isPath := f.Annotations[pathAnnotation]
		if p := f.Value.String(); isPath && strings.TrimSpace(p) != "" && p != "-" && !filepath.IsAbs(p) && err == nil {
			err = f.Value.Set(filepath.Join(dir, p))
		}
	})
	return err
}
