package site

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"suqiu/internal/view"
)

// TestTwoClicks holds that every kind of page is at most two links away from
// the first page, every page some links away, and that all lead back.
func TestTwoClicks(t *testing.T) {
	out := t.TempDir()
	build(t, input(view.Supervision), out)
	files := tree(t, out)
	distance := map[string]int{"index.html": 0}
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		for _, to := range linksOf(t, queue[0], files[queue[0]]) {
			if _, seen := distance[to]; !seen && strings.HasSuffix(to, ".html") {
				distance[to] = distance[queue[0]] + 1
				queue = append(queue, to)
			}
		}
	}
	number := regexp.MustCompile(`\d{6}-[A-Z]+-\d+|RW\d+-\d+|(HY|CQ)\d+-\d+|\d{4}Q\d|[A-Z]{3,}|\d{4}`)
	kinds := map[string]int{}
	for name, content := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		d, reached := distance[name]
		if !reached && name != "404.html" { // which is shown where nothing is
			t.Errorf("no link leads to %s", name)
			continue
		}
		kind := number.ReplaceAllString(name, "*")
		if least, ok := kinds[kind]; !ok || d < least {
			kinds[kind] = d
		}
		back := false
		for _, to := range linksOf(t, name, content) {
			back = back || to == "index.html"
		}
		if !back {
			t.Errorf("%s has no way back to the first page", name)
		}
	}
	for kind, d := range kinds {
		if d > 2 {
			t.Errorf("%s is %d clicks away", kind, d)
		}
	}
	if len(kinds) < 20 {
		t.Errorf("only %d kinds of page: %v", len(kinds), kinds)
	}
}

// linksOf lists the files of the site that a page links to.
func linksOf(t *testing.T, name, content string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for n := range doc.Descendants() {
		to := "href"
		switch {
		case n.Type == html.ElementNode && n.Data == "form":
			to = "action"
		case n.Type != html.ElementNode || n.Data != "a":
			continue
		}
		u, err := url.Parse(attr(n, to))
		if err == nil && !u.IsAbs() && u.Path != "" {
			list = append(list, path.Join(path.Dir(name), u.Path))
		}
	}
	return list
}

// TestSentUp holds that the page of what was sent up tells of every quarter,
// what was sent and what is wanting, and that lateness is no more than a hint.
func TestSentUp(t *testing.T) {
	out := t.TempDir()
	build(t, input(view.Public), out)
	page := tree(t, out)["submissions/index.html"]
	last := 0
	for _, want := range []string{"2026年第二季度", "还没有", "2026-07-21", "提示：内部时限已过",
		"2026年第一季度", "第一季度报告",
		"2026-04-30", "2026-04-22", "提示：晚于内部时限"} {
		at := strings.Index(page[last:], want)
		if at < 0 {
			t.Fatalf("%q is not told after the rest:\n%s", want, page[last:])
		}
		last += at
	}
	if strings.Contains(page, "l-overdue") || strings.Contains(page, "2026年第三季度") ||
		strings.Contains(page, "2026Q3") {
		t.Error("a limit of the office's own is called 超期, or a quarter is told of before it ends")
	}
}

// TestMissingKnowsEveryFolder holds that 404.js knows the folders of a site.
func TestMissingKnowsEveryFolder(t *testing.T) {
	out := t.TempDir()
	build(t, input(view.Supervision), out)
	files := tree(t, out)
	known := regexp.MustCompile(`var folders = \[([^\]]*)\]`).FindStringSubmatch(files["404.html"])
	if known == nil {
		t.Fatal("404.html knows no folders")
	}
	var folders []string
	for name := range files {
		if folder, _, ok := strings.Cut(name, "/"); ok && !slices.Contains(folders, "'"+folder+"'") {
			folders = append(folders, "'"+folder+"'")
		}
	}
	slices.Sort(folders)
	if got := strings.Join(folders, ", "); got != known[1] {
		t.Errorf("the site has %s, 404.html knows %s", got, known[1])
	}
}

// The code of a unit may have digits (第一税务所: SWS1), and so may the 编号 of its cases:
// what the scripts take for one is what the program does.
func TestScriptsKnowEveryNumber(t *testing.T) {
	out := t.TempDir()
	build(t, input(view.Public), out)
	found := 0
	for name, text := range tree(t, out) {
		if !strings.HasSuffix(name, ".js") && name != "404.html" {
			continue
		}
		for _, pattern := range regexp.MustCompile(`\\d\{6\}-(?:\[[^\]]*\][+*]?)+-?`).FindAllString(text, -1) {
			if found++; !regexp.MustCompile(`^` + pattern).MatchString("202607-SWS1-012") {
				t.Errorf("%s: %s does not know 202607-SWS1-012", name, pattern)
			}
		}
	}
	if found < 5 {
		t.Errorf("only %d patterns", found)
	}
}
