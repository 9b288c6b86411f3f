package gate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"suqiu/internal/worktree"
)

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

// Installed is what became of a hook.
type Installed int

// What Install did.
const (
	Fresh Installed = iota
	Unchanged
	InPlaceOf // another hook, which has .old behind its name now
)

// Install writes the script of a hook that runs the program to file; its base
// name says which hook it is. One that somebody else wrote is replaced by force
// alone.
func Install(file, program string, force bool) (Installed, error) {
	name := filepath.Base(file)
	script := []byte(hookScript(name, program))
	old, err := worktree.ReadFile(file)
	done := Fresh
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return done, err
	case bytes.Equal(old, script):
		return Unchanged, os.Chmod(file, 0o755)
	case !bytes.Contains(old, []byte(ownHook)) && !force:
		return done, fmt.Errorf("已有别的钩子 %s，没有改动；可在其中加一行“%s”，或加 --force 换掉它（原来的改名为 %s."+
			"old）",
			file, strings.TrimPrefix(lastLine(string(script)), "exec "), name)
	case !bytes.Contains(old, []byte(ownHook)):
		if err := os.Rename(file, file+".old"); err != nil {
			return done, err
		}
		done = InPlaceOf
	}
	if err := writeHook(file, script); err != nil {
		return done, fmt.Errorf("写不了钩子 %s：%w", file, err)
	}
	return done, nil
}

// Found is what stands where a hook belongs.
type Found int

// What Look finds.
const (
	None Found = iota
	Foreign
	Outdated // install's, of another version or for another program
	Current
)

// Look says what stands in the file of a hook. One of somebody else's that runs
// ours is as good as ours.
func Look(file, program string) (Found, error) {
	old, err := worktree.ReadFile(file)
	name := filepath.Base(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return None, nil
	case err != nil:
		return None, err
	case bytes.Equal(old, []byte(hookScript(name, program))):
		return Current, nil
	case bytes.Contains(old, []byte(ownHook)):
		return Outdated, nil
	case bytes.Contains(old, []byte("hook "+name)):
		return Current, nil
	}
	return Foreign, nil
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
