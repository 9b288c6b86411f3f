package history

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
	"suqiu/internal/timeline"
)

// TestSuspects holds that a text which ever landed is found with the commit
// that first had it: in cases, on branches, in other files, in names and in
// messages; and that one on a branch that never landed is not.
func TestSuspects(t *testing.T) {
	r := gittest.Empty(t)
	r.Run(`
at 2026-07-01 09:00
by 中心 <a@nfzx.example>
new 202607-NFZX-001
new 202607-NFZX-002
text monthly/2026-07/NFZX.md 电话 SECRET
text README.md SECRET
text meetings/a.bin SECRET
commit 登记 SECRET
mark base

branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
section 202607-NFZX-001 办理情况 来电 SECRET
commit 写了
at 2026-07-02 10:00
section 202607-NFZX-001 办理情况 来电
commit SECRET 删了
checkout main
by 联席办 <a@nsfwk.example>
at 2026-07-03 09:00
merge --mr 1 one

at 2026-07-04 09:00
section 202607-NFZX-002 办理情况 SECRET
text monthly/2026-07/NFZX.md 电话
commit 直接
at 2026-07-05 09:00
section 202607-NFZX-002 办理情况 已删
text meetings/SECRET.md 名
commit 删
at 2026-07-06 09:00
section 202607-NFZX-002 办理情况 SECRET
mv meetings/SECRET.md meetings/b.md
commit 又写

branch two
at 2026-07-07 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=申报SECRET失败
commit 未合并 SECRET
mark two
checkout main
`)
	suspicious := func(text []byte) bool { return bytes.Contains(text, []byte("SECRET")) }
	tell := func(o mainline.Options) string {
		o.Suspicious = suspicious
		h := walk(t, r.Dir, o)
		var b strings.Builder
		for _, m := range h.Messages {
			fmt.Fprintf(&b, "message %d %s %s\n", m.Landing, m.Author.Email, strings.TrimSpace(string(m.Text)))
		}
		list := []timeline.Flagged{}
		all := lives(t, h)
		for _, id := range []string{"202607-NFZX-001", "202607-NFZX-002"} {
			list = append(list, all[id].Flagged...)
		}
		others, err := h.FlaggedFiles([]string{"monthly/", "meetings/"})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append(list, others...) {
			if s.Text != nil && !suspicious(s.Text) {
				t.Errorf("%s has no such text", s.Path)
			}
			subject := r.Git("log", "-1", "--format=%s", s.Commit)
			fmt.Fprintf(&b, "%d %s %s name=%v head=%v: %s\n", s.Landing, s.Path, s.Author.Email, s.Text == nil, s.Head,
				strings.TrimSpace(subject))
		}
		return b.String()
	}
	const landed = `message 0 a@nfzx.example 登记 SECRET
message 1 a@xxzx.example SECRET 删了
`
	const inCases = `1 cases/2026/07/202607-NFZX-001.md a@xxzx.example name=false head=false: 写了
`
	const rest = `2 cases/2026/07/202607-NFZX-002.md a@nsfwk.example name=false head=true: 直接
3 meetings/SECRET.md a@nsfwk.example name=true head=false: 删
0 monthly/2026-07/NFZX.md a@nfzx.example name=false head=false: 登记 SECRET
`
	if diff := cmp.Diff(landed+inCases+rest, tell(mainline.Options{})); diff != "" {
		t.Errorf("landed (-want +got):\n%s", diff)
	}
	pending := `5 cases/2026/07/202607-NFZX-001.md a@xxzx.example name=false head=true: 未合并 SECRET
`
	want := landed + "message 5 a@xxzx.example 未合并 SECRET\n" + inCases + pending + rest
	if diff := cmp.Diff(want, tell(mainline.Options{Base: "main", Ref: "two"})); diff != "" {
		t.Errorf("request (-want +got):\n%s", diff)
	}
	if h := walk(t, r.Dir, mainline.Options{}); h.Messages != nil || lives(t, h)["202607-NFZX-001"].Flagged != nil {
		t.Error("texts are kept that nobody asked for")
	}
}
