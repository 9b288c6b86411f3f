package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// address is one line of the list of addresses that a site has: what others
// link to, subscribe to and fetch. A * stands for each of a kind.
type address struct {
	pattern string
	each    string // of what there is one each; empty: one
	only    string // the edition that alone has it
}

// addresses are those of DESIGN section 9, and 404.html.
var addresses = []address{
	{"index.html", "", ""}, {"office.html", "", ""}, {"search.html", "", ""}, {"404.html", "", ""},
	{"tasks/index.html", "", ""}, {"tasks/*.html", "unit", ""}, {"tasks/*.html", "list", ""},
	{"overdue/index.html", "", ""}, {"topics/index.html", "", ""},
	{"daily.html", "", ""}, {"daily.docx", "", ""},
	{"cases/*.html", "case", ""},
	{"reports/index.html", "", ""}, {"reports/*.html", "quarter", ""}, {"reports/*.docx", "quarter", ""},
	{"reports/*.xlsx", "quarter", ""}, {"reports/*.json", "quarter", ""},
	{"units/index.html", "", ""}, {"units/*.html", "unit", ""},
	{"meetings/index.html", "", ""}, {"meetings/*.html", "meeting", ""},
	{"monthly/index.html", "", ""}, {"risks/index.html", "", ""}, {"submissions/index.html", "", ""},
	{"counties/index.html", "", ""}, {"rules/index.html", "", ""}, {"help/index.html", "", ""},
	{"quality/index.html", "", "监督"}, {"appraisal/*.html", "quarter", "监督"},
	{"feeds/changes.atom", "", ""}, {"feeds/*.atom", "unit", ""}, {"feeds/*.ics", "unit", ""},
	{"data/ledger.xlsx", "", ""}, {"data/ledger.csv", "", ""}, {"data/cases.json", "", ""},
	{"data/findings.json", "", "监督"},
}

// oneEach lists what a repository has one page each of, from its files alone.
func oneEach(t *testing.T, repo string) map[string][]string {
	t.Helper()
	names := map[string][]string{}
	for of, pattern := range map[string]string{"case": "cases/*/*/*.md", "meeting": "meetings/*.md",
		"quarter": "submissions/*.md"} {
		files, err := filepath.Glob(filepath.Join(repo, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			names[of] = append(names[of], strings.TrimSuffix(filepath.Base(name), ".md"))
			if of != "case" {
				continue
			}
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if list := regexp.MustCompile(`(?m)^任务清单: (\S+)`).FindSubmatch(content); list != nil {
				names["list"] = append(names["list"], string(list[1]))
			}
		}
	}
	settings, err := os.ReadFile(filepath.Join(repo, "suqiu.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range regexp.MustCompile(`代码: ([A-Z]+)`).FindAllSubmatch(settings, -1) {
		names["unit"] = append(names["unit"], string(code[1]))
	}
	return names
}

// missingFiles lists the addresses that a site of an edition has not, or has
// though it must not.
func missingFiles(out, edition string, names map[string][]string) (wrong []string, found int) {
	for _, a := range addresses {
		list := names[a.each]
		if a.each == "" {
			list = []string{""}
		}
		if len(list) == 0 {
			wrong = append(wrong, "the sample has no "+a.each)
		}
		for _, name := range list {
			file := strings.Replace(a.pattern, "*", name, 1)
			_, err := os.Stat(filepath.Join(out, filepath.FromSlash(file)))
			switch has := err == nil; {
			case has && a.only != "" && a.only != edition:
				wrong = append(wrong, file+" must not be there")
			case !has && (a.only == "" || a.only == edition):
				wrong = append(wrong, file+" is missing")
			case has:
				found++
			}
		}
	}
	return wrong, found
}

// lost opens addresses that the site has not, as a server shows 404.html
// there: the page looks like the others, its links lead back into the site, and
// nothing that it asks for is refused or lost.
func (b *browser) lost(t *testing.T, base string, names ...string) {
	type sight struct {
		Heading string `json:"heading"`
		Mast    string `json:"mast"` // colour of the masthead, which the style sheet gives it
		Home    string `json:"home"`
		Search  string `json:"search"`
		Find    string `json:"find"`
	}
	const look = `(() => ({heading: document.querySelector('h1').textContent, mast: getComputedStyle(document.querySelector('.mast')).backgroundColor,
		home: document.querySelector('.org a').href, search: document.querySelector('form.find').action, find: document.getElementById('find-it').href}))()`
	for _, name := range names {
		b.open(t, base+name, "light", 1280)
		if !b.until(fmt.Sprintf(`document.querySelector('.org a').href === new URL(%q, location).href`, base+
			"index.html")) {
			t.Errorf("%s: the way home is %s", name, eval[string](t, b, `document.querySelector('.org a').href`))
		}
		got := eval[sight](t, b, look)
		if got.Heading != "没有这一页" || got.Mast != "rgb(21, 50, 91)" || got.Search != strings.TrimSuffix(got.Home,
			"index.html")+"search.html" {
			t.Errorf("%s: %+v", name, got)
		}
		id := strings.TrimSuffix(path.Base(name), ".html")
		if strings.Count(id, "-") == 2 && got.Find != got.Search+"#?q="+id {
			t.Errorf("%s: to be found by %s", name, got.Find)
		}
		for _, c := range b.heard() {
			// of the page itself, and of the places that it tried
			if !strings.Contains(c, "404") && !strings.Contains(c, "ERR_ABORTED") {
				t.Errorf("%s: %s", name, c)
			}
		}
	}
	b.open(t, base+names[0], "light", 1280)
	eval[chromedp.Void](t, b, `document.querySelector('.org a').click()`)
	if !b.until(`document.querySelector('.figures')`) {
		t.Errorf("the way home leads to %s", eval[string](t, b, `location.href`))
	}
	b.heard()
}
