package main

import (
	"strings"
	"testing"

	"suqiu/internal/gittest"
)

// TestPushToMainByAnyName: "Aliases of main (symbolic refs) are main" (DESIGN 6);
// where 主分支 names no branch HEAD's branch is judged as main.
func TestPushToMainByAnyName(t *testing.T) {
	config := settings(t)
	const bad = "rm 202507-NFZX-002\ncommit 删"
	for _, p := range []struct {
		name   string
		main   string   // 主分支, default main
		server []string // git commands on the server before the push
		script string
		refs   []string
		want   string // in the refusal; empty: received
	}{
		{name: "an alias", server: []string{"symbolic-ref refs/heads/release refs/heads/main"}, script: bad,
			refs: []string{"main:release"}, want: "对主分支 main 的推送"},
		{name: "an alias of an alias", server: []string{"symbolic-ref refs/heads/b refs/heads/main",
			"symbolic-ref refs/heads/a refs/heads/b"}, script: bad, refs: []string{"main:a"},
			want: "错误[case-deleted]"},
		{name: "an alias outside the branches", server: []string{"symbolic-ref refs/x/published refs/heads/main"},
			script: bad, refs: []string{"main:refs/x/published"}, want: "错误[case-deleted]"},
		{name: "an alias deleted", server: []string{"symbolic-ref refs/heads/release refs/heads/main"},
			refs: []string{":release"}, want: "删除主分支 main"},
		{name: "an alias forced back", server: []string{"symbolic-ref refs/heads/release refs/heads/main"},
			refs: []string{"+main~1:release"}, want: "改写主分支已入库的历史"},
		{name: "something good to an alias", server: []string{"symbolic-ref refs/heads/release refs/heads/main"},
			script: "text a.txt x\ncommit 一", refs: []string{"main:release"}},
		{name: "an alias of another branch", server: []string{"branch work main",
			"symbolic-ref refs/heads/w refs/heads/work"}, script: bad, refs: []string{"main:w"}},
		{name: "主分支 names no branch", main: "trunk", script: bad, want: "错误[case-deleted]"},
		{name: "主分支 names no branch, forced", main: "trunk", refs: []string{"+main~1:main"},
			want: "改写主分支已入库的历史"},
		{name: "主分支 names no branch, deleted", main: "trunk", refs: []string{":main"}, want: "删除主分支 main"},
		{name: "something good where 主分支 names no branch", main: "trunk", script: "text a.txt x\ncommit 一"},
		{name: "the branch that 主分支 names comes", main: "trunk", refs: []string{"main:trunk"}},
		{name: "it comes with what main would not take", main: "trunk", script: bad, refs: []string{"main:trunk"},
			want: "错误[case-deleted]"},
		{name: "it comes without the history of main", main: "trunk",
			script: "orphan other\nwrite suqiu.yaml\ncommit 另起", refs: []string{"other:trunk"},
			want: "改写主分支已入库的历史"},
		{name: "HEAD's branch would name another main", main: "trunk", server: []string{"branch trunk main"},
			script: "replace suqiu.yaml trunk elsewhere\ncommit 改",
			want:   "请服务器管理员先执行：git symbolic-ref HEAD refs/heads/trunk"},
		{name: "HEAD's branch is deleted", main: "trunk", server: []string{"branch trunk main",
			"config receive.denyDeleteCurrent ignore"}, refs: []string{":main"},
			want: "git symbolic-ref HEAD refs/heads/trunk"},
		{name: "HEAD's branch moves on", main: "trunk", server: []string{"branch trunk main"},
			script: "text a.txt x\ncommit 一"},
		{name: "the main branch beside HEAD's", main: "trunk", server: []string{"branch trunk main"}, script: bad,
			refs: []string{"main:trunk"}, want: "对主分支 trunk 的推送"},
		{name: "HEAD names no branch", main: "master", server: []string{"branch -m main master",
			"symbolic-ref HEAD refs/heads/nowhere"},
			script: bad + "\nreplace suqiu.yaml master elsewhere\ncommit 改", refs: []string{"main:master"},
			want: "错误[case-deleted]"},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			yaml := config
			if p.main != "" {
				yaml = strings.Replace(yaml, "主分支: main", "主分支: "+p.main, 1)
			}
			r := gittest.Empty(t)
			file := "-- suqiu.yaml --\n" + yaml
			r.Run(landed + file)
			s := serve(t, r, "file")
			for _, command := range p.server {
				if out, err := s.git(strings.Fields(command)...); err != nil {
					t.Fatal(out)
				}
			}
			r.Run("at 2025-07-17 09:00\nby 纳税服务科 <a@nsfwk.example>\n" + p.script + "\n" + file)
			before := s.refs(t)
			refs := p.refs
			if refs == nil {
				refs = []string{"main"}
			}
			said, err := s.push(r.Dir, refs...)
			switch {
			case p.want == "" && (err != nil || s.refs(t) == before):
				t.Errorf("not received: %v\n%s", err, said)
			case p.want != "" && (err == nil || s.refs(t) != before || !strings.Contains(said, p.want)):
				t.Errorf("%v, want %q, says\n%s", err, p.want, said)
			}
		})
	}
}
