package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/misuse"
	"suqiu/internal/terminal"
)

// Help is what --help prints: cobra's own templates are English.
func Help(cmd *cobra.Command, groups []Group) string {
	var b strings.Builder
	long := cmd.Long
	if long == "" {
		long = cmd.Short
	}
	fmt.Fprintf(&b, "%s\n\n用法：\n  %s\n", strings.TrimSpace(long), UseLine(cmd))
	if !cmd.HasParent() {
		for _, g := range groups {
			fmt.Fprintf(&b, "\n%s：\n", g.Title)
			var t terminal.Table
			for _, c := range g.Commands {
				t.Row("  "+c.Name(), c.Short)
			}
			t.Write(&b)
		}
	}
	if cmd.HasParent() && cmd.HasAvailableSubCommands() {
		b.WriteString("\n命令：\n")
		var t terminal.Table
		for _, c := range cmd.Commands() {
			t.Row("  "+c.Name(), c.Short)
		}
		t.Write(&b)
	}
	if cmd.Example != "" {
		fmt.Fprintf(&b, "\n例：\n%s\n", cmd.Example)
	}
	if own := flagText(cmd, cmd.NonInheritedFlags()); own != "" && cmd.HasParent() {
		fmt.Fprintf(&b, "\n选项：\n%s", own)
	}
	fmt.Fprintf(&b, "\n通用选项：\n%s", flagText(cmd, commonFlags(cmd)))
	fmt.Fprint(&b, "\n退出码：0 正常；1 有错误级问题或超期；2 无法运行\n")
	if !cmd.HasParent() {
		fmt.Fprint(&b, "运行“suqiu 命令 --help”查看一个命令的说明\n")
	}
	return b.String()
}

func commonFlags(cmd *cobra.Command) *pflag.FlagSet {
	if cmd.HasParent() {
		return cmd.InheritedFlags()
	}
	return cmd.Flags()
}

// UseLine is how cmd is called.
func UseLine(cmd *cobra.Command) string {
	if !cmd.HasParent() {
		return "suqiu 命令 [选项]"
	}
	return cmd.Parent().CommandPath() + " " + cmd.Use + " [选项]"
}

// flagText lists flags with their values and what they do. A flag --format of
// a command that has one format only is left out.
func flagText(cmd *cobra.Command, flags *pflag.FlagSet) string {
	var t terminal.Table
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		switch f.Name {
		case "format":
			of, ok := cmd.Annotations[FormatsAnnotation]
			if !ok {
				return
			}
			usage += "：" + of
		default:
			if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "." && f.DefValue != "0" {
				usage += "（默认 " + f.DefValue + "）"
			}
		}
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		if f.Value.Type() != "bool" {
			name += " " + value
		}
		t.Row(name, usage)
	})
	var b strings.Builder
	t.Write(&b)
	return b.String()
}

// HelpCommand is "suqiu help COMMAND": what --help does, for who types it.
func HelpCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "help [命令]",
		Short:  "显示一个命令的说明",
		Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return NoSuchCommand(cmd.Root(), args)
			}
			return found.Help()
		},
	}
}

// CompletionCommand writes a shell's completion script. It is hidden: who
// wants it knows its name.
func CompletionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion SHELL",
		Short:     "生成命令行补全脚本：" + strings.Join(shells, "、"),
		Hidden:    true,
		ValidArgs: shells,
		Args:      Exactly(1, " shell 的名称：bash、zsh、fish 或 powershell"),
		RunE: func(cmd *cobra.Command, args []string) error {
			out := cmd.OutOrStdout()
			switch args[0] {
			case "bash":
				return cmd.Root().GenBashCompletionV2(out, true)
			case "zsh":
				return cmd.Root().GenZshCompletion(out)
			case "fish":
				return cmd.Root().GenFishCompletion(out, true)
			case "powershell":
				return cmd.Root().GenPowerShellCompletionWithDesc(out)
			}
			return misuse.New("不认识 shell“%s”：应为 %s", args[0], strings.Join(shells, "、"))
		},
	}
}

// Group is a heading of the help with its commands, in order of use.
type Group struct {
	Title    string
	Commands []*cobra.Command
}

// FormatsAnnotation is where a command says which formats it writes.
const FormatsAnnotation = "formats"
