package main

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

	"github.com/spf13/cobra"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/history"
	"suqiu/internal/record"
	"suqiu/internal/worktree"
)

type renumberOptions struct {
	*invocation
	file   string
	dryRun bool
}

func newRenumberCmd(inv *invocation) *cobra.Command {
	opts := renumberOptions{invocation: inv}
	cmd := &cobra.Command{
		Use:   "renumber 文件",
		Short: "给本分支登记的一件换用没有用过的编号",
		Long: `给工作区里本分支新登记的一件换一个编号：同一月份、单位的下一个，主分支的全部历史和本仓库知道的各个分支都没有用过；
文件改名，“编号”和本分支中引用它的地方一并改。原来的编号已属于另一件的，那一件恢复原样。
已入库的一件，编号不再更改。只改工作区，不提交；先 git fetch，才看得到别人刚推送的分支。`,
		Example: "  suqiu renumber cases/2026/07/202607-NFZX-003.md",
		Args:    exactly(1, "要换编号的文件，如 cases/2026/07/202607-NFZX-003.md"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.file = args[0]
			return runRenumber(cmd.Context(), opts)
		},
	}
	cmd.Flags().BoolVar(&opts.dryRun, "dry-run", false, "只说明会怎么改，不写文件")
	formats(cmd, inv, formatText)
	return cmd
}

// renumbering is what is to be written, by path in the repository.
type renumbering struct {
	top, old, new string // folder of the work tree; paths of the case
	text          []byte // of the case under its new number
	restored      []byte // what landed under the old one, if the branch has it too; nil: the file goes
	references    map[string][]byte
	lines         int // of the references
	number        history.Numbers
}

func runRenumber(ctx context.Context, opts renumberOptions) error {
	top, cfg, err := worktree.Find(opts.dir)
	if err != nil {
		return err
	}
	file := opts.file
	if !filepath.IsAbs(file) {
		file = filepath.Join(opts.dir, file)
	}
	r := renumbering{top: top, old: worktree.Below(top, file)}
	id, ok := record.IDOf(r.old)
	switch prefix := history.NumberPrefix(id); {
	case !ok:
		return misuse("%s 不是 cases/ 下的事项文件", opts.file)
	case prefix == "":
		return misuse("文件名“%s”不是编号，应为 202607-NFZX-012.md 这样；请直接改名", filepath.Base(file))
	default:
		r.number.Prefix = prefix
	}
	if r.text, err = os.ReadFile(file); err != nil {
		return fmt.Errorf("读不了 %s：%w", opts.file, err)
	}
	if err := r.look(ctx, opts, cfg, id); err != nil {
		return err
	}
	if err := r.write(opts.dryRun); err != nil {
		return err
	}
	newID, _ := record.IDOf(r.new)
	fmt.Fprintf(opts.Stdout, "%s → %s\n", r.old, r.new)
	opts.note("%s 改为 %s：查过主分支的全部历史和 %d 个分支，没有用过", id, newID, r.number.Branches)
	if r.restored != nil {
		opts.note("%s 恢复为已入库的那一件", r.old)
	}
	if r.lines > 0 {
		opts.note("引用改了 %d 行，在 %d 个文件中", r.lines, len(r.references))
	}
	if opts.dryRun {
		opts.note("--dry-run：什么都没有写")
	} else {
		opts.note("请核对后提交：git add -A，再 git commit")
	}
	return nil
}

// look finds out what landed, which numbers are in use, and what refers to the
// old one.
func (r *renumbering) look(ctx context.Context, opts renumberOptions, cfg *config.Config, id string) error {
	repo, err := git.Open(r.top)
	if err != nil {
		return err
	}
	staged, err := repo.Stage(opts.Index, fmt.Sprintf("- <> %d +0800", opts.landing().Unix()))
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
	walk := opts.walk(base, cfg)
	landed, err := history.Walk(ctx, repo, walk)
	if err != nil {
		return err
	}
	own := record.Parse(r.old, r.text, cfg.Canon)
	switch {
	case bytes.Contains(r.text, []byte("\n<<<<<<< ")) || bytes.HasPrefix(r.text, []byte("<<<<<<< ")):
		return fmt.Errorf("%s 里有冲突标记：请先留下本分支的一件（合并时是 git checkout --ours -- %s，变基时是 --theirs），再换编号", opts.file, opts.file)
	case own.Unreadable:
		return fmt.Errorf("%s 读不出来（%s）：请先改好", opts.file, firstProblem(own))
	}
	same := false
	err = landed.CasesByID(ctx, []string{id}, cfg.Canon, func(ch *history.CaseHistory) error {
		for _, l := range ch.Landings {
			same = same || l.After != nil && record.SameAppeal(l.After, own)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if same {
		return fmt.Errorf("%s 是已入库的一件，编号一经入库不再更改", opts.file)
	}
	walk.Ref, walk.Base, walk.Build = staged.Commit, base, ""
	branch, err := history.Walk(ctx, repo, walk)
	if err != nil {
		return err
	}
	if _, err := branch.AtFork(r.old); err == nil {
		// The branch has taken main in: what landed there is to stay.
		if r.restored, err = repo.ReadFile(base, r.old); err != nil && !errors.Is(err, git.ErrNoFile) {
			return err
		}
	}
	if r.number, err = branch.Numbers(r.number.Prefix); err != nil {
		return err
	}
	if err := r.eachText(func(path string, _ []byte) error {
		if used, ok := record.IDOf(path); ok {
			r.number.See(used)
		}
		return nil
	}); err != nil {
		return err
	}
	next := r.number.Next(1)
	r.new = record.PathOf(next)
	r.text = renamed(r.text, id, next)
	if now := record.Parse(r.new, r.text, cfg.Canon); now.ID != next {
		return fmt.Errorf("%s 的“编号”一行认不出来，没有改：请先改为 编号: %s", opts.file, id)
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
func (r *renumbering) eachText(visit func(path string, text []byte) error) error {
	for _, folder := range worktree.Folders() {
		err := filepath.WalkDir(filepath.Join(r.top, filepath.FromSlash(folder)), func(name string, entry fs.DirEntry, err error) error {
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
func (r *renumbering) findReferences(repo *git.Repo, base, old, new string) error {
	r.references = map[string][]byte{}
	return r.eachText(func(path string, text []byte) error {
		if path == r.old || !bytes.Contains(text, []byte(old)) {
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
			r.references[path] = out
			r.lines += changed
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

// write puts everything in its place, the new file first: whatever happens, the
// text of the case is there.
func (r *renumbering) write(dryRun bool) error {
	if dryRun {
		return nil
	}
	to := func(path string) string { return filepath.Join(r.top, filepath.FromSlash(path)) }
	if err := os.MkdirAll(filepath.Dir(to(r.new)), 0o755); err != nil {
		return fmt.Errorf("写不了 %s：%w", r.new, err)
	}
	if err := os.WriteFile(to(r.new), r.text, 0o644); err != nil {
		return fmt.Errorf("写不了 %s：%w", r.new, err)
	}
	for path, text := range r.references {
		if err := worktree.Replace(to(path), text); err != nil {
			return fmt.Errorf("写不了 %s：%w", path, err)
		}
	}
	if r.restored != nil {
		if err := worktree.Replace(to(r.old), r.restored); err != nil {
			return fmt.Errorf("写不了 %s：%w", r.old, err)
		}
		return nil
	}
	if err := os.Remove(to(r.old)); err != nil {
		return fmt.Errorf("删不掉 %s：%w", r.old, err)
	}
	return nil
}
