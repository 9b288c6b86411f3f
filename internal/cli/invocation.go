package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/misuse"
	"suqiu/internal/privacy"
	"suqiu/internal/terminal"
	"suqiu/internal/workday"
)

// Version is that of the program, as --version and every JSON say it.
const Version = "0.1.0"

// Tool names the program in JSON.
const Tool = "suqiu " + Version

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
	// Forge is where reminders go.
	Forge Forge
	// Program is the path of the program.
	Program string
}

// Forge is where reminders are written as issues. The zero value is none.
type Forge struct {
	API     string // https://gitlab.example/api/v4
	Project string // its number, or its path
	Token   string // of a user or project, of scope api
}

// Invocation is what every command has: the world and the global flags.
//
// Stdout and Stderr are for people: what is written there reaches no terminal as
// a control character, whoever put it into a file, a name or a path. See terminal.
type Invocation struct {
	Env
	Data    *Result   // standard output as it is: files, JSON, and what brings its own colours
	Status  io.Writer // standard error as it is: progress
	Dir     string    // -C
	Ref     string    // --ref
	AsOf    Day       // --as-of
	Format  string    // --format
	NoCache bool      // --no-cache
	Quiet   bool      // -q
}

// NewInvocation is one run of the program in a world.
func NewInvocation(env Env) Invocation {
	inv := Invocation{Env: env, Data: &Result{w: env.Stdout}, Status: env.Stderr}
	inv.Stdout, inv.Stderr = terminal.NewWriter(inv.Data), terminal.NewWriter(env.Stderr)
	return inv
}

// Result is a standard output that remembers that writing failed, so that a full
// disk is not taken for success.
type Result struct {
	w   io.Writer
	Err error
}

func (r *Result) Write(p []byte) (int, error) {
	n, err := r.w.Write(p)
	if err != nil && r.Err == nil {
		r.Err = err
	}
	return n, err
}

// Today is the day the clock shows in Shanghai.
func (inv *Invocation) Today() workday.Date { return workday.Of(inv.Now()) }

// Day is the day to judge by: --as-of, else today.
func (inv *Invocation) Day() workday.Date {
	if !inv.AsOf.IsZero() {
		return inv.AsOf.Date
	}
	return inv.Today()
}

// Landing is when a merge request under check is taken to land: now, or at
// the end of the day that --as-of names.
func (inv *Invocation) Landing() time.Time {
	if now := inv.Now(); inv.Day() == workday.Of(now) {
		return now
	}
	return inv.Day().End().Add(-time.Second)
}

// Cache names the program for what is kept between its runs; empty: nothing is.
func (inv *Invocation) Cache() string {
	if inv.NoCache {
		return ""
	}
	return inv.Build
}

// Below is a folder that was named, below -C if it is relative; -C itself if none
// was.
func (inv *Invocation) Below(folder string) string {
	switch {
	case folder == "":
		return inv.Dir
	case filepath.IsAbs(folder):
		return folder
	}
	return filepath.Join(inv.Dir, folder)
}

// Note tells something beside the result: on standard error, never with -q.
func (inv *Invocation) Note(format string, args ...any) {
	if !inv.Quiet {
		inv.Stderr.Write(privacy.MaskedNumbers(fmt.Appendf(nil, format+"\n", args...)))
	}
}

// ProgressOf tells of a long piece of work on a terminal that somebody watches.
func (inv *Invocation) ProgressOf(what string) *terminal.Progress {
	if !inv.Progress || inv.Quiet {
		return terminal.NewProgress(nil, what, inv.Now)
	}
	return terminal.NewProgress(inv.Status, what, inv.Now)
}

// MonthOr is the month that was typed, or another where none was.
func MonthOr(typed string, otherwise workday.Month) (workday.Month, error) {
	if typed == "" {
		return otherwise, nil
	}
	month, err := workday.ParseMonth(typed)
	if err != nil {
		return month, misuse.New("月份应写成 2026-07 这样，现为“%s”", typed)
	}
	return month, nil
}

// Unit is the unit of which somebody typed the name, an alias or the code.
func Unit(cfg *config.Config, typed string) (*config.Unit, error) {
	if u := cfg.Unit(typed); u != nil {
		return u, nil
	}
	return nil, misuse.New("suqiu.yaml 中没有单位“%s”，可写名称、别名或代码", typed)
}

// UnitName is the name of the unit that somebody typed, if anybody did.
func UnitName(cfg *config.Config, typed string) (string, error) {
	if typed == "" {
		return "", nil
	}
	u, err := Unit(cfg, typed)
	if err != nil {
		return "", err
	}
	return u.Name, nil
}
