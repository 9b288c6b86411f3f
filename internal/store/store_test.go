package store

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/workday"
)

// thing has a field of every kind.
type thing struct {
	Name  string
	On    bool
	N     int
	Small int32
	Byte  uint8
	At    time.Time
	List  []thing
	Next  *thing
	Same  *thing
}

func sample() *thing {
	shared := &thing{Name: "共用"}
	return &thing{Name: "甲", On: true, N: -5, Small: 7, Byte: 200, At: time.Unix(1e9, 0).In(workday.Shanghai), List: []thing{{Name: "乙"}, {}}, Next: shared, Same: shared}
}

func made(t testing.TB, keys ...Key) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "folder", "things")
	w := Create(name, "label", &Store{})
	for _, k := range keys {
		w.Add(k, sample())
	}
	w.Close(nil)
	return name
}

func TestStore(t *testing.T) {
	name := made(t, Key{1}, Key{2}, Key{}, Key{1})
	s := Open(name, "label")
	var got thing
	if !s.Has(Key{1}) || !s.GetWhole(Key{1}, &got) || s.Has(Key{}) || s.Has(Key{3}) || s.Get(Key{3}, new(thing)) {
		t.Error("the wrong keys are there")
	}
	if diff := cmp.Diff(sample(), &got); diff != "" {
		t.Error(diff)
	}
	if got.Next != got.Same {
		t.Error("what was one thing has become two")
	}
	if other := Open(name, "other label"); other.Has(Key{1}) {
		t.Error("taken for one of another label")
	}
	w := Create(name, "label", s)
	w.Carry(Key{2})
	w.Carry(Key{3})
	w.Add(Key{4}, &thing{Name: "丁"})
	w.Close(nil)
	s = Open(name, "label")
	got = thing{}
	if s.Has(Key{1}) || s.Has(Key{3}) || !s.Get(Key{2}, &got) || got.Name != "甲" || !s.Get(Key{4}, new(thing)) {
		t.Error("the new file has the wrong values")
	}
	Create(name, "label", s).Close(os.ErrInvalid)
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), "*")); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// What cannot be kept, such as a map, is not kept by halves.
func TestStoreUnfit(t *testing.T) {
	name := filepath.Join(t.TempDir(), "things")
	w := Create(name, "label", &Store{})
	w.Add(Key{1}, &struct{ M map[string]int }{})
	w.Close(nil)
	if Open(name, "label").Has(Key{1}) {
		t.Error("a map was kept")
	}
}

// A file that is cut or changed anywhere gives what was kept or nothing.
func TestStoreDamaged(t *testing.T) {
	name := made(t, Key{1})
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		changed := append([]byte{}, whole...)
		changed[i] ^= 1 << (i % 8)
		for _, data := range [][]byte{changed, whole[:i]} {
			if err := os.WriteFile(name, data, 0o644); err != nil {
				t.Fatal(err)
			}
			s := Open(name, "label")
			var got thing
			if s.Get(Key{1}, &got) && !cmp.Equal(sample(), &got) {
				t.Errorf("byte %d: %+v", i, got)
			}
			s.Close()
		}
	}
}

// FuzzDecode holds that no bytes bring the decoder down, though their sum be
// right.
func FuzzDecode(f *testing.F) {
	f.Add(encode(sample())[len(recordMagic)+sumLength:])
	f.Fuzz(func(t *testing.T, payload []byte) {
		record := append([]byte(recordMagic), 0, 0, 0, 0)
		record = append(record, payload...)
		binary.BigEndian.PutUint32(record[len(recordMagic):], Checksum(payload))
		r, apart, whole := new(flatReader), new(thing), new(thing)
		if r.decode(record, apart, false) != r.decode(record, whole, true) || !r.bad && !cmp.Equal(apart, whole) {
			t.Errorf("%+v, and as a whole %+v", apart, whole)
		}
	})
}
