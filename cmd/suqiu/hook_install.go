package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/git"
)

type installOptions struct {
	*invocation
	server bool
	to     string
	force  bool
}

func newInstallCmd(inv *invocation) *cobra.Command {
	opts := installOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "install",
		Short: "安装钩子：工作区装 pre-commit，服务器装 pre-receive",
		Long: `安装钩子。在工作区里装 pre-commit，在裸仓库里（或写明 --server）装 pre-receive。
可以重复执行；已有别的钩子时不覆盖，写明 --force 才换，原来的改名为 .old 保留。
GitLab 服务器上的钩子要放在 custom_hooks 目录，用 --to 写明。`,
		Example: "  suqiu hook install\n  suqiu -C /srv/git/suqing.git hook install\n" +
			"  suqiu -C /仓库.git hook install --server --to /仓库.git/custom_hooks",
		Args: atMost(0),
		RunE: func(*cobra.Command, []string) error { return runInstall(opts) },
	}
	cmd.Flags().BoolVar(&opts.server, "server", false, "装服务器用的 pre-receive（裸仓库不必写）")
	pathVar(cmd.Flags(), &opts.to, "to", "", "装到这个`目录`，而不是 Git 的钩子目录")
	cmd.Flags().BoolVar(&opts.force, "force", false, "换掉已有的别的钩子，原来的改名为 .old")
	formats(cmd, inv, formatText)
	return cmd
}

// ownHook is in every hook that install writes: by it they are known again.
const ownHook = "# suqiu hook install"

// hookScript is what Git runs. It is for any POSIX shell, so also for the one
// that comes with Git for Windows. Without the program a server must not take
// what nobody has checked; a commit may go on, since the server will check it.
func hookScript(name, program string) string {
	missing := "exit 1"
	arguments := ""
	if name == "pre-commit" {
		missing = "exit 0"
		arguments = ` --author "$(git var GIT_AUTHOR_IDENT)"`
	}
	return `#!/bin/sh
` + ownHook + `：由 suqiu 写入，可再次执行更新；停用时删除本文件
suqiu=` + quoted(filepath.ToSlash(program)) + `
if [ ! -x "$suqiu" ]; then
	suqiu=$(command -v suqiu) || {
		echo "找不到 suqiu 程序，没有检查；请重新安装 suqiu 后执行 suqiu hook install" >&2
		` + missing + `
	}
fi
exec "$suqiu" hook ` + name + arguments + `
`
}

// quoted is a word for a POSIX shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func runInstall(opts installOptions) error {
	repo, err := git.Open(opts.dir)
	if err != nil {
		return err
	}
	name := "pre-commit"
	if opts.server || repo.Bare() {
		name = "pre-receive"
	}
	dir := opts.to
	if dir == "" {
		dir = repo.HooksDir(opts.Settings, opts.Home)
	}
	file := filepath.Join(dir, name)
	script := []byte(hookScript(name, cmp.Or(opts.Program, "suqiu")))
	old, err := readFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case bytes.Equal(old, script):
		fmt.Fprintf(opts.Stdout, "已经装好，没有改动：%s\n", file)
		return os.Chmod(file, 0o755)
	case !bytes.Contains(old, []byte(ownHook)) && !opts.force:
		return fmt.Errorf("已有别的钩子 %s，没有改动；可在其中加一行“%s”，或加 --force 换掉它（原来的改名为 %s.old）",
			file, strings.TrimPrefix(lastLine(string(script)), "exec "), name)
	case !bytes.Contains(old, []byte(ownHook)):
		if err := os.Rename(file, file+".old"); err != nil {
			return err
		}
		opts.note("原来的钩子改名为 %s.old", file)
	}
	if err := writeHook(file, script); err != nil {
		return fmt.Errorf("写不了钩子 %s：%w", file, err)
	}
	fmt.Fprintf(opts.Stdout, "已安装 %s：%s\n", name, file)
	return nil
}

// lastLine is the line of a script that runs the program, by its name.
func lastLine(script string) string {
	script = strings.TrimSpace(script)
	return strings.ReplaceAll(script[strings.LastIndex(script, "\n")+1:], `"$suqiu"`, "suqiu")
}

// writeHook puts a script into its place in one step: Git may be about to run it.
func writeHook(file string, script []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".suqiu-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing is there any more if all went well
	_, err = f.Write(script)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o755)
	}
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	return err
}
