package rules_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/workday"
)

// TestUndoneByMerge lets one unit's branch take main in and drop, by the merge,
// what somebody else had landed. DESIGN 6, Step: "that is a step of whoever made
// the merge"; EXAMPLES 57. It is judged so by --base, by the hook that gets the
// landing which the office made of it, and once it has landed.
func TestUndoneByMerge(t *testing.T) {
	const (
		office  = "by 纳税服务科 <a@nsfwk.example>\n"
		who     = "a@xxzx.example" // the lead, who makes the merge
		lead    = "by 信息中心 <" + who + ">\n"
		caseID  = "202607-NFZX-001"
		inPath  = "cases/2026/07/202607-NFZX-001.md"
		monthly = "单位: 纳税服务中心\n月份: 2026-06\n零报告: 是\n"
	)
	landed := []struct{ name, script, path string }{
		{"协办反馈", "by 征收管理科 <a@zsglk.example>\nset " + caseID +
			" 协办反馈.征收管理科.结果=已梳理\ncommit 协办反馈", inPath},
		{"公开范围", office + "set " + caseID + " 公开范围=仅要素\ncommit 公开范围", inPath},
		{"标题", office + "set " + caseID + " 标题=申报表提交后没有回执\ncommit 标题", inPath},
		{"原渠道期限", office + "set " + caseID + " 原渠道期限=2026-07-31\ncommit 原渠道期限", inPath},
		{"协办单位", office + "set " + caseID + " 协办单位=第三税务分局 更正=\nrecord " + caseID +
			" 更正 事项=协办单位 规则=transition-illegal 原因=分工\ncommit 协办单位", inPath},
		{"a case", "by 纳税服务中心 <a@nfzx.example>\nnew 202607-NFZX-002\ncommit 登记",
			"cases/2026/07/202607-NFZX-002.md"},
		{"suqiu.yaml", office + "replace suqiu.yaml '收件宽限: 1' '收件宽限: 2'\ncommit 配置", "suqiu.yaml"},
		{"a meeting", office + "text meetings/CQ2026-01.md '---\\n编号: CQ2026-01\\n类型: 传签\\n---'\ncommit 传签",
			"meetings/CQ2026-01.md"},
		{"monthly", "by 纳税服务中心 <a@nfzx.example>\ntext monthly/2026-06/NFZX.md '" +
			strings.ReplaceAll(monthly, "\n", "\\n") + "'\ncommit 月报", "monthly/2026-06/NFZX.md"},
		{"risks", office + "text risks/2026-06.md '---\\n月份: 2026-06\\n---'\ncommit 风险点", "risks/2026-06.md"},
	}
	// How the branch drops it. The merge is always the lead's.
	drops := []struct{ name, script string }{
		{"-s ours", "merge --ours main\n"},
		{"-s ours, and goes on",
			"merge --ours main\nat 2026-07-13 12:00\nset " + caseID + " 属地=集宁区税务局\ncommit 又一处\n"},
		// A merge of two commits neither of which has landed.
		{"by way of an empty commit on main",
			"git branch keep\ncheckout --detach main\ncommit 空\nmark empty\ncheckout keep\nmerge --ours " +
				"@empty\ngit branch -f work keep\ncheckout work\n"},
		{"several parents at once",
			"git branch more @begin\ncheckout more\ntext 说明.txt 另一件\ncommit 另一件\ncheckout work\nmerge " +
				"--ours main more\n"},
	}
	for _, l := range landed {
		for _, drop := range drops {
			t.Run(l.name+"/"+drop.name, func(t *testing.T) {
				t.Parallel()
				r := begin(t)
				r.Run("mark begin\nbranch work\nat 2026-07-08 09:00\n" + lead + "section " + caseID +
					" 办理情况 正在排查。\ncommit 办理情况\n" +
					"checkout main\nat 2026-07-10 09:00\n" + l.script + "\ncheckout work\nat 2026-07-13 09:00\n" +
					lead + drop.script)

				judge := func(what string, landed bool, o register.Options) {
					d := open(t, r, o)
					if blamed(rules.Run(d), l.path, who, landed) == "" {
						t.Errorf("%s: nobody is told off for %s:\n%s", what, l.path, findingsOf(rules.Run(d)))
					}
					for _, c := range d.Cases {
						for _, e := range c.Life.Events {
							if e.Proxy {
								t.Errorf("%s: event %d of %s counts as 代录 (%s)", what, e.N, c.ID, e.Reason)
							}
						}
					}
				}
				judge("--base", false, register.Options{Base: "main", Ref: "work"})
				r.Run("git branch result main\ncheckout result\nat 2026-07-13 14:00\n" + office + "merge work")
				judge("--base of the merged result", false, register.Options{Base: "main", Ref: "result"})
				judge("hook", false, register.Options{Base: "main", Ref: "result", Push: true})
				r.Run("checkout main\nmerge --ff result")
				judge("landed", true, register.Options{Ref: "main"})
			})
		}
	}
}

// TestUndoneByLanding lets the landing itself drop what had landed: who made it
// answers, and not the author of the branch (DESIGN 6, Step).
func TestUndoneByLanding(t *testing.T) {
	r := begin(t)
	r.Run(`mark begin
branch work
at 2026-07-08 09:00
by 信息中心 <a@xxzx.example>
section 202607-NFZX-001 办理情况 正在排查。
commit 办理情况
checkout main
at 2026-07-10 09:00
by 征收管理科 <a@zsglk.example>
set 202607-NFZX-001 协办反馈.征收管理科.结果=已梳理
commit 协办反馈
at 2026-07-13 09:00
by 第三税务分局 <a@dsfj.example>
merge --no-commit work
git checkout work -- cases
commit 合并
`)
	for _, o := range []register.Options{{Ref: "main"}, {Ref: "main", Base: "main^1", Push: true}} {
		d := open(t, r, o)
		found := rules.Run(d)
		if blamed(found, "cases/2026/07/202607-NFZX-001.md", "a@dsfj.example", o.Base == "") == "" {
			t.Errorf("the one who merged is not told off:\n%s", findingsOf(found))
		}
		if said := blamed(found, "cases/2026/07/202607-NFZX-001.md", "a@xxzx.example", o.Base == ""); said != "" {
			t.Errorf("the author of the branch is told off: %s", said)
		}
	}
}

// TestOldMergeAsBase: a request whose head merges an old landing with the newest
// one, and keeps the old one's files, is held to the newest (DESIGN 6: only a
// merge that the platform made on the target replaces REV).
func TestOldMergeAsBase(t *testing.T) {
	r := begin(t)
	r.Run(`mark begin
at 2026-07-10 09:00
by 征收管理科 <a@zsglk.example>
set 202607-NFZX-001 协办反馈.征收管理科.结果=已梳理
commit 协办反馈
mark newest
checkout --detach @begin
at 2026-07-13 09:00
by 信息中心 <a@xxzx.example>
merge --ours @newest
mark head
`)
	d := open(t, r, register.Options{Ref: r.Rev("@head"), Base: "main"})
	if found := rules.Run(d); blamed(found, "cases/2026/07/202607-NFZX-001.md", "a@xxzx.example", false) == "" {
		t.Errorf("nobody is told off:\n%s", findingsOf(found))
	}
}

// begin is a repository with one case that is being handled.
func begin(t *testing.T) *gittest.Repository {
	t.Helper()
	cfg, err := os.ReadFile("../register/testdata/suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r := gittest.Empty(t)
	if err := os.WriteFile(filepath.Join(r.Dir, config.Path), cfg, 0o666); err != nil {
		t.Fatal(err)
	}
	r.Run("at 2026-06-01 09:00\nby 纳税服务科 <a@nsfwk.example>\ncommit 启用")
	archive, err := txtar.ParseFile("../register/testdata/beginnings.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files[:3] { // registered, pushed, handling
		r.Run(string(f.Data))
	}
	return r
}

func open(t *testing.T, r *gittest.Repository, o register.Options) *register.Register {
	t.Helper()
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	o.AsOf = workday.New(2026, 7, 14)
	o.Now = time.Date(2026, 7, 14, 9, 0, 0, 0, workday.Shanghai)
	d, err := register.Load(context.Background(), repo, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// blamed is the first finding of workflow about a file that names an author:
// an error, or where it has landed, a warning.
func blamed(list []problem.Problem, path, author string, landed bool) string {
	severity := problem.Error
	if landed {
		severity = problem.Warning
	}
	i := slices.IndexFunc(list, func(f problem.Problem) bool {
		r, _ := caserules.Lookup(f.Rule)
		return f.Path == path && f.Author == author && f.Severity == severity && r.Group == caserules.Workflow &&
			f.Commit != ""
	})
	if i < 0 {
		return ""
	}
	return list[i].Rule + " " + list[i].Message
}

func findingsOf(list []problem.Problem) string {
	var b strings.Builder
	for _, f := range list {
		b.WriteString(fmt.Sprint(f.Severity) + " " + f.Rule + " " + f.Path + " " + f.Author + " " + f.Message + "\n")
	}
	return b.String()
}
