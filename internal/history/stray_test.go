package history

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
)

// What stands below cases/ and is no case is told of, and hides no case.
func TestStray(t *testing.T) {
	r := gittest.Repo(t, `
new 202607-NFZX-001
new 202607-NFZX-002
new 202607-NFZX-003
text cases/.gitkeep
text 说明.txt 不在 cases 下
commit 一
cp 202607-NFZX-001 cases/0/202607-NFZX-001.md
cp 202607-NFZX-001 cases/2026/07/202607-nfzx-001.md
text cases/2026/07/台账.xlsx 表
cp 202607-NFZX-002 cases/2026/07/202607-NFZX-009.MD
symlink 202607-NFZX-002.md cases/2026/07/202607-NFZX-008.md
rm 202607-NFZX-003
symlink 202607-NFZX-002.md 202607-NFZX-003
submodule cases/子模块
commit 二
`)
	h := walk(t, r.Dir, mainline.Options{})
	stray := h.UnreadableEntries()
	if diff := cmp.Diff(strayInTree(t, h), stray); diff != "" {
		t.Errorf("(-by the tree +by what landed):\n%s", diff)
	}
	var got []string
	for _, s := range stray {
		if s.Message == "" || s.Fix == "" {
			t.Errorf("%s: %q, %q", s.Path, s.Message, s.Fix)
		}
		got = append(got, s.Rule+" "+s.Path)
	}
	want := []string{
		"id-duplicate cases/0/202607-NFZX-001.md", // the older one is read
		"path-mismatch cases/2026/07/202607-NFZX-003.md",
		"path-mismatch cases/2026/07/202607-NFZX-008.md",
		"id-duplicate cases/2026/07/202607-nfzx-001.md",
		"path-mismatch cases/2026/07/台账.xlsx",
		"path-mismatch cases/子模块",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	all := lives(t, h)
	if c := all["202607-NFZX-001"]; c == nil || c.Path != "cases/2026/07/202607-NFZX-001.md" || c.Deleted {
		t.Errorf("the case that stands twice: %+v", c)
	}
	if c := all["202607-NFZX-003"]; c == nil || !c.Deleted || c.Head != nil || c.Last == nil {
		t.Errorf("the case that became a link: %+v", c)
	}
	if c := all["202607-NFZX-009"]; c == nil || c.Path != "cases/2026/07/202607-NFZX-009.MD" {
		t.Errorf("a name in capitals is none of a case: %+v", c)
	}
	if c := all["202607-NFZX-008"]; c != nil {
		t.Errorf("a link is a case: %+v", c)
	}
}

// What leads away from a folder of papers is told of and hides no paper, also
// where the folder itself does, and under Base what the branch makes of it.
func TestStrayAmongPapers(t *testing.T) {
	r := gittest.Repo(t, `
new 202607-NFZX-001
text meetings/HY2026-01.md 纪要
text risks/2026-07.md 风险点
symlink HY2026-01.md meetings/HY2026-02.md
symlink ../meetings monthly/2026-07
submodule monthly/子模块
symlink meetings reports
commit 一
branch work
rm meetings/HY2026-02.md reports
text reports/2026Q3.md 报告
rm risks
symlink meetings risks
symlink ../cases monthly/2026-08
commit 二
`)
	stray := func(o mainline.Options) (files, stray []string) {
		h := walk(t, r.Dir, o)
		for _, folder := range []string{"meetings", "monthly/", "reports/", "risks/", "appraisal/"} {
			list, away, err := h.Files(folder)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range list {
				files = append(files, f.Path)
			}
			for _, s := range away {
				what := s.Path
				if s.New {
					what += " 新"
				}
				stray = append(stray, what)
				if s.Rule != "path-mismatch" || !strings.HasPrefix(s.Message, s.Path+" 是") || s.Fix == "" {
					t.Errorf("%+v", s)
				}
			}
		}
		return files, stray
	}
	files, away := stray(mainline.Options{Ref: "main"})
	if want := []string{"meetings/HY2026-01.md", "risks/2026-07.md"}; !slices.Equal(files, want) {
		t.Errorf("files are %q, want %q", files, want)
	}
	if want := []string{"meetings/HY2026-02.md", "monthly/2026-07", "monthly/子模块", "reports"}; !slices.Equal(away,
		want) {
		t.Errorf("stray are %q, want %q", away, want)
	}
	files, away = stray(mainline.Options{Ref: "work", Base: "main"})
	if want := []string{"meetings/HY2026-01.md", "reports/2026Q3.md"}; !slices.Equal(files, want) {
		t.Errorf("under Base: files are %q, want %q", files, want)
	}
	if want := []string{"monthly/2026-07", "monthly/2026-08 新", "monthly/子模块", "risks 新"}; !slices.Equal(away,
		want) {
		t.Errorf("under Base: stray are %q, want %q", away, want)
	}
	r = gittest.Repo(t, "text a.txt 一\nsymlink 事项 cases\ncommit 一")
	if list := walk(t, r.Dir, mainline.Options{}).UnreadableEntries(); len(list) != 1 || list[0].Path != "cases" {
		t.Errorf("where cases/ is a link: %+v", list)
	}
}

// A file whose name changes only in the case of letters, or in how Unicode puts
// them together, is the same case (DESIGN 3: "one path") and keeps its history,
// wherever and by whichever commit it is renamed.
func TestSpellingOfAPath(t *testing.T) {
	const composed, decomposed = "cases/2026/07/202607-é-001.md", "cases/2026/07/202607-e\u0301-001.md"
	r := gittest.Repo(t, `
at 2026-07-01 09:00
by 中心 <a@nfzx.example>
new cases/2026/07/202607-nfzx-001.md
new cases/2026/07/202607-NFZX-002.MD
new `+decomposed+`
commit 登记
branch work
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set cases/2026/07/202607-nfzx-001.md 属地=集宁区税务局
set `+decomposed+` 属地=集宁区税务局
commit 一
checkout main
at 2026-07-03 09:00
by 联席办 <a@nsfwk.example>
mv cases/2026/07/202607-nfzx-001.md 202607-NFZX-001
mv cases/2026/07/202607-NFZX-002.MD 202607-NFZX-002
mv `+decomposed+` `+composed+`
commit 改名
at 2026-07-04 09:00
merge --mr 1 work
`)
	h := walk(t, r.Dir, mainline.Options{})
	all := lives(t, h)
	if len(all) != 3 || len(h.UnreadableEntries()) != 0 {
		t.Fatalf("%d cases, stray %+v", len(all), h.UnreadableEntries())
	}
	for id, want := range map[string]struct {
		path     string
		landings int
	}{
		"202607-NFZX-001": {"cases/2026/07/202607-NFZX-001.md", 2},
		"202607-NFZX-002": {"cases/2026/07/202607-NFZX-002.md", 1},
		"202607-É-001":    {composed, 2},
	} {
		ch := all[id]
		if ch == nil || ch.Path != want.path || ch.Deleted || len(ch.Landings) != want.landings {
			t.Errorf("%s: %+v", id, ch)
			continue
		}
		if want.landings == 2 {
			if by := ch.Landings[1].Steps[0].Author.Email; by != "a@xxzx.example" {
				t.Errorf("%s: the edit of the branch is by %s", id, by)
			}
		}
	}
}

// Twenty thousand files of one 编号 take no longer each than a few.
func TestManyFilesOfOneNumber(t *testing.T) {
	var b strings.Builder
	const files = 20000
	for mark := 1; mark <= 2; mark++ {
		fmt.Fprintf(&b, "commit refs/heads/main\nmark :%d\ncommitter a <a@x> %d +0800\ndata 1\nx\n", mark,
			1750000000+mark)
		if mark == 2 {
			b.WriteString("from :1\n")
		}
		for i := range files {
			fmt.Fprintf(&b, "M 100644 inline cases/%d/%05d/202607-NFZX-001.md\ndata 5\n%05d\n", i%50, i, i+mark-1)
		}
	}
	r := gittest.Empty(t)
	fastImport(t, r.Dir, []byte(b.String()))
	begun := time.Now()
	h := walk(t, r.Dir, mainline.Options{Ref: "main"})
	if n := len(h.UnreadableEntries()); n != files-1 {
		t.Errorf("%d stray files", n)
	}
	lives(t, h)
	// Looking through all paths for each took minutes.
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

// A copy takes over when the first file of its 编号 goes.
func TestSecondFileTakesOver(t *testing.T) {
	r := gittest.Repo(t, `
new 202607-NFZX-001
commit 一
cp 202607-NFZX-001 cases/乙/202607-NFZX-001.md
set cases/乙/202607-NFZX-001.md 标题=另一份
commit 二
rm 202607-NFZX-001
commit 三
`)
	ch := histories(t, r.Dir, mainline.Options{})["202607-NFZX-001"]
	if len(ch.Landings) != 2 || ch.Path != "cases/乙/202607-NFZX-001.md" || ch.Head.Title != "另一份" ||
		ch.Head.Path != ch.Path {
		t.Errorf("path %s, %d landings, head %+v", ch.Path, len(ch.Landings), ch.Head)
	}
}

// A case that only moved tells of where it is now.
func TestMovedHead(t *testing.T) {
	r := gittest.Repo(t, `
new 202607-NFZX-001
commit 一
mv 202607-NFZX-001 'cases/归 档/202607-NFZX-001.md'
commit 二
pack-refs
repack
`)
	ch := histories(t, r.Dir, mainline.Options{})["202607-NFZX-001"]
	if ch.Path != "cases/归 档/202607-NFZX-001.md" || ch.Head.Path != ch.Path || ch.Last != ch.Head ||
		len(ch.Landings) != 1 {
		t.Errorf("%+v", ch)
	}
}

// Content that cannot be read is the head, and what could be read is the last.
func TestUnreadableHead(t *testing.T) {
	r := gittest.Repo(t, `
new 202607-NFZX-001
text 202607-NFZX-002 从未能读
commit 一
text 202607-NFZX-001 弄坏了
commit 二
`)
	all := histories(t, r.Dir, mainline.Options{})
	ch := all["202607-NFZX-001"]
	if len(ch.Landings) != 1 || !ch.Head.Unreadable || ch.Last == nil || ch.Last.Unreadable || ch.Deleted {
		t.Errorf("%+v", ch)
	}
	if ch := all["202607-NFZX-002"]; ch == nil || len(ch.Landings) != 0 || ch.Last != nil || !ch.Head.Unreadable {
		t.Errorf("never readable: %+v", ch)
	}
}

func TestResolveRef(t *testing.T) {
	r := gittest.Repo(t, `
text a.txt 一
commit 一
mark one
tag v1
text a.txt 二
commit 二
mark two
git tag -a -m 注 v2
branch work
text a.txt 三
commit 三
mark three
git update-ref refs/remotes/origin/main @one
`)
	check := func(ref, main, want string) {
		t.Helper()
		repo, err := git.Open(r.Dir)
		if err != nil {
			t.Fatal(err)
		}
		got, err := repo.ResolveRef(ref, main)
		if err != nil {
			t.Errorf("%q: %v", ref, err)
		} else if got != r.Marks[want] {
			t.Errorf("%q (主分支 %s) is %s, want %s (%s)", ref, main, got, r.Marks[want], want)
		}
	}
	check("HEAD", "main", "three")
	check("HEAD~1", "main", "two")
	check("main", "main", "two")
	check("v1", "main", "one")
	check("v2", "main", "two") // an annotated tag stands for its commit
	check("origin/main", "main", "one")
	check(r.Marks["two"], "main", "two")
	check(r.Marks["two"][:8], "main", "two")
	check("", "work", "three") // HEAD is on it
	check("", "main", "one")   // HEAD is elsewhere: what origin has
	r.Git("update-ref", "-d", "refs/remotes/origin/main")
	check("", "main", "two") // else the local one
	r.Git("pack-refs", "--all")
	check("", "main", "two")
	r.Git("checkout", "-q", "--detach", r.Marks["one"])
	check("", "main", "one")
	r.Git("checkout", "-q", "--orphan", "unborn")
	check("", "main", "two")
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{"", "nowhere", strings.Repeat("ab", 20), "main~9", "@{-1}", "main:a.txt", "^{/x"} {
		var known *git.Error
		if _, err := repo.ResolveRef(ref, "trunk"); !errors.As(err, &known) || !strings.Contains(known.Cure, "main") {
			t.Errorf("%q: %v, want an *git.Error that names what there is", ref, err)
		}
	}
}
