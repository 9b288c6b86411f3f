package main

import (
	"context"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"suqiu/internal/cli"
	"suqiu/internal/config"
	"suqiu/internal/misuse"
	"suqiu/internal/schema"
)

func newSchemaCmd(inv *invocation) *cobra.Command {
	return inv.Command(cli.Command{Use: "schema [文件]", Args: cli.AtMost(1),
		Run: func(_ context.Context, args []string) error { return runSchema(inv, strings.Join(args, "")) }})
}

func runSchema(inv *invocation, of string) error {
	write := schema.Config
	switch {
	case path.Base(of) == config.Path:
	case of == "", path.Ext(of) == ".md":
		cfg, err := inv.Configuration()
		if err != nil {
			return err
		}
		write = func() ([]byte, error) { return schema.Case(cfg) }
	default:
		return misuse.New("没有“%s”的 Schema：不写为事项，写 suqiu.yaml 为配置文件", of)
	}
	out, err := write()
	if err != nil {
		return err
	}
	_, err = inv.Data.Write(out)
	return err
}
