package scaffold

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Place is what Git knows of a folder before a repository is written there.
type Place struct {
	Git    bool   // the git command is there
	Inside bool   // the folder is the top of a repository already
	Unborn bool   // without a commit yet
	Branch string // of the commits to come
}

// defaultBranch is 主分支 where nobody chose another.
const defaultBranch = "main"

// Look finds out about dir, which need not exist. A folder within another
// repository is refused: suqiu.yaml stands at a repository's top.
func Look(ctx context.Context, environ []string, dir string) (Place, error) {
	p := Place{Unborn: true, Branch: defaultBranch}
	if _, err := exec.LookPath("git"); err != nil {
		return p, nil
	}
	p.Git = true
	at := dir
	for {
		if _, err := os.Stat(at); err == nil || at == filepath.Dir(at) {
			break
		}
		at = filepath.Dir(at)
	}
	prefix, err := git(ctx, environ, at, "rev-parse", "--show-prefix")
	if err != nil {
		return p, nil // in no repository
	}
	if prefix != "" || at != dir {
		return p, &Error{dir + " 在另一个 Git 仓库里面", "请换一个目录，或者在那个仓库的最上层运行", nil}
	}
	p.Inside = true
	if _, err := git(ctx, environ, dir, "rev-parse", "-q", "--verify", "HEAD"); err == nil {
		p.Unborn = false
		return p, nil
	}
	if branch, err := git(ctx, environ, dir, "symbolic-ref", "--short", "HEAD"); err == nil && branch != "" {
		p.Branch = branch
	}
	return p, nil
}

// errNoIdentity means that Git has not been told who commits.
var errNoIdentity = errors.New("没有提交人的姓名和邮箱")

// commit makes dir a repository if it is none, and the files its first commit,
// by whom the user's own Git configuration names. It returns errNoIdentity if
// that names nobody.
func commit(ctx context.Context, environ []string, dir string, p Place, files []File) error {
	if !p.Inside {
		if _, err := git(ctx, environ, dir, "init", "-q"); err != nil {
			return err
		}
		if _, err := git(ctx, environ, dir, "symbolic-ref", "HEAD", "refs/heads/"+p.Branch); err != nil {
			return err
		}
	}
	if _, err := git(ctx, environ, dir, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"); err != nil {
		return errNoIdentity
	}
	args := []string{"add", "--force", "--"} // whatever the user's own ignore list says
	for _, f := range files {
		args = append(args, f.Path)
	}
	if _, err := git(ctx, environ, dir, args...); err != nil {
		return err
	}
	_, err := git(ctx, environ, dir, "commit", "-q", "-m", "建立税费服务诉求和舆情分析办理库")
	return err
}

// git runs one command. Where an environment is given it has that and no other.
func git(ctx context.Context, environ []string, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir, cmd.Env = dir, environ
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(complaint.String()))
	}
	return strings.TrimSpace(string(out)), nil
}
