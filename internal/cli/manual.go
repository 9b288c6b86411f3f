package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// Describe gives a command and those below it their texts from a manual: behind
// "== " and the command's path a line, a description, and examples below 例：.
func Describe(root *cobra.Command, manual string) {
	texts := map[string]string{}
	for part := range strings.SplitSeq(manual, "== ") {
		name, text, _ := strings.Cut(part, "\n")
		texts[root.Name()+" "+name] = strings.TrimRight(text, "\n")
	}
	describe(texts, root)
}

func describe(texts map[string]string, cmd *cobra.Command) {
	if text, ok := texts[cmd.CommandPath()]; ok {
		text, cmd.Example, _ = strings.Cut(text, "\n例：\n")
		cmd.Short, cmd.Long, _ = strings.Cut(text, "\n\n")
		cmd.Short, cmd.Long = strings.TrimSpace(cmd.Short), strings.TrimSpace(cmd.Long)
	}
	for _, c := range cmd.Commands() {
		describe(texts, c)
	}
}
