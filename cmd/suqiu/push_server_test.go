package main

import (
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"suqiu/internal/gittest"
)

// server is a bare repository with the hook installed.
type server struct {
	dir, url string
	base     string
}

// serve makes the server; from, if any, is pushed to it before the hook is in
// its place.
func serve(t *testing.T, from *gittest.Repository, transport string) *server {
	t.Helper()
	root := t.TempDir()
	s := &server{dir: filepath.Join(root, "cases.git")}
	s.url = s.dir
	must := func(args ...string) {
		t.Helper()
		if out, err := s.git(args...); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	if err := os.Mkdir(s.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	must("init", "-q", "--bare", "--template=", "-b", "main")
	must("config", "http.receivepack", "true")
	if from != nil {
		s.base = from.Marks["base"]
		if said, err := s.push(from.Dir, s.base+":refs/heads/main"); err != nil {
			t.Fatal(said)
		}
	}
	if out, err := exec.Command("suqiu", "-C", s.dir, "hook", "install").CombinedOutput(); err != nil {
		t.Fatalf("install: %v\n%s", err, out)
	}
	s.clock(t, "2025-07-17")
	if transport == "http" {
		path, err := exec.Command("git", "--exec-path").Output()
		if err != nil {
			t.Fatal(err)
		}
		web := httptest.NewServer(&cgi.Handler{
			Path: filepath.Join(strings.TrimSpace(string(path)), "git-http-backend"),
			Env:  append(gittest.Environ(), "GIT_PROJECT_ROOT="+root, "GIT_HTTP_EXPORT_ALL=1"),
		})
		t.Cleanup(web.Close)
		s.url = web.URL + "/cases.git"
	}
	return s
}

func (s *server) git(args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = s.dir, gittest.Environ()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (s *server) push(dir string, refs ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"push", s.url}, refs...)...)
	cmd.Dir, cmd.Env = dir, gittest.Environ()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (s *server) refs(t *testing.T) string {
	t.Helper()
	out, err := s.git("for-each-ref")
	if err != nil {
		t.Fatal(out)
	}
	return out
}

// reset takes back what an earlier push brought.
func (s *server) reset(t *testing.T) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(s.refs(t)), "\n") {
		if name := line[strings.LastIndexByte(line, '\t')+1:]; name != "refs/heads/main" {
			if out, err := s.git("update-ref", "-d", name); err != nil {
				t.Fatal(out)
			}
		}
	}
	if out, err := s.git("update-ref", "refs/heads/main", s.base); err != nil {
		t.Fatal(out)
	}
}

// clock sets the server's clock to the end of a day.
func (s *server) clock(t *testing.T, day string) {
	t.Helper()
	name := filepath.Join(s.dir, "hooks", "pre-receive")
	script, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	run, _, _ := strings.Cut(string(script), "hook pre-receive")
	if err := os.WriteFile(name, []byte(run+"hook pre-receive --as-of "+day+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}
