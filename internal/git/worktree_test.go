package git

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/gittest"
)

// What is not committed is told of wherever it waits, and nothing else is.
func TestUncommitted(t *testing.T) {
	r := gittest.Repo(t, "new 202607-NFZX-001\nnew 202607-NFZX-002\nnew 202607-NFZX-003\ntext suqiu.yaml 名称: 局\n"+
		"text 说明.txt 一\ntext cases/其他.txt 一\ncommit 一")
	look := func() []string {
		t.Helper()
		repo, err := Open(r.Dir)
		if err != nil {
			t.Fatal(err)
		}
		list, err := repo.Uncommitted([]string{"suqiu.yaml", "cases/", "monthly/"}, ".md")
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(r.Dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if list := look(); len(list) > 0 {
		t.Errorf("of what is committed: %q", list)
	}
	first := gittest.CasePath("202607-NFZX-001")
	text := read(t, r, "202607-NFZX-001")
	// Touched, and with the line ends of Windows: the same.
	write(first, string(text))
	write(gittest.CasePath("202607-NFZX-002"), strings.ReplaceAll(string(read(t, r, "202607-NFZX-002")), "\n", "\r\n"))
	if err := os.Chtimes(filepath.Join(r.Dir, first), time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if list := look(); len(list) > 0 {
		t.Errorf("of what was touched: %q", list)
	}
	write(first, string(text)+"改")
	write("monthly/2026-07/NFZX.md", "新")
	write("monthly/2026-07/草稿.txt", "不算")
	write("cases/.git-old/x.md", "不算")
	write("cases/2026/07/202607-NFZX-009.md", "已暂存")
	write("说明.txt", "不算")
	r.Git("add", "cases/2026/07/202607-NFZX-009.md")
	if err := os.Remove(filepath.Join(r.Dir, gittest.CasePath("202607-NFZX-003"))); err != nil {
		t.Fatal(err)
	}
	want := []string{first, gittest.CasePath("202607-NFZX-003"), "cases/2026/07/202607-NFZX-009.md",
		"monthly/2026-07/NFZX.md"}
	if diff := cmp.Diff(want, look()); diff != "" {
		t.Error(diff)
	}
	r.Git("checkout", "-q", "--", gittest.CasePath("202607-NFZX-002"))
	r.Git("add", "-u")
	r.Git("add", "monthly/2026-07/NFZX.md")
	if diff := cmp.Diff(want, look()); diff != "" {
		t.Error("staged:", diff)
	}
	r.Git("commit", "-qm", "二")
	if list := look(); len(list) > 0 {
		t.Errorf("after the commit: %q", list)
	}
}

func read(t *testing.T, r *gittest.Repository, id string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(r.Dir, gittest.CasePath(id)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
