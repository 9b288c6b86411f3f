package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"suqiu/internal/diag"
	"suqiu/internal/problem"
	"suqiu/internal/register"
)

func newHookCmd(inv *invocation) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "hook",
		Short: "Git 钩子：提交前、推送时把关，安装",
		Long: `Git 钩子：在提交之前（pre-commit）、在服务器接收推送之时（pre-receive）把关。
先用 install 装好，此后由 Git 自动运行，不必自己输入。`,
		Example: "  suqiu hook install\n  suqiu -C /srv/git/suqing.git hook install",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("没有钩子“%s”，只有 install、pre-commit、pre-receive", args[0])
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(newInstallCmd(inv), newPreCommitCmd(inv), newPreReceiveCmd(inv))
	return cmd
}

// shownErrors bounds what is told at once: a screen that scrolls away is not
// read.
const shownErrors = 20

// blocking are the findings that stand in the way: errors that nothing excuses.
func blocking(findings []problem.Problem) []problem.Problem {
	return slices.DeleteFunc(findings, func(f problem.Problem) bool {
		return f.Severity != problem.Error || f.Suppressed
	})
}

// writeBlocking tells of what stands in the way, to people who see it behind
// git's "remote: " or in the window of their editor.
func (inv *invocation) writeBlocking(d *register.Register, errors []problem.Problem) error {
	shown := errors[:min(len(errors), shownErrors)]
	if err := diag.Text(inv.Stdout, shown, diag.TextOptions{Excerpt: d.Excerpt}); err != nil {
		return err
	}
	if more := len(errors) - len(shown); more > 0 {
		fmt.Fprintf(inv.Stdout, "另有 %d 处错误没有列出\n", more)
	}
	return nil
}

// shortHash is what people know a commit by.
func shortHash(hash string) string { return hash[:min(len(hash), 10)] }

// minute writes a time as people read it.
func minute(t time.Time) string { return t.Format("2006-01-02 15:04") }

// listed joins a few names, and counts the others.
func listed(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, "、")
	}
	return fmt.Sprintf("%s 等 %d 个", strings.Join(names[:most], "、"), len(names))
}
