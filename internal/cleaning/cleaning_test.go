package cleaning_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/cleaning"
	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/gittest"
)

// A number slips in on a branch, is carried by a merge, moves to another name and
// is there at the end still.
const story = `
text a.md 事项
commit 登记
branch work
checkout work
text secret.md 150102199001011234
commit 补充材料
checkout main
text b.md 另一件
commit 另一件
merge work -m 合并
text a.md 反馈
commit 反馈
`

const clean = "git rm -q --cached --ignore-unmatch secret.md"

// TestCompare: verify --against compares a cleaned history with the old one:
// nothing may differ but what 移除 names (DESIGN 6).
func TestCompare(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	at := func(subject, then string) string {
		return `if [ "$(git log -1 --format=%s $GIT_COMMIT)" = ` + subject + ` ]; then ` + then + `; fi`
	}
	for name, c := range map[string]struct {
		filter  []string
		removed string
		says    string // empty: it agrees
	}{
		"cleaned":   {[]string{"--index-filter", clean}, "secret.md", ""},
		"by folder": {[]string{"--index-filter", clean}, "secret.md/", ""},
		"blotted": {[]string{"--tree-filter", "if [ -f secret.md ]; then echo 略 >secret.md; fi"}, "secret.md",
			""},
		"not named":   {[]string{"--index-filter", clean}, "其他.md", "文件不同 secret.md"},
		"by a prefix": {[]string{"--index-filter", clean}, "secret", "文件不同 secret.md"},
		"another file": {[]string{"--tree-filter", "rm -f secret.md; " + at("反馈", "echo 好 >a.md")}, "secret.md",
			"文件不同 a.md"},
		"kept elsewhere": {[]string{"--tree-filter", "if [ -f secret.md ]; then mv secret.md c.md; fi"}, "secret.md",
			"文件不同 c.md"},
		"mode": {[]string{"--index-filter", clean + "; " + at("登记",
			"git ls-files -s a.md | sed s/^100644/100755/ | git update-index --index-info")},
			"secret.md", "文件不同 a.md"},
		"author": {[]string{"--index-filter", clean, "--env-filter",
			at("另一件", "GIT_AUTHOR_EMAIL=x@x.example")}, "secret.md", "作者或者作者时间不同"},
		"day": {[]string{"--index-filter", clean, "--env-filter",
			at("另一件", "GIT_COMMITTER_DATE='1700000000 +0800'")}, "secret.md", "提交人或者提交时间不同"},
		"zone": {[]string{"--index-filter", clean, "--env-filter",
			at("另一件", `GIT_AUTHOR_DATE="${GIT_AUTHOR_DATE%+*}+0000"`)}, "secret.md", "作者或者作者时间不同"},
		"message": {[]string{"--index-filter", clean, "--msg-filter", "sed s/另一件/那一件/"}, "secret.md",
			"提交说明不同"},
		"dropped": {[]string{"--index-filter", clean, "--commit-filter",
			at("另一件", `skip_commit "$@"; else git commit-tree "$@"`)},
			"secret.md", "文件不同 b.md"},
		"empty ones dropped": {[]string{"--index-filter", clean, "--prune-empty"}, "secret.md",
			"前面的提交少了或者多了"},
		"parents swapped": {[]string{"--index-filter", clean, "--parent-filter",
			`awk 'NF == 4 { print $3, $4, $1, $2; next } { print }'`}, "secret.md", "文件不同 b.md"},
		"added below": {[]string{"--index-filter", clean, "--parent-filter",
			`sed "s/^$/-p $(git commit-tree -m 先 $(git write-tree))/"`}, "secret.md", "前面的提交少了或者多了"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := gittest.Repo(t, story)
			old := filepath.Join(t.TempDir(), "old")
			r.Git("clone", "-q", "--bare", r.Dir, old)
			before := r.Rev("main")
			cmd := exec.Command("git", append([]string{"-C", r.Dir, "filter-branch"}, append(c.filter, "main")...)...)
			cmd.Env = append(gittest.Environ(), "FILTER_BRANCH_SQUELCH_WARNING=1")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			report := compare(t, r.Dir, old, before, r.Rev("main"), c.removed)
			if (report.Found == 0) != (c.says == "") {
				t.Errorf("%d differences: %+v", report.Found, report.Differences)
			}
			if c.says != "" && !slices.ContainsFunc(report.Differences, func(d cleaning.Difference) bool {
				return strings.Contains(strings.TrimSpace(d.What+" "+d.Path), c.says)
			}) {
				t.Errorf("%+v does not say %s", report.Differences, c.says)
			}
			if c.says == "" && (len(report.Cleaned) != 1 || report.Cleaned[0] != (cleaning.Cleaned{Path: "secret.md",
				Changed: name == "blotted"}) || report.Commits != 3) {
				// 补充材料, 合并 and 反馈: what is before them is the same.
				t.Errorf("%d commits, cleaned %+v", report.Commits, report.Cleaned)
			}
		})
	}
}

func compare(t *testing.T, dir, old, before, after, removed string) *cleaning.Report {
	t.Helper()
	o, err := git.Open(old)
	if err != nil {
		t.Fatal(err)
	}
	both, err := git.Open(dir, o.Objects()...)
	if err != nil {
		t.Fatal(err)
	}
	a, ok := cleaning.AccountOf(&config.Config{Rewritings: []config.Rewriting{
		{Old: before[:20], New: after, Removed: []string{removed}}}}, before)
	if !ok || a.New != after {
		t.Fatalf("%+v, %v", a, ok)
	}
	report, err := cleaning.Compare(t.Context(), both, a)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// TestAccountOf: a history that was cleaned twice is accounted for by both entries.
func TestAccountOf(t *testing.T) {
	a, b, c := strings.Repeat("a", 40), strings.Repeat("b", 40), strings.Repeat("c", 40)
	cfg := &config.Config{Rewritings: []config.Rewriting{
		{Old: b, New: c, Removed: []string{"y", "x"}}, {Old: a, New: b, Removed: []string{"x"}}}}
	if got, ok := cleaning.AccountOf(cfg, a); !ok || got.New != c || !slices.Equal(got.Removed, []string{"x", "y"}) {
		t.Errorf("%+v, %v", got, ok)
	}
	if got, ok := cleaning.AccountOf(cfg, c); ok {
		t.Errorf("nothing replaced it: %+v", got)
	}
	cfg.Rewritings = append(cfg.Rewritings, config.Rewriting{Old: c, New: a}) // a circle ends
	if _, ok := cleaning.AccountOf(cfg, a); !ok {
		t.Error("a circle")
	}
}
