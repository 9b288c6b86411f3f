package help

import (
	"regexp"
	"strings"
	"testing"
)

// TestPages: each page of the manual is one of the site, its links lead to pages and
// pictures of the site, and one page is for hanging up.
func TestPages(t *testing.T) {
	there := map[string]bool{}
	sheets := 0
	for _, p := range Pages() {
		there[p.Path] = true
		if p.Sheet {
			sheets++
		}
		if p.Title == "" || strings.ContainsAny(p.Title, "#`*") {
			t.Errorf("%s is called %q", p.Path, p.Title)
		}
	}
	for _, p := range Pictures() {
		there[p.Path] = true
	}
	links := 0
	for _, p := range Pages() {
		text := p.Text()
		if strings.Contains(string(text.HTML), "<h1") {
			t.Errorf("%s has its title twice", p.Path)
		}
		for _, m := range regexp.MustCompile(`(?:href|src)="([^"#]*)`).FindAllStringSubmatch(string(text.HTML), -1) {
			if links++; m[1] != "" && !there["help/"+m[1]] {
				t.Errorf("%s leads to %s", p.Path, m[1])
			}
		}
	}
	if !there["help/index.html"] || sheets != 1 || links < 50 {
		t.Errorf("%v, %d sheets, %d links", there, sheets, links)
	}
}
