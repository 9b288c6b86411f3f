package main

import (
	"path"

	"github.com/spf13/cobra"

	"suqiu/internal/register"
	"suqiu/internal/schema"
)

func newSchemaCmd(inv *invocation) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "schema [文件]",
		Short: "编辑器用的 JSON Schema：事项的要素区，或 suqiu.yaml",
		Long: `输出事项文件要素区的 JSON Schema（draft-07）；在诉求办理仓库里运行的，列出其中的单位和渠道。
文件写 suqiu.yaml 的，输出配置文件的 JSON Schema。编辑器据此提示项名和可选的值；是否合规以 check 为准。`,
		Example: "  suqiu schema > .vscode/case.schema.json\n  suqiu schema suqiu.yaml > .vscode/suqiu.schema.json",
		Args:    atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return runSchema(inv, "")
			}
			return runSchema(inv, args[0])
		},
	}
	formats(cmd, inv, formatText)
	return cmd
}

func runSchema(inv *invocation, of string) error {
	write := schema.Config
	switch {
	case path.Base(of) == register.ConfigPath:
	case of == "", path.Ext(of) == ".md":
		cfg, err := inv.configuration()
		if err != nil {
			return err
		}
		write = func() ([]byte, error) { return schema.Case(cfg) }
	default:
		return misuse("没有“%s”的 Schema：不写为事项，写 suqiu.yaml 为配置文件", of)
	}
	out, err := write()
	if err != nil {
		return err
	}
	_, err = inv.data.Write(out)
	return err
}
