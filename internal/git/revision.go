package git

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// A revision means what it means to Git, except that nothing is guessed: a full id and
// a full reference are what they say, a reference comes before an abbreviated id, and
// a name of two references, of which Git would take one with a warning, is refused.

// named finds the commit that a name stands for.
func (r *Repo) named(rev string) (Hash, error) {
	name, suffix := rev, ""
	if i := strings.IndexAny(rev, "^~"); i >= 0 {
		name, suffix = rev[:i], rev[i:]
	}
	if strings.ContainsAny(rev, ":") || strings.Contains(rev, "..") || strings.Contains(rev, "@{") || name == "" {
		return ZeroHash, r.unknown("“"+rev+"”不是一个版本的写法",
			"请写提交编号，或引用的全名如 refs/remotes/origin/main")
	}
	h, err := r.object(name)
	if err == nil {
		h, err = r.commitOf(h, name)
	}
	if err != nil {
		return ZeroHash, err
	}
	return r.ancestor(h, rev, suffix)
}

var hexadecimal = regexp.MustCompile(`^[0-9a-fA-F]+$`)

// object finds what a name without ^ and ~ stands for.
func (r *Repo) object(name string) (Hash, error) {
	full := len(name) == 40 && hexadecimal.MatchString(name)
	switch {
	case name == "@":
		name = headRef
	case full && strings.Trim(name, "0") == "":
		return ZeroHash, r.nothing()
	case full:
		return plumbing.NewHash(strings.ToLower(name)), nil
	}
	switch h, err := r.meant(name); {
	case err != nil || !h.IsZero():
		return h, err
	}
	if len(name) >= 7 && strings.Trim(name, "0") == "" {
		return ZeroHash, r.nothing()
	}
	short := name
	if i := strings.LastIndex(name, "-g"); i >= 0 && hexadecimal.MatchString(name[i+2:]) {
		short = name[i+2:] // as git describe writes it
	}
	if h, err := r.abbreviated(short); err != nil || !h.IsZero() {
		return h, err
	}
	return ZeroHash, r.unknown("找不到版本 "+name, "请检查拼写；CI 中请设 GIT_DEPTH: 0 并先执行 git fetch origin")
}

// nothing is the error for an id of zeros, which CI uses where there is no commit.
func (r *Repo) nothing() error {
	return r.unknown("全是 0 的编号不是提交：Git 用它表示“没有”，例如新建的分支没有“推送之前”",
		"检查合并请求请写目标分支，如 --base refs/remotes/origin/main；没有可以比较的版本时，请不写 --base")
}

// meant finds the one reference that a name stands for; no hash: there is none.
func (r *Repo) meant(name string) (Hash, error) {
	if name == headRef || strings.HasPrefix(name, "refs/") {
		h, _, err := r.tip(name)
		return h, err
	}
	var found []string
	var at Hash
	var broken error
	for _, full := range []string{name, "refs/" + name, "refs/tags/" + name, "refs/heads/" + name,
		"refs/remotes/" + name, "refs/remotes/" + name + "/HEAD"} {
		switch h, ok, err := r.tip(full); {
		case errors.Is(err, errBrokenRef):
			broken = err // Git passes over it
		case err != nil:
			return ZeroHash, err
		case ok:
			found, at = append(found, full), h
		}
	}
	if len(found) > 1 {
		return ZeroHash, &Error{"“" + name + "”这个名称有 " + strconv.Itoa(len(found)) + " 个引用：" +
			strings.Join(found, "、") + "，不能确定指哪一个",
			"请写全名，如 " + found[len(found)-1] + "；多余的标签可用 git tag -d " + name + " 删除", nil}
	}
	if len(found) == 0 && broken != nil {
		return ZeroHash, broken
	}
	return at, nil
}

// shortest is how few digits of an id Git takes for one.
const shortest = 4

// abbreviated finds the one commit or tag whose id begins so; no hash: none does.
func (r *Repo) abbreviated(digits string) (Hash, error) {
	if len(digits) < shortest || len(digits) > 40 || !hexadecimal.MatchString(digits) {
		return ZeroHash, nil
	}
	all, err := r.db.beginning(strings.ToLower(digits))
	if err != nil {
		return ZeroHash, err
	}
	var commits []Hash
	for _, h := range all {
		if _, err := r.commitOf(h, digits); err == nil {
			commits = append(commits, h)
		}
	}
	switch {
	case len(commits) == 1:
		return commits[0], nil
	case len(commits) > 1:
		var names []string
		for _, h := range commits[:min(len(commits), 4)] {
			names = append(names, h.String()[:12])
		}
		return ZeroHash, &Error{"编号 " + digits + " 是 " + strconv.Itoa(len(commits)) + " 个提交编号的开头：" +
			strings.Join(names, "、"), "请多写几位", nil}
	case len(all) > 0:
		return ZeroHash, r.unknown("编号 "+digits+" 不是提交，而是文件内容或目录", "请写提交编号或分支")
	}
	return ZeroHash, nil
}

// commitOf is the commit that an object is, or that a tag is one of.
func (r *Repo) commitOf(h Hash, name string) (Hash, error) {
	for range 32 {
		o, err := r.reader.read(h)
		switch {
		case errors.Is(err, errMissing) && !r.db.partial:
			return ZeroHash, r.unknown("找不到提交 "+name, "请先 git fetch 取得该提交（CI 中设 GIT_DEPTH: 0）")
		case err != nil:
			return ZeroHash, r.db.explain("提交 "+h.String()+" ", err)
		case o.typ == plumbing.CommitObject:
			_, err := r.reader.Commit(h, People{})
			return h, err
		case o.typ != plumbing.TagObject:
			return ZeroHash, r.unknown(name+" 不是提交，而是"+kindName[o.typ], "请写提交编号或分支")
		}
		line, _, _ := bytes.Cut(o.data, []byte("\n"))
		to, ok := strings.CutPrefix(string(line), "object ")
		if !ok || !plumbing.IsHash(to) {
			return ZeroHash, r.db.explain("标签 "+name+" ", errors.New("malformed tag"))
		}
		h = plumbing.NewHash(to)
	}
	return ZeroHash, r.unknown("标签 "+name+" 指向的标签太多", "请写提交编号")
}

var (
	// one ^ or ~ of a name, with its number
	ancestorStep = regexp.MustCompile(`^([~^])([0-9]*)`)
	// the peelings that leave a commit what it is
	peeling = regexp.MustCompile(`^\^\{(commit)?\}`)
)

// ancestor follows what stands behind a name: ^2, ~3, ^{commit}.
func (r *Repo) ancestor(h Hash, rev, suffix string) (Hash, error) {
	for suffix != "" {
		if peeled := peeling.FindString(suffix); peeled != "" {
			suffix = suffix[len(peeled):]
			continue
		}
		m := ancestorStep.FindStringSubmatch(suffix)
		if m == nil || strings.HasPrefix(suffix[len(m[0]):], "{") {
			return ZeroHash, r.unknown("“"+rev+"”不是一个版本的写法", "后面可写 ^、^2、~3、^{commit}")
		}
		suffix = suffix[len(m[0]):]
		n, err := strconv.Atoi(m[2])
		switch {
		case m[2] == "":
			n = 1
		case err != nil:
			return ZeroHash, r.unknown("“"+rev+"”中的数太大", "请写提交编号")
		}
		nth, times := n-1, 1
		if m[1] == "~" {
			nth, times = 0, n
		}
		for range times {
			if nth < 0 {
				break // ^0 is the commit itself
			}
			c, err := r.reader.Commit(h, People{})
			if err != nil {
				return ZeroHash, err
			}
			if nth >= len(c.Parents) {
				return ZeroHash, r.unknown("找不到版本 "+rev+"：历史没有这么长", "请检查“~”“^”后面的数")
			}
			h = c.Parents[nth]
		}
	}
	return h, nil
}

// beginning lists the objects whose ids begin with some lower-case digits, in
// order. Fewer than two digits are too few.
func (db *database) beginning(digits string) ([]Hash, error) {
	if _, err := db.loadPacks(); err != nil {
		return nil, err
	}
	db.mu.Lock()
	packs := db.packs
	db.mu.Unlock()
	var list []Hash
	for _, p := range packs {
		list = p.idx.beginning(list, digits)
	}
	for _, dir := range db.dirs {
		files, err := os.ReadDir(filepath.Join(dir, digits[:2]))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, f := range files {
			if id := digits[:2] + f.Name(); strings.HasPrefix(id, digits) && plumbing.IsHash(id) {
				list = append(list, plumbing.NewHash(id))
			}
		}
	}
	slices.SortFunc(list, func(a, b Hash) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(list), nil
}

// beginning adds the objects of a pack whose ids begin with some digits.
func (x *packIndex) beginning(list []Hash, digits string) []Hash {
	lowest, err := hex.DecodeString(digits + strings.Repeat("0", 40-len(digits)))
	if err != nil {
		return list
	}
	for i := x.search(Hash(lowest)); i < x.objects; i++ {
		h := Hash(x.name(i))
		if !strings.HasPrefix(h.String(), digits) {
			break
		}
		list = append(list, h)
	}
	return list
}
