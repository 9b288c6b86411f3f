// Package tidy brings the files of a case repository into canonical form: cases,
// papers and suqiu.yaml, each by what its path says it is.
package tidy

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/worktree"
)

// Text formats one text, and says what stands in the way. Its path in the
// repository says what it is: a paper, or else a case.
func Text(path string, src []byte, canon func(string) string) (formatted []byte, problems []problem.Problem) {
	switch {
	case path == worktree.ConfigFile:
		formatted, problems = config.Format(worktree.ConfigFile, src)
	case papers.Formats(path):
		formatted, problems = papers.Format(path, src, canon)
	default:
		formatted, problems = record.Format(src, canon)
	}
	return formatted, problems
}

// Files lists the files to format, each once, in order: those of the repository at top, or
// those that are named, below dir.
func Files(dir, top string, named []string) ([]string, error) {
	paths := named
	if len(paths) == 0 {
		if top == "" {
			return nil, fmt.Errorf("%s 不在诉求仓库中（找不到 %s）：请写明文件，或用 -C 指定仓库", dir,
				worktree.ConfigFile)
		}
		for _, folder := range worktree.Folders() {
			if info, err := os.Stat(filepath.Join(top, folder)); err == nil && info.IsDir() {
				paths = append(paths, filepath.Join(top, folder))
			}
		}
	}
	var files []string
	for _, p := range paths {
		if len(named) > 0 && !filepath.IsAbs(p) {
			p = filepath.Join(dir, p)
		}
		info, err := os.Stat(p)
		switch {
		case err != nil:
			return nil, fmt.Errorf("没有文件 %s", worktree.Shown(dir, p))
		case !info.IsDir():
			files = append(files, p)
			continue
		}
		err = filepath.WalkDir(p, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && toFormat(worktree.Below(top, name), name) {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("读不了 %s：%w", worktree.Shown(dir, p), err)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// toFormat reports whether a file that stands in a folder is to be formatted:
// among papers those that are some, elsewhere whatever may be a case.
func toFormat(path, name string) bool {
	for _, folder := range papers.Folders() {
		if strings.HasPrefix(path, folder) {
			return papers.Formats(path)
		}
	}
	return strings.HasSuffix(name, ".md")
}
