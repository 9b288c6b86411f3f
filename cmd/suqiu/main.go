//go:build !man

// Command suqiu runs the joint-meeting system for appeals (诉求) and public
// opinion (舆情) on a Git repository.
//
// It parses flags, calls the pipeline of the internal packages and maps what
// happened to an exit code. It is the only place that knows the clock, the
// terminal and the environment: everything below is handed a day.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"suqiu/internal/cli"
	"suqiu/internal/heap"
)

func main() {
	heap.Economise(heap.Room) // a build asks for less
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	done := make(chan int, 1)
	go func() { done <- run(ctx, os.Args[1:], osEnv()) }()
	select {
	case code := <-done:
		os.Exit(code)
	case <-ctx.Done():
	}
	stop() // a second signal ends the program as it ends any other
	select {
	case code := <-done:
		os.Exit(code)
	case <-time.After(stopGrace):
		// Whatever is written is written whole or not at all: nothing is lost.
		fmt.Fprintln(os.Stderr, interrupted)
		os.Exit(exitFailed)
	}
}

// stopGrace is how long a command that was told to stop may take to clear up.
const stopGrace = 2 * time.Second

// osEnv is the Env of the process.
func osEnv() cli.Env {
	env := cli.Env{
		Stdin:    os.Stdin,
		Stdout:   os.Stdout,
		Stderr:   os.Stderr,
		Now:      time.Now,
		Progress: term.IsTerminal(int(os.Stderr.Fd())),
	}
	env.Interactive = env.Progress && term.IsTerminal(int(os.Stdin.Fd()))
	gitEnv(&env)
	programEnv(&env)
	if term.IsTerminal(int(os.Stdout.Fd())) {
		env.Color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
			env.Width = width
		}
	}
	return env
}
