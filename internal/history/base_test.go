package history

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
	"suqiu/internal/workday"
)

// TestBase judges a branch as if it landed now, on top of the base.
func TestBase(t *testing.T) {
	const begin = `
at 2026-07-01 09:00
by 中心 <a@nfzx.example>
text suqiu.yaml 名称: 一
new 202607-NFZX-001
new 202607-NFZX-002
commit 登记
mark base
branch work
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 状态=办理中 标题=改过的标题
commit 一
mark work
checkout main
at 2026-07-03 09:00
by 联席办 <a@nsfwk.example>
`
	stories := []struct {
		name, script, base string
		want               string // a line a case that the request blobChanges
		landings           int
	}{
		{"on the tip of the target", begin + "checkout work", "main", "001 xxzx 标题 状态", 2},
		{"the target moved on elsewhere", begin + "set 202607-NFZX-002 标题=二的标题\ncommit 二\ncheckout work", "main",
			"001 xxzx 标题 状态", 3},
		{"the target changed the case too", begin + "set 202607-NFZX-001 属地=集宁区税务局\ncommit 二\ncheckout work",
			"main", "001 xxzx 标题 状态 stale", 3},
		{"the target landed the same", begin + "git checkout @work -- .\ncommit 压缩\ncheckout work", "main", "", 3},
		{"it landed already", begin + "merge --mr 1 work\ncheckout work", "main", "", 2},
		{"main merged into the branch",
			begin + "set 202607-NFZX-001 属地=集宁区税务局\ncommit 二\ncheckout work\nat +1h\nmerge main", "main",
			"001 xxzx 标题 状态", 3},
		{"merged result on the tip",
			begin + "set 202607-NFZX-001 属地=集宁区税务局\ncommit 二\nbranch result\nmerge work", "main",
			"001 xxzx 标题 状态", 3},
		{"merged result on what the target was", begin + "set 202607-NFZX-001 属地=集宁区税务局\ncommit 二\n" +
			"branch result\nmerge work\ncheckout main\nset 202607-NFZX-002 标题=二的标题\ncommit 三\n" +
			"checkout result", "main", "001 xxzx 标题 状态", 3},
		{"merged result beyond the base that was noted",
			begin + "set 202607-NFZX-001 属地=集宁区税务局\ncommit 二\nbranch result\nmerge work", "@base",
			"001 xxzx 标题 状态", 3},
		{"on top of a branch that landed meanwhile", begin + "checkout work\nbranch more\nby 征管 <a@zsglk.example>\n" +
			"set 202607-NFZX-001 属地=集宁区税务局\ncommit 二\ncheckout main\nat +1h\nmerge work\n" +
			"checkout more", "main", "001 zsglk 属地", 3},
		{"main taken in after the branch below landed", begin + "checkout work\nbranch more\n" +
			"by 征管 <a@zsglk.example>\nset 202607-NFZX-001 协办反馈.征收管理科.结果=已梳理\ncommit 二\n" +
			"checkout main\nset 202607-NFZX-001 属地=集宁区税务局\ncommit 三\nat +1h\nmerge work\ncheckout more\n" +
			"merge main", "main", "001 zsglk 协办反馈", 4},
		{"a merge train: behind a request that has not landed", begin + "branch other @base\n" +
			"by 征管 <a@zsglk.example>\nset 202607-NFZX-002 属地=集宁区税务局\ncommit 别的\ncheckout --detach main\n" +
			"by 联席办 <a@nsfwk.example>\nmerge work\nat +1h\nmerge other", "main", "001 xxzx 标题 状态\n" +
			"002 zsglk 属地", 2},
		{"on top of two branches that landed, and main moved on", begin + "branch two @base\n" +
			"by 征管 <a@zsglk.example>\nset 202607-NFZX-002 属地=集宁区税务局\ncommit 二\nmark two\nbranch both\n" +
			"merge work\nnew 202607-NFZX-003\ncommit 三\n" +
			"checkout main\nby 联席办 <a@nsfwk.example>\nat +1h\nmerge work\nmerge two\n" +
			"set 202607-NFZX-001 协办反馈.征收管理科.结果=已梳理\nset 202607-NFZX-002 标题=二的标题\n" +
			"commit 后来\ncheckout both", "main", "003 zsglk …", 5},
		{"moved and edited", begin + "checkout work\nmv 202607-NFZX-002 cases/归档/202607-NFZX-002.md\n" +
			"set cases/归档/202607-NFZX-002.md 属地=集宁区税务局\ncommit 移动", "main", "001 xxzx 标题 状态\n" +
			"002 nsfwk 属地", 2},
		{"only moved", begin + "branch move\nmv 202607-NFZX-002 cases/归档/202607-NFZX-002.md\ncommit 移动", "main", "",
			2},
		{"a new case and a deletion", begin + "branch more\nnew 202607-NFZX-003\nrm 202607-NFZX-002\ncommit 增删",
			"main", "002 nsfwk deleted\n003 nsfwk …", 2},
		{"mended within the branch", begin + "checkout work\ngit checkout @base -- cases/2026/07/202607-NFZX-001.md\n" +
			"set 202607-NFZX-001 属地=集宁区税务局\ncommit 改回", "main", "001 nsfwk 属地", 2},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			r := gittest.Repo(t, s.script)
			base := s.base
			if strings.HasPrefix(base, "@") {
				base = r.Rev(base)
			}
			now := time.Date(2026, 7, 20, 9, 0, 0, 0, workday.Shanghai)
			h := walk(t, r.Dir, mainline.Options{Base: base, Now: now, AsOf: workday.Of(now)})
			if len(h.Landings) != s.landings {
				t.Errorf("%d landings, want %d", len(h.Landings), s.landings)
			}
			last := h.Landings[len(h.Landings)-1]
			if last.Pending && (!last.At.Equal(now) || h.Head != r.Rev("HEAD")) {
				t.Errorf("pending landing at %v, head %s", last.At, h.Head)
			}
			all := lives(t, h)
			var lines []string
			for n := 1; n <= 3; n++ {
				ch := all[fmt.Sprintf("202607-NFZX-%03d", n)]
				if ch == nil || len(ch.Landings) == 0 {
					continue
				}
				l := ch.Landings[len(ch.Landings)-1]
				if !h.Landings[l.Landing].Pending {
					if ch.Stale {
						t.Errorf("%s is stale though the request says nothing of it", ch.ID)
					}
					continue
				}
				line := ch.ID[len(ch.ID)-3:]
				for _, step := range l.Steps {
					_, unit, _ := strings.Cut(step.Author.Email, "@")
					line += " " + strings.TrimSuffix(unit, ".example")
					for i, c := range step.Changes {
						if len(step.Changes) > 5 {
							line += " …"
							break
						}
						if i == 0 || step.Changes[i-1].Key != c.Key {
							line += " " + c.Key
						}
					}
				}
				if ch.Deleted {
					line += " deleted"
				}
				if ch.Stale {
					line += " stale"
				}
				lines = append(lines, line)
			}
			if diff := cmp.Diff(s.want, strings.Join(lines, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The head under --base is the base with the branch's changes on top.
func TestBaseFiles(t *testing.T) {
	r := gittest.Repo(t, `
at 2026-07-01 09:00
text suqiu.yaml 名称: 一
text meetings/HY2026-01.md 一
text meetings/HY2026-02.md 二
new 202607-NFZX-001
commit 登记
branch work
text suqiu.yaml 名称: 改
rm meetings/HY2026-01.md
text meetings/HY2026-03.md 三
commit 改配置
checkout main
text meetings/HY2026-02.md 二改
text monthly/2026-07/NFZX.md 月报
commit 主分支
checkout work
`)
	h := walk(t, r.Dir, mainline.Options{Base: "main"})
	files, _, err := h.Files("meetings/")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range files {
		got[f.Path] = string(f.Data)
	}
	want := map[string]string{"meetings/HY2026-02.md": "二改\n", "meetings/HY2026-03.md": "三\n"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for path, want := range map[string]string{"suqiu.yaml": "名称: 改\n", "monthly/2026-07/NFZX.md": "月报\n"} {
		if data, err := h.ReadFile(path); err != nil || string(data) != want {
			t.Errorf("%s: %q, %v", path, data, err)
		}
	}
	if _, err := h.ReadFile("meetings/HY2026-01.md"); err != git.ErrNoFile {
		t.Errorf("a file that the branch deleted: %v", err)
	}
	versions := h.Versions("suqiu.yaml")
	if len(versions) != 2 || h.Landings[versions[0].Landing].Pending || !h.Landings[versions[1].Landing].Pending {
		t.Errorf("versions %+v", versions)
	}
	want3 := []FileChange{{0, "meetings/HY2026-01.md"}, {0, "meetings/HY2026-02.md"}, {1, "meetings/HY2026-02.md"},
		{2, "meetings/HY2026-01.md"}, {2, "meetings/HY2026-03.md"}}
	if diff := cmp.Diff(want3, h.FileChanges(Below([]string{"meetings/"}))); diff != "" {
		t.Errorf("blobChanges (-want +got):\n%s", diff)
	}
}
