package history

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"suqiu/internal/git"
	"suqiu/internal/problem"
)

// File is a file as it stands at the head.
type File struct {
	Path string
	Data []byte
}

// Versions lists the landed versions of a file that is no case, oldest first;
// under Base also the pending one. Data is nil where the file was deleted or
// became something else than a regular file. If a version cannot be read, the
// list ends before it and Cases returns the error.
func (h *History) Versions(path string) []FileVersion {
	rd := h.reader()
	defer h.rest(rd)
	var list []FileVersion
	for _, v := range h.others[path] {
		fv := FileVersion{Landing: v.landing}
		if v.entry.Mode.Regular() {
			data, err := rd.Blob(v.entry.Hash)
			if err != nil {
				h.fail(err)
				return list
			}
			fv.Data = append([]byte{}, data...)
		}
		list = append(list, fv)
	}
	return list
}

// fail keeps the first error of a method that returns none.
func (h *History) fail(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.failed == nil {
		h.failed = err
	}
}

// FileChange is one landing that changed a file which is no case.
type FileChange struct {
	Landing int
	Path    string
}

// Below picks the paths that begin with one of some prefixes.
func Below(prefixes []string) func(path string) bool {
	return func(p string) bool {
		return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(p, prefix) })
	}
}

// FileChanges lists the landings of the files that are no cases and whose path is
// picked, by landing and path.
func (h *History) FileChanges(pick func(path string) bool) []FileChange {
	var list []FileChange
	for p, versions := range h.others {
		if pick(p) {
			for _, v := range versions {
				list = append(list, FileChange{v.landing, p})
			}
		}
	}
	slices.SortFunc(list, func(a, b FileChange) int {
		if a.Landing != b.Landing {
			return a.Landing - b.Landing
		}
		return strings.Compare(a.Path, b.Path)
	})
	return list
}

// entries lists what lies at the head below a folder ("" or with a slash at its end),
// by path; if a link or a submodule stands in the folder's place, that alone. Under
// Base the head is the base with what the branch changed on top.
func (h *History) entries(rd *git.Reader, folder string) (map[string]git.Entry, error) {
	all := map[string]git.Entry{}
	if h.Len() == 0 {
		return all, nil
	}
	root, name := h.HeadTree, strings.TrimSuffix(folder, "/")
	if name != "" && !root.IsZero() {
		e, err := rd.Lookup(root, name)
		if err != nil {
			return nil, err
		}
		root = git.ZeroHash
		switch {
		case e.Mode == git.ModeTree:
			root = e.Hash
		case e.Mode.LeadsAway():
			all[name] = e
		}
	}
	err := rd.List(root, folder, func(p string, e git.Entry) error {
		all[p] = e
		return nil
	})
	for p, e := range h.overlay {
		if !strings.HasPrefix(p, folder) && p != name {
			continue
		}
		delete(all, p)
		if strings.HasPrefix(p, folder) && e.Mode != git.ModeAbsent || e.Mode.LeadsAway() {
			all[p] = e
		}
	}
	return all, err
}

// Files reads the regular files at the head below a folder, by path, and lists
// the links and submodules there, of which nothing is read.
func (h *History) Files(prefix string) (list []File, stray []problem.Problem, err error) {
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		prefix += "/"
	}
	rd := h.reader()
	defer h.rest(rd)
	all, err := h.entries(rd, prefix)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range slices.Sorted(maps.Keys(all)) {
		switch e := all[p]; {
		case e.Mode.Regular():
			data, err := rd.Blob(e.Hash)
			if err != nil {
				return nil, nil, err
			}
			list = append(list, File{p, slices.Clone(data)})
		case e.Mode.LeadsAway():
			stray = append(stray, h.leadsAway(p, e.Mode))
		}
	}
	return list, stray, nil
}

// ReadFile reads a file as it stands at the head; git.ErrNoFile if there is none.
func (h *History) ReadFile(path string) ([]byte, error) { return h.Snapshot().ReadFile(path) }

// Snapshot is the content at the head of a history. It holds nothing else of the
// history, so that who keeps it to read a file now and then does not keep the rest.
type Snapshot struct {
	tree    git.Hash
	overlay map[string]git.Entry
	empty   bool

	mu sync.Mutex
	rd *git.Reader // keeps the last reads: findings ask for neighbours
}

// Snapshot is the content at the head.
func (h *History) Snapshot() *Snapshot {
	return &Snapshot{rd: h.Repo.Reader(), tree: h.HeadTree, overlay: h.overlay, empty: h.Len() == 0}
}

// ReadFile reads a file; ErrNoFile if there is none. It may be called from any
// goroutine.
func (s *Snapshot) ReadFile(path string) ([]byte, error) {
	if s.empty {
		return nil, git.ErrNoFile
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.rd.CloseFiles() // a file that stays open cannot be replaced on some systems
	if e, ok := s.overlay[path]; ok {
		if !e.Mode.Regular() {
			return nil, git.ErrNoFile
		}
		data, err := s.rd.Blob(e.Hash)
		return slices.Clone(data), err
	}
	return s.rd.File(s.tree, path)
}

// OfficeFile matches the names of files of office programs, whose text nobody
// can check.
var OfficeFile = regexp.MustCompile(`(?i)\.(docx?|wps|xlsx?|et|pptx?|dps|ofd|rtf)$`)

// unread is the problem of an entry that is not read.
func (h *History) unread(p, rule, message, fix string) problem.Problem {
	_, added := h.overlay[p] // the branch under Base brings it
	return problem.Problem{Path: p, Rule: rule, Line: 1, Column: 1, Message: message, Fix: fix, New: added}
}

// leadsAway is the problem of a link or a submodule.
func (h *History) leadsAway(p string, m git.Mode) problem.Problem {
	if m == git.ModeModule {
		return h.unread(p, "path-mismatch", p+" 是子模块（只记着另一个仓库的位置），里面的文件没有读取",
			"请删除这个子模块，把需要的文件本身放到这里")
	}
	return h.unread(p, "path-mismatch", p+" 是符号链接（只记着别处的位置），没有读取",
		"请删除这个链接，把它指向的文件本身放到这里")
}

// UnreadableEntries lists what lies below cases/ at the head and is not read as a
// case, by path. Names that begin with a dot belong to Git and the platforms.
func (h *History) UnreadableEntries() []problem.Problem { return h.unreadableAmong(h.doubtful()) }

// unreadableAmong lists which of some entries are not read as cases. Current is the
// path that is read of each 编号.
func (h *History) unreadableAmong(entries map[string]git.Mode, current map[string]string) []problem.Problem {
	var list []problem.Problem
	add := func(p, rule, why, fix string) {
		list = append(list, h.unread(p, rule, why, fix))
	}
	for _, p := range slices.Sorted(maps.Keys(entries)) {
		base := path.Base(p)
		if strings.HasPrefix(base, ".") {
			continue
		}
		id, isCase := idOf(p)
		switch m := entries[p]; {
		case m.LeadsAway():
			list = append(list, h.leadsAway(p, m))
		case !isCase && OfficeFile.MatchString(base):
			add(p, "path-mismatch", "cases/ 下的 "+base+" 是办公软件的文件，里面写了什么检查不了，也不计入办理",
				"请从仓库里删去；摘要写到事项的正文，原件留在办文系统，不入库")
		case !isCase:
			add(p, "path-mismatch", "cases/ 下的 "+base+" 不是事项文件",
				"事项文件名为“编号.md”；其他文件请移出 cases/")
		case current[id] != p && fold(p) == fold(current[id]):
			add(p, "id-duplicate",
				"本文件与 "+current[id]+" 只有大小写（或字符写法）不同，是同一个编号，本文件未被读取",
				"保留一个文件，删除另一个；文件名一律用大写编号、小写 .md")
		case current[id] != p:
			add(p, "id-duplicate", "编号 "+id+" 有两个文件，本文件未被读取；读取的是 "+current[id],
				"保留一个文件，另一个改用新的编号或删除")
		}
	}
	return list
}

// doubtful is what lies below cases/ at the head except cases that are alone under
// their 编号, and for the 编号 with several files the path that is read. Of ten
// thousand files hardly any is left.
func (h *History) doubtful() (doubtful map[string]git.Mode, current map[string]string) {
	doubtful, current = map[string]git.Mode{}, map[string]string{}
	for p, m := range h.away {
		doubtful[p] = m
	}
	for p, versions := range h.others {
		m := versions[len(versions)-1].entry.Mode
		if m != git.ModeAbsent && strings.HasPrefix(p, "cases/") || m.LeadsAway() && p == "cases" {
			doubtful[p] = m
		}
	}
	for _, t := range h.tracks {
		if t.live == 0 || t.live == 1 && t.at(t.path) != (git.Hash{}) && !t.last().IsZero() {
			continue
		}
		if !t.last().IsZero() {
			current[t.id] = t.path
		}
		for i, p := range t.paths {
			if !t.states[i].blob.IsZero() {
				doubtful[p] = git.ModeRegular
			}
		}
	}
	return doubtful, current
}
