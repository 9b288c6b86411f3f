//go:build man

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"suqiu/internal/cli"
)

// main writes the pages for man(1) into a folder, one for each command. It is a
// program of its own, so that the one in use holds nothing that makes them.
func main() {
	root := newRoot(new(invocation))
	root.DisableAutoGenTag = true
	if err := writePages(root, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writePages(cmd *cobra.Command, dir string) error {
	// The flag is one for all commands: what it takes is each one's own.
	format := cmd.Root().PersistentFlags().Lookup("format")
	choice, chosen := cmd.Annotations[cli.FormatsAnnotation]
	format.Usage, format.Hidden = "输出`格式`："+choice, !chosen

	var page bytes.Buffer
	header := doc.GenManHeader{Section: "1", Source: cli.Tool, Manual: cmd.Root().Short}
	if err := doc.GenMan(cmd, &header, &page); err != nil {
		return err
	}
	file := filepath.Join(dir, strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1")
	if err := os.WriteFile(file, []byte(inChinese.Replace(page.String())), 0o666); err != nil {
		return err
	}
	for _, below := range cmd.Commands() {
		if below.IsAvailableCommand() {
			if err := writePages(below, dir); err != nil {
				return err
			}
		}
	}
	return nil
}

// inChinese are the words that cobra puts beside ours.
var inChinese = strings.NewReplacer(
	".nh\n", ".nh\n.ad l\n", // Chinese and Latin words in one line are torn apart otherwise
	".SH NAME", ".SH 名称", ".SH SYNOPSIS", ".SH 用法", ".SH DESCRIPTION", ".SH 说明", ".SH EXAMPLE", ".SH 例",
	".SH OPTIONS INHERITED FROM PARENT COMMANDS", ".SH 通用选项", ".SH OPTIONS", ".SH 选项", ".SH SEE ALSO", ".SH 参见",
	"suqiu [flags]", "suqiu 命令 [选项]", "[flags]", "[选项]", "[=false]", "",
)
