// Package tidy brings the files of a case repository into canonical form: cases,
// papers and suqiu.yaml, each by what its path says it is.
package tidy

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	slashpath "path"
	"path/filepath"
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/worktree"
)

// Tree is where files are formatted.
type Tree struct {
	Dir  string                                  // where paths are named from
	Tell func(name string, what problem.Problem) // of what stands in the way
	top  string                                  // of the repository; empty: there is none
	// canon knows the names of units; without a repository they stay as they are.
	canon func(string) string
}

// Open finds the repository at or above Dir. One whose suqiu.yaml cannot be read it
// refuses, unless that file alone is to be formatted, which is what mends it.
func (t *Tree) Open(paths ...string) error {
	if info, err := os.Stat(t.Dir); err != nil || !info.IsDir() {
		return fmt.Errorf("没有目录 %s", t.Dir)
	}
	top, cfg, err := worktree.FindUnread(t.Dir)
	other := func(p string) bool { return filepath.Base(p) != config.Path }
	switch {
	case errors.Is(err, worktree.ErrNoConfig):
		t.canon = func(name string) string { return name }
		return nil
	case err != nil:
		return err
	case cfg.Unreadable != nil && (len(paths) == 0 || slices.ContainsFunc(paths, other)):
		return cfg.Unreadable
	}
	t.top, t.canon = top, cfg.Canon
	return nil
}

// Format formats one file in place, unless it is only to be looked at. It reports
// whether the file was canonical already, and whether all of it could be read.
func (t *Tree) Format(file string, dry bool) (same, ok bool, err error) {
	name := worktree.Shown(t.Dir, file)
	src, err := worktree.ReadFile(file)
	if err != nil {
		return false, false, fmt.Errorf("读不了 %s：%w", name, err)
	}
	formatted, ok := t.text(name, worktree.Below(t.top, file), src)
	if same = bytes.Equal(src, formatted); same || dry {
		return same, ok, nil
	}
	if err := worktree.Replace(file, formatted); err != nil {
		return false, ok, fmt.Errorf("写不了 %s：%w", name, err)
	}
	return false, ok, nil
}

// examples are paths of papers by their folder.
var examples = map[string]string{"monthly/": "2026-07/NFZX.md", "meetings/": "HY2026-03.md", "risks/": "2026-07.md",
	"counties/": "JNQ/2026Q3.json", "submissions/": "2026Q3.md", "appraisal/": "2026Q3.md", "reports/": "2026Q3.md"}

// Stream formats a text that has no file yet; path is where it will stand, empty if
// nobody says so.
func (t *Tree) Stream(path string, src []byte) (formatted []byte, ok bool, err error) {
	if folder := papers.Looks(src); path == "" && folder != "" {
		return nil, false, fmt.Errorf("标准输入不是事项，像是 %s 下的文件：请用 --path 写明它在仓库里是哪个文件，"+
			"如 --path %s%s", folder, folder, examples[folder])
	}
	formatted, ok = t.text(cmp.Or(path, "标准输入"), slashpath.Clean(filepath.ToSlash(path)), src)
	return formatted, ok, nil
}

// text formats one text and tells what stands in the way.
func (t *Tree) text(name, path string, src []byte) (formatted []byte, ok bool) {
	formatted, problems := Text(path, src, t.canon)
	for _, p := range problems {
		t.Tell(name, p)
	}
	return formatted, len(problems) == 0
}

// Text formats one text, and says what stands in the way. Its path in the
// repository says what it is: a paper, or else a case.
func Text(path string, src []byte, canon func(string) string) (formatted []byte, problems []problem.Problem) {
	switch {
	case path == config.Path:
		formatted, problems = config.Format(config.Path, src)
	case papers.Formats(path):
		formatted, problems = papers.Format(path, src, canon)
	default:
		formatted, problems = record.Format(src, canon)
	}
	return formatted, problems
}

// Files lists the files to format, each once, in order: those of the repository, or
// those that are named.
func (t *Tree) Files(named []string) ([]string, error) {
	dir, top := t.Dir, t.top
	paths := named
	if len(paths) == 0 {
		if top == "" {
			return nil, fmt.Errorf("%s 不在诉求仓库中（找不到 %s）：请写明文件，或用 -C 指定仓库", dir,
				config.Path)
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
