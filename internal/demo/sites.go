package demo

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// The folders of the two editions in a demo repository; Git ignores them.
const (
	PublicDir      = "public"
	SupervisionDir = "supervision"
)

// IgnoreSites keeps the built sites out of git status, without a commit of
// its own in the sample's history.
func IgnoreSites(dir string) error {
	name := filepath.Join(dir, ".git", "info", "exclude")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte("/"+PublicDir+"/\n/"+SupervisionDir+"/\n"), 0o644)
}

// FileURL is what a browser's address line takes for a file.
func FileURL(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	p := filepath.ToSlash(abs)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: p}).String(), nil
}
