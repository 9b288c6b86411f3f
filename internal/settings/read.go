package settings

import (
	"errors"

	"suqiu/internal/config"
	"suqiu/internal/git"
)

// ErrNotCases means that the repository has no suqiu.yaml.
var ErrNotCases = errors.New("这个 Git 仓库里没有 suqiu.yaml，不是诉求办理仓库；请用 -C 指定仓库目录")

// ConfigOf is suqiu.yaml of a revision as it stands there, and what it says: its
// Unreadable is set where it cannot be read. The error is ErrNotCases if there is
// none.
func ConfigOf(repo *git.Repo, rev string) ([]byte, *config.Config, error) {
	src, err := repo.ReadFile(rev, config.Path)
	var other *git.NotAFile
	switch {
	case errors.As(err, &other):
		return nil, config.NotAFile(config.Path, "它是"+other.What), nil
	case errors.Is(err, git.ErrNoFile):
		return nil, nil, notHere(repo, rev)
	case err != nil:
		return nil, nil, err
	}
	return src, config.Parse(config.Path, src), nil
}

// notHere is ErrNotCases, with the folder where suqiu.yaml stands instead if it is
// one folder down.
func notHere(repo *git.Repo, rev string) error {
	folders, err := repo.FoldersWith(rev, config.Path)
	if err != nil || len(folders) == 0 {
		return ErrNotCases // what the repository has instead is no more than a hint
	}
	return &nested{folders[0]}
}

// nested is ErrNotCases of a repository that holds its cases one folder down.
type nested struct{ folder string }

func (m *nested) Error() string {
	return "这个 Git 仓库的最上层没有 suqiu.yaml，它在子目录 " + m.folder +
		" 中；suqiu.yaml、cases/ 等要放在仓库的最上层：请把 " + m.folder +
		" 里的文件移到最上层后提交，或用 suqiu init 在别处另建一个仓库，把这些文件复制过去"
}

// Is makes it ErrNotCases to whoever asks.
func (m *nested) Is(err error) bool { return err == ErrNotCases }
