package intake

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// TestRead: a ledger comes from a file or from a stream; why none comes is said.
func TestRead(t *testing.T) {
	stream := strings.NewReader("标题\n甲\n")
	if data, err := Read(t.Context(), "-", stream); err != nil || string(data) != "标题\n甲\n" {
		t.Errorf("a stream gives %q, %v", data, err)
	}
	dir := t.TempDir()
	for name, want := range map[string]string{dir: "是文件夹，请写台账文件的名字",
		filepath.Join(dir, "台账.csv"): "没有文件"} {
		if _, err := Read(t.Context(), name, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, "-", strings.NewReader("")); err != context.Canceled {
		t.Errorf("told to stop it says %v", err)
	}
}
