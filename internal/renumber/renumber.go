// Package renumber gives an appeal that a branch has registered the next 编号 that
// nobody uses, in the work tree: its file, the key in it, and the lines of the
// branch that refer to it. What landed under the old 编号 comes back.
package renumber

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/history"
	"suqiu/internal/mainline"
	"suqiu/internal/misuse"
	"suqiu/internal/record"
	"suqiu/internal/timeline"
	"suqiu/internal/worktree"
)

// Options say which case, and how to read its repository.
type Options struct {
	File  string // as it was typed
	Dir   string // that a relative one is below
	Index string // of Git; empty: the repository's own
	Now   time.Time
	Walk  func(ref string, cfg *config.Config) mainline.Options // to walk what has landed
}

// Plan is what is to be written, by path in the repository.
type Plan struct {
	Old, New   string // paths of the case
	Restored   []byte // what landed under the old one, if the branch has it too; nil: the file goes
	References map[string][]byte
	Lines      int // of the references
	Number     history.Numbers

	top  string // folder of the work tree
	text []byte // of the case under its new number
}

// Look finds out what landed, which numbers are in use, and what refers to the old
// one.
func Look(ctx context.Context, o Options) (*Plan, error) {
	top, cfg, err := worktree.Find(o.Dir)
	if err != nil {
		return nil, err
	}
	file := o.File
	if !filepath.IsAbs(file) {
		file = filepath.Join(o.Dir, file)
	}
	r := &Plan{top: top, Old: worktree.Below(top, file)}
	id, ok := record.IDOf(r.Old)
	switch prefix := history.NumberPrefix(id); {
	case !ok:
		return nil, misuse.New("%s 不是 cases/ 下的事项文件", o.File)
	case prefix == "":
		return nil, misuse.New("文件名“%s”不是编号，应为 202607-NFZX-012.md 这样；请直接改名", filepath.Base(file))
	default:
		r.Number.Prefix = prefix
	}
	if r.text, err = os.ReadFile(file); err != nil {
		return nil, fmt.Errorf("读不了 %s：%w", o.File, err)
	}
	return r, r.look(ctx, o, cfg, id)
}

func (r *Plan) look(ctx context.Context, opts Options, cfg *config.Config, id string) error {
	repo, err := git.Open(r.top)
	if err != nil {
		return err
	}
	staged, err := repo.Stage(opts.Index, fmt.Sprintf("- <> %d +0800", opts.Now.Unix()))
	if err != nil {
		return err
	}
	base, err := repo.MainTip(cfg.MainBranch)
	if err != nil {
		return err
	}
	if base == "" {
		return errors.New("还没有主分支，编号不会与别人的相同，不必更换")
	}
	walk := opts.Walk(base, cfg)
	landed, err := history.Walk(ctx, repo, walk)
	if err != nil {
		return err
	}
	own := record.Parse(r.Old, r.text, cfg.Canon)
	switch {
	case bytes.Contains(r.text, []byte("\n<<<<<<< ")) || bytes.HasPrefix(r.text, []byte("<<<<<<< ")):
		return fmt.Errorf("%s 里有冲突标记：请先留下本分支的一件（合并时是 git checkout --ours -- %s，变基时是 --"+
			"theirs），再换编号", opts.File, opts.File)
	case own.Unreadable:
		return fmt.Errorf("%s 读不出来（%s）：请先改好", opts.File, firstProblem(own))
	}
	same := false
	err = landed.CasesByID(ctx, []string{id}, cfg.Canon, func(ch *timeline.CaseHistory) error {
		for _, l := range ch.Landings {
			same = same || l.After != nil && record.SameAppeal(l.After, own)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if same {
		return fmt.Errorf("%s 是已入库的一件，编号一经入库不再更改", opts.File)
	}
	walk.Ref, walk.Base, walk.Build = staged.Commit, base, ""
	branch, err := history.Walk(ctx, repo, walk)
	if err != nil {
		return err
	}
	if _, err := branch.AtFork(r.Old); err == nil {
		// The branch has taken main in: what landed there is to stay.
		if r.Restored, err = repo.ReadFile(base, r.Old); err != nil && !errors.Is(err, git.ErrNoFile) {
			return err
		}
	}
	if r.Number, err = branch.Numbers(r.Number.Prefix); err != nil {
		return err
	}
	if err := r.eachText(func(path string, _ []byte) error {
		if used, ok := record.IDOf(path); ok {
			r.Number.See(used)
		}
		return nil
	}); err != nil {
		return err
	}
	next := r.Number.Next(1)
	r.New = record.PathOf(next)
	r.text = renamed(r.text, id, next)
	if now := record.Parse(r.New, r.text, cfg.Canon); now.ID != next {
		return fmt.Errorf("%s 的“编号”一行认不出来，没有改：请先改为 编号: %s", opts.File, id)
	}
	return r.findReferences(repo, base, id, next)
}

func firstProblem(c *record.Case) string {
	if len(c.Problems) == 0 {
		return "没有要素区"
	}
	return c.Problems[0].Message
}

// eachText visits the files of cases and papers in the work tree, in order.
func (r *Plan) eachText(visit func(path string, text []byte) error) error {
	for _, folder := range worktree.Folders() {
		err := filepath.WalkDir(filepath.Join(r.top, filepath.FromSlash(folder)), func(name string, entry fs.DirEntry,
			err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return fmt.Errorf("读不了 %s：%w", folder, err)
			case !entry.Type().IsRegular() || !strings.EqualFold(filepath.Ext(name), ".md"):
				return nil
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return fmt.Errorf("读不了 %s：%w", worktree.Below(r.top, name), err)
			}
			return visit(worktree.Below(r.top, name), text)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// findReferences changes the number in the lines that the branch wrote: those
// that main has too mean the appeal that has the number.
func (r *Plan) findReferences(repo *git.Repo, base, old, new string) error {
	r.References = map[string][]byte{}
	return r.eachText(func(path string, text []byte) error {
		if path == r.Old || !bytes.Contains(text, []byte(old)) {
			return nil
		}
		landed, err := repo.ReadFile(base, path)
		if err != nil && !errors.Is(err, git.ErrNoFile) {
			return err
		}
		known := map[string]bool{}
		for line := range bytes.Lines(landed) {
			known[strings.TrimRight(string(line), "\r\n")] = true
		}
		var out []byte
		changed := 0
		for line := range bytes.Lines(text) {
			now := line
			if !known[strings.TrimRight(string(line), "\r\n")] {
				now = renamed(line, old, new)
			}
			if !bytes.Equal(now, line) {
				changed++
			}
			out = append(out, now...)
		}
		if changed > 0 {
			r.References[path] = out
			r.Lines += changed
		}
		return nil
	})
}

// renamed is a text with one number for another, where it stands by itself.
func renamed(text []byte, old, new string) []byte {
	whole := regexp.MustCompile(`(?i)(^|[^0-9A-Za-z-])` + regexp.QuoteMeta(old) + `($|[^0-9A-Za-z-])`)
	for range 2 { // two that share the sign between them
		text = whole.ReplaceAll(text, []byte("${1}"+new+"${2}"))
	}
	return text
}

// Write puts everything in its place, the new file first: whatever happens, the
// text of the case is there.
func (r *Plan) Write() error {
	to := func(path string) string { return filepath.Join(r.top, filepath.FromSlash(path)) }
	if err := os.MkdirAll(filepath.Dir(to(r.New)), 0o755); err != nil {
		return fmt.Errorf("写不了 %s：%w", r.New, err)
	}
	if err := os.WriteFile(to(r.New), r.text, 0o644); err != nil {
		return fmt.Errorf("写不了 %s：%w", r.New, err)
	}
	for path, text := range r.References {
		if err := worktree.Replace(to(path), text); err != nil {
			return fmt.Errorf("写不了 %s：%w", path, err)
		}
	}
	if r.Restored != nil {
		if err := worktree.Replace(to(r.Old), r.Restored); err != nil {
			return fmt.Errorf("写不了 %s：%w", r.Old, err)
		}
		return nil
	}
	if err := os.Remove(to(r.Old)); err != nil {
		return fmt.Errorf("删不掉 %s：%w", r.Old, err)
	}
	return nil
}
