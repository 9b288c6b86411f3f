package history

import (
	"context"
	"strings"
	"sync"
	"testing"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
)

func TestEachSigned(t *testing.T) {
	r := gittest.Repo(t, `
at 2026-07-01 09:00
by 中心 <a@nfzx.example>
text a 一
commit 一
text a 二
commit 二
repack
text a 三
commit 三
`)
	h := walk(t, r.Dir, mainline.Options{})
	var commits []string
	for _, l := range h.Landings {
		commits = append(commits, l.Commit)
	}
	var mu sync.Mutex
	got := map[string]git.Signed{}
	err := h.EachSigned(context.Background(), commits, func(s git.Signed) error {
		mu.Lock()
		defer mu.Unlock()
		got[s.Commit] = s
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range h.Landings {
		s := got[l.Commit]
		if s.Author != *l.Author || s.Committed != int64(l.Committed) || s.Signature != nil {
			t.Errorf("%+v of %+v", s, l)
		}
		if want := r.Git("cat-file", "commit", l.Commit); strings.TrimRight(string(s.Payload),
			"\n") != strings.TrimRight(want, "\n") {
			t.Errorf("payload %q, want %q", s.Payload, want)
		}
	}
	if err := h.EachSigned(context.Background(), []string{strings.Repeat("0", 40)},
		func(git.Signed) error { return nil }); err == nil {
		t.Error("a commit that is not there was read")
	}
}
