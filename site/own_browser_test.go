package site

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"suqiu/internal/view"
)

// chooseUnit chooses a unit at the top of the page as a reader does.
const chooseUnit = `(code => {
	const s = document.querySelector('.own-unit select');
	s.value = code; s.dispatchEvent(new Event('change', {bubbles: true}));
	return s.value;
})(%q)`

// opens is what the first page opens with, once it is there.
const opens = `new Promise(done => {
	const look = n => { const h = document.querySelector('#own h2'); h || !n ? done(h ? h.textContent : '') : setTimeout(look, 20, n - 1); };
	look(%d);
})`

// shownUnits are the units in the rows that a list shows.
const shownUnits = `[...document.querySelectorAll('table[data-list] tbody tr')].filter(r => !r.hidden).map(r =>
	r.querySelector('[data-label="承办 / 协办"], [data-label="责任单位"]').textContent)`

// The unit is chosen once: the first page opens with it, every page carries it in its
// address and comes filtered by it. From a folder, as over the network.
func TestOwnUnit(t *testing.T) {
	ctx := openBrowser(t)
	out := t.TempDir()
	build(t, busy(view.Supervision), out)
	base := "file://" + filepath.ToSlash(out) + "/"
	open := func(address string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(base+address)); err != nil {
			t.Fatal(err)
		}
	}
	where := func() string { return eval[string](t, ctx, `location.search + location.hash`) }
	holds := func(what, want string) {
		t.Helper()
		if where() != want {
			t.Errorf("%s: the address ends in %q, want %q", what, where(), want)
		}
	}
	follow := func(selector string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.Click(selector), chromedp.WaitReady(`.own-unit select`)); err != nil {
			t.Fatal(err)
		}
	}
	units := func(what string, want int, all string) {
		t.Helper()
		got := eval[[]string](t, ctx, shownUnits)
		for _, u := range got {
			if !strings.Contains(u, all) {
				t.Errorf("%s: a row of %q", what, u)
			}
		}
		if len(got) != want {
			t.Errorf("%s: %d rows, want %d", what, len(got), want)
		}
	}

	open("index.html")
	if got := eval[string](t, ctx, fmt.Sprintf(opens, 1)); got != "" {
		t.Errorf("nothing is chosen, and the page opens with %q", got)
	}
	eval[string](t, ctx, fmt.Sprintf(chooseUnit, "JNQ"))
	if got := eval[string](t, ctx, fmt.Sprintf(opens, 100)); got != "集宁区税务局" {
		t.Errorf("the page opens with %q", got)
	}
	holds("chosen", "?unit=JNQ")
	eval[string](t, ctx, fmt.Sprintf(chooseUnit, "XXZX"))

	// The open cases of the sample are three, one of them with 集宁区税务局.
	open("tasks/index.html")
	holds("kept by the browser", "?unit=XXZX")
	units("come filtered", 3, "信息中心")
	eval[string](t, ctx, fmt.Sprintf(chooseUnit, "JNQ"))
	holds("chosen on a list", "?unit=JNQ")
	units("another unit", 1, "集宁区税务局")
	eval[chromedp.Void](t, ctx, `document.querySelector('.filter button').click()`)
	units("cleared", 3, "")
	holds("cleared", "?unit=JNQ#?unit=")
	open("tasks/index.html#?unit=")
	units("what was cleared stays so", 3, "")

	// The office's own lists are those of all.
	eval[string](t, ctx, fmt.Sprintf(chooseUnit, "NSFWK"))
	units("the office", 3, "")
	holds("the office", "?unit=NSFWK")

	// What somebody of another unit sent on is believed, and not kept.
	open("overdue/index.html?unit=BGS")
	units("sent on", 3, "办公室") // a resolution, the 月报 of July and of August
	follow(`.org a`)
	holds("taken along", "?unit=BGS")
	open("overdue/index.html")
	holds("not kept", "?unit=NSFWK")
	open("overdue/index.html?unit=NOBODY")
	holds("unknown", "?unit=NSFWK")
	eval[string](t, ctx, fmt.Sprintf(chooseUnit, ""))
	holds("none", "")

	// Where the browser keeps nothing the address does.
	const off = `Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }})`
	if _, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument,
		cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: off}); err != nil {
		t.Fatal(err)
	}
	open("index.html")
	eval[string](t, ctx, fmt.Sprintf(chooseUnit, "XXZX"))
	follow(`.nav a[href="overdue/index.html"]`)
	holds("without storage", "?unit=XXZX")
	// A feedback that is late, two that are held, a resolution, the 月报 of August.
	units("without storage", 5, "信息中心")
	if got := eval[string](t, ctx, `document.querySelector('form.find input[name=unit]').value`); got != "XXZX" {
		t.Errorf("the box for searching takes %q along", got)
	}
}
