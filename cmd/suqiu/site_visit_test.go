package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// visit opens a page and looks at it in every width, light and dark: nothing may fail to load, no
// script may complain, no page may scroll
// sideways, and nothing may be asked of another host. It returns what is
// wrong, and tells saw of every width that it looked at.
func (b *browser) visit(t *testing.T, address string, widths []int64, saw func(width int64)) []string {
	type sight struct {
		Title string `json:"title"`
		Width int64  `json:"width"` // of what can be scrolled to
		Wide  string `json:"wide"`  // the beginning of an element beyond the right edge
		Paper string `json:"paper"` // the colour of the ground
	}
	const look = `(() => {
		const over = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, .bar-box, pre'));
		return {title: document.title, width: document.documentElement.scrollWidth, wide: over.length ? over[0].outerHTML.slice(0, 160) : '',
			paper: getComputedStyle(document.documentElement).backgroundColor};
	})()`
	var wrong []string
	schemes := []string{"light", "dark"}
	if b.old {
		schemes = schemes[:1]
	}
	b.open(t, address, "light", widths[0])
	for _, width := range widths {
		papers := map[string]bool{}
		for _, scheme := range schemes {
			b.dress(t, scheme, width)
			got := eval[sight](t, b, look)
			if got.Title == "" {
				wrong = append(wrong, "has no title")
			}
			if got.Width > width || got.Wide != "" {
				wrong = append(wrong, fmt.Sprintf("at %d px is %d px wide, because of %s", width, got.Width, got.Wide))
			}
			if papers[got.Paper] {
				wrong = append(wrong, "is "+got.Paper+" in the light and in the dark")
			}
			papers[got.Paper] = true
		}
		saw(width)
	}
	return append(wrong, b.heard()...)
}

func findAxe(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile(installed(t, filepath.Join("axe-core", "axe.min.js")))
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// A dressing is how a page is shown to a judge, and by which rules it judges.
type dressing struct {
	scheme string
	width  int64
	rules  string
}

const (
	allRules = `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`
	colours  = `['color-contrast', 'link-in-text-block']` // that the dark can change
)

// dressings are how every page is judged: by every rule of axe-core wide and
// narrow, and in the dark by what colours decide.
var dressings = []dressing{{"light", 1280, allRules}, {"dark", 1280, colours}, {"dark", 390, colours},
	{"light", 390, allRules}}

// fewDressings are those of a second page of a kind, unless there is time.
var fewDressings = []dressing{{"light", 1280, allRules}, {"dark", 390, colours}}

// accessible has axe-core judge a page in some dressings and returns what it
// objects to.
func (b *browser) accessible(t *testing.T, axe, address string, dressings ...dressing) []string {
	t.Helper()
	b.open(t, address, dressings[0].scheme, dressings[0].width)
	return append(b.violations(t, axe, dressings...), b.heard()...)
}

// violations are what axe-core objects to in the page that is open.
func (b *browser) violations(t *testing.T, axe string, dressings ...dressing) (wrong []string) {
	t.Helper()
	type violation struct {
		ID    string   `json:"id"`
		Help  string   `json:"help"`
		Nodes []string `json:"nodes"`
	}
	const judge = `axe.run(document, {preload: false, iframes: false, resultTypes: ['violations'],
		runOnly: %s}).then(r => r.violations.map(v =>
		({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary.split('\n').slice(1, 2))})))`
	eval[chromedp.Void](t, b, axe)
	for _, d := range dressings {
		b.dress(t, d.scheme, d.width)
		for _, v := range eval[[]violation](t, b, fmt.Sprintf(judge, d.rules)) {
			wrong = append(wrong, fmt.Sprintf("at %d px, %s: %s (%s): %s", d.width, d.scheme, v.ID, v.Help,
				strings.Join(v.Nodes, "\n\t")))
		}
	}
	return wrong
}
