package history

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/gittest"
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
	days := func(o Options) (at, committed []string) {
		for _, l := range walk(t, r.Dir, o).Landings {
			at = append(at, l.At.Format("01-02 15:04:05 -0700"))
			committed = append(committed, l.Committed.Time().Format("01-02"))
		}
		return at, committed
	}
	at, committed := days(Options{})
	if diff := cmp.Diff([]string{"07-01 09:00:00 +0800", "09-01 09:00:00 +0800", "09-01 09:00:00 +0800", "09-01 09:00:00 +0800"}, at); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"07-01", "09-01", "07-03", "07-04"}, committed); diff != "" {
		t.Error(diff)
	}
	// 落地时间 mends it, by the full hash or the beginning of it.
	for _, n := range []int{40, 7} {
		mend := map[string]time.Time{r.Rev("@fast")[:n]: time.Date(2026, 7, 2, 1, 0, 0, 0, time.UTC), r.Rev("HEAD")[:6]: {}}
		at, committed = days(Options{LandedAt: mend})
		if diff := cmp.Diff([]string{"07-01 09:00:00 +0800", "07-02 09:00:00 +0800", "07-03 23:59:59 +0800", "07-04 00:00:00 +0800"}, at); diff != "" {
			t.Error(diff)
		}
		if committed[1] != "09-01" {
			t.Error("what the clock said is not kept")
		}
		// As of a day: until its 24:00, exclusive.
		h := walk(t, r.Dir, Options{LandedAt: mend, AsOf: workday.New(2026, 7, 3)})
		if len(h.Landings) != 3 || h.Head != h.Landings[2].Commit || !h.HeadTime.Equal(h.Landings[2].At) {
			t.Errorf("as of 07-03: %d landings, head %s", len(h.Landings), h.Head)
		}
		if data, err := h.ReadFile("a.txt"); string(data) != "三\n" {
			t.Errorf("as of 07-03 a.txt is %q, %v", data, err)
		}
	}
	// As of the day before the accident: a prefix, though later commits claim
	// earlier days.
	if h := walk(t, r.Dir, Options{AsOf: workday.New(2026, 7, 31)}); len(h.Landings) != 1 {
		t.Errorf("as of 07-31: %d landings, want 1", len(h.Landings))
	}
	// Before anything landed there is nothing, and that is no error.
	h := walk(t, r.Dir, Options{AsOf: workday.New(2026, 6, 30)})
	if files, _, err := h.Files(""); len(h.Landings) != 0 || h.Head != "" || len(files) != 0 || err != nil || len(lives(t, h)) != 0 {
		t.Errorf("as of 06-30: %d landings, head %q, %d files, %v", len(h.Landings), h.Head, len(files), err)
	}
	if _, err := h.ReadFile("a.txt"); err != ErrNoFile {
		t.Errorf("as of 06-30: %v", err)
	}
}

func TestDecodeCommit(t *testing.T) {
	const tree = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
	tests := []struct {
		name, raw string
		want      *commit // nil: refused; only the parts named here are compared
	}{
		{"plain", tree + "author 林 <lin@x> 1750000000 +0800\ncommitter c <c@x> 1750000001 -0500\n\n登记\n\n正文\n",
			&commit{author: &Person{"林", "lin@x"}, authored: 1750000000, committer: &Person{"c", "c@x"}, committed: 1750000001}},
		{"signed, with headers nobody knows", tree + "author a <a@x> 1 +0000\ncommitter a <a@x> 1 +0000\nencoding GBK\ngpgsig -----BEGIN\n author b <b@x> 9 +0000\n -----END\nnew thing\n\nx",
			&commit{author: &Person{"a", "a@x"}, authored: 1, committer: &Person{"a", "a@x"}, committed: 1}},
		{"no message", tree + "author a <a@x> 1 +0000\ncommitter a <a@x> 1 +0000\n",
			&commit{author: &Person{"a", "a@x"}, authored: 1, committer: &Person{"a", "a@x"}, committed: 1}},
		{"odd persons and times", tree + "author <> -5 +0000\ncommitter a>b <c <d@x> 99999999999999999999 +9999\n\n",
			&commit{committer: &Person{"a>b <c", "d@x"}, committed: 253402271999}},
		{"not UTF-8", tree + "author \xc1\xd6 <a@x> 1 +0800\ncommitter a <a@x> 1 +0800\n\n\xb5\xc7\xbc\xc7",
			&commit{author: &Person{"\xc1\xd6", "a@x"}, authored: 1, committer: &Person{"a", "a@x"}, committed: 1}},
		{"GitLab", tree + "\nMerge branch 'x' into 'main'\n\n标题\n\nSee merge request nsfwk/诉求!123\n", &commit{request: 123}},
		{"GitLab, own project", tree + "\nx\n\nSee merge request !7", &commit{request: 7}},
		{"GitHub", tree + "\nMerge pull request #45 from a/b\n\nx", &commit{request: 45}},
		{"squash", tree + "\n反馈 (#6)\n\n* x (#99)", &commit{request: 6}},
		{"an issue in passing", tree + "\n见 #12 的说明", &commit{}},
		{"no tree", "author a <a@x> 1 +0000\n\nx", nil},
		{"half a hash", "tree 4b825d\n\nx", nil},
		{"empty", "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := decodeCommit([]byte(test.raw), persons{})
			if test.want == nil {
				if err == nil {
					t.Fatalf("taken for %+v", got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got.tree = test.want.tree
			for _, p := range []**Person{&test.want.author, &test.want.committer} {
				if *p == nil {
					*p = &Person{}
				}
				(*p).Name = valid((*p).Name)
			}
			if _, text, _ := strings.Cut(test.raw, "\n\n"); string(got.message) != text {
				t.Errorf("message %q, want %q", got.message, text)
			}
			got.message = nil
			if diff := cmp.Diff(*test.want, *got, cmp.AllowUnexported(commit{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}
