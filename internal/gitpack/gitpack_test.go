package gitpack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"

	"suqiu/internal/gittest"
)

// packed is a pack with every kind of entry that Git writes, with deltas by offset or
// by object, and where its entries lie.
func packed(t testing.TB, byOffset bool) (name string, offsets []int64) {
	t.Helper()
	r := gittest.Repo(t, "text a.txt 一\ntext b/c.txt 二\ncommit 一")
	dice := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, 40_000) // longer than a page, and no shorter when deflated
	for i := range text {
		text[i] = byte(dice.IntN(256))
	}
	for range 6 { // alike but for a few bytes: Git makes deltas of them
		text[dice.IntN(len(text))]++
		if err := os.WriteFile(r.Path("a.txt"), text, 0o644); err != nil {
			t.Fatal(err)
		}
		r.Git("commit", "-qam", "改")
	}
	r.Git("-c", "user.name=甲", "-c", "user.email=a@x", "tag", "-am", "标签", "v1")
	r.Git("config", "repack.useDeltaBaseOffset", fmt.Sprint(byOffset))
	r.Git("repack", "-adfq")
	found, err := filepath.Glob(r.Path(".git/objects/pack/*.idx"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	index := idxfile.NewMemoryIndex()
	if err := idxfile.NewDecoder(bytes.NewReader(data)).Decode(index); err != nil {
		t.Fatal(err)
	}
	all, err := index.EntriesByOffset()
	if err != nil {
		t.Fatal(err)
	}
	for {
		e, err := all.Next()
		if err != nil {
			break
		}
		offsets = append(offsets, int64(e.Offset))
	}
	return found[0][:len(found[0])-len("idx")] + "pack", offsets
}

// reference is an entry as go-git reads it.
func reference(pack []byte, offset int64) (h Header, data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("go-git: %v", p)
		}
	}()
	scan := packfile.NewScanner(bytes.NewReader(pack))
	g, err := scan.SeekObjectHeader(offset)
	if err != nil {
		return h, nil, err
	}
	var b bytes.Buffer
	if _, _, err = scan.NextObject(&b); err == nil && int64(b.Len()) != g.Length {
		err = errors.New("another length")
	}
	return Header{Kind: Kind(g.Type), Size: g.Length, Base: g.OffsetReference, Object: g.Reference}, b.Bytes(), err
}

func room(Kind, int) []byte { return nil }

// Every entry is what go-git makes of it, in whatever order they are asked for.
func TestEntry(t *testing.T) {
	for _, byOffset := range []bool{true, false} {
		name, offsets := packed(t, byOffset)
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		kinds := map[Kind]int{}
		dice := rand.New(rand.NewPCG(3, 4))
		for range 3 {
			for _, offset := range offsets {
				want, content, err := reference(whole, offset)
				if err != nil {
					t.Fatal(err)
				}
				got, data, err := f.Entry(offset, room)
				if err != nil || got != want || !bytes.Equal(data, content) {
					t.Fatalf("at %d: %+v, %v; want %+v", offset, got, err, want)
				}
				kinds[got.Kind]++
			}
			dice.Shuffle(len(offsets), func(i, j int) { offsets[i], offsets[j] = offsets[j], offsets[i] })
		}
		deltas := map[bool]Kind{true: OffsetDelta, false: ObjectDelta}[byOffset]
		for _, k := range []Kind{Commit, Tree, Blob, Tag, deltas} {
			if kinds[k] == 0 {
				t.Errorf("no entry of kind %d among %v", k, kinds)
			}
		}
	}
}

// What go-git cannot read, because a pack is damaged or cut off, is an error here
// too, and what both can read is the same.
func TestDamagedEntry(t *testing.T) {
	name, offsets := packed(t, true)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(5, 6))
	failed := 0
	for range 400 {
		damaged, offset := slices.Clone(whole), offsets[dice.IntN(len(offsets))]
		damaged[int(offset)+dice.IntN(min(200, len(whole)-int(offset)))] ^= 1 << dice.IntN(8)
		if dice.IntN(4) == 0 {
			damaged = damaged[:int(offset)+dice.IntN(len(whole)-int(offset))]
		}
		if compare(t, damaged, offset) {
			failed++
		}
	}
	if failed < 200 {
		t.Errorf("only %d of 400 damaged entries fail", failed)
	}
}

// compare holds an entry of a pack to go-git, and reports whether it cannot be read.
func compare(t *testing.T, pack []byte, offset int64) (failed bool) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x.pack")
	if err := os.WriteFile(name, pack, 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, data, err := f.Entry(offset, room)
	if err != nil && data != nil {
		t.Errorf("%d bytes and an error: %v", len(data), err)
	}
	want, content, refused := reference(pack, offset)
	if (err == nil) != (refused == nil) && want.Kind != 0 && want.Kind != 5 {
		t.Fatalf("at %d: %v; go-git: %v", offset, err, refused)
	}
	if err == nil && (got != want || !bytes.Equal(data, content)) {
		t.Fatalf("at %d: %+v, want %+v", offset, got, want)
	}
	return err != nil
}

// FuzzEntry holds that no bytes bring the reader down, or are read otherwise than by
// go-git.
func FuzzEntry(f *testing.F) {
	name, offsets := packed(f, true)
	whole, err := os.ReadFile(name)
	if err != nil {
		f.Fatal(err)
	}
	for i, offset := range offsets {
		end := len(whole)
		if i+1 < len(offsets) {
			end = int(offsets[i+1])
		}
		if entry := whole[offset:end]; len(entry) < 1000 {
			f.Add(entry)
		}
	}
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Add([]byte{0xe0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, entry []byte) { compare(t, append(make([]byte, 40), entry...), 40) })
}

// FuzzPatch holds that no delta brings Patch down, or makes another object than
// go-git does.
func FuzzPatch(f *testing.F) {
	f.Add([]byte("abcdef"), []byte{6, 8, 0x91, 1, 5, 3, 'x', 'y', 'z'})
	f.Add([]byte("abcdef"), []byte{6, 3, 0x90, 9})
	f.Add([]byte("abcdef"), []byte{6, 2, 0})
	f.Add([]byte{}, []byte{0, 0})
	f.Add(make([]byte, 1<<16), []byte{0x80, 0x80, 4, 0x80, 0x80, 4, 0x80})
	f.Fuzz(func(t *testing.T, base, delta []byte) {
		_, n := binary.Uvarint(delta)
		if _, m := binary.Uvarint(delta[max(n, 0):]); n <= 0 || m <= 0 {
			return // go-git takes a number that breaks off for one
		}
		want, refused := packfile.PatchDelta(base, delta)
		got, err := Patch(base, delta)
		if (err == nil) != (refused == nil) || err == nil && !bytes.Equal(got, want) {
			t.Errorf("%q, %v; go-git: %q, %v", got, err, want, refused)
		}
	})
}
