package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"suqiu/internal/cli"
)

// TestImportTellsHowFarItIs: a long ledger shows its progress while it is read
// and while its files are written, on a terminal alone (DESIGN 8).
func TestImportTellsHowFarItIs(t *testing.T) {
	for _, watched := range []bool{true, false} {
		dir := t.TempDir()
		config, err := os.ReadFile(filepath.Join(sample(t), "suqiu.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "suqiu.yaml"), config, 0o666); err != nil {
			t.Fatal(err)
		}
		ledger := "标题,渠道,收集日期\n"
		for n := range 3 {
			ledger += fmt.Sprintf("办税大厅第 %d 号窗口排队太久,12366热线,2026-09-03\n", n)
		}
		now := day.Start()
		var out, errs bytes.Buffer
		code := run(t.Context(), []string{"import", "-C", dir, "-"}, cli.Env{
			Stdin: strings.NewReader(ledger), Stdout: &out, Stderr: &errs, Progress: watched,
			Now: func() time.Time { now = now.Add(time.Second); return now },
		})
		if code != exitClean {
			t.Fatalf("code %d, %s", code, &errs)
		}
		for _, want := range []string{"读取台账 2/3", "写入事项文件 1/3", "写入事项文件 3/3"} {
			if got := strings.Contains(errs.String(), want); got != watched {
				t.Errorf("watched %t, but “%s” told %t: %q", watched, want, got, errs.String())
			}
		}
	}
}
