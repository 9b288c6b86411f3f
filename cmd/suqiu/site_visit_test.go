package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// visit opens a page and looks at it in every width, and in the dark in the
// last: nothing may fail to load, no script may complain, no page may scroll
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
	var light sight
	b.open(t, address, "light", widths[0])
	for _, width := range widths {
		b.dress(t, "light", width)
		light = eval[sight](t, b, look)
		if light.Title == "" {
			wrong = append(wrong, "has no title")
		}
		if light.Width > width || light.Wide != "" {
			wrong = append(wrong, fmt.Sprintf("at %d px is %d px wide, because of %s", width, light.Width, light.Wide))
		}
		saw(width)
	}
	if !b.old {
		b.dress(t, "dark", widths[len(widths)-1])
		if dark := eval[sight](t, b, look); dark.Paper == light.Paper {
			wrong = append(wrong, "is "+dark.Paper+" in the light and in the dark")
		}
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

// A dressing is how a page is shown to a judge.
type dressing struct {
	scheme string
	width  int64
}

// accessible has axe-core judge a page in some dressings and returns what it
// objects to.
func (b *browser) accessible(t *testing.T, axe, address string, dressings ...dressing) []string {
	type violation struct {
		ID    string   `json:"id"`
		Help  string   `json:"help"`
		Nodes []string `json:"nodes"`
	}
	const judge = `axe.run(document, {preload: false, iframes: false, resultTypes: ['violations'],
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => r.violations.map(v =>
		({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary.split('\n').slice(1, 2))})))`
	// A judge of markup learns nothing from the hundredth row of a list, and
	// takes its time for it: three of each shape stay.
	const shorten = `document.querySelectorAll('main, section, div, tbody, ul, ol, dl, svg, g').forEach(list => {
		const seen = {};
		[...list.children].forEach(e => {
			const shape = [e, ...e.querySelectorAll('*')].map(e => e.tagName + '.' + (e.getAttribute('class') || '')).join();
			if ((seen[shape] = (seen[shape] || 0) + 1) > 3) e.remove();
		});
	})`
	var wrong []string
	b.open(t, address, dressings[0].scheme, dressings[0].width)
	eval[chromedp.Void](t, b, shorten)
	eval[chromedp.Void](t, b, axe)
	for _, d := range dressings {
		b.dress(t, d.scheme, d.width)
		for _, v := range eval[[]violation](t, b, judge) {
			wrong = append(wrong, fmt.Sprintf("at %d px, %s: %s (%s): %s", d.width, d.scheme, v.ID, v.Help, strings.Join(v.Nodes, "\n\t")))
		}
	}
	return append(wrong, b.heard()...)
}
