package git

import (
	"bytes"
	"testing"
	"time"
)

// FuzzDecodeCommit holds that no commit's bytes bring the decoder down, and
// that what it takes has times that a calendar can show.
func FuzzDecodeCommit(f *testing.F) {
	f.Add([]byte("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor a <a@x> 1 +0800\ncommitter a <a@x> 1 +0800\n" +
		"\n登记 (#1)\n"))
	f.Add([]byte("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nparent 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n" +
		"author <<>> - \ngpgsig x\n y\n\n\n"))
	f.Add([]byte("author > <\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := decodeCommit(raw, People{})
		if err != nil {
			return
		}
		for _, s := range []int64{c.Authored, c.Committed} {
			if y := time.Unix(s, 0).UTC().Year(); y < 1970 || y > 9999 {
				t.Errorf("year %d", y)
			}
		}
		if c.Request < 0 {
			t.Errorf("request %d", c.Request)
		}
	})
}

// FuzzTrees holds that skipping what two trees begin with alike finds the same
// differences as decoding them entry by entry.
func FuzzTrees(f *testing.F) {
	line := func(mode, name string, b byte) []byte {
		return append([]byte(mode+" "+name+"\x00"), bytes.Repeat([]byte{b}, 20)...)
	}
	a, b := line("100644", "甲.md", 1), line("40000", "a", 0)
	f.Add(bytes.Join([][]byte{a, b}, nil), bytes.Join([][]byte{a, line("40000", "a", 2)}, nil))
	f.Add(a, a[:len(a)-1])
	f.Add([]byte("100644 x"), []byte("100644  \x00"))
	f.Add([]byte{}, b)
	f.Fuzz(func(t *testing.T, x, y []byte) {
		all := func(raw []byte) (list []cursor, ok bool) {
			c := cursor{rest: raw}
			err := c.peek()
			for ; err == nil && c.size > 0; err = c.next() {
				list = append(list, c)
			}
			return list, err == nil
		}
		left, ok1 := all(x)
		right, ok2 := all(y)
		cursors := []cursor{{rest: x}, {rest: y}}
		err := skipCommon(cursors)
		if !ok1 || !ok2 {
			return // whatever it says: it did not panic
		}
		same := 0
		for same < len(left) && same < len(right) && bytes.Equal(left[same].name, right[same].name) &&
			left[same].Entry == right[same].Entry && left[same].size == right[same].size {
			same++
		}
		switch {
		case err != nil:
			t.Errorf("two sound trees: %v", err)
		case same < len(left) && !bytes.Equal(cursors[0].rest, left[same].rest):
			t.Errorf("stands at %q, want %q", cursors[0].rest, left[same].rest)
		case same == len(left) && cursors[0].size != 0:
			t.Errorf("stands at %q, want the end", cursors[0].rest)
		}
	})
}
