package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is one Chromium with one tab, and what it complained of.
type browser struct {
	ctx context.Context

	mu         sync.Mutex
	origin     string // the beginning of every address that may be asked for
	complaints []string
}

func openBrowser(t *testing.T) *browser {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx,
		chromedp.ExecPath(findBrowser(t)), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-features", "Translate,BackForwardCache")) // going back reads the page again, as old browsers do
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{ctx: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	if err == nil {
		_, err = chromedp.Call(ctx, cdplog.Enable, cdp.Empty{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "google-chrome", "chromium-browser"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	lacks(t, "Chromium")
	return ""
}

// hear keeps what the page or the network has to complain of.
func (b *browser) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	complain := func(format string, args ...any) { b.complaints = append(b.complaints, fmt.Sprintf(format, args...)) }
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		complain("console.%s", e.Type)
	case *runtime.EventExceptionThrown:
		complain("exception: %s", e.ExceptionDetails.Text)
	case *cdplog.EventEntryAdded:
		complain("%s: %s", e.Entry.Level, e.Entry.Text)
	case *network.EventLoadingFailed:
		complain("failed to load: %s", e.ErrorText)
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			complain("%d: %s", e.Response.Status, e.Response.URL)
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, b.origin) && !strings.HasPrefix(e.Request.URL, "data:") {
			complain("asks elsewhere: %s", e.Request.URL)
		}
	}
}

// heard tells of the complaints since the last call.
func (b *browser) heard(t *testing.T, where string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		t.Errorf("%s: %s", where, c)
	}
	b.complaints = nil
}

// serve offers a folder under a path of its own and gives the address of that
// path; outside it there is nothing.
func (b *browser) serve(t *testing.T, root string) string {
	t.Helper()
	const under = "/a/内网/"
	server := httptest.NewServer(http.StripPrefix(under, http.FileServer(http.Dir(root))))
	t.Cleanup(server.Close)
	return server.URL + under
}

// open goes to a page in the colours of scheme, light or dark.
func (b *browser) open(t *testing.T, address, scheme string, width int64) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	b.mu.Lock()
	b.origin = u.Scheme + "://" + u.Host
	b.mu.Unlock()
	b.dress(t, scheme, width)
	if err := chromedp.Do(b.ctx, chromedp.Navigate(u.String())); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
}

// dress changes the window of the page that is open.
func (b *browser) dress(t *testing.T, scheme string, width int64) {
	t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	if err == nil {
		err = chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// eval runs a script in the page that is open.
func eval[T any](t *testing.T, b *browser, script string) T {
	t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.80s: %v", script, err)
	}
	return v
}

// visit opens pages below base and looks at each in every width, light and
// dark: nothing may fail to load, no script may complain, no page may scroll
// sideways, and nothing may be asked of another host.
func (b *browser) visit(t *testing.T, base string, pages []string, widths []int64) {
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
	for _, page := range pages {
		b.open(t, base+page, "light", widths[0])
		for _, width := range widths {
			paper := map[string]string{}
			for _, scheme := range []string{"light", "dark"} {
				b.dress(t, scheme, width)
				got := eval[sight](t, b, look)
				if got.Title == "" {
					t.Errorf("%s has no title", page)
				}
				if got.Width > width || got.Wide != "" {
					t.Errorf("%s at %d px, %s, is %d px wide, because of %s", page, width, scheme, got.Width, got.Wide)
				}
				paper[scheme] = got.Paper
			}
			if paper["light"] == paper["dark"] {
				t.Errorf("%s is %s in the light and in the dark", page, paper["light"])
			}
		}
		b.heard(t, page)
	}
}

func findAxe(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile(installed(t, filepath.Join("axe-core", "axe.min.js")))
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// accessible has axe-core judge pages: every rule of it wide and narrow, and
// in the dark what colours decide.
func (b *browser) accessible(t *testing.T, axe, base string, pages []string) {
	type violation struct {
		ID    string   `json:"id"`
		Help  string   `json:"help"`
		Nodes []string `json:"nodes"`
	}
	const judge = `axe.run(document, Object.assign({preload: false, resultTypes: ['violations']}, %s)).then(r => r.violations.map(v =>
		({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary.split('\n').slice(1, 2))})))`
	const colours = `{runOnly: ['color-contrast', 'link-in-text-block']}`
	rules := func() string {
		tags, err := json.Marshal(map[string][]string{"runOnly": {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"}})
		if err != nil {
			t.Fatal(err)
		}
		return string(tags)
	}()
	for _, page := range pages {
		b.open(t, base+page, "light", 1280)
		eval[chromedp.Void](t, b, axe)
		for _, run := range []struct {
			scheme, which string
			width         int64
		}{{"light", rules, 1280}, {"dark", colours, 1280}, {"dark", colours, 390}, {"light", rules, 390}} {
			b.dress(t, run.scheme, run.width)
			for _, v := range eval[[]violation](t, b, fmt.Sprintf(judge, run.which)) {
				t.Errorf("%s at %d px, %s: %s (%s): %s", page, run.width, run.scheme, v.ID, v.Help, strings.Join(v.Nodes, "\n\t"))
			}
		}
	}
	b.heard(t, "axe-core")
}
