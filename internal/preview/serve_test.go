package preview

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFiles: no list of a folder is shown, nothing outside the site, and 404.html for
// what is not there.
func TestFiles(t *testing.T) {
	top := t.TempDir()
	for name, text := range map[string]string{"outside.txt": "外面", "site/404.html": "没有这一页",
		"site/index.html": "首页", "site/cases/a.html": "事项", "site/tasks/index.html": "清单"} {
		file := filepath.Join(top, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	site := Files(filepath.Join(top, "site"))
	for address, want := range map[string]string{
		"/": "首页", "/cases/a.html": "事项", "/tasks/": "清单",
		"/cases/": "没有这一页", "/cases/b.html": "没有这一页", "/a/b/c": "没有这一页",
		"/../outside.txt": "没有这一页", "/cases/../../outside.txt": "没有这一页",
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path = address
		site.ServeHTTP(w, r)
		lost := want == "没有这一页"
		if !strings.Contains(w.Body.String(), want) || lost != (w.Code == http.StatusNotFound) {
			t.Errorf("%s: %d %q, want %s", address, w.Code, w.Body, want)
		}
	}
}

// TestLocalOnly: what is asked for under the name of another machine, or is no
// reading, is refused; what is shown is asked for anew each time.
func TestLocalOnly(t *testing.T) {
	local := LocalOnly(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }))
	for _, c := range []struct {
		method, host string
		want         int
	}{
		{http.MethodGet, "127.0.0.1:8080", http.StatusOK}, {http.MethodHead, "localhost:8080", http.StatusOK},
		{http.MethodGet, "localhost", http.StatusOK},
		{http.MethodGet, "evil.example", http.StatusForbidden}, {http.MethodGet, "127.0.0.1.evil.example:80",
			http.StatusForbidden},
		{http.MethodGet, "localhost.evil.example", http.StatusForbidden}, {http.MethodGet, "", http.StatusForbidden},
		{http.MethodPost, "127.0.0.1:8080", http.StatusMethodNotAllowed},
		{http.MethodDelete, "localhost:8080", http.StatusMethodNotAllowed},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(c.method, "/", nil)
		r.Host = c.host
		local.ServeHTTP(w, r)
		if w.Code != c.want || w.Code == http.StatusOK && w.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s of %q: %d, want %d; %v", c.method, c.host, w.Code, c.want, w.Header())
		}
	}
}
