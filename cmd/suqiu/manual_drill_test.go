package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"suqiu/internal/gittest"
)

// TestManualDrills follows docs/care.md to the letter on the sample: backup,
// restoring, upgrading, and taking a number out of the history. Only the folders are
// the test's.
func TestManualDrills(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for _, dir := range []string{"srv/git", "备份", "home/lin"} {
		if err := os.MkdirAll(filepath.Join(root, filepath.FromSlash(dir)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	page := manualPages(t)["docs/care.md"]
	out := drill(t, root, `
git clone -q --bare '`+sample(t)+`' /srv/git/suqing.git
git clone -q /srv/git/suqing.git /home/lin/suqing
cd /home/lin/suqing
git config user.email lianxiban@nsfwk.example
git config user.name 联席办
suqiu -C /srv/git/suqing.git hook install
`+typedIn(t, page, "每天备份")+typedIn(t, page, "恢复，和每季度一次的演练")+
		strings.ReplaceAll(typedIn(t, page, "不连外网的升级"), "suqiu-new", "suqiu"))
	if !strings.Contains(out, "历史是从") && !strings.Contains(out, "此后") {
		t.Errorf("verify says nothing of the restored history:\n%s", out)
	}
	// A number stands in what landed last but one, from before there was a hook.
	const file, number = "cases/2026/07/202607-BGS-001.md", "13800138000"
	removal := typedIn(t, page, "误入的个人信息")
	rewrite, account, ok := strings.Cut(removal, "STEPS=")
	if !ok {
		t.Fatal("the page does not say how to find what a commit became")
	}
	entry := regexp.MustCompile("(?s)```yaml\n   (.*?)```").FindStringSubmatch(page)
	if entry == nil {
		t.Fatal("the page has no 历史更替")
	}
	out = drill(t, root, `
rm /srv/git/suqing.git/hooks/pre-receive
cd /home/lin/suqing
sed -i 's/^福利企业/`+number+`福利企业/' `+file+`
git commit -q -a -m 补充
git commit -q --allow-empty -m 以后
git push -q origin main
suqiu -C /srv/git/suqing.git hook install
`+rewrite+`
git clone -q /srv/git/suqing.git /home/lin/again
cd /home/lin/again
git config user.email lianxiban@nsfwk.example
git config user.name 联席办
test -z "$(git log --all -S`+number+` --format=%H -- `+file+`)"
WRITTEN=$(git -C /备份/old.git rev-parse main~1)
STEPS=`+account[:strings.Index(account, "suqiu verify")]+`
cat >>suqiu.yaml <<XXX

`+strings.NewReplacer("\n   ", "\n", "旧编号", "$OLD", "新编号", "$(git rev-parse main)").Replace(entry[1])+`
XXX
git commit -q -a -m 历史更替
git rev-parse main~2
`+account[strings.Index(account, "suqiu verify"):]+`
suqiu check -q | grep history-rewritten || echo 没有别的
`)
	want := regexp.MustCompile(`(?s)([0-9a-f]{40})\n([0-9a-f]{40})\n相符：旧历史到 [0-9a-f]{16} 为止、` +
		`新历史到 [0-9a-f]{16} 为止，逐个提交核对了 2 个，.*移除之列：` + regexp.QuoteMeta(file) + `.*没有别的`)
	if got := want.FindStringSubmatch(out); got == nil || got[1] != got[2] {
		t.Errorf("after the number was taken out:\n%s", out)
	}
}

// typedIn is what a section of a page has one type in, without what it shows of
// files.
func typedIn(t *testing.T, page, heading string) string {
	t.Helper()
	_, text, ok := strings.Cut(page, "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("the page has no %s", heading)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	var b strings.Builder
	within, typed, indent := false, false, ""
	for line := range strings.Lines(text) {
		bare := strings.TrimLeft(line, " ")
		switch {
		case strings.HasPrefix(bare, "```"):
			within = !within
			typed, indent = within && bare == "```\n", line[:len(line)-len(bare)]
		case typed:
			b.WriteString(strings.TrimPrefix(line, indent))
		}
	}
	if b.Len() == 0 {
		t.Fatalf("%s has nothing to type", heading)
	}
	return b.String()
}

// drill runs commands of the manual below a folder, as of the tests' day.
func drill(t *testing.T, root, commands string) string {
	t.Helper()
	commands = regexp.MustCompile(`/(srv/git|备份|home/lin)/`).ReplaceAllStringFunc(commands, func(dir string) string {
		return root + dir
	})
	cmd := exec.CommandContext(t.Context(), "sh", "-eu")
	cmd.Stdin = strings.NewReader("suqiu() { command suqiu --as-of " + day.String() + " \"$@\"; }\n" + commands)
	cmd.Env = append(gittest.Environ(), "FILTER_BRANCH_SQUELCH_WARNING=1", "GIT_COMMITTER_DATE="+day.String()+
		"T09:00:00+08:00", "GIT_AUTHOR_DATE="+day.String()+"T09:00:00+08:00")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, commands, out)
	}
	return string(out)
}
