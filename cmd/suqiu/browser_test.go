package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// TestBrowser opens one page of every kind of both editions in Chromium, wide
// and narrow: nothing may fail to load, no script may complain, no page may
// scroll sideways, and nothing may be asked of another host.
func TestBrowser(t *testing.T) {
	browser := findBrowser(t)
	dir := sample(t)
	for _, edition := range []string{"公开", "监督"} {
		out := t.TempDir()
		if code, _, stderr := invoke(t.Context(), "-C", dir, "build", "--edition", edition, "--out", out); code != 0 {
			t.Fatalf("build: %d %s", code, stderr)
		}
		pages := kinds(t, out)
		t.Run(edition, func(t *testing.T) { visit(t, browser, out, pages) })
	}
}

func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "google-chrome", "chromium-browser"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("no Chromium: .ci/install should have installed it")
	}
	t.Skip("no Chromium on this machine")
	return ""
}

// kinds picks the pages to visit: every page that there is once, and of pages
// that there are many of, the largest.
func kinds(t *testing.T, out string) []string {
	t.Helper()
	number := regexp.MustCompile(`(\d{6}-)?[A-Z]+\d*(-\d+)?\.html$|\d{4}Q\d\.html$`)
	largest := map[string]string{}
	size := map[string]int64{}
	err := filepath.Walk(out, func(name string, info os.FileInfo, err error) error {
		if err != nil || !strings.HasSuffix(name, ".html") {
			return err
		}
		rel, err := filepath.Rel(out, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		kind := number.ReplaceAllString(rel, "*")
		if strings.Contains(rel, "RW") {
			kind += "RW"
		}
		if info.Size() > size[kind] {
			size[kind], largest[kind] = info.Size(), rel
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, page := range largest {
		pages = append(pages, page)
	}
	slices.Sort(pages)
	if len(pages) < 8 {
		t.Fatalf("only %d kinds of page: %v", len(pages), pages)
	}
	return pages
}

func visit(t *testing.T, browser, out string, pages []string) {
	files := http.FileServer(http.Dir(out))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/favicon.ico" { // browsers ask for it unbidden
			w.WriteHeader(http.StatusNoContent)
			return
		}
		files.ServeHTTP(w, r)
	}))
	defer server.Close()

	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	ctx, cancel = chromedp.NewExecAllocator(ctx,
		chromedp.ExecPath(browser), chromedp.Headless, chromedp.NoSandbox, chromedp.Flag("disable-dev-shm-usage", true))
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()

	var mu sync.Mutex
	var complaints []string
	complain := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		complaints = append(complaints, fmt.Sprintf(format, args...))
	}
	err := chromedp.Listen(ctx, func(event any) {
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
			if !strings.HasPrefix(e.Request.URL, server.URL) && !strings.HasPrefix(e.Request.URL, "data:") {
				complain("asks elsewhere: %s", e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	if err == nil {
		_, err = chromedp.Call(ctx, cdplog.Enable, cdp.Empty{})
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		for _, width := range []int64{1280, 390} {
			got, err := look(ctx, server.URL+"/"+page, width)
			if err != nil {
				t.Fatalf("%s at %d: %v", page, width, err)
			}
			if got.Title == "" {
				t.Errorf("%s has no title", page)
			}
			if got.Width > width {
				t.Errorf("%s at %d px is %d px wide, because of %s", page, width, got.Width, got.Wide)
			}
			mu.Lock()
			for _, c := range complaints {
				t.Errorf("%s at %d px: %s", page, width, c)
			}
			complaints = nil
			mu.Unlock()
		}
	}
}

// sight is what one look at a page found out.
type sight struct {
	Title string `json:"title"`
	Width int64  `json:"width"` // of what can be scrolled to
	Wide  string `json:"wide"`  // the beginning of an element beyond the right edge
}

func look(ctx context.Context, url string, width int64) (sight, error) {
	const script = `(() => {
		const over = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
		return {title: document.title, width: document.documentElement.scrollWidth, wide: over.length ? over[0].outerHTML.slice(0, 160) : ''};
	})()`
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(url)); err != nil {
		return sight{}, err
	}
	return chromedp.Run(ctx, chromedp.Evaluate[sight](script))
}
