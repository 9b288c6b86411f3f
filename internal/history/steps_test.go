package history

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
	"suqiu/internal/record"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// Each history says who said what: landing, author, day, keys.
func TestSteps(t *testing.T) {
	const (
		begin = `
at 2026-07-01 09:00
by 中心 <a@nfzx.example>
new 202607-NFZX-001
commit 登记
mark base
`
		feedback = `
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
branch work
set 202607-NFZX-001 状态=已反馈
record 202607-NFZX-001 反馈 结果=已解决 措施=扩容 审核= 退回原因=
commit 反馈
checkout main
`
		office = "by 联席办 <a@nsfwk.example>\n"
	)
	stories := []struct{ name, script, want string }{
		{"merge", begin + feedback + office + "at 2026-07-03 09:00\nmerge --mr 7 work",
			"登记 nfzx 07-01 …\n!7 xxzx 07-02 状态 反馈+"},
		{"squash", begin + feedback + office + "at 2026-07-03 09:00\nmerge --squash work\ncommit 合并",
			"登记 nfzx 07-01 …\n合并 nsfwk 07-03 状态 反馈+"},
		{"fast-forward", begin + feedback + office + "at 2026-07-03 09:00\nmerge --ff work",
			"登记 nfzx 07-01 …\n反馈 xxzx 07-02 状态 反馈+"},
		{"rebase", begin + feedback + office + "at 2026-07-03 09:00\nset 202607-NFZX-001 标题=改过的标题\n" +
			"commit 改标题\ncheckout work\nrebase main\ncheckout main\nmerge --ff work",
			"登记 nfzx 07-01 …\n改标题 nsfwk 07-03 标题\n反馈 xxzx 07-02 状态 反馈+"},
		{"clean three-way merge", begin + feedback + office + "at 2026-07-02 10:00\n" +
			"set 202607-NFZX-001 标题=改过的标题\ncommit 改标题\nat 2026-07-03 09:00\nmerge --mr 8 work",
			"登记 nfzx 07-01 …\n改标题 nsfwk 07-02 标题\n!8 xxzx 07-02 状态 反馈+"},
		{"main merged into the branch", begin + feedback + office + "at 2026-07-02 10:00\n" +
			"set 202607-NFZX-001 标题=改过的标题\ncommit 改标题\ncheckout work\nby 信息 <a@xxzx.example>\n" +
			"at 2026-07-02 11:00\nmerge main\ncheckout main\n" + office + "at 2026-07-03 09:00\nmerge --mr 9 work",
			"登记 nfzx 07-01 …\n改标题 nsfwk 07-02 标题\n!9 xxzx 07-02 状态 反馈+"},
		{"two authors in one request", begin + feedback + "checkout work\nat 2026-07-02 15:00\n" +
			"by 征管 <a@zsglk.example>\nset 202607-NFZX-001 协办反馈.征收管理科.结果=已梳理\ncommit 协办\n" +
			"checkout main\n" + office + "at 2026-07-03 09:00\nmerge --mr 10 work",
			"登记 nfzx 07-01 …\n!10 xxzx 07-02 状态 反馈+; zsglk 07-02 协办反馈"},
		{"a slip mended in the branch", begin + "branch work\nby 信息 <a@xxzx.example>\nat 2026-07-02 09:00\n" +
			"set 202607-NFZX-001 标题=写错的标题\ncommit 写错\nat 2026-07-02 10:00\n" +
			"set 202607-NFZX-001 标题=征期末日申报提交失败\nset 202607-NFZX-001 属地=集宁区\ncommit 改回\n" +
			"checkout main\n" + office + "at 2026-07-03 09:00\nmerge --mr 11 work",
			"登记 nfzx 07-01 …\n!11 xxzx 07-02 属地"},
		{"octopus", begin + "branch one\nat 2026-07-02 09:00\nby 信息 <a@xxzx.example>\n" +
			"set 202607-NFZX-001 标题=改过的标题\ncommit 一\ncheckout main\nbranch two\nat 2026-07-02 10:00\n" +
			"by 征管 <a@zsglk.example>\nset 202607-NFZX-001 协办反馈.征收管理科.结果=已梳理\ncommit 二\n" +
			"checkout main\n" + office + "at 2026-07-03 09:00\nmerge one two",
			"登记 nfzx 07-01 …\nMerge branches 'one' and 'two' xxzx 07-02 标题; zsglk 07-02 协办反馈"},
		{"cherry-picked twice",
			begin + feedback + "checkout work\nmark w\ncheckout main\nat 2026-07-03 09:00\n" + office +
				"cherry-pick @w\nat 2026-07-04 09:00\nmerge work",
			"登记 nfzx 07-01 …\n反馈 xxzx 07-02 状态 反馈+"},
		{"revert", begin + "at 2026-07-02 09:00\nset 202607-NFZX-001 标题=改过的标题\ncommit 改标题\n" +
			"at 2026-07-03 09:00\n" + office + "revert HEAD",
			"登记 nfzx 07-01 …\n改标题 nfzx 07-02 标题\nRevert \"改标题\" nsfwk 07-03 标题"},
		{"layout only", begin + "at 2026-07-02 09:00\nreplace 202607-NFZX-001 '属地:' '属地:   # 待补'\ncommit 注释",
			"登记 nfzx 07-01 …"},
		{"moved", begin + "at 2026-07-02 09:00\nmv 202607-NFZX-001 cases/旧/202607-NFZX-001.md\ncommit 移动\n" +
			"at 2026-07-03 09:00\nset cases/旧/202607-NFZX-001.md 标题=改过的标题\ncommit 改标题",
			"登记 nfzx 07-01 …\n改标题 nfzx 07-03 标题"},
		{"deleted and back", begin + "at 2026-07-02 09:00\nrm 202607-NFZX-001\ncommit 删除\nat 2026-07-03 09:00\n" +
			"new 202607-NFZX-001 标题=改过的标题\ncommit 恢复",
			"登记 nfzx 07-01 …\n删除 - nfzx 07-02\n恢复 nfzx 07-03 标题"},
		{"unreadable between", begin + "at 2026-07-02 09:00\ntext 202607-NFZX-001 不是事项文件\ncommit 弄坏\n" +
			"at 2026-07-03 09:00\nnew 202607-NFZX-001 标题=改过的标题\ncommit 修好",
			"登记 nfzx 07-01 …\n修好 nfzx 07-03 标题"},
		{"clock goes back", begin + "at 2026-06-20 09:00\nset 202607-NFZX-001 标题=改过的标题\ncommit 改标题",
			"登记 nfzx 07-01 …\n改标题@07-01 nfzx 06-20 标题"},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			r := gittest.Repo(t, s.script)
			if diff := cmp.Diff(s.want, tell(t, r.Dir)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// tell writes the life of 202607-NFZX-001: a line a landing.
func tell(t *testing.T, dir string) string {
	t.Helper()
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	h, err := Walk(context.Background(), repo, mainline.Options{Ref: "main"})
	if err != nil {
		t.Fatal(err)
	}
	rd := h.Repo.Reader()
	defer rd.Close()
	rd.KeepMessage = func([]byte) bool { return true }
	subject := func(hash string) string {
		c, err := rd.Commit(git.NewHash(hash), git.People{})
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(c.Message), "\n")
		return first
	}
	day := func(at time.Time) string { return at.In(workday.Shanghai).Format("01-02") }
	var lines []string
	err = h.Cases(context.Background(), nil, nil, func(ch *timeline.CaseHistory) error {
		if ch.ID != "202607-NFZX-001" {
			return nil
		}
		for _, l := range ch.Landings {
			landing := h.Landings[l.Landing]
			line := subject(landing.Commit)
			if landing.Request > 0 {
				line = fmt.Sprint("!", landing.Request)
			}
			if !landing.At.Equal(landing.Committed.Time()) {
				line += "@" + day(landing.At)
			}
			if l.After == nil {
				line += " -"
			}
			for i, s := range l.Steps {
				if i > 0 {
					line += ";"
				}
				_, unit, _ := strings.Cut(s.Author.Email, "@")
				line += " " + strings.TrimSuffix(unit, ".example") + " " + day(s.Authored)
				for _, change := range s.Changes {
					if len(s.Changes) > 5 {
						line += " …"
						break
					}
					line += " " + change.Key
					if change.Kind == record.Added {
						line += "+"
					}
				}
			}
			lines = append(lines, line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
