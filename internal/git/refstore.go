package git

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/go-git/go-git/v5/plumbing"
)

// References are read as Git reads them: each from a file of its own, else from a line
// of packed-refs. A file that a power cut left empty is broken: whoever asks for that
// reference gets an error, and lists pass over it.

// reference is what a reference says: an object, or the name of another one.
type reference struct {
	hash   Hash
	target string // of a symbolic reference
}

const headRef = "HEAD"

// reference reads one reference by its full name; nil if there is none.
func (r *Repo) reference(name string) (*reference, error) {
	if !refName(name) {
		return nil, nil
	}
	file := filepath.Join(r.refFolder(name), filepath.FromSlash(name))
	if to, err := os.Readlink(file); err == nil && strings.HasPrefix(to, "refs/") {
		return &reference{target: to}, nil // how symbolic references were written of old
	}
	data, err := os.ReadFile(file)
	if err != nil {
		if info, statErr := os.Stat(file); errors.Is(err, fs.ErrNotExist) || statErr == nil && info.IsDir() ||
			errors.Is(err, syscall.ENOTDIR) {
			return r.packed(name) // there is no such file, or a folder of other references
		}
		return nil, &Error{"引用 " + name + " 无法读取（" + err.Error() + "）", "请检查文件的权限，或重新克隆", err}
	}
	if ref, ok := parseReference(data); ok {
		return ref, nil
	}
	what := "引用文件 " + file + " 的内容不是提交编号"
	if len(bytes.TrimSpace(data)) == 0 {
		what = "引用文件 " + file + " 是空的，多半是断电或磁盘写满时留下的"
	}
	cure := "请删除这个文件，再执行 git fetch 重新取得 " + name
	if name == headRef {
		cure = "请在这个文件中写一行 ref: refs/heads/main（或您所在的分支）"
	}
	return nil, &Error{what, cure, errBrokenRef}
}

// errBrokenRef is the cause of the error for a reference whose file says nothing.
var errBrokenRef = errors.New("broken reference")

// refFolder is where a reference lies: each work tree has its own HEAD and
// bisection, all share the branches and tags.
func (r *Repo) refFolder(name string) string {
	for _, own := range []string{"refs/bisect/", "refs/worktree/", "refs/rewritten/"} {
		if strings.HasPrefix(name, own) {
			return r.GitDir
		}
	}
	if strings.HasPrefix(name, "refs/") {
		return r.Common
	}
	return r.GitDir
}

// parseReference reads the file of a reference.
func parseReference(data []byte) (*reference, bool) {
	if to, ok := bytes.CutPrefix(data, []byte("ref:")); ok {
		target := string(bytes.TrimSpace(to))
		return &reference{target: target}, target != ""
	}
	if len(data) < 40 || !plumbing.IsHash(string(data[:40])) || len(data) > 40 &&
		!strings.ContainsRune(" \t\r\n", rune(data[40])) {
		return nil, false
	}
	return &reference{hash: plumbing.NewHash(string(data[:40]))}, true
}

// packedRefs is the file packed-refs; empty if there is none.
func (r *Repo) packedRefs() ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(r.Common, "packed-refs"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &Error{"引用文件 packed-refs 无法读取（" + err.Error() + "）", "请检查文件的权限，或重新克隆", err}
	}
	return data, nil
}

// packed looks a reference up in packed-refs.
func (r *Repo) packed(name string) (*reference, error) {
	data, err := r.packedRefs()
	if err != nil || !strings.HasPrefix(name, "refs/") {
		return nil, err
	}
	for line := []byte(" " + name); ; {
		at := bytes.Index(data, line)
		if at < 0 {
			return nil, nil
		}
		end := at + len(line)
		if at >= 40 && (end == len(data) || data[end] == '\n' || data[end] == '\r') &&
			(at == 40 || data[at-41] == '\n') {
			if ref, ok := parseReference(data[at-40 : at]); ok {
				return ref, nil
			}
		}
		data = data[end:]
	}
}

// refsBelow lists the references whose names begin with one of the prefixes,
// which end with a slash. What is broken is passed over.
func (r *Repo) refsBelow(prefixes ...string) (map[string]reference, error) {
	found := map[string]reference{}
	packed, err := r.packedRefs()
	if err != nil {
		return nil, err
	}
	for _, prefix := range prefixes {
		for line := range bytes.Lines(packed) {
			hash, name, ok := strings.Cut(strings.TrimRight(string(line), "\r\n"), " ")
			if ok && strings.HasPrefix(name, prefix) && plumbing.IsHash(hash) {
				found[name] = reference{hash: plumbing.NewHash(hash)}
			}
		}
		top := filepath.Join(r.refFolder(prefix), filepath.FromSlash(prefix))
		err := filepath.WalkDir(top, func(file string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // while it was listed, Git packed or deleted it
			}
			if err != nil || entry.IsDir() {
				return err
			}
			name, err := filepath.Rel(r.refFolder(prefix), file)
			if err != nil {
				return err
			}
			name = filepath.ToSlash(name)
			delete(found, name) // the file counts, not the line, even if it is broken
			switch ref, err := r.reference(name); {
			case errors.Is(err, errBrokenRef):
			case err != nil:
				return err
			case ref != nil:
				found[name] = *ref
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// maxSymbolic is how many symbolic references Git follows one after the other.
const maxSymbolic = 5

// follow finds the reference that a symbolic one ends with, and what that says;
// no hash if there is none yet.
func (r *Repo) follow(name string) (end string, hash Hash, err error) {
	for end, steps := name, 0; steps <= maxSymbolic; steps++ {
		ref, err := r.reference(end)
		if ref == nil || err != nil || ref.target == "" {
			if ref != nil {
				hash = ref.hash
			}
			return end, hash, err
		}
		end = ref.target
	}
	return name, hash, &Error{"引用 " + name + " 循环指向", "请执行 git symbolic-ref " + name + " 查看并改正", nil}
}

// tip is what a reference leads to, if that exists.
func (r *Repo) tip(name string) (Hash, bool, error) {
	_, h, err := r.follow(name)
	return h, err == nil && !h.IsZero(), err
}

var (
	rootRef = regexp.MustCompile(`^[A-Z][A-Z_-]*$`)
	// what git check-ref-format refuses
	badRef = regexp.MustCompile(`[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(/|$)|\.$|/$`)
)

// refName reports whether Git may have a reference of that full name.
func refName(name string) bool {
	if strings.HasPrefix(name, "refs/") {
		return len(name) > len("refs/") && !badRef.MatchString(name)
	}
	return rootRef.MatchString(name)
}
