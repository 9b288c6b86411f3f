package main

import (
	"os/exec"
	"strings"
	"testing"

	"suqiu/internal/gittest"
)

// forgeUsers are the users of the forge in the tests of who pushes.
const forgeUsers = `
人员:
  - {邮箱: a@nsfwk.example, 账号: lin, 单位: 纳税服务科}
  - {邮箱: a@xxzx.example, 账号: Wang, 单位: 信息中心}
  - {邮箱: 7-wang@users.noreply.example, 账号: wang, 单位: 信息中心}
`

// TestAuthorMismatch pushes to a server that tells its hook who pushes. DESIGN 6:
// "author-mismatch: on any branch, of the commits new to the server, an author
// with a 账号 that is not the one who pushes; a squash, rebase or cherry-pick of
// steps that the server had under that author is none; where no 账号 is known it
// is a warning."
func TestAuthorMismatch(t *testing.T) {
	config := settings(t)
	const step = "by 信息中心 <a@xxzx.example>\nsection 202507-NFZX-001 办理情况 又作了测试。\ncommit 补充\n"
	type arrival struct {
		pusher, script string
		refs           []string
		refused        bool
		told           string // in what the one who pushes reads
	}
	for _, s := range []struct {
		name     string
		arrivals []arrival
	}{
		{"one's own", []arrival{{pusher: "wang", script: "branch work\n" + step, refs: []string{"work"}}}},
		{"under a private address of the web editor", []arrival{{pusher: "WANG",
			script: "branch work\nby 信息中心 <7-wang@users.noreply.example>\nsection 202507-NFZX-001 办理情况 " +
				"又作了测试。\ncommit 补充", refs: []string{"work"}}}},
		{"in another's name", []arrival{{pusher: "zhao", script: "branch work\n" + step, refs: []string{"work"},
			refused: true, told: "写的提交人是 a@xxzx.example，账号 Wang，推送的是 zhao（author-mismatch）"}}},
		{"in another's name, behind one's own", []arrival{{pusher: "lin",
			script: "branch work\n" + step +
				"by 纳税服务科 <a@nsfwk.example>\nset 202507-NFZX-001 属地=集宁区税务局\ncommit 改",
			refs:    []string{"work"},
			refused: true, told: "推送的是 lin"}}},
		{"to main itself", []arrival{{pusher: "lin", script: step, refs: []string{"main"}, refused: true,
			told: "推送的是 lin"}}},
		{"no 账号 of the author", []arrival{{pusher: "lin",
			script: "branch work\nby 纳税服务中心 <a@nfzx.example>\nset 202507-NFZX-002 属地=集宁区税务局\ncommit 改",
			refs:   []string{"work"}, told: "提醒：提交 "}}},
		{"the forge does not say", []arrival{{script: "branch work\n" + step, refs: []string{"work"}}}},
		{"the merge button", []arrival{
			{pusher: "wang", script: "branch work\n" + step, refs: []string{"work"}},
			{pusher: "lin", script: "checkout main\nby 纳税服务科 <a@nsfwk.example>\nmerge --mr 5 work",
				refs: []string{"main"}},
		}},
		{"squashed by the office", []arrival{
			{pusher: "wang", script: "branch work\n" + step +
				"section 202507-NFZX-001 办理情况 测试通过。\ncommit 再补充", refs: []string{"work"}},
			{pusher: "lin", script: "checkout main\nby 信息中心 <a@xxzx.example>\ncommitter 纳税服务科 <a@nsfwk." +
				"example>\nmerge --squash work\ncommit 补充", refs: []string{"main"}},
		}},
		{"squashed, with a step that was not there", []arrival{
			{pusher: "wang", script: "branch work\n" + step, refs: []string{"work"}},
			{pusher: "lin", script: "checkout main\nby 信息中心 <a@xxzx.example>\nmerge --squash work\nset 202507-" +
				"NFZX-001 属地=集宁区税务局\ncommit 补充",
				refs: []string{"main"}, refused: true, told: "推送的是 lin"},
		}},
		{"rebased by the office", []arrival{
			{pusher: "wang", script: "branch work\n" + step, refs: []string{"work"}},
			{pusher: "lin", script: "checkout main\nby 纳税服务科 <a@nsfwk.example>\nset 202507-NFZX-002 " +
				"属地=集宁区税务局\ncommit 改\ncheckout work\nrebase main",
				refs: []string{"+work", "main"}},
		}},
		{"picked by the office", []arrival{
			{pusher: "wang", script: "branch work\n" + step, refs: []string{"work"}},
			{pusher: "lin", script: "git checkout -q -b other main\nby 纳税服务科 <a@nsfwk.example>\nset 202507-NFZX-" +
				"002 属地=集宁区税务局\ncommit 改\ncherry-pick work", refs: []string{"other"}},
		}},
	} {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			r := landedRepository(t, config+forgeUsers)
			server := serve(t, r, "file")
			for i, a := range s.arrivals {
				r.Run(a.script)
				before := server.refs(t)
				said, err := server.pushAs(a.pusher, r.Dir, a.refs...)
				if refused := err != nil; refused != a.refused || refused == (server.refs(t) != before) {
					t.Fatalf("push %d: refused %t, want %t:\n%s", i+1, refused, a.refused, said)
				}
				if !strings.Contains(said, a.told) || a.told == "" && strings.Contains(said, "author-mismatch") {
					t.Errorf("push %d: want %q, says\n%s", i+1, a.told, said)
				}
			}
		})
	}
}

// TestMirrorIsPushedToByOneForAll: what a mirror receives another server has judged,
// and one account brings the commits of everybody.
func TestMirrorIsPushedToByOneForAll(t *testing.T) {
	t.Parallel()
	config := settings(t)
	r := landedRepository(t, config+forgeUsers)
	server := serve(t, r, "file")
	r.Run("branch work\nby 信息中心 <a@xxzx.example>\nsection 202507-NFZX-001 办理情况 又作了测试。\ncommit 补充")
	if said, err := server.pushAs("mirror-bot", r.Dir, "work"); err == nil {
		t.Fatalf("received where it is no mirror:\n%s", said)
	}
	if out, err := server.git("config", "suqiu.mirror", "true"); err != nil {
		t.Fatal(out)
	}
	if said, err := server.pushAs("mirror-bot", r.Dir, "work"); err != nil {
		t.Errorf("refused at a mirror:\n%s", said)
	}
}

// pushAs is push by a user of the forge, who need not be there.
func (s *server) pushAs(user, dir string, refs ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"push", s.url}, refs...)...)
	cmd.Dir, cmd.Env = dir, append(gittest.Environ(), "GL_USERNAME="+user)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestPusherOfRequest: in CI `check --pusher` says the same of the last commits of
// a branch; what lies behind one of the pusher's own may have come earlier, and is
// a warning.
func TestPusherOfRequest(t *testing.T) {
	config := settings(t)
	r := gittest.Empty(t)
	r.Run(landed + "branch work\nby 信息中心 <a@xxzx.example>\nsection 202507-NFZX-001 办理情况 又作了测试。\ncommit " +
		"补充\nmark step\n" +
		"by 纳税服务科 <a@nsfwk.example>\nset 202507-NFZX-001 属地=集宁区税务局\ncommit 改\n-- suqiu.yaml --\n" +
		config + forgeUsers)
	for _, c := range []struct{ ref, pusher, want string }{
		{"work", "wang", "错误[author-mismatch]"}, // the last commit is lin's
		{"work", "lin", "警告[author-mismatch]"},  // Wang's lies behind it
		{r.Rev("@step"), "wang", ""},
		{r.Rev("@step"), "lin", "错误[author-mismatch]"},
	} {
		out, _ := exec.Command("suqiu", "-C", r.Dir, "--ref", c.ref, "--as-of", "2025-07-17", "check", "--base",
			"refs/heads/main", "--pusher", c.pusher).CombinedOutput()
		if !strings.Contains(string(out), c.want) || c.want == "" && strings.Contains(string(out), "author-mismatch") {
			t.Errorf("%s by %s: want %q:\n%s", c.ref, c.pusher, c.want, out)
		}
	}
}
