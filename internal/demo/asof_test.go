package demo

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"suqiu/cases"
)

var update = flag.Bool("update", false, "write the sample repository in cases/ anew")

// TestSampleRepository: replayed up to the day of cases/, the lives end in the
// very files that stand there.
func TestSampleRepository(t *testing.T) {
	_, landings := replayed(t, cases.AsOf)
	want := map[string][]byte{}
	for _, l := range landings {
		for _, e := range l.entries {
			for _, f := range e.files {
				want[f.path] = f.data
			}
		}
	}
	if *update {
		for name, data := range want {
			name = filepath.Join("..", "..", "cases", filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		t.Skip("written; build anew")
	}
	err := fs.WalkDir(cases.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := cases.FS.ReadFile(name)
		if replay, ok := want[name]; !ok {
			t.Errorf("%s comes from no life", name)
		} else if !bytes.Equal(data, replay) {
			t.Errorf("%s is not what the lives end in", name)
		}
		delete(want, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range want {
		t.Errorf("%s is missing in cases/", name)
	}
}
