package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"suqiu/internal/caserules"
	"suqiu/internal/cli"
	"suqiu/internal/diag"
	"suqiu/internal/misuse"
	"suqiu/internal/rules"
	"suqiu/internal/terminal"
)

func newRulesCmd(inv *invocation) *cobra.Command {
	return inv.Command(cli.Command{Use: "rules", Formats: []string{cli.Text, cli.JSON},
		Run: func(context.Context, []string) error { return runRules(inv) }})
}

func runRules(inv *invocation) error {
	all := rules.Described()
	if inv.JSON() {
		return inv.WriteJSON(struct {
			cli.Header
			Rules []diag.Rule `json:"rules"`
		}{inv.Header(""), all})
	}
	var t terminal.Table
	t.Row("规则", "级别", "名称", "制度依据")
	last := ""
	for _, r := range all {
		if r.Group != last {
			last = r.Group
			t.Row(last)
		}
		t.Row("  "+r.Slug, r.Severity.Label(), r.Title, r.Clause)
	}
	t.WriteWithin(inv.Stdout, inv.Width)
	inv.Note("运行“suqiu explain 规则”查看一条规则的说明和改法")
	return nil
}

func newExplainCmd(inv *invocation) *cobra.Command {
	return inv.Command(cli.Command{Use: "explain 规则", Args: cli.Exactly(1, "规则名，可用“suqiu rules”查看"),
		Run: func(ctx context.Context, args []string) error { return runExplain(inv, args[0]) }})
}

func runExplain(inv *invocation, slug string) error {
	r, ok := caserules.Lookup(slug)
	if !ok {
		e := &misuse.Error{What: fmt.Sprintf("没有规则“%s”，可用“suqiu rules”查看全部", slug)}
		if meant := caserules.NearestSlug(slug); meant != "" {
			e.Hint = "您是不是想写：" + meant
		}
		return e
	}
	fmt.Fprintf(inv.Stdout, "%s  %s（%s，最高级别：%s）\n", r.Slug, r.Title, r.Group, r.Severity.Label())
	fmt.Fprintf(inv.Stdout, "制度依据：%s\n", r.Clause)
	fmt.Fprintf(inv.Stdout, "\n%s\n", rules.Doc(r.Slug))
	return nil
}
