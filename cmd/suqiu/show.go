package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/dossier"
	"suqiu/internal/problem"
	"suqiu/internal/rules"
)

func newShowCmd(inv *invocation) *cobra.Command {
	return inv.Command(cli.Command{Use: "show 编号", Args: cli.Exactly(1, "事项编号，可用“suqiu list”查看"),
		Formats: []string{cli.Text, cli.JSON},
		Run:     func(ctx context.Context, args []string) error { return runShow(ctx, inv, args[0]) }})
}

func runShow(ctx context.Context, inv *invocation, id string) error {
	d, err := inv.Load(ctx)
	if err != nil {
		return err
	}
	c := d.Case(id)
	if c == nil {
		return fmt.Errorf("截至 %s 没有编号为“%s”的事项，可用“suqiu list”查看", d.AsOf, id)
	}
	findings := []problem.Problem{}
	for _, f := range rules.Run(d) {
		if f.Case == id {
			findings = append(findings, f)
		}
	}
	if inv.JSON() {
		return inv.WriteJSON(struct {
			cli.Header
			dossier.Case
		}{inv.Header(d.Head), dossier.New(d, c, findings)})
	}
	dossier.Write(inv.Stdout, inv.Width, d, c)
	if len(findings) > 0 {
		fmt.Fprint(inv.Stdout, "\n问题\n")
		return inv.writeFindings(d, findings, true)
	}
	return nil
}
