package history

import (
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"suqiu/internal/casefile"
)

// File is a file as it stands at the head.
type File struct {
	Path string
	Data []byte
}

// Versions lists the landed versions of a file that is no case, oldest first.
// A version that cannot be read is left out.
func (h *History) Versions(path string) []FileVersion {
	rd := h.db.reader()
	defer rd.close()
	var list []FileVersion
	for _, v := range h.others[path] {
		fv := FileVersion{Landing: v.landing}
		if !v.blob.IsZero() {
			data, err := rd.want(plumbing.BlobObject, v.blob)
			if err != nil {
				continue
			}
			fv.Data = slices.Clone(data)
			if fv.Data == nil {
				fv.Data = []byte{}
			}
		}
		list = append(list, fv)
	}
	return list
}

// Files reads the regular files at the head below a folder, by path.
func (h *History) Files(prefix string) ([]File, error) {
	rd := h.db.reader()
	defer rd.close()
	var list []File
	top, err := rd.lookup(h.tree, strings.TrimSuffix(prefix, "/"))
	if err != nil || top.mode != modeTree {
		return nil, err
	}
	err = rd.list(top.hash, prefix, func(p string, e entry) error {
		if !e.mode.regular() {
			return nil
		}
		data, err := rd.want(plumbing.BlobObject, e.hash)
		if err != nil {
			return err
		}
		list = append(list, File{p, slices.Clone(data)})
		return nil
	})
	return list, err
}

// ReadFile reads a file as it stands at the head; ErrNoFile if there is none.
func (h *History) ReadFile(path string) ([]byte, error) {
	rd := h.db.reader()
	defer rd.close()
	return rd.file(h.tree, path)
}

func (r *reader) file(tree plumbing.Hash, path string) ([]byte, error) {
	e, err := r.lookup(tree, path)
	if err != nil {
		return nil, err
	}
	blob := e.blob()
	if blob.IsZero() {
		return nil, ErrNoFile
	}
	data, err := r.want(plumbing.BlobObject, blob)
	return slices.Clone(data), err
}

// StrayFile is an entry below cases/ that is no case, or not the only one.
type StrayFile struct {
	Path string
	Rule string
	Why  string
	Fix  string
}

// Stray lists what stands below cases/ at the head and is not read as a case.
func (h *History) Stray() ([]StrayFile, error) {
	rd := h.db.reader()
	defer rd.close()
	var list []StrayFile
	folded := map[string]string{}
	top, err := rd.lookup(h.tree, "cases")
	if err != nil || top.mode != modeTree {
		return nil, err
	}
	err = rd.list(top.hash, "cases/", func(p string, e entry) error {
		if strings.HasPrefix(path.Base(p), ".") {
			return nil
		}
		switch {
		case e.mode == modeLink:
			list = append(list, StrayFile{p, "path-mismatch", "cases/ 下不能放符号链接：" + p, "删除链接，把事项文件本身放到这里"})
		case e.mode == modeModule:
			list = append(list, StrayFile{p, "path-mismatch", "cases/ 下不能放子模块：" + p, "删除子模块"})
		case !strings.HasSuffix(p, ".md"):
			fix := "事项文件的扩展名应为 .md；其他文件请移出 cases/"
			if strings.EqualFold(path.Ext(p), ".md") {
				fix = "改名为 " + strings.TrimSuffix(p, path.Ext(p)) + ".md"
			}
			list = append(list, StrayFile{p, "path-mismatch", "cases/ 下的 " + path.Base(p) + " 不是事项文件", fix})
		default:
			id, ok := casefile.IDOf(p)
			if !ok {
				return nil
			}
			key := strings.ToLower(id)
			if other, dup := folded[key]; dup {
				list = append(list, StrayFile{p, "id-duplicate", "编号“" + id + "”重复：" + other + " 已经使用", "改用下一个序号，或删除多余的一份"})
				return nil
			}
			folded[key] = p
		}
		return nil
	})
	return list, err
}
