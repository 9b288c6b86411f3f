package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	goruntime "runtime"
	"slices"
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

	"suqiu/internal/preview"
)

// browser is one tab of a Chromium, and what it complained of.
type browser struct {
	ctx context.Context
	old bool // Chromium 78: no page can be told to be dark

	mu         sync.Mutex
	origin     string // the beginning of every address that may be asked for
	complaints []string
}

// openBrowser starts the Chromium at path.
func openBrowser(t *testing.T, path string, options ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	limit := 8 * time.Minute
	if long() {
		limit = time.Hour
	}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, append(options,
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-dev-shm-usage", true),
		// going back reads the page again, as old browsers do
		chromedp.Flag("disable-features", "Translate,BackForwardCache"))...)
	t.Cleanup(cancel)
	return openTab(t, ctx)
}

// tab opens a window of its own in the same browser, for a test beside others.
func (b *browser) tab(t *testing.T) *browser {
	t.Helper()
	other := openTab(t, b.ctx, chromedp.WithNewBrowserContext())
	other.old = b.old
	return other
}

func openTab(t *testing.T, parent context.Context, options ...chromedp.ContextOption) *browser {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent, options...)
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

// openOldBrowser starts Chromium 78, the oldest that the offices have.
func openOldBrowser(t *testing.T) *browser {
	t.Helper()
	if goruntime.GOARCH != "amd64" || goruntime.GOOS != "linux" {
		t.Skip("Chromium 78 is to be had for linux/amd64 only")
	}
	b := openBrowser(t, installed(t, "chrome-aws-lambda/bin/chromium"))
	b.old = true
	if agent := eval[string](t, b, `navigator.userAgent`); !strings.Contains(agent, "HeadlessChrome/78.") {
		t.Fatalf("not Chromium 78: %s", agent)
	}
	return b
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
		if b.old && strings.Contains(e.Entry.Text, "'wasm-unsafe-eval'") {
			return // a word of the policy of step.html that it does not know, and need not
		}
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

// heard are the complaints since the last call.
func (b *browser) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	complaints := slices.Clone(b.complaints)
	b.complaints = nil
	return complaints
}

// quiet makes complaints since the last call errors.
func (b *browser) quiet(t *testing.T, where string) {
	t.Helper()
	for _, c := range b.heard() {
		t.Errorf("%s: %s", where, c)
	}
}

// serveSite offers a folder under a path of its own and gives the address of that
// path; outside it there is nothing.
func serveSite(t *testing.T, root string) string {
	t.Helper()
	const under = "/a/内网/"
	server := httptest.NewServer(http.StripPrefix(under, offices(root)))
	t.Cleanup(server.Close)
	return server.URL + under
}

// offices serves each folder of root as the site of an office, and root itself.
func offices(root string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site, _, _ := strings.Cut(r.URL.Path, "/")
		if info, err := os.Stat(filepath.Join(root, site)); site == "" || err != nil || !info.IsDir() {
			http.FileServer(http.Dir(root)).ServeHTTP(w, r)
			return
		}
		http.StripPrefix(site, preview.Files(filepath.Join(root, site))).ServeHTTP(w, r)
	})
}

// open goes to a page in the colours of scheme, light or dark.
func (b *browser) open(t *testing.T, address, scheme string, width int64) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if u.Scheme != "about" { // what was open may still be loading
		b.mu.Lock()
		b.origin = u.Scheme + "://" + u.Host
		b.mu.Unlock()
	}
	b.dress(t, scheme, width)
	if err := chromedp.Do(b.ctx, chromedp.Navigate(u.String())); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
}

// dress changes the window of the page that is open.
func (b *browser) dress(t *testing.T, scheme string, width int64) {
	t.Helper()
	var err error
	if !b.old {
		_, err = chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme},
				{Name: "prefers-reduced-motion", Value: "reduce"}},
		})
	}
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
