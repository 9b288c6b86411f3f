package git

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/people"
)

func TestDecodeCommit(t *testing.T) {
	const tree = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
	someone := &people.Person{Name: "a", Email: "a@x"}
	tests := []struct {
		name, raw string
		want      *Commit // nil: refused; only the parts named here are compared
	}{
		{"plain", tree + "author 林 <lin@x> 1750000000 +0800\ncommitter c <c@x> 1750000001 -0500\n\n登记\n\n正文\n",
			&Commit{Author: &people.Person{Name: "林", Email: "lin@x"}, Authored: 1750000000,
				Committer: &people.Person{Name: "c", Email: "c@x"}, Committed: 1750000001}},
		{"signed, with headers nobody knows", tree + "author a <a@x> 1 +0000\ncommitter a <a@x> 1 +0000\n" +
			"encoding GBK\ngpgsig -----BEGIN\n author b <b@x> 9 +0000\n -----END\nnew thing\n\nx",
			&Commit{Author: someone, Authored: 1, Committer: someone, Committed: 1}},
		{"no message", tree + "author a <a@x> 1 +0000\ncommitter a <a@x> 1 +0000\n",
			&Commit{Author: someone, Authored: 1, Committer: someone, Committed: 1}},
		{"odd people and times", tree + "author <> -5 +0000\ncommitter a>b <c <d@x> 99999999999999999999 +9999\n\n",
			&Commit{Committer: &people.Person{Name: "a>b <c", Email: "d@x"}, Committed: 253402271999}},
		{"not UTF-8", tree + "author \xc1\xd6 <a@x> 1 +0800\ncommitter a <a@x> 1 +0800\n\n\xb5\xc7\xbc\xc7",
			&Commit{Author: &people.Person{Name: "\xc1\xd6", Email: "a@x"}, Authored: 1,
				Committer: someone, Committed: 1}},
		{"GitLab", tree + "\nMerge branch 'x' into 'main'\n\n标题\n\nSee merge request nsfwk/诉求!123\n",
			&Commit{Request: 123}},
		{"GitLab, own project", tree + "\nx\n\nSee merge request !7", &Commit{Request: 7}},
		{"GitHub", tree + "\nMerge pull request #45 from a/b\n\nx", &Commit{Request: 45}},
		{"squash", tree + "\n反馈 (#6)\n\n* x (#99)", &Commit{Request: 6}},
		{"an issue in passing", tree + "\n见 #12 的说明", &Commit{}},
		{"no tree", "author a <a@x> 1 +0000\n\nx", nil},
		{"half a hash", "tree 4b825d\n\nx", nil},
		{"empty", "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := decodeCommit([]byte(test.raw), People{})
			if test.want == nil {
				if err == nil {
					t.Fatalf("taken for %+v", got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got.Tree = test.want.Tree
			for _, p := range []**people.Person{&test.want.Author, &test.want.Committer} {
				if *p == nil {
					*p = &people.Person{}
				}
				(*p).Name = strings.ToValidUTF8((*p).Name, "�")
			}
			if _, text, _ := strings.Cut(test.raw, "\n\n"); string(got.Message) != text {
				t.Errorf("message %q, want %q", got.Message, text)
			}
			got.Message = nil
			if diff := cmp.Diff(*test.want, *got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func BenchmarkDecodeCommit(b *testing.B) {
	raw := []byte("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nparent 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n" +
		"author 林 <lin@x> 1750000000 +0800\ncommitter c <c@x> 1750000001 +0800\n\n登记\n")
	names := People{}
	for b.Loop() {
		if _, err := decodeCommit(raw, names); err != nil {
			b.Fatal(err)
		}
	}
}
