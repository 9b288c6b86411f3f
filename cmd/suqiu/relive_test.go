package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"suqiu/internal/cli"
	"suqiu/internal/frontmatter"
	"suqiu/internal/git"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/step"
	"suqiu/internal/workday"
)

// deed is what one hand of the sample did to a case, and when it landed.
type deed struct {
	commit, email    string
	authored, landed time.Time
	main             string // the landing
}

// relived are lives of the sample that go by 长期推进, an objection that is upheld and an
// extension; make long lives all that there are.
var relived = []string{"202601-BGS-001", "202606-BGS-001", "202609-ZSGLK-001"}

// otherwise are the lives that no commands live, as there a hand did at once what are
// two steps, rewrote what steps add to, or did what it must not.
var otherwise = []string{"202603-NFZX-003", "202604-NSFWK-001", "202607-NFZX-001", "202607-ZSGLK-001",
	"202608-NSFWK-002", "202609-NSFWK-004"}

// TestLivesOfTheSampleByCommands takes what hands of the sample did by commands, each
// in its hour: show then tells of the case, byte by byte, what it tells in the sample.
func TestLivesOfTheSampleByCommands(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	ids := relived
	if long() {
		ids = nil
		for _, name := range strings.Fields(gitIn(t, dir, "ls-tree", "-r", "--name-only", "main", "cases/")) {
			ids = append(ids, strings.TrimSuffix(filepath.Base(name), ".md"))
		}
	}
	for _, id := range ids {
		l := &reliving{from: dir, dir: filepath.Join(t.TempDir(), id+".git"), id: id, path: record.PathOf(id)}
		why := l.live(t)
		if why == "" {
			why = l.compare(t)
		}
		if same := why == ""; same == slices.Contains(otherwise, id) {
			t.Errorf("%s is the same: %t: %s", id, same, why)
		}
	}
}

// reliving is a case of the sample, and the repository in which it is lived again.
type reliving struct{ from, dir, id, path string }

// deeds are those of the sample, in order: of a landing that merges, what is merged.
func (l *reliving) deeds(t *testing.T) (list []deed) {
	t.Helper()
	for _, landing := range l.log(t, "--first-parent", "-m", "main") {
		own := l.log(t, "--no-merges", landing.commit+"^1.."+landing.commit)
		for i := range own {
			own[i].landed, own[i].main = landing.landed, landing.commit
		}
		list = append(list, own...)
	}
	return list
}

func (l *reliving) log(t *testing.T, args ...string) (list []deed) {
	t.Helper()
	args = slices.Concat([]string{"log", "--reverse", "--format=%H %ae %aI %cI"}, args, []string{"--", l.path})
	for line := range strings.Lines(gitIn(t, l.from, args...)) {
		f := strings.Fields(line)
		d := deed{commit: f[0], email: f[1]}
		d.authored, _ = time.Parse(time.RFC3339, f[2])
		d.landed, _ = time.Parse(time.RFC3339, f[3])
		list = append(list, d)
	}
	return list
}

// live takes each deed by a command; it says why one cannot be.
func (l *reliving) live(t *testing.T) string {
	deeds := l.deeds(t)
	gitIn(t, l.from, "clone", "-q", "--bare", "--shared", l.from, l.dir)
	gitIn(t, l.dir, "update-ref", "refs/heads/main", deeds[0].main+"^1")
	for i, d := range deeds {
		l.meetings(t, &d)
		args := l.registration(t, &d)
		if i > 0 {
			if args = l.step(t, &d); args == nil {
				return "no step is " + gitIn(t, l.from, "show", "--format=%an %ai %s", "-U0", d.commit, "--", l.path)
			}
		}
		code, out, errs := ranAs(t, l.dir, d.email, d.authored, args...)
		_, branch, found := strings.Cut(out, "已提交到分支 ")
		branch, _, _ = strings.Cut(branch, "（")
		if code != exitClean || !found {
			return fmt.Sprintf("%q by %s at %s ends with %d: %s%s", args, d.email, d.authored, code, out, errs)
		}
		l.land(t, &d, gitIn(t, l.dir, "rev-parse", branch+"^{tree}"))
		gitIn(t, l.dir, "update-ref", "-d", "refs/heads/"+branch)
	}
	return ""
}

// land puts a tree on main as the deed's landing.
func (l *reliving) land(t *testing.T, d *deed, tree string) {
	t.Helper()
	cmd := exec.Command("git", "-C", l.dir, "commit-tree", tree, "-p", "main", "-m", "一步")
	cmd.Env = append(environ(d.email, d.authored), "GIT_COMMITTER_DATE="+d.landed.Format(time.RFC3339))
	commit, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	gitIn(t, l.dir, "update-ref", "refs/heads/main", strings.TrimSpace(string(commit)))
}

// meetings lands what stands in the sample of meetings when a deed lands.
func (l *reliving) meetings(t *testing.T, d *deed) {
	t.Helper()
	theirs := gitIn(t, l.dir, "ls-tree", "-r", d.main, "meetings/")
	if theirs == gitIn(t, l.dir, "ls-tree", "-r", "main", "meetings/") {
		return
	}
	index := func(in string, args ...string) string {
		cmd := exec.Command("git", append([]string{"-C", l.dir}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_INDEX_FILE="+filepath.Join(l.dir, "index.of.meetings"))
		cmd.Stdin = strings.NewReader(in)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("git %v: %v", args, err)
		}
		return strings.TrimSpace(string(out))
	}
	index("", "read-tree", "main")
	index(theirs+"\n", "update-index", "--index-info")
	at := gitIn(t, l.dir, "log", "-1", "--first-parent", "-m", "--format=%cI", d.main, "--", "meetings/")
	when, _ := time.Parse(time.RFC3339, at)
	if when.After(d.authored) {
		when = d.authored
	}
	l.land(t, &deed{email: office, authored: when, landed: when}, index("", "write-tree"))
}

// registration is the command of the first deed.
func (l *reliving) registration(t *testing.T, d *deed) []string {
	t.Helper()
	c := record.Parse(l.path, []byte(gitIn(t, l.from, "show", d.commit+":"+l.path)+"\n"), nil)
	args := []string{"new"}
	for i := range record.Schema().Keys {
		k := &record.Schema().Keys[i]
		if value := valueOf(k, c); value != "" && !slices.Contains([]string{"编号", "收集单位", "状态"}, k.Name) &&
			!(k.Name == "件数" && value == "1") {
			args = append(args, k.Name+"="+value)
		}
	}
	return append(args, "诉求内容="+c.Section("诉求内容"))
}

// step is the command that makes of the case what the deed made of it; nil: there is
// none.
func (l *reliving) step(t *testing.T, d *deed) []string {
	t.Helper()
	repo, err := git.Open(l.dir)
	if err != nil {
		t.Fatal(err)
	}
	lazy, err := register.Open(t.Context(), repo, register.Options{Ref: "main", AsOf: workday.Of(d.authored),
		Now: d.authored})
	if err != nil {
		t.Fatal(err)
	}
	f, err := lazy.Follow(t.Context(), l.id)
	if err != nil || f == nil {
		t.Fatalf("%s: %v", l.id, err)
	}
	scene := step.Scene{Env: lazy.Env(), Case: f.Case.Case, Life: &f.Life, History: f.History, Email: d.email,
		Now: d.authored}
	want := record.Parse(l.path, []byte(gitIn(t, l.from, "show", d.commit+":"+l.path)+"\n"), lazy.Config.Canon)
	changes := record.Diff(f.Case.Case, want)
	for _, st := range scene.Steps() {
		values := map[string]string{}
		for _, field := range st.Fields {
			if v := changedValue(field.Name, changes, want); v != "" {
				values[field.Name] = v
			}
		}
		text, _ := st.Try(string(lazy.Source(l.path)), values)
		if text == "" || len(record.Diff(record.Parse(l.path, []byte(text), lazy.Config.Canon), want)) > 0 {
			continue
		}
		args := []string{"step", l.id, st.Name}
		for name, value := range values {
			args = append(args, name+"="+value)
		}
		return args
	}
	return nil
}

// changedValue is what a deed said of a field.
func changedValue(name string, changes []record.Change, c *record.Case) string {
	list, own, within := strings.Cut(name, ".")
	if !within {
		list, own = "", name
	}
	for _, change := range changes {
		top, below, _ := strings.Cut(change.Key, ".")
		if heading := strings.TrimPrefix(top, "## "); heading != top {
			if heading == name {
				return c.Section(heading)
			}
			continue
		}
		k := record.Schema().Key(top)
		if k == nil || list != "" && strings.TrimRight(list, "0123456789") != top {
			continue
		}
		switch {
		case k.Shape == frontmatter.ByUnit:
			for _, co := range c.CoFeedback {
				if co.Unit == change.Field && own == "结果" {
					return co.Result
				}
			}
		case k.List != nil:
			if sub := frontmatter.Find(k.Fields, own); sub != nil {
				return valueOf(sub, k.List.At(c, k.List.Len(c)-1))
			}
		case k.Shape == frontmatter.Record:
			if sub := frontmatter.Find(k.Fields, own); sub != nil && (below == "" || below == own) {
				return valueOf(sub, k.At(c))
			}
		case top == own:
			return valueOf(k, c)
		}
	}
	return ""
}

// valueOf is what an owner says of a key, as one types it.
func valueOf(k *frontmatter.Key, owner any) string {
	if k.At == nil || k.Shape != frontmatter.One && k.Shape != frontmatter.Many {
		return ""
	}
	switch v := k.At(owner).(type) {
	case *string:
		return *v
	case *[]string:
		return strings.Join(*v, "、")
	case *workday.Date:
		if *v != 0 {
			return v.String()
		}
	case *int:
		if *v != 0 {
			return strconv.Itoa(*v)
		}
	}
	return ""
}

// compare says how what show tells differs, but for the names of commits.
func (l *reliving) compare(t *testing.T) string {
	t.Helper()
	var told [2]string
	for i, dir := range []string{l.from, l.dir} {
		_, told[i], _ = ranAs(t, dir, office, day.Start().Add(10*time.Hour), "show", l.id)
		told[i] = regexp.MustCompile(`提交: [0-9a-f]+`).ReplaceAllString(told[i], "提交: …")
	}
	if told[0] == told[1] {
		return ""
	}
	return fmt.Sprintf("show tells\n%s\nand of the sample\n%s", told[1], told[0])
}

// ranAs runs a command as somebody at some time.
func ranAs(t *testing.T, dir, who string, now time.Time, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr strings.Builder
	code = run(t.Context(), append([]string{"-C", dir}, args...), cli.Env{
		Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Build: "lives",
		GitEnviron: environ(who, now), Now: func() time.Time { return now }})
	return code, stdout.String(), stderr.String()
}
