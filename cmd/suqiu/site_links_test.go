package main

import (
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// leads are the attributes that lead to something.
var leads = map[string]bool{"href": true, "xlink:href": true, "src": true, "srcset": true, "poster": true, "data": true,
	"action": true, "formaction": true, "cite": true, "background": true, "ping": true}

// refers are the attributes that name ids of the same page, blanks between them.
var refers = map[string]bool{"for": true, "aria-labelledby": true, "aria-describedby": true, "aria-controls": true,
	"headers": true, "data-copy": true}

// escapedTwice is what a reader sees where text was escaped two times.
var escapedTwice = regexp.MustCompile(`&(amp|lt|gt|quot|#\d+|#x[0-9a-f]+);`)

// checkLinks reads every page of a site: what a link, a picture or a label
// refers to is there, by a path that works wherever the site lies, and nothing
// but 网址 is outside it. It returns what is wrong, and how much it read.
func checkLinks(t *testing.T, out string) (wrong []string, pages, links int) {
	t.Helper()
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	docs, ids := map[string]*html.Node{}, map[string]map[string]bool{}
	for name, content := range htmlFiles(t, out) {
		doc, err := html.Parse(strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		docs[name], ids[name] = doc, map[string]bool{}
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if a.Key == "id" && ids[name][a.Val] {
					complain("%s: id %s twice", name, a.Val)
				} else if a.Key == "id" {
					ids[name][a.Val] = true
				}
			}
		}
	}
	for name, doc := range docs {
		for n := range doc.Descendants() {
			if n.Type == html.TextNode && escapedTwice.MatchString(n.Data) {
				complain("%s shows %q", name, n.Data)
			}
			for _, a := range n.Attr {
				if escapedTwice.MatchString(a.Val) {
					complain("%s: %s=%q is escaped twice", name, a.Key, a.Val)
				}
				if refers[a.Key] {
					for _, id := range strings.Fields(a.Val) {
						if !ids[name][id] {
							complain("%s: <%s %s> names %s, which is not there", name, n.Data, a.Key, id)
						}
					}
				}
				key := a.Key
				if a.Namespace != "" {
					key = a.Namespace + ":" + key
				}
				if leads[key] {
					links++
					if why := leadsWrong(out, name, n.Data, a.Val, ids); why != "" {
						complain("%s: <%s %s=%q> %s", name, n.Data, key, a.Val, why)
					}
				}
			}
		}
	}
	return wrong, len(docs), links
}

// leadsWrong says what is wrong with a link; nothing is "".
func leadsWrong(out, from, element, href string, ids map[string]map[string]bool) string {
	u, err := url.Parse(href)
	switch {
	case err != nil:
		return err.Error()
	case href == "data:,": // no favicon
		return ""
	case u.IsAbs() || u.Host != "":
		if element == "a" && (href == gitlab || strings.HasPrefix(href, gitlab+"/-/")) {
			return ""
		}
		return "leads away"
	case strings.HasPrefix(u.Path, "/"):
		return "is not relative"
	}
	target := from
	if u.Path != "" {
		target = path.Join(path.Dir(from), u.Path)
	}
	if strings.HasPrefix(target, "..") {
		return "leaves the site"
	}
	info, err := os.Stat(filepath.Join(out, filepath.FromSlash(target)))
	switch {
	case err != nil:
		return "leads nowhere"
	case info.IsDir():
		return "leads to a folder, which file:// lists"
	case strings.HasPrefix(u.Fragment, "?"): // a filter, see site.js
		return ""
	case target == "step.html" && u.Fragment != "main": // what the form is about, see step.js
		return ""
	case u.Fragment != "" && !ids[target][u.Fragment]:
		return "has no such anchor"
	}
	return ""
}
