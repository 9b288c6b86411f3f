package forgetest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// prepare makes the scratch repository: commits are made beside the real one, whose
// objects it sees, and pushed to it, so that its hook judges what it does not have.
func (f *Server) prepare() error {
	if _, err := f.git(nil, "", "init", "-q", "--bare", "--template="); err != nil {
		return err
	}
	if _, err := f.git(nil, "", "config", "uploadpack.allowAnySHA1InWant", "true"); err != nil {
		return err
	}
	info := filepath.Join(f.scratch, "objects", "info")
	if err := os.MkdirAll(info, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(info, "alternates"), []byte(filepath.Join(f.Dir, "objects")+"\n"), 0o644)
}

// git runs git in the scratch repository. What it prints loses its last line break,
// unless it is a file.
func (f *Server) git(env []string, in string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = f.scratch
	cmd.Env = append(append(append([]string{}, f.Environ...), "GIT_DIR="+f.scratch), env...)
	cmd.Stdin = strings.NewReader(in)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("git %s: %w\n%s", args[0], err, complaint.String())
	}
	if args[0] == "cat-file" {
		return string(out), err
	}
	return strings.TrimSuffix(string(out), "\n"), err
}

// tip is the commit of a branch of the real repository, or what a hash names.
func (f *Server) tip(ref string) string {
	cmd := exec.Command("git", "-C", f.Dir, "rev-parse", "--verify", "--quiet", "--end-of-options")
	cmd.Env = f.Environ
	for _, name := range []string{"refs/heads/" + ref, ref} {
		one := *cmd
		one.Args = append(append([]string{}, cmd.Args...), name+"^{commit}")
		if out, err := one.Output(); err == nil {
			return strings.TrimSpace(string(out))
		}
	}
	return ""
}

// push brings a commit to a branch as a user does on GitLab's pages or by its API.
func (f *Server) push(u *User, commit, branch string) *reply {
	env := []string{"GL_ID=user-" + u.Username, "GL_USERNAME=" + u.Username, "GL_PROTOCOL=web"}
	_, err := f.git(env, "", "push", "-q", f.Dir, commit+":refs/heads/"+branch)
	if err == nil {
		return nil
	}
	a := refuse(http.StatusBadRequest, hookWords(err.Error()))
	return &a
}

var hookLine = regexp.MustCompile(`(?m)^remote: (?:GL-HOOK-ERR|GitLab): *(.*?)\s*$`)

// hookWords are the lines of a hook that GitLab shows, and no others.
func hookWords(said string) string {
	var lines []string
	for _, m := range hookLine.FindAllStringSubmatch(said, -1) {
		lines = append(lines, m[1])
	}
	if lines == nil {
		return "pre-receive hook declined"
	}
	return strings.Join(lines, "<br>")
}

func (f *Server) branches(c *call) reply {
	cmd := exec.Command("git", "-C", f.Dir, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads")
	cmd.Env = f.Environ
	out, err := cmd.Output()
	if err != nil {
		return refuse(http.StatusInternalServerError, "500 Internal Server Error")
	}
	list := []any{}
	if page := c.text("page"); page == "" || page == "1" {
		for name := range strings.FieldsSeq(string(out)) {
			list = append(list, f.branchEntry(name))
		}
	}
	return reply{http.StatusOK, list}
}

func (f *Server) branchEntry(name string) map[string]any {
	commit := f.tip(name)
	_, outside := f.git(nil, "", "merge-base", "--is-ancestor", commit, f.tip(f.Main))
	date, _ := f.git(nil, "", "log", "-1", "--format=%cI", commit)
	return map[string]any{"name": name, "merged": outside == nil && name != f.Main, "protected": name == f.Main,
		"commit": map[string]any{"id": commit, "committed_date": date}}
}

func (f *Server) branch(c *call) reply {
	name := c.PathValue("name")
	if f.tip(name) == "" {
		return refuse(http.StatusNotFound, "404 Branch Not Found")
	}
	return reply{http.StatusOK, f.branchEntry(name)}
}

func (f *Server) file(c *call) reply {
	path, commit := c.PathValue("path"), f.tip(c.text("ref"))
	if commit == "" {
		return refuse(http.StatusNotFound, "404 Commit Not Found")
	}
	blob, err := f.git(nil, "", "rev-parse", "--verify", "-q", commit+":"+path)
	if err != nil {
		return refuse(http.StatusNotFound, "404 File Not Found")
	}
	text, err := f.git(nil, "", "cat-file", "blob", blob)
	if err != nil {
		return refuse(http.StatusNotFound, "404 File Not Found")
	}
	return reply{http.StatusOK, map[string]any{"file_path": path, "encoding": "base64", "ref": c.text("ref"),
		"content": base64.StdEncoding.EncodeToString([]byte(text)), "blob_id": blob, "commit_id": commit,
		"last_commit_id": f.lastCommit(commit, path)}}
}

func (f *Server) lastCommit(commit, path string) string {
	last, _ := f.git(nil, "", "log", "-1", "--format=%H", commit, "--", path)
	return last
}

func (f *Server) tree(c *call) reply {
	out, err := f.git(nil, "", "ls-tree", "-z", "--name-only", f.tip(c.text("ref")), c.text("path")+"/")
	if err != nil || out == "" {
		return refuse(http.StatusNotFound, "404 Tree Not Found")
	}
	list := []any{}
	if page := c.text("page"); page == "" || page == "1" {
		for name := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
			list = append(list, map[string]any{"path": name, "name": filepath.Base(name), "type": "blob"})
		}
	}
	return reply{http.StatusOK, list}
}

func (f *Server) compare(c *call) reply {
	from, to := f.tip(c.text("from")), f.tip(c.text("to"))
	out, err := f.git(nil, "", "diff", "-z", "--name-only", from+"..."+to)
	if err != nil {
		return refuse(http.StatusNotFound, "404 Ref Not Found")
	}
	diffs := []any{}
	for name := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
		diffs = append(diffs, map[string]any{"new_path": name, "old_path": name})
	}
	return reply{http.StatusOK, map[string]any{"diffs": diffs}}
}

// action is one file of a commit.
type action struct {
	Action       string `json:"action"`
	FilePath     string `json:"file_path"`
	Content      string `json:"content"`
	LastCommitID string `json:"last_commit_id"`
}

// What GitLab's services say when they refuse a commit.
const (
	notAllowed    = "You are not allowed to push into this branch"
	notOnBranch   = "You can only create or edit files when you are on a branch"
	branchExists  = "A branch called '%s' already exists. Switch to that branch in order to make changes"
	fileChanged   = "The file has changed since you started editing it: %s"
	fileExists    = "A file with this name already exists"
	fileNotExists = "A file with this name doesn't exist"
)

// inChinese is what users read who have GitLab in Chinese.
var inChinese = map[string]string{
	notAllowed: "您没有权限推送到此分支", notOnBranch: "您只能在分支上创建或编辑文件",
	branchExists: "名为“%s”的分支已存在",
	fileChanged:  "自您开始编辑以来，该文件已更改：%s", fileExists: "同名文件已存在",
	fileNotExists: "没有同名文件",
}

func (c *call) says(message string, args ...any) string {
	if c.by.Locale == "zh_CN" {
		message = inChinese[message]
	}
	return fmt.Sprintf(message, args...)
}

// commit is POST …/repository/commits: what Commits::CreateService refuses, in its
// order, then what Files::MultiService does.
func (f *Server) commit(c *call) reply {
	if c.by.Level < Developer {
		return refuse(http.StatusForbidden, "403 Forbidden")
	}
	branch, start := c.text("branch"), c.text("start_branch")
	if start == "" {
		start = branch
	}
	bad := func(message string, args ...any) reply {
		return refuse(http.StatusBadRequest, c.says(message, args...))
	}
	base := f.tip(start)
	_, unfit := f.git(nil, "", "check-ref-format", "refs/heads/"+branch)
	switch {
	case branch == f.Main && c.by.Level < Maintainer:
		return bad(notAllowed)
	case base == "":
		return bad(notOnBranch)
	case start != branch && f.tip(branch) != "":
		return bad(branchExists, branch)
	case unfit != nil:
		return refuse(http.StatusBadRequest, "Something went wrong when we tried to create '"+branch+
			"' for you: Branch name is invalid")
	}
	var actions []action
	if err := json.Unmarshal(c.fields["actions"], &actions); err != nil || actions == nil {
		return reply{http.StatusBadRequest, map[string]string{"error": "actions is missing"}}
	}
	for _, a := range actions {
		if last := f.lastCommit(base, a.FilePath); a.LastCommitID != "" && last != "" && last != a.LastCommitID {
			return bad(fileChanged, a.FilePath)
		}
	}
	commit, err := f.build(c, base, actions)
	if err != nil {
		return bad(err.Error())
	}
	if a := f.push(c.by, commit, branch); a != nil {
		return *a
	}
	return reply{http.StatusCreated, map[string]any{"id": commit, "short_id": commit[:8],
		"title": strings.SplitN(c.text("commit_message"), "\n", 2)[0]}}
}

// refusal is why GitLab makes no commit, in its own words.
type refusal string

func (r refusal) Error() string { return string(r) }

// build makes the commit: its author is whoever the request says, its committer
// the user of the token.
func (f *Server) build(c *call, base string, actions []action) (string, error) {
	index := []string{"GIT_INDEX_FILE=" + filepath.Join(f.scratch, "index")}
	if _, err := f.git(index, "", "read-tree", base); err != nil {
		return "", err
	}
	for _, a := range actions {
		_, missing := f.git(nil, "", "rev-parse", "--verify", "-q", base+":"+a.FilePath)
		args, in := []string{"update-index", "--index-info"}, "0 "+strings.Repeat("0", 40)+"\t"+a.FilePath+"\n"
		switch {
		case a.Action == "create" && missing == nil:
			return "", refusal(fileExists)
		case a.Action != "create" && missing != nil:
			return "", refusal(fileNotExists)
		case a.Action != "delete":
			blob, err := f.git(nil, a.Content, "hash-object", "-w", "--stdin")
			if err != nil {
				return "", err
			}
			args = []string{"update-index", "--add", "--cacheinfo", "100644," + blob + "," + a.FilePath}
		}
		if _, err := f.git(index, in, args...); err != nil {
			return "", err
		}
	}
	tree, err := f.git(index, "", "write-tree")
	if err != nil {
		return "", err
	}
	author := *c.by
	if email := c.text("author_email"); email != "" {
		author.Email = email
	}
	if name := c.text("author_name"); name != "" {
		author.Name = name
	}
	return f.git(f.identity(&author, c.by), c.text("commit_message"), "commit-tree", tree, "-p", base)
}

func (f *Server) identity(author, committer *User) []string {
	at := f.Now().Format(time.RFC3339)
	return []string{"GIT_AUTHOR_NAME=" + author.Name, "GIT_AUTHOR_EMAIL=" + author.Email, "GIT_AUTHOR_DATE=" + at,
		"GIT_COMMITTER_NAME=" + committer.Name, "GIT_COMMITTER_EMAIL=" + committer.Email, "GIT_COMMITTER_DATE=" + at}
}

// Commit makes a commit of a user's upon a branch, which no branch has yet.
func (f *Server) Commit(t testing.TB, username, branch string, files map[string]string) string {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	base := f.tip(branch)
	var actions []action
	for path, text := range files {
		a := action{Action: "create", FilePath: path, Content: text}
		if _, missing := f.git(nil, "", "rev-parse", "--verify", "-q", base+":"+path); missing == nil {
			a.Action = "update"
		}
		actions = append(actions, a)
	}
	c := &call{Request: &http.Request{URL: &url.URL{}}, by: f.find(username),
		fields: map[string]json.RawMessage{"commit_message": json.RawMessage(`"改"`)}}
	commit, err := f.build(c, base, actions)
	if err == nil {
		_, err = f.git([]string{"GIT_DIR=" + f.Dir}, "", "fetch", "-q", "--no-write-fetch-head", f.scratch, commit)
	}
	if err != nil {
		t.Fatal(err)
	}
	return commit
}
