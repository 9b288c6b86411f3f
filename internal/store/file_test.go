package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// kept has a field of every kind that is kept.
type kept struct {
	Name  string
	N     int
	Small int8
	On    bool
	Hash  [4]byte
	List  []kept
	Texts []string
	Next  *kept
	Table map[string]int
	Text  []byte
	At    time.Time
}

func values(n int) []kept {
	list := make([]kept, n)
	for i := range list {
		list[i] = kept{Name: fmt.Sprint("甲", i), N: -i, Small: int8(i), On: i%2 == 0, Hash: [4]byte{1, byte(i)},
			List: []kept{{}, {Name: "乙"}}, Texts: []string{"", "丙"}, Next: &kept{N: i},
			Table: map[string]int{"丁": i}, Text: []byte{0, byte(i)}, At: time.Unix(int64(i), 1)}
	}
	return list
}

// sorted is what counts of a file, by N.
func sorted(d Dir, name, label string) []kept {
	list := Read[kept](d, name, label)
	slices.SortFunc(list, func(a, b kept) int { return b.N - a.N })
	return list
}

func TestReadWrite(t *testing.T) {
	d := Dir{filepath.Join(t.TempDir(), "folder"), "build"}
	for _, n := range []int{0, 1, together, 2*together + 1} {
		Write(d, "things", "label", values(n))
		if diff := cmp.Diff(values(n), sorted(d, "things", "label"),
			cmp.Transformer("", func(l []kept) []kept { return append([]kept{}, l...) })); diff != "" {
			t.Errorf("%d values: %s", n, diff)
		}
	}
	for _, other := range []struct{ what, build, name, label string }{
		{"another label", "build", "things", "labels"},
		{"another build", "builds", "things", "label"},
		{"another name", "build", "thing", "label"},
	} {
		if got := sorted(Dir{d.Path, other.build}, other.name, other.label); got != nil {
			t.Errorf("%s: %d values", other.what, len(got))
		}
	}
	Write(Dir{}, "nowhere", "label", values(1))
	if sorted(Dir{}, "nowhere", "label") != nil {
		t.Error("the zero folder has kept something")
	}
	if left, _ := filepath.Glob(filepath.Join(d.Path, "*")); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// TestDamaged: a file that is cut, or in which a bit has flipped anywhere, gives
// nothing, as does one of another format and one that is no such file.
func TestDamaged(t *testing.T) {
	d := Dir{t.TempDir(), "build"}
	Write(d, "things", "label", values(2))
	name := filepath.Join(d.Path, "things")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	damaged := map[string][]byte{
		"empty": {}, "foreign": []byte("#!/bin/sh\n"), "longer": append(slices.Clone(whole), 0),
		"an earlier format": append([]byte("suqiu-K\x00"), whole[len(magic):]...),
		"one frame twice":   append(slices.Clone(whole), whole[len(magic)+frameHead+4+len("build\nlabel"):]...),
	}
	for i := range whole {
		damaged[fmt.Sprint("cut at ", i)] = whole[:i]
		flipped := slices.Clone(whole)
		flipped[i] ^= 1 << (i % 8)
		damaged[fmt.Sprint("flipped at ", i)] = flipped
	}
	for what, data := range damaged {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if got := sorted(d, "things", "label"); got != nil {
			t.Errorf("%s: %+v", what, got)
		}
	}
	Write(d, "things", "label", values(3))
	if got := sorted(d, "things", "label"); len(got) != 3 {
		t.Errorf("written anew: %d values", len(got))
	}
}

// TestChangedType: a value that was written of another type, as after a field has
// got another kind in a build of the same name, gives nothing.
func TestChangedType(t *testing.T) {
	d := Dir{t.TempDir(), "build"}
	Write(d, "things", "label", []struct{ Name int }{{1}})
	if got := sorted(d, "things", "label"); got != nil {
		t.Errorf("%+v", got)
	}
	Write(d, "things", "label", []func(){nil})
	if got := sorted(d, "things", "label"); got != nil {
		t.Errorf("what cannot be encoded: %+v", got)
	}
}

// TestMany lets several write and read one file at once: each reads what one of
// them wrote, whole.
func TestMany(t *testing.T) {
	d := Dir{t.TempDir(), "build"}
	var group sync.WaitGroup
	for g := range 4 {
		group.Go(func() {
			for range 4 {
				Write(d, "things", "label", values(together+1+g))
				got := sorted(d, "things", "label")
				if n := len(got); n <= together || n > together+4 || !cmp.Equal(got, values(n)) {
					t.Errorf("read %d values", n)
				}
			}
		})
	}
	group.Wait()
}

// TestCannotBeWritten: that is no error, and leaves nothing behind.
func TestCannotBeWritten(t *testing.T) {
	inTheWay := filepath.Join(t.TempDir(), "keep")
	if err := os.WriteFile(inTheWay, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	d := Dir{inTheWay, "build"}
	Write(d, "things", "label", values(1))
	if sorted(d, "things", "label") != nil {
		t.Error("read from what is no folder")
	}
	if err := os.Remove(inTheWay); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(inTheWay, "things", "x"), 0o777); err != nil {
		t.Fatal(err)
	}
	Write(d, "things", "label", values(1))
	if entries, _ := os.ReadDir(inTheWay); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

// TestSweep: what somebody who was killed while writing has left does not stay
// for ever, nor what another version of the program kept; what somebody is writing
// now does.
func TestSweep(t *testing.T) {
	d := Dir{t.TempDir(), "build"}
	left, under := filepath.Join(d.Path, "file-1.tmp"), filepath.Join(d.Path, "file-2.tmp")
	for _, name := range []string{left, under} {
		if err := os.WriteFile(name, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old := filepath.Join(d.Path, "lives")
	if err := os.WriteFile(old, []byte("suqiu-L\x02"), 0o644); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(left, long, long); err != nil {
		t.Fatal(err)
	}
	Write(d, "things", "label", values(1))
	for _, name := range []string{left, old} {
		if _, err := os.Stat(name); !os.IsNotExist(err) {
			t.Error("left behind", name, err)
		}
	}
	if _, err := os.Stat(under); err != nil {
		t.Error("taken away while it is written", err)
	}
	entries, _ := os.ReadDir(d.Path)
	if !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return strings.HasPrefix(e.Name(), "things") }) {
		t.Error("not written")
	}
}
