// Package scaffold writes a new case repository: configuration of the bureau,
// an example of a case, pipelines, templates and what an editor needs.
//
// It never writes over a file: if one stands in the way, nothing is written.
// What it writes depends on the bureau, the day and the branch alone.
package scaffold

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"suqiu/cases"
	"suqiu/internal/config"
	"suqiu/internal/schema"
	"suqiu/internal/workday"
)

//go:embed all:files
var static embed.FS

// Error is a failure that the user can mend: what is wrong, and what to do.
type Error struct {
	What, Cure string // Chinese, a sentence each without the full stop
	Err        error  // the cause, may be nil
}

func (e *Error) Error() string { return e.What + "。" + e.Cure + "。" }

func (e *Error) Unwrap() error { return e.Err }

// File is one file of the new repository.
type File struct {
	Path string // slash-separated
	Data []byte
}

// Files are the files of a repository of a bureau that begins on today, sorted by
// path.
func Files(b Bureau, today workday.Date, branch string) ([]File, error) {
	var files []File
	err := fs.WalkDir(static, "files", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := static.ReadFile(name)
		if name == "files/README.md" {
			data = append(data, b.readme()...)
		}
		files = append(files, File{strings.TrimPrefix(name, "files/"), data})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the embedded files: %w", err)
	}
	src, err := cases.FS.ReadFile("suqiu.yaml")
	if err != nil {
		return nil, fmt.Errorf("reading the embedded suqiu.yaml: %w", err)
	}
	src, err = b.adapt(src, branch)
	if err != nil {
		return nil, err
	}
	cfg := config.Parse("suqiu.yaml", src)
	if err := b.check(cfg); err != nil {
		return nil, err
	}
	files = append(files,
		File{"suqiu.yaml", src},
		File{examplePath, example(cfg, today)},
		File{".gitlab/CODEOWNERS", owners(cfg)},
	)
	for _, made := range []struct {
		path string
		make func() ([]byte, error)
	}{
		{".vscode/case.schema.json", func() ([]byte, error) { return schema.Case(cfg) }},
		{".vscode/suqiu.schema.json", schema.Config},
		{".vscode/suqiu.code-snippets", schema.Snippet},
	} {
		data, err := made.make()
		if err != nil {
			return nil, err
		}
		files = append(files, File{made.path, data})
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files, nil
}

// Write writes all files below dir, which is made if it is not there, or none.
func Write(dir string, files []File) error {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return &Error{dir + " 是一个文件，不是目录", "请换一个目录", nil}
	}
	for _, f := range files {
		if err := free(dir, f.Path); err != nil {
			return err
		}
	}
	var undo []string // what is new, innermost last
	for _, f := range files {
		made, err := put(dir, f)
		undo = append(undo, made...)
		if err != nil {
			for _, name := range slices.Backward(undo) {
				os.Remove(name)
			}
			return &Error{"无法写入 " + filepath.Join(dir, filepath.FromSlash(f.Path)) + "，没有写入任何内容",
				"请检查目录的写入权限和磁盘空间", err}
		}
	}
	return nil
}

// free makes sure that nothing stands where a file or one of its folders is
// to be.
func free(dir, path string) error {
	parts := strings.Split(path, "/")
	for i := range parts {
		name := filepath.Join(dir, filepath.Join(parts[:i+1]...))
		info, err := os.Lstat(name)
		last := i == len(parts)-1
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return &Error{"无法查看 " + name, "请检查目录的权限", err}
		case last || !info.IsDir():
			return &Error{"已经有 " + name + "，没有写入任何内容", "请换一个空目录；这个文件不再需要的，请先自行移走",
				nil}
		}
	}
	return nil
}

// put writes one file, and tells which folders and files are new.
func put(dir string, f File) (made []string, err error) {
	name := filepath.Join(dir, filepath.FromSlash(f.Path))
	var missing []string
	for folder := filepath.Dir(name); ; folder = filepath.Dir(folder) {
		if _, err := os.Lstat(folder); err == nil || folder == filepath.Dir(folder) {
			break
		}
		missing = append(missing, folder)
	}
	for _, folder := range slices.Backward(missing) {
		if err := os.Mkdir(folder, 0o777); err != nil {
			return made, err
		}
		made = append(made, folder)
	}
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return made, err
	}
	made = append(made, name)
	_, err = out.Write(f.Data)
	return made, errors.Join(err, out.Close())
}
