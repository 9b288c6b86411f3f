package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"suqiu/internal/gittest"
)

// landed is what the server of the push tests has before each push: two cases
// of July 2025, the first of which has been fed back.
const landed = `
at 2025-07-01 09:00
by 纳税服务科 <a@nsfwk.example>
write suqiu.yaml
commit 启用
by 纳税服务中心 <a@nfzx.example>
new 202507-NFZX-001
commit 登记
at 2025-07-07 10:00
by 纳税服务科 <a@nsfwk.example>
set 202507-NFZX-001 状态=已推送 任务清单=RW202507-01 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 承办单位=信息中心
commit 推送
at 2025-07-08 09:00
by 信息中心 <a@xxzx.example>
set 202507-NFZX-001 状态=办理中
commit 接收
at 2025-07-15 10:00
set 202507-NFZX-001 状态=已反馈
record 202507-NFZX-001 反馈 结果=已解决 措施=扩容 答复日期=2025-07-15 审核= 退回原因=
section 202507-NFZX-001 办理情况 已经扩容。
section 202507-NFZX-001 反馈答复 已经答复。
commit 反馈
at 2025-07-16 09:00
by 纳税服务中心 <a@nfzx.example>
new 202507-NFZX-002
commit 登记
mark base
at 2025-07-17 09:00
by 纳税服务科 <a@nsfwk.example>
`

// settings is suqiu.yaml of the push tests.
func settings(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "hook", "suqiu.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// landedRepository is a repository in which landed has landed, with that suqiu.yaml.
func landedRepository(t *testing.T, config string) *gittest.Repository {
	t.Helper()
	r := gittest.Empty(t)
	r.Run(landed + "-- suqiu.yaml --\n" + config)
	return r
}

// A push is what one push does: a script on top of landed, the references, and
// what is to be seen. Without want the push is received.
type push struct {
	name   string
	script string
	refs   []string // default: main
	want   []string // in what the one who pushes reads, if main is refused
	told   []string // the same, if the push is received
	web    bool     // over HTTP as well
}

var pushes = []push{
	{name: "a step", web: true, script: "set 202507-NFZX-001 状态=评估中 反馈.审核=通过\ncommit 审核"},
	{name: "several steps and a merge", web: true, script: "branch work\nby 纳税服务中心 <a@nfzx.example>\nnew " +
		"202507-NFZX-003\ncommit 登记\ncheckout main\nby 纳税服务科 <a@nsfwk.example>\nset 202507-NFZX-001 " +
		"状态=评估中 反馈.审核=通过\ncommit 审核\nmerge --mr 3 work"},
	{name: "a slip mended by the next commit", script: "set 202507-NFZX-001 状态=评估中 反馈.审核=通过 性质=投述\n" +
		"commit 审核\nset 202507-NFZX-001 性质=诉求\ncommit 改正"},
	{name: "a tag", script: "tag v1", refs: []string{"v1"}},
	{name: "a branch with errors", script: "branch work\nset 202507-NFZX-001 状态=已办结\ncommit 办结",
		refs: []string{"work"},
		told: []string{"提醒：分支 work 已接收", "错误[transition-requires]"}},
	{name: "a branch of something else", script: "orphan other\ntext README 说明\ncommit 说明",
		refs: []string{"other"}},

	{name: "main forced back", web: true, script: "git reset -q --hard @base~1\ntext suqiu.txt x\ncommit 改写",
		refs: []string{"+main"},
		want: []string{"它会改写主分支已入库的历史", "git rebase origin/main"}},
	{name: "main as a merge made on an older one", script: "branch work @base~1\ntext a.txt x\ncommit 一\ngit " +
		"checkout -q -B main @base~2\nmerge work", refs: []string{"+main"},
		want: []string{"它会改写主分支已入库的历史"}},
	{name: "main merged into a branch", script: "git checkout -q -b work @base~1\nset 202507-NFZX-001 " +
		"属地=集宁区税务局\ncommit 一\nmerge main\ngit branch -f main work\ncheckout main",
		want: []string{"合并的方向反了", "git merge --no-ff"}},
	{name: "main deleted", refs: []string{":main"}, want: []string{"删除主分支 main", "不能删除"}},
	{name: "a case of more than 1 MB",
		script: "by 纳税服务中心 <a@nfzx.example>\nsection 202507-NFZX-002 诉求内容 " + strings.Repeat("甲", 400_000) +
			"\ncommit 全文",
		want: []string{"错误[size-limit]", "超过 1 MB", "cases/2025/07/202507-NFZX-002.md"}},
	{name: "a case deleted", web: true, script: "rm 202507-NFZX-002\ncommit 删",
		want: []string{"错误[case-deleted]", "cases/2025/07/202507-NFZX-002.md", "恢复该文件"}},
	{name: "a record removed", script: "unset 202507-NFZX-001 反馈[0]\ncommit 删",
		want: []string{"错误[record-removed]"}},
	{name: "a record changed", script: "set 202507-NFZX-001 反馈.措施=改过\ncommit 改", want: []string{"错误[record-"}},
	// A slip that the same push mends is nobody's offence; what does not come back
	// as it was is.
	{name: "a case deleted and restored", script: "rm 202507-NFZX-002\ncommit 误删\ngit checkout -q @base -- cases/" +
		"2025/07/202507-NFZX-002.md\ncommit 恢复"},
	{name: "a case deleted and restored without its record",
		script: "rm 202507-NFZX-001\ncommit 误删\ngit checkout -q @base -- cases/2025/07/202507-NFZX-001.md\nunset " +
			"202507-NFZX-001 反馈[0]\ncommit 恢复",
		want: []string{"错误[record-removed]"}},
	{name: "a commit of tomorrow", script: "at 2099-01-01 09:00\nset 202507-NFZX-001 状态=评估中 反馈.审核=通过\n" +
		"commit 审核",
		want: []string{"提交的日期在将来", "2099-01-01 09:00", "git rebase --reset-author-date origin/main"}},
	{name: "a commit of tomorrow behind a merge of today",
		script: "branch work\nat 2099-01-01 09:00\ntext a.txt x\ncommit 一\ncheckout main\nat 2025-07-17 10:00\n" +
			"merge work",
		want: []string{"提交的日期在将来"}},
	{name: "a value that is none", web: true, script: "set 202507-NFZX-002 性质=投述\ncommit 改",
		want: []string{"错误[value-enum]", "| 性质: 投述", "suqiu check --base refs/remotes/origin/main"}},
	{name: "somebody else's step", script: "by 信息中心 <a@xxzx.example>\nset 202507-NFZX-001 状态=评估中 反馈." +
		"审核=通过\ncommit 审核", want: []string{"错误[transition-actor]"}},
	{name: "configuration by another unit", script: "by 信息中心 <a@xxzx.example>\nreplace suqiu.yaml 收件宽限: " +
		"收件宽限:\\x20\nappend suqiu.yaml 签名: 不要求\ncommit 改", want: []string{"错误[config-actor]"}},
	{name: "the configuration deleted", script: "rm suqiu.yaml\ncommit 删", want: []string{"suqiu.yaml 被删除"}},
	{name: "several references, one of them bad", web: true,
		script: "branch work\ntext a.txt x\ncommit 一\ncheckout main\nrm 202507-NFZX-002\ncommit 删",
		refs:   []string{"work", "main"},
		want:   []string{"错误[case-deleted]"}},
	{name: "replaced objects", script: "git update-ref refs/replace/@base HEAD~1",
		refs: []string{"refs/replace/*:refs/replace/*"}, want: []string{"git replace -d"}},
	{name: "merged into a case that is not there",
		script: "set 202507-NFZX-002 状态=已合并 并入=202507-NFZX-009\ncommit 合并",
		want:   []string{"错误[case-unknown]"}},
	{name: "merged into a case that the push leaves alone",
		script: "set 202507-NFZX-002 状态=已合并 并入=202507-NFZX-001\ncommit 合并"},
}

// TestPush pushes to a bare repository with the hook, over a file path and some
// of it over HTTP. What is refused leaves every reference as it was, and its objects, which
// waited in quarantine, are gone.
func TestPush(t *testing.T) {
	config := settings(t)
	for _, transport := range []string{"file", "http"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			r := landedRepository(t, config)
			s := serve(t, r, transport)
			for _, p := range pushes {
				if transport == "http" && !p.web {
					continue
				}
				t.Run(p.name, func(t *testing.T) {
					s.reset(t)
					r.Run("at 2025-07-17 09:00\nby 纳税服务科 <a@nsfwk.example>\ncheckout --detach @base")
					for _, name := range strings.Fields(r.Git("for-each-ref", "--format=%(refname)")) {
						r.Git("update-ref", "-d", name)
					}
					r.Run("branch main\n" + p.script)
					p.run(t, r, s)
				})
			}
		})
	}
}

func (p *push) run(t *testing.T, r *gittest.Repository, s *server) {
	refs := p.refs
	if refs == nil {
		refs = []string{"main"}
	}
	before, tip := s.refs(t), r.Rev("HEAD")
	said, err := s.push(r.Dir, refs...)
	if strings.Contains(said, "panic") || strings.Contains(said, "错误：") {
		t.Fatalf("the hook failed:\n%s", said)
	}
	after := s.refs(t)
	if p.want == nil {
		if err != nil || before == after {
			t.Fatalf("not received: %v\n%s", err, said)
		}
		if p.told == nil && strings.Contains(said, "remote:") {
			t.Errorf("said something:\n%s", said)
		}
		for _, w := range p.told {
			if !strings.Contains(said, w) {
				t.Errorf("does not say %q:\n%s", w, said)
			}
		}
		return
	}
	if err == nil || before != after {
		t.Fatalf("received:\n%s", said)
	}
	for _, w := range append(p.want, "remote: 未接收", "pre-receive hook declined") {
		if !strings.Contains(said, w) {
			t.Errorf("does not say %q:\n%s", w, said)
		}
	}
	if tip != r.Marks["base"] && p.script != "" {
		if _, err := s.git("cat-file", "-e", tip); err == nil {
			t.Error("what was refused has come out of quarantine")
		}
	}
}

// TestFirstPush: the first push to an empty repository is held to what check
// calls an error; one that has no cases yet is let be.
func TestFirstPush(t *testing.T) {
	config := settings(t)
	for _, p := range []push{
		{name: "cases", script: landed + "-- suqiu.yaml --\n" + config},
		{name: "no cases", script: "text README 说明\ncommit 说明", told: []string{"还没有 suqiu.yaml"}},
		{name: "a broken one", script: landed + "text cases/2025/07/202507-NFZX-003.md 没有首部\ncommit 登记\n-- " +
			"suqiu.yaml --\n" + config, want: []string{"错误[front-matter-missing]"}},
		{name: "of tomorrow", script: landed + "at 2099-01-01\ntext a.txt x\ncommit 一\n-- suqiu.yaml --\n" +
			config, want: []string{"提交的日期在将来", "git rebase --reset-author-date --root"}},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			r := gittest.Empty(t)
			r.Run(p.script)
			p.run(t, r, serve(t, nil, "file"))
		})
	}
}

// TestPushTogether pushes branches and rival tips of main at the same time:
// every branch is received, one tip wins, and the repository is whole.
func TestPushTogether(t *testing.T) {
	t.Parallel()
	config := settings(t)
	r := landedRepository(t, config)
	s := serve(t, r, "http")
	const each = 3
	for i := range each {
		r.Run(fmt.Sprintf("branch b%d @base\ntext b%d.txt x\ncommit 分支\nbranch rival%d @base\nsection 202507-NFZX-"+
			"001 研判分析 第%d种\ncommit 审核", i, i, i, i))
	}
	var mu sync.Mutex
	won := 0
	var wg sync.WaitGroup
	for i := range each {
		wg.Go(func() {
			if said, err := s.push(r.Dir, fmt.Sprintf("b%d", i)); err != nil {
				t.Errorf("branch %d: %v\n%s", i, err, said)
			}
		})
		wg.Go(func() {
			said, err := s.push(r.Dir, fmt.Sprintf("rival%d:main", i))
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won++
			} else if strings.Contains(said, "错误") {
				t.Error(said)
			}
		})
	}
	wg.Wait()
	if won != 1 {
		t.Errorf("%d tips of main were received", won)
	}
	if out, err := s.git("fsck", "--strict", "--no-dangling"); err != nil {
		t.Errorf("fsck: %v\n%s", err, out)
	}
	if n := strings.Count(s.refs(t), "refs/heads/b"); n != each {
		t.Errorf("%d branches", n)
	}
}

// TestPushInBrowser: GitLab shows those lines alone that are marked for it.
func TestPushInBrowser(t *testing.T) {
	t.Parallel()
	config := settings(t)
	r := gittest.Empty(t)
	r.Run(landed + "set 202507-NFZX-002 性质=投述\ncommit 改\n-- suqiu.yaml --\n" + config)
	for _, p := range []struct{ old, want string }{
		{r.Rev("@base"), "GL-HOOK-ERR: cases/2025/07/202507-NFZX-002.md 第 4 行：“性质”"},
		{r.Rev("main"), "GL-HOOK-ERR: 未接收：对主分支 main 的推送。它会改写"},
	} {
		cmd := exec.Command("suqiu", "-C", r.Dir, "hook", "pre-receive", "--as-of", "2025-07-17")
		cmd.Env = append(os.Environ(), "GL_PROTOCOL=web")
		next := r.Rev("main")
		if p.old == next {
			next = r.Rev("@base")
		}
		cmd.Stdin = strings.NewReader(p.old + " " + next + " refs/heads/main\n")
		out, err := cmd.Output()
		if err == nil || !strings.Contains(string(out), p.want) {
			t.Errorf("%v, says\n%s", err, out)
		}
		for line := range strings.Lines(string(out)) {
			if !strings.HasPrefix(line, "GL-HOOK-ERR: ") {
				t.Errorf("GitLab does not show %q", line)
			}
		}
	}
}
