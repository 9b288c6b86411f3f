package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/tidy"
	"suqiu/internal/worktree"
)

type fmtOptions struct {
	*invocation
	list  bool // -l: name the files that would change, change none
	check bool // --check: as -l, and fail if there are any
	paths []string
	path  string // --path: what standard input is a file of
}

func newFmtCmd(inv *invocation) *cobra.Command {
	opts := fmtOptions{invocation: inv}
	cmd := &cobra.Command{
		Use: "fmt [文件…]",
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.paths = args
			if slices.Contains(args, "-") && (len(args) > 1 || opts.list || opts.check) {
				return misuse.New("“-”不能与文件、-l、--check 一起用")
			}
			if opts.path != "" && !slices.Contains(args, "-") {
				return misuse.New("--path 只说明标准输入是哪个文件，与“-”一起用")
			}
			return runFmt(cmd.Context(), opts)
		},
	}
	cmd.Flags().BoolVarP(&opts.list, "list", "l", false, "只列出不规范的文件，不改动")
	cmd.Flags().BoolVar(&opts.check, "check", false, "同 -l，有不规范的文件时退出码为 1")
	cmd.Flags().StringVar(&opts.path, "path", "", "标准输入在仓库里是哪个`文件`，如 monthly/2026-07/NFZX.md")
	formats(cmd, inv, formatText)
	return cmd
}

func runFmt(ctx context.Context, opts fmtOptions) error {
	top, canon, err := opts.workTree()
	if err != nil {
		return err
	}
	if len(opts.paths) == 1 && opts.paths[0] == "-" {
		return fmtStream(ctx, opts, canon)
	}
	files, err := tidy.Files(opts.dir, top, opts.paths)
	if err != nil {
		return err
	}
	clean, changed := true, 0
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		same, ok, err := fmtFile(opts, top, file, canon)
		if err != nil {
			return err
		}
		clean = clean && ok && (same || !opts.check)
		if !same {
			changed++
			fmt.Fprintln(opts.Stdout, worktree.Shown(opts.dir, file))
		}
	}
	if !opts.list && !opts.check {
		opts.note("共 %d 个文件，整理了 %d 个", len(files), changed)
	}
	if !clean {
		return errFindings
	}
	return nil
}

// fmtStream formats standard input to standard output.
func fmtStream(ctx context.Context, opts fmtOptions, canon func(string) string) error {
	src, err := worktree.ReadStream(ctx, opts.Stdin)
	if err != nil {
		return fmt.Errorf("读不了标准输入：%w", err)
	}
	p := path.Clean(filepath.ToSlash(opts.path))
	if folder := papers.Looks(src); opts.path == "" && folder != "" {
		return fmt.Errorf("标准输入不是事项，像是 %s 下的文件：请用 --path 写明它在仓库里是哪个文件，如 --path %s%s",
			folder, folder, map[string]string{
				"monthly/": "2026-07/NFZX.md", "meetings/": "HY2026-03.md", "risks/": "2026-07.md",
				"counties/":    "JNQ/2026Q3.json",
				"submissions/": "2026Q3.md", "appraisal/": "2026Q3.md", "reports/": "2026Q3.md"}[folder])
	}
	formatted, ok := opts.format1(cmp.Or(opts.path, "标准输入"), p, src, canon)
	if _, err := opts.data.Write(formatted); err != nil {
		return err
	}
	if !ok {
		return errFindings
	}
	return nil
}

// fmtFile formats one file in place, unless it is only to be listed. It
// reports whether the file was canonical already, and whether all of it could
// be read.
func fmtFile(opts fmtOptions, top, file string, canon func(string) string) (same, ok bool, err error) {
	src, err := worktree.ReadFile(file)
	if err != nil {
		return false, false, fmt.Errorf("读不了 %s：%w", worktree.Shown(opts.dir, file), err)
	}
	formatted, ok := opts.format1(worktree.Shown(opts.dir, file), worktree.Below(top, file), src, canon)
	if bytes.Equal(src, formatted) {
		return true, ok, nil
	}
	if opts.list || opts.check {
		return false, ok, nil
	}
	if err := worktree.Replace(file, formatted); err != nil {
		return false, ok, fmt.Errorf("写不了 %s：%w", worktree.Shown(opts.dir, file), err)
	}
	return false, ok, nil
}

// format1 formats one text and tells on stderr what stands in the way.
func (opts fmtOptions) format1(name, path string, src []byte, canon func(string) string) (formatted []byte, ok bool) {
	formatted, problems := tidy.Text(path, src, canon)
	for _, p := range problems {
		fmt.Fprintf(opts.Stderr, "%s:%d: %s\n", name, p.Line, masked(p.Message))
		if p.Fix != "" {
			fmt.Fprintf(opts.Stderr, "    %s\n", masked(p.Fix))
		}
	}
	return formatted, len(problems) == 0
}

// workTree finds the folder with suqiu.yaml at or above -C, and the names of
// units that it knows. Without one, names stay as they are.
func (opts fmtOptions) workTree() (top string, canon func(string) string, err error) {
	if info, err := os.Stat(opts.dir); err != nil || !info.IsDir() {
		return "", nil, fmt.Errorf("没有目录 %s", opts.dir)
	}
	top, cfg, err := worktree.FindUnread(opts.dir)
	switch {
	case errors.Is(err, worktree.ErrNoConfig):
		return "", func(name string) string { return name }, nil
	case err != nil:
		return "", nil, err
	case cfg.Unreadable != nil && !opts.mendsConfig():
		return "", nil, cfg.Unreadable
	}
	return top, cfg.Canon, nil
}

// mendsConfig reports whether suqiu.yaml alone is to be formatted, which is what
// mends one that cannot be read.
func (opts fmtOptions) mendsConfig() bool {
	if len(opts.paths) == 1 && opts.paths[0] == "-" {
		return path.Clean(filepath.ToSlash(opts.path)) == worktree.ConfigFile
	}
	return len(opts.paths) > 0 &&
		!slices.ContainsFunc(opts.paths, func(p string) bool { return filepath.Base(p) != worktree.ConfigFile })
}
