package archtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// largest is what a file that somebody wrote stays below, in bytes.
const largest = 256 << 10

// TestTracked holds that what the repository keeps was written by somebody: a
// program that was built into the tree once went along with a commit, and every
// clone carries it for ever.
func TestTracked(t *testing.T) {
	const top = "../.."
	list, err := exec.Command("git", "-C", top, "ls-files", "-z").Output()
	if err != nil {
		t.Skip("not in a clone: ", err)
	}
	for path := range strings.SplitSeq(strings.TrimRight(string(list), "\x00"), "\x00") {
		info, err := os.Lstat(filepath.Join(top, path))
		if err == nil && info.Size() > largest {
			t.Errorf("%s: %d bytes; was it built?", path, info.Size())
		}
	}
}
