//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"suqiu/internal/cli"
	"suqiu/internal/gittest"
	"suqiu/internal/worktree"
)

// patience is how long a command may take here that must not wait for anything.
const patience = 30 * time.Second

// TestNeverHangs (DESIGN 7, issue L 5.3): a pipe, a device or a socket that lies
// where a file is expected keeps no command waiting.
func TestNeverHangs(t *testing.T) {
	t.Parallel()
	original := sample(t)
	pipe := func(name string) error { return syscall.Mkfifo(name, 0o644) }
	device := func(name string) error { return os.Symlink("/dev/zero", name) }
	socket := func(name string) error {
		fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
		if err != nil {
			return err
		}
		defer syscall.Close(fd)
		// The name of a socket is short: it is bound elsewhere and moved.
		dir, err := os.MkdirTemp("", "s")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if err := syscall.Bind(fd, &syscall.SockaddrUnix{Name: filepath.Join(dir, "s")}); err != nil {
			return err
		}
		return os.Rename(filepath.Join(dir, "s"), name)
	}
	tracked, err := filepath.Glob(filepath.Join(original, "cases", "*", "*", "*.md"))
	if err != nil || len(tracked) == 0 {
		t.Fatal(tracked, err)
	}
	one, err := filepath.Rel(original, tracked[0])
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for kind, put := range map[string]func(string) error{"pipe": pipe, "device": device, "socket": socket} {
		for _, places := range [][]string{
			{"suqiu.yaml"},
			{one, "cases/new.md", "monthly/2026-09/XXZX.md", "meetings/HY2026-99.md", "templates/case.html"},
		} {
			t.Run(kind+" "+filepath.Base(places[0]), func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "repo")
				if out, err := exec.Command("git", "clone", "-q", original, dir).CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
				for _, place := range places {
					name := filepath.Join(dir, place)
					if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
						t.Fatal(err)
					}
					_ = os.Remove(name)
					if err := put(name); err != nil {
						t.Skip(err)
					}
				}
				for _, args := range [][]string{
					{"check"}, {"check", "--base", "HEAD~1"}, {"fmt", "-l"}, {"fmt", places[0]}, {"list", "-q"},
					{"hook", "pre-commit"},
					{"monthly", "2026-09", "--unit", "信息中心"}, {"meeting", "new"}, {"import", "/dev/null"},
				} {
					ctx, cancel := context.WithTimeout(t.Context(), patience)
					cmd := exec.CommandContext(ctx, "suqiu", append([]string{"-C", dir, "--as-of", day.String()},
						args...)...)
					cmd.Env, cmd.Dir, cmd.WaitDelay = gittest.Environ(), dir, time.Second
					out, _ := cmd.CombinedOutput()
					if ctx.Err() != nil {
						t.Errorf("suqiu %s hangs\n%.500s", strings.Join(args, " "), out)
					}
					cancel()
					ran++
				}
			})
		}
	}
	t.Logf("%d commands", ran)
}

// TestStopsAtOnce (DESIGN 7): every command that waits stops at once on SIGINT and
// SIGTERM.
func TestStopsAtOnce(t *testing.T) {
	dir := sample(t)
	const pipe = "PIPE" // one of its own for each, or a writer meets a reader
	for _, args := range [][]string{
		{"fmt", "-"}, {"import", "-"}, {"hook", "pre-receive"}, {"import", pipe}, {"export", "--out", pipe},
		{"serve", "--port", "0"},
	} {
		for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
			t.Run(strings.Join(args[:2], " ")+" "+signal.String(), func(t *testing.T) {
				t.Parallel()
				args := slices.Clone(args)
				if last := len(args) - 1; args[last] == pipe {
					args[last] = filepath.Join(t.TempDir(), "fifo")
					if err := syscall.Mkfifo(args[last], 0o644); err != nil {
						t.Skip(err)
					}
				}
				cmd := exec.Command("suqiu", append([]string{"-C", dir}, args...)...)
				cmd.Env = gittest.Environ()
				in, out, err := os.Pipe() // held open: nothing comes
				if err != nil {
					t.Fatal(err)
				}
				defer in.Close()
				defer out.Close()
				var errs bytes.Buffer
				cmd.Stdin, cmd.Stdout, cmd.Stderr = in, io.Discard, &errs
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Second)
				sent := time.Now()
				_ = cmd.Process.Signal(signal)
				timer := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
				_ = cmd.Wait()
				timer.Stop()
				// serve ends as it is meant to, unless it is still building.
				code := cmd.ProcessState.ExitCode()
				if took := time.Since(sent); took > 5*time.Second || code != exitFailed && args[0] != "serve" {
					t.Errorf("stopped after %v with code %d: %s", took, code, &errs)
				}
			})
		}
	}
}

// TestTemplateIsRegular: serve reads the templates of the work tree, and no pipe.
func TestTemplateIsRegular(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "case.html"), 0o644); err != nil {
		t.Skip(err)
	}
	if _, err := (worktree.RegularFiles{Dir: dir}).Open("case.html"); !errors.Is(err, worktree.ErrNotRegular) {
		t.Error(err)
	}
}

// endless is standard input without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// TestInputIsBounded: standard input without an end is refused, in one sentence.
func TestInputIsBounded(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	for _, args := range [][]string{{"fmt", "-"}, {"import", "-"}, {"hook", "pre-receive"}} {
		var errs bytes.Buffer
		code := run(t.Context(), append([]string{"-C", dir}, args...), cli.Env{
			Stdin: endless{}, Stdout: io.Discard, Stderr: &errs, Now: func() time.Time { return day.Start() },
		})
		if code != exitFailed || !strings.Contains(errs.String(), "超过 64 MB") {
			t.Errorf("%v: %d, %q", args, code, errs.String())
		}
	}
}
