package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"suqiu/internal/cli"
	"suqiu/internal/misuse"
	"suqiu/internal/privacy"
	"suqiu/internal/terminal"
	"suqiu/internal/workday"
)

// version is that of the program, as --version and every JSON say it.
const version = "0.1.0"

// tool names the program in JSON.
const tool = "suqiu " + version

// Env is what the program knows of the world around it. Tests pass their own.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time
	Progress       bool // standard error is a terminal that somebody watches
	Color          bool // standard output may be coloured
	Interactive    bool // somebody at a terminal answers questions
	Width          int  // columns of the terminal on standard output; 0: none

	// Build names this very program: caches of another are not read. Empty: no
	// caches.
	Build string
	// What git tells a hook: the folders where the objects of a push wait, and
	// the index of the commit.
	Objects []string
	Index   string
	GitLab  bool // the push comes from GitLab's pages: edited or merged in a browser
	// Pusher is the user of the forge who pushes, as the forge tells its hooks;
	// empty: it does not.
	Pusher string
	// Settings are the configuration files of git outside the repository, the
	// one that counts most last. Home is what ~ stands for in them.
	Settings []string
	Home     string
	// GitEnviron is the environment of a git that the program starts; nil: its own.
	GitEnviron []string
	// Program is the path of the program.
	Program string
}

// invocation is what every command has: the world and the global flags.
//
// Stdout and Stderr are for people: what is written there reaches no terminal as
// a control character, whoever put it into a file, a name or a path. See terminal.
type invocation struct {
	Env
	data    io.Writer // standard output as it is: files, JSON, and what brings its own colours
	status  io.Writer // standard error as it is: progress
	dir     string    // -C
	ref     string    // --ref
	asOf    cli.Day   // --as-of
	format  string    // --format
	noCache bool      // --no-cache
	quiet   bool      // -q
}

// today is the day the clock shows in Shanghai.
func (inv *invocation) today() workday.Date { return workday.Of(inv.Now()) }

// day is the day to judge by: --as-of, else today.
func (inv *invocation) day() workday.Date {
	if !inv.asOf.IsZero() {
		return inv.asOf.Date
	}
	return inv.today()
}

// below is a folder that was named, below -C if it is relative; -C itself if none
// was.
func (inv *invocation) below(folder string) string {
	switch {
	case folder == "":
		return inv.dir
	case filepath.IsAbs(folder):
		return folder
	}
	return filepath.Join(inv.dir, folder)
}

// json reports whether the result is to be JSON.
func (inv *invocation) json() bool { return inv.format == formatJSON }

// note tells something beside the result: on standard error, never with -q.
func (inv *invocation) note(format string, args ...any) {
	if !inv.quiet {
		inv.Stderr.Write(privacy.MaskedNumbers(fmt.Appendf(nil, format+"\n", args...)))
	}
}

// run is the whole program but for the process around it: it carries out args
// and returns the exit code.
func run(ctx context.Context, args []string, env Env) int {
	out := &writer{w: env.Stdout}
	inv := &invocation{Env: env, data: out, status: env.Stderr}
	inv.Stdout, inv.Stderr = terminal.NewWriter(out), terminal.NewWriter(env.Stderr)
	root := newRoot(inv)
	root.SetArgs(args)
	root.SetIn(env.Stdin)
	root.SetOut(inv.Stdout)
	root.SetErr(inv.Stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if out.err != nil {
		err = fmt.Errorf("写不出结果：%w", out.err)
	}
	return conclude(inv.Stderr, cmd, err)
}

// writer remembers that writing failed, so that a full disk is not taken for
// success.
type writer struct {
	w   io.Writer
	err error
}

func (w *writer) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}

// monthOr is the month that was typed, or another where none was.
func monthOr(typed string, otherwise workday.Month) (workday.Month, error) {
	if typed == "" {
		return otherwise, nil
	}
	month, err := workday.ParseMonth(typed)
	if err != nil {
		return month, misuse.New("月份应写成 2026-07 这样，现为“%s”", typed)
	}
	return month, nil
}
