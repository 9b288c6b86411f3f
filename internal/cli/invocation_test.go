package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestChangelogBeginsWithTheVersion: what is recorded last is what the program calls
// itself, released on a day or not yet.
func TestChangelogBeginsWithTheVersion(t *testing.T) {
	log, err := os.ReadFile(filepath.Join("..", "..", "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	heading := regexp.MustCompile(`(?m)^## (.*)（(未发布|\d{4}-\d{2}-\d{2})）$`).FindStringSubmatch(string(log))
	if heading == nil || heading[1] != Version {
		t.Fatalf("CHANGELOG.md begins with %q, the program is %s", heading, Version)
	}
	if first := strings.Index(string(log), "\n## "); !strings.HasPrefix(string(log)[first+1:], heading[0]) {
		t.Errorf("CHANGELOG.md begins with something else than %s", heading[0])
	}
}
