package sitedir

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// manifestName lists what suqiu wrote, so that the next build removes what is
// no longer part of the site and never touches anything else.
const manifestName = ".suqiu-site"

// oldStagingName is where earlier versions of the program kept changed files, and
// left them when they were killed.
const oldStagingName = ".suqiu-staging/"

const manifestHead = "# suqiu 生成的文件清单：下次生成时据此更新；请勿修改\n"

// ForeignFilesError says that the target holds files that suqiu did not write: the
// folder is replaced as a whole, and they would go with it.
type ForeignFilesError struct {
	Dir   string
	Names []string // slash paths below Dir, sorted
}

func (e *ForeignFilesError) Error() string {
	const most = 3
	names := strings.Join(e.Names[:min(most, len(e.Names))], "、")
	if len(e.Names) > most {
		names += fmt.Sprintf(" 等 %d 个", len(e.Names))
	}
	return fmt.Sprintf("输出目录 %s 中有不是 suqiu 生成的文件（%s），网站没有生成；请把它们移到别处，"+
		"或换一个空的输出目录（--out）",
		e.Dir, names)
}

// readManifest reads which files the earlier build wrote.
func (t *Dir) readManifest() error {
	manifest, err := t.root.ReadFile(manifestName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("不能读取 %s：%w", filepath.Join(t.dir, manifestName), err)
	}
	for line := range strings.Lines(string(manifest)) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && !strings.HasPrefix(line, "#") && fs.ValidPath(line) {
			t.old[line] = true
		}
	}
	return nil
}

// own reports whether a file of the target was written by suqiu.
func (t *Dir) own(name string) bool {
	return t.old[name] || name == manifestName || strings.HasPrefix(name, oldStagingName)
}

// refuseForeign refuses a folder with files that suqiu did not write.
func (t *Dir) refuseForeign() error {
	foreign := &ForeignFilesError{Dir: t.dir}
	err := fs.WalkDir(t.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !(t.own(name) && entry.Type().IsRegular()) {
			foreign.Names = append(foreign.Names, name)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("不能查看输出目录 %s：%w", t.dir, err)
	}
	if len(foreign.Names) > 0 {
		return foreign
	}
	return nil
}

// stale are the files of the earlier build that are no longer part of the site.
func (t *Dir) stale() []string {
	kept := 0
	for _, name := range t.names {
		if t.old[name] {
			kept++
		}
	}
	if kept == len(t.old) {
		return nil
	}
	current := make(map[string]bool, len(t.names))
	for _, name := range t.names {
		current[name] = true
	}
	var stale []string
	for name := range t.old {
		if !current[name] {
			stale = append(stale, name)
		}
	}
	slices.Sort(stale)
	return stale
}

// writeManifest lists the files of the site, which are sorted.
func (t *Dir) writeManifest() error {
	var b strings.Builder
	b.WriteString(manifestHead)
	for _, name := range t.names {
		b.WriteString(name)
		b.WriteByte('\n')
	}
	if err := t.next.WriteFile(manifestName, []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("写入 %s：%w", filepath.Join(t.dir, manifestName), err)
	}
	return nil
}
