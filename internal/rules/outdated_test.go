package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
)

// What was copied from a version that is no longer the base's is not merged over it
// (DESIGN 15): whatever stands in the line, and whatever somebody did about it but
// take the line out or copy anew.
func TestOutdatedCopies(t *testing.T) {
	const (
		one   = "202607-NFZX-003"
		path  = "cases/2026/07/202607-NFZX-003.md"
		unit  = "at 2026-07-09 09:00\nby 纳税服务中心 <a@nfzx.example>\n"
		start = "at 2026-07-08 09:00\nby 纳税服务中心 <a@nfzx.example>\nnew " + one + "\ncommit 登记\nbranch work\n"
		// The base goes on after the branch began.
		moved = "checkout main\nset " + one + " 件数=2\ncommit 件数\ncheckout work\n"
	)
	stories := []struct {
		name, before, after string
		line                string // the version that it speaks of
		want                string // rules of the findings about the copy
	}{
		{"of the base", unit, "commit 粘贴", "main:" + path, ""},
		{"of what was the base", unit + moved, "commit 粘贴", "work:" + path, "base-stale!"},
		{"of what is the base now, though the branch is older", unit + moved, "commit 粘贴", "main:" + path,
			"base-stale"},
		{"merged, and his own kept", unit, "commit 粘贴\n" + moved +
			"merge --no-commit main\ngit checkout work -- cases\ncommit 合并", "work:" + path, "base-stale!"},
		{"of nothing", unit, "commit 粘贴", "", "base-stale!"},
		{"a 更正 that comes with it", unit + moved, "record " + one + " 更正 事项=件数 规则=base-stale 原因=已核对\n" +
			"commit 粘贴", "work:" + path, "base-stale! transition-actor!"},
		{"in a file of another name", unit + moved, "mv " + one + " cases/2026/08/" + one + ".md\ncommit 移动",
			"work:" + path, "base-stale! path-mismatch!"},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			r := begin(t)
			r.Run(start + s.before)
			blob := ""
			if s.line != "" {
				blob = r.Git("rev-parse", s.line)
			}
			file := filepath.Join(r.Dir, filepath.FromSlash(path))
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(mdfile.WithOrigin(string(src), blob)), 0o644); err != nil {
				t.Fatal(err)
			}
			r.Run(s.after)
			var got []string
			for _, f := range rules.Run(open(t, r, register.Options{Ref: "work", Base: "main"})) {
				if !strings.HasSuffix(f.Path, one+".md") || f.Suppressed || !f.New ||
					f.Rule != "base-stale" && f.Severity != problem.Error {
					continue
				}
				if got = append(got, f.Rule); f.Severity == problem.Error {
					got[len(got)-1] += "!"
				}
				if f.Rule == "base-stale" && f.Severity == problem.Error && (f.Line != 2 || f.Case != one) {
					t.Errorf("at line %d of %s", f.Line, f.Case)
				}
			}
			if got := strings.Join(got, " "); got != s.want {
				t.Errorf("%s, want %s", got, s.want)
			}
		})
	}
}
