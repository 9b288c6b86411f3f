package main

import (
	"context"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/git"
	"suqiu/internal/trace"
)

type verifyOptions struct {
	*invocation
	id trace.ID
}

func newVerifyCmd(inv *invocation) *cobra.Command {
	opts := verifyOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "verify 留痕编号", Formats: []string{cli.Text, cli.JSON},
		Run: opts.run,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cli.Exactly(1, "留痕编号")(cmd, args); err != nil {
				return err
			}
			var err error
			opts.id, err = trace.Parse(args[0])
			return err
		}})
}

func (opts *verifyOptions) run(ctx context.Context, _ []string) error {
	repo, err := git.Open(opts.Dir)
	if err != nil {
		return err
	}
	d, err := opts.Mainline(ctx, repo)
	if err != nil {
		return err
	}
	v, at, err := opts.id.Judge(d)
	if err != nil {
		return err
	}
	if opts.JSON() {
		err = opts.WriteJSON(struct {
			cli.Header
			trace.Verdict
		}{opts.Header(d.Head), v})
	} else {
		opts.id.Write(opts.Stdout, d, &v, at)
	}
	if err == nil && (!v.Found || v.DayWrong) {
		err = errFindings
	}
	return err
}
