package main

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"suqiu/internal/cli"
	"suqiu/internal/misuse"
	"suqiu/internal/privacy"
	"suqiu/internal/problem"
	"suqiu/internal/tidy"
	"suqiu/internal/worktree"
)

type fmtOptions struct {
	*invocation
	list  bool   // -l: name the files that would change, change none
	check bool   // --check: as -l, and fail if there are any
	path  string // --path: what standard input is a file of
}

func newFmtCmd(inv *invocation) *cobra.Command {
	opts := fmtOptions{invocation: inv}
	return inv.Command(cli.Command{Use: "fmt [文件…]", Args: cobra.ArbitraryArgs, Run: opts.run,
		Flags: func(f *pflag.FlagSet) {
			f.BoolVarP(&opts.list, "list", "l", false, "只列出不规范的文件，不改动")
			f.BoolVar(&opts.check, "check", false, "同 -l，有不规范的文件时退出码为 1")
			f.StringVar(&opts.path, "path", "", "标准输入在仓库里是哪个`文件`，如 monthly/2026-07/NFZX.md")
		}})
}

func (opts *fmtOptions) run(ctx context.Context, args []string) error {
	if slices.Contains(args, "-") && (len(args) > 1 || opts.list || opts.check) {
		return misuse.New("“-”不能与文件、-l、--check 一起用")
	}
	if opts.path != "" && !slices.Contains(args, "-") {
		return misuse.New("--path 只说明标准输入是哪个文件，与“-”一起用")
	}
	tree := tidy.Tree{Dir: opts.Dir, Tell: func(name string, p problem.Problem) {
		fmt.Fprintf(opts.Stderr, "%s:%d: %s\n", name, p.Line, privacy.MaskedText(p.Message))
		if p.Fix != "" {
			fmt.Fprintf(opts.Stderr, "    %s\n", privacy.MaskedText(p.Fix))
		}
	}}
	if slices.Contains(args, "-") {
		return opts.stream(ctx, &tree)
	}
	if err := tree.Open(args...); err != nil {
		return err
	}
	files, err := tree.Files(args)
	if err != nil {
		return err
	}
	dry := opts.list || opts.check
	clean, changed := true, 0
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		same, ok, err := tree.Format(file, dry)
		if err != nil {
			return err
		}
		clean = clean && ok && (same || !opts.check)
		if !same {
			changed++
			fmt.Fprintln(opts.Stdout, worktree.Shown(opts.Dir, file))
		}
	}
	if !dry {
		opts.Note("共 %d 个文件，整理了 %d 个", len(files), changed)
	}
	if !clean {
		return cli.ErrFindings
	}
	return nil
}

// stream formats standard input to standard output.
func (opts *fmtOptions) stream(ctx context.Context, tree *tidy.Tree) error {
	if err := tree.Open(path.Clean(filepath.ToSlash(opts.path))); err != nil {
		return err
	}
	src, err := worktree.ReadStream(ctx, opts.Stdin)
	if err != nil {
		return fmt.Errorf("读不了标准输入：%w", err)
	}
	formatted, ok, err := tree.Stream(opts.path, src)
	if err != nil {
		return err
	}
	if _, err := opts.Data.Write(formatted); err != nil {
		return err
	}
	if !ok {
		return cli.ErrFindings
	}
	return nil
}
