package history

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
	"suqiu/internal/workday"
)

const skewed = `
by 中心 <a@nfzx.example>
at 2026-07-01 09:00
new 202607-NFZX-001
commit 一
at 2026-09-01 09:00
text a.txt 快了两个月的钟
commit 二
mark fast
at 2026-07-03 23:59:59
text a.txt 三
commit 三
at 2026-07-04 00:00:00
text a.txt 四
commit 四
`

// A landing counts at the committer's time but never before the one before it.
func TestEffectiveTimes(t *testing.T) {
	r := gittest.Repo(t, skewed)
	days := func(o mainline.Options) (at, committed []string) {
		for _, l := range walk(t, r.Dir, o).Landings {
			at = append(at, l.At.Format("01-02 15:04:05 -0700"))
			committed = append(committed, l.Committed.Time().Format("01-02"))
		}
		return at, committed
	}
	at, committed := days(mainline.Options{})
	if diff := cmp.Diff([]string{"07-01 09:00:00 +0800", "09-01 09:00:00 +0800", "09-01 09:00:00 +0800",
		"09-01 09:00:00 +0800"}, at); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"07-01", "09-01", "07-03", "07-04"}, committed); diff != "" {
		t.Error(diff)
	}
	// 落地时间 mends it, by the full hash or the beginning of it.
	for _, n := range []int{40, 7} {
		mend := map[string]time.Time{r.Rev("@fast")[:n]: time.Date(2026, 7, 2, 1, 0, 0, 0, time.UTC),
			r.Rev("HEAD")[:6]: {}}
		at, committed = days(mainline.Options{LandedAt: mend})
		if diff := cmp.Diff([]string{"07-01 09:00:00 +0800", "07-02 09:00:00 +0800", "07-03 23:59:59 +0800",
			"07-04 00:00:00 +0800"}, at); diff != "" {
			t.Error(diff)
		}
		if committed[1] != "09-01" {
			t.Error("what the clock said is not kept")
		}
		// As of a day: until its 24:00, exclusive.
		h := walk(t, r.Dir, mainline.Options{LandedAt: mend, AsOf: workday.New(2026, 7, 3)})
		if len(h.Landings) != 3 || h.Head != h.Landings[2].Commit || !h.HeadTime.Equal(h.Landings[2].At) {
			t.Errorf("as of 07-03: %d landings, head %s", len(h.Landings), h.Head)
		}
		if data, err := h.ReadFile("a.txt"); string(data) != "三\n" {
			t.Errorf("as of 07-03 a.txt is %q, %v", data, err)
		}
	}
	// As of the day before the accident: a prefix, though later commits claim
	// earlier days.
	if h := walk(t, r.Dir, mainline.Options{AsOf: workday.New(2026, 7, 31)}); len(h.Landings) != 1 {
		t.Errorf("as of 07-31: %d landings, want 1", len(h.Landings))
	}
	// Before anything landed there is nothing, and that is no error.
	h := walk(t, r.Dir, mainline.Options{AsOf: workday.New(2026, 6, 30)})
	if files, _, err := h.Files(""); len(h.Landings) != 0 || h.Head != "" || len(files) != 0 || err != nil ||
		len(lives(t, h)) != 0 {
		t.Errorf("as of 06-30: %d landings, head %q, %d files, %v", len(h.Landings), h.Head, len(files), err)
	}
	if _, err := h.ReadFile("a.txt"); err != git.ErrNoFile {
		t.Errorf("as of 06-30: %v", err)
	}
}
