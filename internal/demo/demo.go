// Package demo writes case repositories with real, dated history: the sample
// of package cases, or any number of synthetic ones.
//
// What a repository says depends on the arguments alone. The same day (and
// seed) gives the same commits, hash for hash, on any machine; the clock, the
// environment and the user's Git configuration are never read.
//
// All dates are counted in working days back from the day given as today, so
// the sample keeps its limits, and breaks the few it is meant to break, on
// whatever day it is made. Nothing happens on that day itself or after it.
//
// A repository is written through one git fast-import process, and its main
// branch is then checked out. A folder that holds anything is refused: no file
// of a person is ever overwritten.
package demo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"suqiu/internal/workday"
)

// Error is a failure that the user can mend: what is wrong, and what to do.
type Error struct {
	What, Cure string // Chinese, a sentence each without the full stop
	Err        error  // the cause, may be nil
}

func (e *Error) Error() string { return e.What + "。" + e.Cure + "。" }

func (e *Error) Unwrap() error { return e.Err }

// Sample writes the sample repository as it would stand on the morning of
// today into dir, which must not exist or be empty. Days before 2025 or after
// 2199 are refused: the sample's lives span five quarters before the day. What
// the office published of past quarters publish computes; nil: it published
// nothing.
func Sample(dir string, today workday.Date, publish Publisher) error {
	s, err := loadSample(today)
	if err != nil {
		return err
	}
	landings, err := s.replay(publish)
	if err != nil {
		return err
	}
	return write(dir, func(w *stream) error { return w.landAll(landings) })
}

// write makes a repository in dir from what fill streams into it.
func write(dir string, fill func(*stream) error) error {
	made, err := claim(dir)
	if err != nil {
		return err
	}
	if err := build(dir, fill); err != nil {
		// The folder was empty: what is in it now is ours alone.
		discard(dir, made)
		return err
	}
	return nil
}

// claim makes sure that dir is an empty folder; made reports that it is new.
func claim(dir string) (made bool, err error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return false, &Error{"无法建立目录 " + dir, "请检查上级目录的写入权限，或换一个目录", err}
		}
		return true, nil
	case err != nil:
		return false, &Error{dir + " 不是可以写入的目录", "请换一个目录", err}
	case len(entries) > 0:
		return false, &Error{"目录 " + dir + " 里已有文件，没有写入任何内容",
			"请换一个新目录；确认其中内容不再需要的，请先自行删除", nil}
	}
	return false, nil
}

func discard(dir string, made bool) {
	if made {
		os.RemoveAll(dir)
		return
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		os.RemoveAll(filepath.Join(dir, e.Name()))
	}
}

func build(dir string, fill func(*stream) error) error {
	if _, err := exec.LookPath("git"); err != nil {
		return &Error{"没有找到 git 命令", "请先安装 Git（2.28 以上）", err}
	}
	if err := git(dir, "init", "-q", "--template=", "--object-format=sha1", "--initial-branch=main", "."); err != nil {
		return err
	}
	if err := fastImport(dir, fill); err != nil {
		return err
	}
	settings := [][2]string{
		{"user.name", officeIdentity.name}, {"user.email", officeIdentity.email},
		{"core.quotePath", "false"}, {"gc.auto", "0"},
	}
	for _, s := range settings {
		if err := git(dir, "config", s[0], s[1]); err != nil {
			return err
		}
	}
	return git(dir, "reset", "-q", "--hard", "main")
}

// git runs one command in dir, untouched by the user's configuration.
func git(dir string, args ...string) error {
	cmd := gitCommand(dir, args...)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(complaint.String()))
	}
	return nil
}

func gitCommand(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	// Git's own variables (GIT_DIR, GIT_AUTHOR_DATE …) would lead elsewhere.
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "LC_ALL=C", "TZ=UTC")
	return cmd
}
