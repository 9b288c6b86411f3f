package rules_test

import (
	"slices"
	"strings"
	"testing"

	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
)

// A 编号 is one appeal's for ever (DESIGN 3; EXAMPLES 56).
func TestTakenNumbers(t *testing.T) {
	const (
		office  = "by 纳税服务科 <a@nsfwk.example>\n"
		center  = "by 纳税服务中心 <a@nfzx.example>\n"
		another = "by 纳税服务中心 <b@nfzx.example>\n"
		one     = "202607-NFZX-003"
		path    = "cases/2026/07/202607-NFZX-003.md"
		ours    = "new " + one + " 标题=退税款迟迟没有到账\nsection " + one +
			" 诉求内容 提交退税申请一个月，账户没有收到款项，电话多次询问没有答复。\ncommit 登记退税\n"
		theirs = "new " + one + " 标题=自助终端打印不了完税证明\nsection " + one +
			" 诉求内容 办税厅二楼的两台自助终端总是缺纸，完税证明无法打印。\ncommit 登记终端\n"
		// Two branches register 003; the other one's has landed.
		both = "mark begin\nbranch work\nat 2026-07-08 09:00\n" + center + ours + "mark ours\n" +
			"checkout main\nbranch other\nat 2026-07-08 10:00\n" + another + theirs +
			"checkout main\nat 2026-07-09 09:00\n" + office + "merge --mr 7 other\n"
		solve = "checkout work\nat 2026-07-10 09:00\n" + center + "merge --no-commit main\n"
	)
	stories := []struct {
		name, script string
		o            register.Options
		want         []string // rules of the findings about 003, errors with a !
	}{
		{"the other landed first", both, register.Options{Ref: "work", Base: "main"}, []string{"id-taken!"}},
		{"what is wrong with the file is told all the same",
			both + "checkout work\nset " + one + " 性质=投诉\ncommit 性质",
			register.Options{Ref: "work", Base: "main"}, []string{"id-taken!", "value-enum!"}},
		{"the other was squashed", "mark begin\nbranch work\nat 2026-07-08 09:00\n" + center + ours +
			"checkout main\nat 2026-07-09 09:00\n" + another + theirs,
			register.Options{Ref: "work", Base: "main"}, []string{"id-taken!"}},
		{"solved with the branch's", both + solve + "git checkout work -- cases\ncommit 解决冲突",
			register.Options{Ref: "work", Base: "main"}, []string{"id-taken!"}},
		{"solved with the branch's, and edited",
			both + solve + "git checkout work -- cases\ncommit 解决冲突\nset " + one + " 件数=3\ncommit 件数",
			register.Options{Ref: "work", Base: "main"}, []string{"id-taken!"}},
		{"solved with what had landed", both + solve + "git checkout main -- cases\ncommit 解决冲突",
			register.Options{Ref: "work", Base: "main"}, []string{"id-taken!"}},
		{"rebased, and solved with the branch's",
			both + "branch again\n" + center + "git checkout work -- cases\ncommit 变基\n",
			register.Options{Ref: "again", Base: "main"}, []string{"id-taken!"}},
		{"solved in the landing, with the branch's",
			both + "mark landed\nmerge --no-commit work\ngit checkout work -- cases\ncommit 合并",
			register.Options{Ref: "main", Base: "@landed", Push: true}, []string{"id-taken!"}},
		{"solved in the landing, with what had landed",
			both + "mark landed\nmerge --no-commit work\ngit checkout @landed -- cases\ncommit 合并",
			register.Options{Ref: "main", Base: "@landed", Push: true}, []string{"id-taken!"}},
		{"landed", both + "merge --no-commit work\ngit checkout work -- cases\ncommit 合并",
			register.Options{Ref: "main"}, []string{"id-taken"}},
		{"landed, and a 更正 names the rule",
			both + "merge --no-commit work\ngit checkout work -- cases\ncommit 合并\nrecord " + one +
				" 更正 事项=编号 规则=id-taken 原因=另行登记\ncommit 更正",
			register.Options{Ref: "main"}, nil},
		{"a 更正 of the request excuses nothing", both + "checkout work\n" + office + "record " + one +
			" 更正 事项=编号 规则=id-taken 原因=另行登记\ncommit 更正",
			register.Options{Ref: "work", Base: "main"}, []string{"id-taken!"}},
		{"of a case that was deleted", "mark begin\nat 2026-07-08 09:00\n" + another + theirs + "rm " + one +
			"\ncommit 删除\nbranch work\n" + center + ours,
			register.Options{Ref: "work", Base: "main"}, []string{"id-taken!"}},
		{"in another folder", both + "checkout work\nmv " + one + " cases/2026/08/202607-NFZX-003.md\ncommit 移动",
			register.Options{Ref: "work", Base: "main"}, []string{"id-duplicate", "id-taken!", "path-mismatch!"}},
		{"in other letters", both + "checkout work\nmv " + one + " cases/2026/07/202607-nfzx-003.md\ncommit 小写",
			register.Options{Ref: "work", Base: "main"}, []string{"id-duplicate", "id-mismatch!", "id-taken!"}},

		{"renumbered in the branch", both + "checkout work\nmv " + one +
			" 202607-NFZX-004\nset 202607-NFZX-004 编号=202607-NFZX-004\ncommit 改号\nmerge main",
			register.Options{Ref: "work", Base: "main"}, nil},
		{"removed in the branch", both + "checkout work\nrm " + one + "\ncommit 不登记了\nmerge main",
			register.Options{Ref: "work", Base: "main"}, nil},
		{"a second commit on a branch that was squashed",
			"mark begin\nbranch work\nat 2026-07-08 09:00\n" + center + ours +
				"checkout main\nat 2026-07-09 09:00\n" + center +
				"merge --squash work\ncommit 压缩\ncheckout work\nat 2026-07-09 10:00\nset " + one +
				" 件数=3\ncommit 件数",
			register.Options{Ref: "work", Base: "main"}, nil},
		{"the same, and main moved on", "mark begin\nbranch work\nat 2026-07-08 09:00\n" + center + ours +
			"checkout main\nat 2026-07-09 09:00\n" + center + "merge --squash work\ncommit 压缩\nset " + one +
			" 属地=集宁区税务局\ncommit 属地\ncheckout work\nat 2026-07-09 10:00\nset " + one +
			" 件数=3\ncommit 件数",
			register.Options{Ref: "work", Base: "main"}, []string{"base-stale"}},
		{"a revert of a revert", "mark begin\nat 2026-07-08 09:00\n" + center + ours +
			"mark one\nrevert @one\nmark two\nbranch work\nrevert @two\nset " + one + " 件数=3\ncommit 件数",
			register.Options{Ref: "work", Base: "main"}, []string{"case-deleted"}},
		{"the text put better", "mark begin\nat 2026-07-08 09:00\n" + center + ours + "branch work\nset " + one +
			" 标题=退税款一个月没有到账\nsection " + one +
			" 诉求内容 提交退税申请已一个月，账户没有收到款项，多次电话询问没有得到答复。\ncommit 改写",
			register.Options{Ref: "work", Base: "main"}, nil},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			r := begin(t)
			r.Run(s.script)
			if strings.HasPrefix(s.o.Base, "@") {
				s.o.Base = r.Rev(s.o.Base)
			}
			var got []string
			found := rules.Run(open(t, r, s.o))
			for _, f := range found {
				if !strings.Contains(strings.ToUpper(f.Path), one) || f.Severity == problem.Info || f.Suppressed {
					continue
				}
				what := f.Rule
				if f.Severity == problem.Error {
					what += "!"
				}
				got = append(got, what)
				if f.Rule == "id-taken" && (!strings.Contains(f.Message, "202607-NFZX-004") ||
					!strings.Contains(f.Message, "退税款") || !strings.Contains(f.Message, "自助终端")) {
					t.Errorf("it does not name both appeals and the next number: %s", f.Message)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, s.want) {
				t.Errorf("findings %q, want %q:\n%s", got, s.want, findingsOf(found))
			}
		})
	}
}
