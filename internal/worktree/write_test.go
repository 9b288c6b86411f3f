package worktree

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestReplaceKeepsDevices: what is written to a pipe, or to /dev/null, does
// not take its place.
func TestReplaceKeepsDevices(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := exec.Command("mkfifo", pipe).Run(); err != nil {
		t.Skip("no named pipes here")
	}
	read := make(chan string)
	go func() {
		data, _ := os.ReadFile(pipe)
		read <- string(data)
	}()
	if err := Replace(pipe, []byte("台账")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(pipe)
	if err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Fatalf("the pipe is now %v, %v", info.Mode(), err)
	}
	if got := <-read; got != "台账" {
		t.Errorf("came out: %q", got)
	}
}
