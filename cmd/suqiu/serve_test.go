package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"suqiu/internal/cli"
)

// TestServe previews the sample: pages come, strangers are refused, a commit
// shows without a restart, a broken template leaves the last good site, and
// the end is a clean one.
func TestServe(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var out, errs log
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"-C", dir, "serve", "--port", "0"}, cli.Env{
			Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
			Now: func() time.Time { return day.Start().Add(9 * time.Hour) },
		})
	}()
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)
	eventually(t, "an address", func() bool { return address.MatchString(out.String()) })
	url := address.FindString(out.String())

	if status, page := get(t, url, ""); status != http.StatusOK || !strings.Contains(page, "<html") {
		t.Errorf("GET %s: %d\n%.200s", url, status, page)
	}
	for _, missing := range []string{"cases/nothing.html", "nothing/at/all", "cases/", "..%5c..%5cgo.mod"} {
		if status, page := get(t, url+missing, ""); status != http.StatusNotFound ||
			!strings.Contains(page, "没有这一页") {
			t.Errorf("GET %s: %d\n%.200s", missing, status, page)
		}
	}
	if status, _ := get(t, url+"tasks/", ""); status != http.StatusOK {
		t.Errorf("a folder with an index: %d", status)
	}
	if status, _ := get(t, url, "evil.example"); status != http.StatusForbidden {
		t.Errorf("a borrowed name got %d", status)
	}
	if resp, err := http.Post(url, "text/plain", nil); err != nil || resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %v %v", resp, err)
	}

	const mark = "预览时才有的名称"
	edit(t, filepath.Join(dir, "suqiu.yaml"), func(s string) string {
		return regexp.MustCompile(`(?m)^名称:.*$`).ReplaceAllString(s, "名称: "+mark)
	})
	commit(t, dir)
	eventually(t, "the commit on the page", func() bool {
		_, page := get(t, url, "")
		return strings.Contains(page, mark)
	})

	broken := filepath.Join(dir, "templates", "index.html")
	if err := os.MkdirAll(filepath.Dir(broken), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(broken, []byte("{{define \"main\"}}{{.Nonsense"), 0o644); err != nil {
		t.Fatal(err)
	}
	eventually(t, "word of the broken template", func() bool { return strings.Contains(errs.String(), "重新生成失败") })
	if status, page := get(t, url, ""); status != http.StatusOK || !strings.Contains(page, mark) {
		t.Errorf("after a failed build: %d, the last good page is gone", status)
	}

	cancel()
	select {
	case code := <-ended:
		if code != exitClean {
			t.Errorf("ended with code %d: %s", code, errs.String())
		}
	case <-time.After(20 * time.Second):
		t.Fatal("does not end")
	}
}

// log is a buffer that several goroutines may use.
type log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(40 * time.Second); !ok(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// get fetches a page; host, if not empty, is the name it is asked for under.
func get(t *testing.T, url, host string) (status int, page string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func edit(t *testing.T, name string, change func(string) string) {
	t.Helper()
	old, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := change(string(old))
	if changed == string(old) {
		t.Fatalf("%s does not change", name)
	}
	if err := os.WriteFile(name, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
}

func commit(t *testing.T, dir string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", "-C", dir, "commit", "-qam", "改名")
	cmd.Env = append(os.Environ(), "GIT_COMMITTER_DATE=2026-09-30T08:00:00+08:00",
		"GIT_AUTHOR_DATE=2026-09-30T08:00:00+08:00")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
}
