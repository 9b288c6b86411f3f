package history

import (
	"context"
	"strings"
	"sync"
	"testing"

	"suqiu/internal/gittest"
)

// Git itself says what is signed: the object without its header gpgsig.
func TestUnseal(t *testing.T) {
	const head = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor a <a@x> 1 +0800\ncommitter a <a@x> 1 +0800\n"
	const message = "\n题目\n\ngpgsig no header\n not a continuation\n"
	for _, test := range []struct{ name, raw, payload, signature string }{
		{"none", head + message, head + message, ""},
		{"one", head + "gpgsig -----BEGIN\n \n abc\n -----END\n" + message, head + message, "-----BEGIN\n\nabc\n-----END\n"},
		{"a header after it", head + "gpgsig a\n b\nencoding x\n" + message, head + "encoding x\n" + message, "a\nb\n"},
		{"a merge tag stays", head + "mergetag object 1\n type\ngpgsig a\n" + message, head + "mergetag object 1\n type\n" + message, "a\n"},
		{"of the other format", head + "gpgsig-sha256 z\n y\ngpgsig a\n b\n" + message, head + message, "a\nb\n"},
		{"no message", head + "gpgsig a", head, "a"},
		{"nothing", "", "", ""},
	} {
		payload, signature := unseal([]byte(test.raw))
		if string(payload) != test.payload || string(signature) != test.signature {
			t.Errorf("%s: %q, %q", test.name, payload, signature)
		}
	}
}

func TestEachSealed(t *testing.T) {
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
	h := walk(t, r.Dir, Options{})
	var commits []string
	for _, l := range h.Landings {
		commits = append(commits, l.Commit)
	}
	var mu sync.Mutex
	got := map[string]Sealed{}
	err := h.EachSealed(context.Background(), commits, func(s Sealed) error {
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
		if s.Author != *l.Author || !s.Committed.Equal(l.Committed.Time()) || s.Signature != nil {
			t.Errorf("%+v of %+v", s, l)
		}
		if want := r.Git("cat-file", "commit", l.Commit); strings.TrimRight(string(s.Payload), "\n") != strings.TrimRight(want, "\n") {
			t.Errorf("payload %q, want %q", s.Payload, want)
		}
	}
	if err := h.EachSealed(context.Background(), []string{strings.Repeat("0", 40)}, func(Sealed) error { return nil }); err == nil {
		t.Error("a commit that is not there was read")
	}
}
