// Package gittest builds dated, authored, branched repositories from a txtar
// script, for tests. It runs the git command with a clean environment, so the
// same script always gives the same hashes.
//
// A script is the comment of a txtar archive; the files of the archive are
// contents that `write` puts into the work tree. One command a line; `#`
// begins a comment; a word with spaces stands in 'single quotes'; \n in a
// message or text is a line break. The work tree begins empty on branch main.
//
//	at 2026-07-15 09:00           clock of author and committer (Asia/Shanghai);
//	                              also 2026-07-15 (09:00), RFC 3339, +2d, +3h, +10m
//	committed 2026-07-16 10:00    clock of the committer alone, until the next `at`
//	by 信息中心 <a@xxzx.example>   author and committer; `by a@xxzx.example` will do
//	committer GitLab <g@x>        committer alone, until the next `by`
//
//	write PATH [FILE]             content of the archive's FILE (default: PATH)
//	text PATH WORDS…              content is the words and a line break
//	bytes PATH HEX                content from hexadecimal digits
//	new PATH [KEY=VALUE…]         a whole case file in canonical form, 已登记, then `set`
//	set PATH KEY=VALUE…           edits lines of a case file's front matter; KEY may be a
//	                              path: 会议议定期限.日期, 协办反馈.征收管理科.结果; in a list
//	                              of records the last one is meant: 反馈.审核=通过, or the
//	                              n-th from 0: 反馈[0].审核=通过; an absent key is added
//	record PATH KEY FIELD=VALUE…  adds one record to the list KEY: record PATH 反馈 结果=已解决
//	unset PATH KEY…               removes a key with all that stands below it; 反馈[0] a record
//	section PATH HEADING WORDS…   text of `## HEADING` becomes the words
//	append PATH WORDS…            adds a line at the end of the file
//	replace PATH OLD NEW          replaces a string everywhere in a file
//	rm PATH…, mv OLD NEW, cp OLD NEW, symlink TARGET PATH, submodule PATH, chmod +x PATH
//
//	commit MESSAGE…               everything in the work tree, even if nothing changed
//	amend [MESSAGE…]              the same over the last commit
//	branch NAME [REV]             makes and checks out
//	checkout [--detach] REV
//	orphan NAME                   an unborn branch with an empty work tree
//	merge [OPTION…] REV…          default --no-ff; --ff, --squash (stages only: `commit` follows),
//	                              --no-commit (also on conflict: edit, then `commit`), --ours
//	                              (keep our content), -m MESSAGE, --mr N (GitLab's message),
//	                              --pr N (GitHub's); several REVs make an octopus
//	cherry-pick REV…              keeps author and author date; -n stages only
//	revert REV…                   -m1 for a merge
//	rebase REV                    the current branch onto REV
//	reset REV                     --hard
//	mark NAME                     names HEAD's commit; @NAME stands for it afterwards
//	tag NAME, delete BRANCH, repack, pack-refs
//	git ARGS…                     anything else
//
// Where a PATH is wanted for a case, its 编号 will do: 202607-NFZX-012 stands
// for cases/2026/07/202607-NFZX-012.md.
package gittest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// shanghai is the zone in which a script's times are meant.
var shanghai = time.FixedZone("CST", 8*60*60)

// Repository is a work tree with a history, in a temporary folder that the
// test removes.
type Repository struct {
	Dir   string            // the work tree
	Marks map[string]string // `mark NAME`: full hashes

	t         testing.TB
	files     map[string][]byte
	author    person
	committer person
	authored  time.Time
	committed time.Time
}

type person struct{ name, email string }

// Repo runs a script and returns its repository. Anything that fails, fails t.
func Repo(t testing.TB, script string) *Repository {
	t.Helper()
	r := Empty(t)
	r.Run(script)
	return r
}

// Empty returns a repository without a commit, to Run scripts in.
func Empty(t testing.TB) *Repository {
	t.Helper()
	first := time.Date(2026, 7, 1, 9, 0, 0, 0, shanghai)
	r := &Repository{
		Dir: t.TempDir(), Marks: map[string]string{}, t: t,
		author:   person{"测试", "test@example"},
		authored: first, committed: first,
	}
	r.committer = r.author
	r.Git("init", "-q", "--template=", "-b", "main")
	return r
}

// Run runs a further script; clock, author and marks go on from the last one.
func (r *Repository) Run(script string) {
	r.t.Helper()
	a := txtar.Parse([]byte(script))
	r.files = map[string][]byte{}
	for _, f := range a.Files {
		r.files[f.Name] = f.Data
	}
	for i, line := range strings.Split(string(a.Comment), "\n") {
		words, err := split(line)
		if err == nil && len(words) > 0 {
			err = r.command(words[0], words[1:])
		}
		if err != nil {
			r.t.Fatalf("gittest: line %d: %s\n%v", i+1, strings.TrimSpace(line), err)
		}
	}
}

// Git runs the git command in the work tree and returns its standard output
// without the last line break. A failure fails the test.
func (r *Repository) Git(args ...string) string {
	r.t.Helper()
	out, err := r.git(args...)
	if err != nil {
		r.t.Fatalf("gittest: %v", err)
	}
	return strings.TrimSuffix(out, "\n")
}

// Rev is the full hash of a revision; @NAME is a mark.
func (r *Repository) Rev(rev string) string {
	r.t.Helper()
	return r.Git("rev-parse", "--verify", "-q", r.rev(rev)+"^{commit}")
}

// Path is the place in the file system of a slash path or 编号 in the work tree.
func (r *Repository) Path(path string) string {
	return filepath.Join(r.Dir, filepath.FromSlash(CasePath(path)))
}

// Clock is the time that the script has come to.
func (r *Repository) Clock() time.Time { return r.committed }

// git runs the git command as the script's person at the script's time.
func (r *Repository) git(args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = r.Dir
	cmd.Env = append(Environ(),
		"GIT_AUTHOR_NAME="+r.author.name, "GIT_AUTHOR_EMAIL="+r.author.email,
		"GIT_AUTHOR_DATE="+stamp(r.authored),
		"GIT_COMMITTER_NAME="+r.committer.name, "GIT_COMMITTER_EMAIL="+r.committer.email,
		"GIT_COMMITTER_DATE="+stamp(r.committed))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return stdout.String(), fmt.Errorf("git %s: %w\n%s%s", strings.Join(args, " "), err, stdout.String(),
			stderr.String())
	}
	return stdout.String(), nil
}

// Environ is an environment in which the git command knows nothing of the
// machine's or the user's configuration.
func Environ() []string {
	// Below a device there is no file, to read or to write: `git config --global` would
	// put one in the place of os.DevNull itself.
	nowhere := os.DevNull + "/none"
	env := []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.DevNull, "LC_ALL=C", "TZ=UTC",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + nowhere, "GIT_TERMINAL_PROMPT=0",
		"GIT_EDITOR=true", "GIT_MERGE_AUTOEDIT=no",
	}
	settings := [][2]string{
		{"core.quotepath", "off"}, {"core.autocrlf", "false"}, {"core.fsync", "none"},
		{"gc.auto", "0"}, {"maintenance.auto", "false"}, {"commit.gpgsign", "false"},
		{"advice.detachedHead", "false"}, {"protocol.file.allow", "always"},
		{"safe.directory", "*"}, {"merge.conflictStyle", "merge"},
	}
	env = append(env, fmt.Sprintf("GIT_CONFIG_COUNT=%d", len(settings)))
	for i, s := range settings {
		env = append(env, fmt.Sprintf("GIT_CONFIG_KEY_%d=%s", i, s[0]), fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", i, s[1]))
	}
	return env
}

// stamp writes a time as Git reads it: seconds and zone.
func stamp(t time.Time) string {
	return fmt.Sprintf("@%d %s", t.Unix(), t.Format("-0700"))
}

var idPattern = regexp.MustCompile(`^(\d{4})(\d{2})-[A-Za-z0-9]+-\d+$`)

// CasePath is the path of a case named by its 编号; any other word is a path
// already.
func CasePath(word string) string {
	if m := idPattern.FindStringSubmatch(word); m != nil {
		return "cases/" + m[1] + "/" + m[2] + "/" + word + ".md"
	}
	return word
}

// split cuts a line into words. Single quotes group; ” inside quotes is one.
func split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	quoted, started := false, false
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quoted && c == '\'' && i+1 < len(line) && line[i+1] == '\'':
			word.WriteByte(c)
			i++
		case c == '\'':
			quoted, started = !quoted, true
		case quoted:
			word.WriteByte(c)
		case c == '#' && !started:
			i = len(line)
		case c == ' ' || c == '\t' || c == '\r':
			if started {
				words = append(words, word.String())
				word.Reset()
				started = false
			}
		default:
			word.WriteByte(c)
			started = true
		}
	}
	if quoted {
		return nil, fmt.Errorf("unclosed quote")
	}
	if started {
		words = append(words, word.String())
	}
	return words, nil
}
