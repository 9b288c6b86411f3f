package push

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/timeline"
)

// served is what the server has: a branch of two commits, one of them of a case and
// one of a case and another file.
const served = `
by 中心 <a@nfzx.example>
new 202607-NFZX-001
text note.txt 一
commit 登记
mark main
branch side
by 信息 <a@xxzx.example>
set 202607-NFZX-001 状态=分析中 分析单位=信息中心
commit 分析
section 202607-NFZX-001 研判分析 网关限流。
text note.txt 二
commit 研判
mark side
checkout main
`

// TestKnown: "of the commits new to the server, an author … who is not the one who
// pushes" is no fault where a squash, a rebase or a cherry-pick makes anew what the
// server had from that author.
func TestKnown(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		known  bool // of the last commit
	}{
		"squashed": {"merge --squash side\nby 信息 <a@xxzx.example>\ncommit 合", true},
		"squashed by somebody else": {"merge --squash side\nby 中心 <a@nfzx.example>\ncommit 合",
			false},
		"squashed with something more": {"merge --squash side\nset 202607-NFZX-001 件数=2\n" +
			"by 信息 <a@xxzx.example>\ncommit 合", false},
		"squashed with another file changed otherwise": {"merge --squash side\ntext note.txt 三\n" +
			"by 信息 <a@xxzx.example>\ncommit 合", false},
		"picked":                 {"text a.txt 一\ncommit 前\ncherry-pick side~1", true},
		"rebased":                {"text a.txt 一\ncommit 前\ncheckout side\nrebase main", true},
		"with letters of e-mail": {"merge --squash side\nby 信息 <A@XXZX.example>\ncommit 合", true},
		"a state of one's own":   {"by 信息 <a@xxzx.example>\nset 202607-NFZX-001 状态=已撤回\ncommit 撤", false},
		"layout alone":           {"by 信息 <a@xxzx.example>\nappend 202607-NFZX-001 ''\ncommit 空行", true},
		"nothing":                {"by 信息 <a@xxzx.example>\ncommit 空", true},
		"a file deleted":         {"by 信息 <a@xxzx.example>\nrm note.txt\ncommit 删", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := gittest.Repo(t, served)
			mirror := filepath.Join(t.TempDir(), "server")
			r.Git("clone", "-q", "--mirror", ".", mirror)
			r.Run(test.script)
			server, err := git.Open(mirror)
			if err != nil {
				t.Fatal(err)
			}
			from, err := git.Open(r.Dir)
			if err != nil {
				t.Fatal(err)
			}
			head := r.Rev("HEAD")
			p, err := Read(t.Context(), from, server, []string{head})
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			var got []string
			for _, c := range p.Commits {
				got = append(got, c.Commit)
			}
			fresh := r.Git("rev-list", head, "--not", r.Marks["main"], r.Marks["side"])
			if diff := cmp.Diff(strings.Fields(fresh), got); diff != "" {
				t.Errorf("new to the server (-git +got):\n%s", diff)
			}
			if known, err := p.Known(t.Context(), head); err != nil || known != test.known {
				t.Errorf("known: %v, %v; want %v", known, err, test.known)
			}
		})
	}
}

// TestProposed: a clone does not tell what the server had before, so no commit of the
// request makes another one known.
func TestProposed(t *testing.T) {
	r := gittest.Repo(t, served+"text a.txt 一\ncommit 前\ncherry-pick side~1")
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	request := []timeline.Landing{{Commit: r.Rev("HEAD")}}
	for _, also := range []struct {
		commits []timeline.Landing
		known   bool
	}{{nil, true}, {[]timeline.Landing{{Commit: r.Rev("side~1")}}, false}} {
		p := Proposed(repo, slices.Concat(request, also.commits))
		if known, err := p.Known(t.Context(), request[0].Commit); err != nil || known != also.known {
			t.Errorf("beside %v: known %v, %v; want %v", also.commits, known, err, also.known)
		}
		p.Close()
	}
}
