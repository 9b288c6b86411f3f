package history

import (
	"os"
	"path/filepath"
	"suqiu/internal/git"
	"testing"
	"time"
)

// TestSweep: what somebody who was killed while writing a cache has left does not
// stay for ever; what somebody is writing now does.
func TestSweep(t *testing.T) {
	r := &git.Repo{Common: t.TempDir()}
	dir := filepath.Join(r.Common, cacheDir)
	left, under := filepath.Join(dir, "lives-1.tmp"), filepath.Join(dir, "lives-2.tmp")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{left, under} {
		if err := os.WriteFile(name, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(left, long, long); err != nil {
		t.Fatal(err)
	}
	Remember(r, "made-public", []byte("whole"))
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Error("left behind", err)
	}
	if _, err := os.Stat(under); err != nil {
		t.Error("taken away while it is written", err)
	}
	if got := string(Recall(r, "made-public")); got != "whole" {
		t.Errorf("kept %q", got)
	}
}
