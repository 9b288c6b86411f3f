package demo

import (
	"bufio"
	"fmt"
	"os"
	"testing"
	"time"

	"suqiu/cases"
	"suqiu/internal/config"
)

func TestStreamFile(t *testing.T) {
	if os.Getenv("STREAM") == "" {
		t.Skip()
	}
	src, _ := cases.FS.ReadFile("suqiu.yaml")
	g := newGenerator(Options{Cases: 20000, Seed: 1, Today: parseDay(t, "2026-11-24")}, config.Parse("suqiu.yaml", src))
	f, _ := os.Create(os.Getenv("STREAM"))
	w := &stream{w: bufio.NewWriterSize(f, 1<<18)}
	start := time.Now()
	if err := g.fill(w, src); err != nil {
		t.Fatal(err)
	}
	w.close()
	w.w.Flush()
	f.Close()
	fmt.Println("stream", time.Since(start))
}
