// Package submit puts changed files on a branch of their own, beside the work
// tree, and asks the forge for a merge request. The commit is made of objects: what
// somebody has not committed is never touched. Nothing of it is in the repository
// before Keep, and nothing stays of what failed.
package submit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Proposal is a commit to be made.
type Proposal struct {
	Dir     string   // in the repository
	Environ []string // of git; nil: this program's
	Base    string   // the commit that it goes on from
	Files   map[string]string
	Branch  string // on which it is kept
	Subject string
	Body    string
}

// Prepared is a commit whose objects wait in a folder of their own.
type Prepared struct {
	Proposal
	Commit  string
	Objects string // that folder

	own string // the folder of the repository's objects
}

// Author is name and address of whoever commits, as git is told who that is.
func Author(ctx context.Context, dir string, environ []string) (name, email string, err error) {
	p := &Prepared{Proposal: Proposal{Dir: dir, Environ: environ}}
	ident, err := p.git(ctx, nil, "", "var", "GIT_AUTHOR_IDENT")
	if err != nil {
		return "", "", errors.New("不知道您是谁：请先运行 git config user.name 和 git config user.email，写本单位邮箱")
	}
	name, rest, _ := strings.Cut(ident, " <")
	email, _, _ = strings.Cut(rest, ">")
	return name, email, nil
}

// Prepare makes the commit. Close takes it away.
func Prepare(ctx context.Context, proposal Proposal) (*Prepared, error) {
	p := &Prepared{Proposal: proposal}
	own, err := p.git(ctx, nil, "", "rev-parse", "--path-format=absolute", "--git-path", "objects")
	if err != nil {
		return nil, err
	}
	p.own = own
	// A folder of this name is what git gc takes away, should this program die.
	if p.Objects, err = os.MkdirTemp(own, "tmp_objdir-suqiu-"); err != nil {
		return nil, fmt.Errorf("写不了 Git 仓库：%w", err)
	}
	if err = p.build(ctx); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// Close takes away what was not kept.
func (p *Prepared) Close() { os.RemoveAll(p.Objects) }

func (p *Prepared) build(ctx context.Context) error {
	apart := []string{"GIT_INDEX_FILE=" + filepath.Join(p.Objects, "index"), "GIT_OBJECT_DIRECTORY=" + p.Objects,
		"GIT_ALTERNATE_OBJECT_DIRECTORIES=" + listed(p.own)}
	if _, err := p.git(ctx, apart, "", "read-tree", p.Base); err != nil {
		return err
	}
	for _, path := range slices.Sorted(maps.Keys(p.Files)) {
		blob, err := p.git(ctx, apart, p.Files[path], "hash-object", "-w", "--stdin")
		if err == nil {
			_, err = p.git(ctx, apart, "", "update-index", "--add", "--cacheinfo", "100644,"+blob+","+path)
		}
		if err != nil {
			return err
		}
	}
	tree, err := p.git(ctx, apart, "", "write-tree")
	if err != nil {
		return err
	}
	args := []string{"commit-tree", tree, "-p", p.Base}
	if signs, _ := p.git(ctx, nil, "", "config", "--type=bool", "commit.gpgsign"); signs == "true" {
		args = append(args, "-S")
	}
	message := p.Subject + "\n"
	if p.Body != "" {
		message += "\n" + p.Body + "\n"
	}
	p.Commit, err = p.git(ctx, apart, message, args...)
	return err
}

// listed is a folder as git lists it among others.
func listed(dir string) string {
	if strings.ContainsAny(dir, `"`+string(os.PathListSeparator)) {
		return strconv.Quote(dir)
	}
	return dir
}

// Diff is what the commit changes, as git diff has it.
func (p *Prepared) Diff(ctx context.Context) (string, error) {
	apart := []string{"GIT_OBJECT_DIRECTORY=" + p.Objects, "GIT_ALTERNATE_OBJECT_DIRECTORIES=" + listed(p.own)}
	return p.git(ctx, apart, "", "-c", "core.quotePath=false", "diff", "--no-ext-diff", "--color=never", p.Base,
		p.Commit)
}

// Keep takes the commit into the repository, as its Branch or, where there is one
// of that name here or at origin, with a number behind it: Branch is then that.
func (p *Prepared) Keep(ctx context.Context) error {
	for wanted, n := p.Branch, 2; p.taken(ctx, p.Branch); n++ {
		p.Branch = wanted + "-" + strconv.Itoa(n)
	}
	if err := p.moveObjects(); err != nil {
		return fmt.Errorf("写不了 Git 仓库：%w", err)
	}
	_, err := p.git(ctx, nil, "", "update-ref", "-m", "suqiu", "refs/heads/"+p.Branch, p.Commit, "")
	return err
}

func (p *Prepared) taken(ctx context.Context, name string) bool {
	for _, ref := range []string{"refs/heads/", "refs/remotes/origin/"} {
		if _, err := p.git(ctx, nil, "", "rev-parse", "--verify", "--quiet", ref+name); err == nil {
			return true
		}
	}
	return false
}

// moveObjects moves the objects into the repository, where nothing names them yet.
func (p *Prepared) moveObjects() error {
	return filepath.WalkDir(p.Objects, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || len(filepath.Base(filepath.Dir(name))) != 2 {
			return err
		}
		to := filepath.Join(p.own, filepath.Base(filepath.Dir(name)), filepath.Base(name))
		if _, err := os.Stat(to); err == nil {
			return nil
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		return os.Rename(name, to)
	})
}

// Request says how the forge is to be asked for a merge request.
type Request struct {
	Target string
	Auto   bool // it merges by itself when the pipeline is green
	Log    io.Writer
}

// Push pushes the branch and asks for a merge request, by the options that GitLab
// takes with a push. If that fails the branch is gone again.
func (p *Prepared) Push(ctx context.Context, r Request) error {
	options := []string{"merge_request.create", "merge_request.target=" + r.Target, "merge_request.title=" + p.Subject,
		"merge_request.remove_source_branch"}
	if p.Body != "" {
		options = append(options, "merge_request.description="+strings.ReplaceAll(p.Body, "\n", "；"))
	}
	if r.Auto {
		// GitLab before 17.11 knows the second one alone.
		options = append(options, "merge_request.auto_merge", "merge_request.merge_when_pipeline_succeeds")
	}
	args := []string{"push", "--quiet"}
	for _, o := range options {
		args = append(args, "-o", o)
	}
	ref := "refs/heads/" + p.Branch
	cmd := p.command(ctx, nil, append(args, "origin", ref+":"+ref)...)
	cmd.Stderr = r.Log
	if err := cmd.Run(); err != nil {
		p.drop(ref)
		return errors.New("没有推送成功（见上面 git 的说明），分支已撤去，仓库和原来一样")
	}
	return nil
}

// drop takes the branch away again, also when the program was told to stop.
func (p *Prepared) drop(ref string) {
	_, _ = p.git(context.Background(), nil, "", "update-ref", "-d", ref, p.Commit)
}

// git runs git and gives what it prints.
func (p *Prepared) git(ctx context.Context, more []string, in string, args ...string) (string, error) {
	cmd := p.command(ctx, more, args...)
	cmd.Stdin = strings.NewReader(in)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", fmt.Errorf("git %s：%w：%s", args[0], err, strings.TrimSpace(complaint.String()))
	}
	return strings.TrimRight(string(out), "\n"), nil
}

func (p *Prepared) command(ctx context.Context, more []string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = p.Dir
	cmd.Env = p.Environ
	cmd.Env = append(cmd.Environ(), more...)
	return cmd
}
