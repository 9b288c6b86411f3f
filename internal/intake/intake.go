// Package intake stands between a ledger and the work tree that takes it in: what is
// there already, which 编号 are in use, and the new files, written all or none.
package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/history"
	"suqiu/internal/ledger"
	"suqiu/internal/mainline"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/worktree"
)

// Source is a case repository that takes a ledger in.
type Source struct {
	Dir    string // somewhere in the repository
	Top    string // folder of its work tree
	Config *config.Config
	Load   func(context.Context) (*register.Register, error) // the repository
	Walk   mainline.Options                                  // to walk it
}

// Read reads a ledger from the file of a name, or for "-" from a stream.
func Read(ctx context.Context, name string, stream io.Reader) (data []byte, err error) {
	if name == "-" {
		data, err = worktree.ReadStream(ctx, stream)
	} else {
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			return nil, fmt.Errorf("%s 是文件夹，请写台账文件的名字", name)
		}
		data, err = worktree.ReadNamed(ctx, name)
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("没有文件 %s", name)
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("没有读取 %s 的权限；文件在 Excel 或 WPS 中打开着的，请先关闭", name)
	case err != nil:
		return nil, fmt.Errorf("读不了 %s：%w", name, err)
	}
	return data, nil
}

// AtHand are the cases in the work tree and those that landed, and the 编号
// that a new case may not take: theirs, and those of deleted ones.
func (s *Source) AtHand(ctx context.Context) (known ledger.Known, err error) {
	d, err := s.Load(ctx)
	var unready *git.Error
	switch {
	case errors.As(err, &unready): // no commit yet, or no history at hand: the files are what is known
	case err != nil:
		return known, err
	default:
		if known.Highest, err = s.numbersInUse(ctx); err != nil {
			return known, err
		}
		for _, c := range d.Cases {
			known.Numbers = append(known.Numbers, c.ID)
			if !c.Deleted && c.Case != nil {
				known.Cases = append(known.Cases, c.Case)
			}
		}
	}
	landed := map[string]bool{}
	for _, c := range known.Cases {
		landed[c.ID] = true
	}
	err = filepath.WalkDir(filepath.Join(s.Top, worktree.CasesFolder), func(name string, entry fs.DirEntry,
		err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case entry.IsDir() && strings.HasPrefix(entry.Name(), "."): // what is being published
			return fs.SkipDir
		case !strings.HasSuffix(name, ".md"):
			return nil
		}
		id := strings.TrimSuffix(filepath.Base(name), ".md")
		known.Numbers = append(known.Numbers, id)
		if !landed[id] && entry.Type().IsRegular() {
			src, err := worktree.ReadFile(name)
			if err != nil {
				return err
			}
			known.Cases = append(known.Cases, record.Parse(record.PathOf(id), src, s.Config.Canon))
		}
		return nil
	})
	if err != nil {
		return known, fmt.Errorf("读不了 %s：%w", worktree.CasesFolder, err)
	}
	return known, nil
}

// numbersInUse asks the branches of the repository for the highest sequence
// number behind what a 编号 begins with.
func (s *Source) numbersInUse(ctx context.Context) (func(prefix string) (int, error), error) {
	repo, err := git.Open(s.Dir)
	if err != nil {
		return nil, err
	}
	landed, err := history.Walk(ctx, repo, s.Walk)
	if err != nil {
		return nil, err
	}
	return func(prefix string) (int, error) {
		found, err := landed.Numbers(prefix)
		return found.Highest, err
	}, nil
}

// Write writes new files, all or none.
func (s *Source) Write(ctx context.Context, cases []*record.Case, progress func(done, total int)) error {
	files := make(map[string][]byte, len(cases))
	for _, c := range cases {
		files[c.Path] = record.Print(c)
	}
	switch err := worktree.ScratchFor(filepath.Join(s.Top, config.Path)).Add(ctx, s.Top, files, progress); {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("写不了新的事项文件，什么都没有写：没有 %s 的写权限", worktree.CasesFolder)
	case err != nil:
		return fmt.Errorf("写不了新的事项文件，什么都没有写：%w", err)
	}
	return nil
}
