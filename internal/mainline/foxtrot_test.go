package mainline

import (
	"context"
	"testing"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
)

// TestFoxtrot: a landing that took the main branch in from the side is named with
// the tip that it took in, cold and from the cache, and no other merge is ("Foxtrot
// merges, an old fork's main and merge trains are judged right or named").
func TestFoxtrot(t *testing.T) {
	const begin = "at 2026-07-01 09:00\nby 中心 <a@nfzx.example>\ntext a 一\ncommit 一\n"
	const both = begin + "branch one\nby 信息 <a@xxzx.example>\ntext b 一\ncommit 二\ncheckout main\n" +
		"by 中心 <a@nfzx.example>\ntext a 二\ncommit 三\nmark tip\n"
	for name, test := range map[string]struct {
		script string
		named  bool
	}{
		"git merge main on a branch": {both +
			"checkout one\nby 信息 <a@xxzx.example>\nmerge main\ncheckout main\nmerge --ff one", true},
		"of origin": {both + "git update-ref refs/remotes/origin/main main\ncheckout one\nmerge origin/main\n" +
			"checkout main\nmerge --ff one", true},
		"the platform's button": {both +
			"checkout one\nmerge -m 'Merge branch ''main'' into ''one''' main\ncheckout main\nmerge --ff one", true},
		"git pull over own commits": {both + "checkout one\nby 信息 <a@xxzx.example>\n" +
			"merge -m 'Merge branch ''main'' of https://x/y' main\ncheckout main\nmerge --ff one", true},
		"a pull from another's main": {both + "by 征管 <a@zsglk.example>\ntext c 一\ncommit 四\n" +
			"by 中心 <a@nfzx.example>\nmerge -m 'Merge branch ''main'' of https://x/y' one", false},
		"main taken into a branch that is then merged": {both +
			"checkout one\nmerge main\ncheckout main\nmerge --mr 1 one", false},
		"the main branch of a fork, by request": {both + "merge -m 'Merge branch ''main'' into ''main''' one",
			false},
		"a branch": {both + "merge one", false},
		"a message that tells nothing": {both +
			"checkout one\nmerge -m 合并 main\ncheckout main\nmerge --ff one", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := gittest.Repo(t, test.script)
			want := ""
			if test.named {
				want = r.Marks["tip"]
			}
			for _, how := range []string{"cold", "cached"} {
				repo, err := git.Open(r.Dir)
				if err != nil {
					t.Fatal(err)
				}
				m, _, err := Walk(context.Background(), repo, Options{Build: "test", Worthwhile: 1})
				if err != nil {
					t.Fatal(err)
				}
				got := ""
				for _, l := range m.Landings {
					got += l.OldTip
				}
				if got != want {
					t.Errorf("%s: old tip %q, want %q", how, got, want)
				}
				if how == "cached" && m.shared != m.Len() {
					t.Errorf("only %d of %d landings come from the cache", m.shared, m.Len())
				}
			}
		})
	}
}
