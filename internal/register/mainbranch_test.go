package register_test

import (
	"context"
	"strings"
	"testing"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// A main branch of another name is the one that what is checked out names, on
// it, beside it, and where only origin has it.
func TestMainBranchOfAnotherName(t *testing.T) {
	for name, script := range map[string]string{
		"on it":     "",
		"beside it": "branch work\ntext b 二\ncommit 二",
		"at origin": "git update-ref refs/remotes/origin/master HEAD\nbranch work\ntext b 二\ncommit 二\ngit branch -" +
			"q -D master",
	} {
		r := gittest.Repo(t, "at 2026-07-01 09:00\ntext suqiu.yaml '名称: 局\\n主分支: master\\n单位: [{名称: 甲科, "+
			"代码: JK}]'\ncommit 一\nmark main\ngit branch -m main master\n"+script)
		repo, err := git.Open(r.Dir)
		if err != nil {
			t.Fatal(err)
		}
		d, err := register.Load(context.Background(), repo, register.Options{AsOf: workday.New(2026, 7, 31)})
		if err != nil || d.Head != r.Rev("@main") {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
	r := gittest.Repo(t, "text a 一\ncommit 一\ngit branch -m main master")
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := register.Load(context.Background(), repo, register.Options{}); err == nil ||
		!strings.Contains(err.Error(), "suqiu.yaml") {
		t.Errorf("no case repository: %v", err)
	}
}
