package main

import (
	"context"
	"fmt"

	"suqiu/internal/cli"
)

// invocation is one run of the program, with what its commands have in common.
type invocation struct{ cli.Invocation }

// run is the whole program but for the process around it: it carries out args
// and returns the exit code.
func run(ctx context.Context, args []string, env cli.Env) int {
	inv := &invocation{cli.NewInvocation(env)}
	root := newRoot(inv)
	root.SetArgs(args)
	root.SetIn(env.Stdin)
	root.SetOut(inv.Stdout)
	root.SetErr(inv.Stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if inv.Data.Err != nil {
		err = fmt.Errorf("写不出结果：%w", inv.Data.Err)
	}
	return conclude(inv.Stderr, cmd, err)
}
