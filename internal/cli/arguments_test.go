package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestOneOf(t *testing.T) {
	for want, words := range map[string][]string{"": nil, "json": {"json"}, "json 或 csv": {"json", "csv"},
		"json、csv 或 xlsx": {"json", "csv", "xlsx"}} {
		if got := OneOf(words); got != want {
			t.Errorf("%v: %q, want %q", words, got, want)
		}
	}
}

// command is one with a flag of each kind.
func command() (*cobra.Command, *Day, *Revision, *string) {
	var day Day
	var rev Revision
	var out string
	cmd := &cobra.Command{Use: "build", Run: func(*cobra.Command, []string) {}, SilenceErrors: true, SilenceUsage: true}
	cmd.Flags().Var(&day, "as-of", "")
	cmd.Flags().VarP(&rev, "ref", "r", "")
	PathVar(cmd.Flags(), &out, "out", "", "")
	cmd.Flags().Int("month", 0, "")
	cmd.SetFlagErrorFunc(FlagError)
	return cmd, &day, &rev, &out
}

// TestFlagError: what is wrong with an option is said in Chinese, and what was perhaps
// meant.
func TestFlagError(t *testing.T) {
	for line, want := range map[string]string{
		"--as-of 2026-02-30": "选项 --as-of 的值“2026-02-30”不对：应为日期，写成 2026-09-30 这样",
		"--month 七":          "选项 --month 的值“七”不对：应为整数",
		"--ref=":             "没有写版本；在脚本和 CI 中，请检查所用的变量是否有值",
		"--out":              "选项 --out 后面要写值", "-r": "选项 -r 后面要写值",
		"--asof 2026-07-01": "没有选项 --asof", "-x": "没有选项 -x", "-月": "没有选项 -月",
	} {
		cmd, _, _, _ := command()
		cmd.SetArgs(strings.Fields(line))
		if err := cmd.Execute(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", line, err, want)
		}
	}
}

// TestPathsAreBelowTheFolder: a relative path of an option is below the folder that
// the program is told to run in; a full one and standard output are what they say.
func TestPathsAreBelowTheFolder(t *testing.T) {
	full := filepath.Join(t.TempDir(), "a.md")
	for typed, want := range map[string]string{"a.md": filepath.Join("repo", "a.md"), "-": "-", "": "", full: full,
		"../a.md": "a.md"} {
		cmd, _, _, out := command()
		if err := cmd.Flags().Set("out", typed); err != nil {
			t.Fatal(err)
		}
		if err := ResolvePaths(cmd, "repo"); err != nil || *out != want {
			t.Errorf("%q becomes %q, want %q: %v", typed, *out, want, err)
		}
	}
}

// TestNumberOfArguments: what is missing and what is one too many is named.
func TestNumberOfArguments(t *testing.T) {
	for args, want := range map[string]string{"": "缺少季度", "2026Q3": "", "2026Q3 甲 乙": "多出“甲 乙”"} {
		said := ""
		if err := Exactly(1, "季度")(nil, strings.Fields(args)); err != nil {
			said = err.Error()
		}
		if said != want {
			t.Errorf("%q: %q, want %q", args, said, want)
		}
	}
}
