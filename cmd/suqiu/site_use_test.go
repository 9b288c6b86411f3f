package main

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// rowsOf lists the cases that a list shows, in the order in which it does.
const rowsOf = `[...document.querySelectorAll('table[data-list] tbody tr')].filter(r => !r.hidden).map(r => r.` +
	`querySelector('.no').textContent)`

// useLists filters and sorts a list as a reader does, and comes back to what
// was chosen by its address.
func (b *browser) useLists(t *testing.T, address string) {
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(b.ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	b.open(t, address, "light", 1280)
	every := eval[[]string](t, b, rowsOf)
	if len(every) < 20 {
		t.Fatalf("only %d rows", len(every))
	}

	// By a number, typed.
	do(chromedp.SendKeys(`.filter input`, every[3]))
	if got := eval[[]string](t, b, rowsOf); !slices.Equal(got, every[3:4]) {
		t.Errorf("typing %s leaves %v", every[3], got)
	}
	b.click(t, `.filter button`) // 清除
	if got := eval[[]string](t, b, rowsOf); !slices.Equal(got, every) {
		t.Errorf("clearing leaves %d of %d rows", len(got), len(every))
	}

	// By the second word of each choice.
	selects := eval[int](t, b, `document.querySelectorAll('.filter select').length`)
	if selects < 4 {
		t.Errorf("only %d choices: unit, category, state and time are wanted", selects)
	}
	late := eval[[]string](t, b, `(() => {
		const s = document.querySelector('.filter select[name=light]'), choose = v => { s.value = v; s.dispatchEvent(new Event('change', {bubbles: true})); };
		choose('超期');
		const rows = [...document.querySelectorAll('table[data-list] tbody tr')].filter(r => !r.hidden).map(r => r.cells[5].textContent);
		choose('');
		return rows;
	})()`)
	if len(late) == 0 ||
		slices.ContainsFunc(late, func(light string) bool { return !strings.HasPrefix(light, "超期 ") }) {
		t.Errorf("choosing 超期 leaves %q", late)
	}
	word := eval[string](t, b, `(() => {
		const s = document.querySelector('.filter select'), o = s.options[1];
		s.value = o.value; s.dispatchEvent(new Event('change', {bubbles: true}));
		return o.value;
	})()`)
	chosen := eval[[]string](t, b, rowsOf)
	if len(chosen) == 0 || len(chosen) == len(every) {
		t.Errorf("choosing %s leaves %d of %d rows", word, len(chosen), len(every))
	}
	if wrong := eval[[]string](t, b, `[...document.querySelectorAll('table[data-list] tbody tr')].filter(r => !r.`+
		`hidden && !r.textContent.includes(`+"`"+word+"`"+`)).map(r => r.textContent)`); len(wrong) > 0 {
		t.Errorf("choosing %s leaves %q", word, wrong)
	}

	// Sorted by number, up and down.
	for _, order := range []string{"ascending", "descending"} {
		b.click(t, `th[data-k="id"] .sort`)
		got := eval[[]string](t, b, rowsOf)
		want := slices.Sorted(slices.Values(chosen))
		if order == "descending" {
			slices.Reverse(want)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v", order, got)
		}
		if said := eval[string](t, b,
			`document.querySelector('th[data-k="id"]').getAttribute('aria-sort')`); said != order {
			t.Errorf("aria-sort is %q, want %q", said, order)
		}
	}

	// Sent on by its address, and kept when going away and back.
	kept := eval[[]string](t, b, rowsOf)
	sent := eval[string](t, b, `location.href`)
	if !strings.Contains(sent, "#?") {
		t.Fatalf("the filter is not in the address %s", sent)
	}
	b.open(t, strings.TrimSuffix(address, "tasks/index.html")+"index.html", "light", 1280)
	do(chromedp.NavigateBack())
	if !b.until(`location.hash`) {
		t.Error("going back does not end")
	}
	if got := eval[[]string](t, b, rowsOf); !slices.Equal(got, kept) {
		t.Errorf("going back shows %d rows, want %d", len(got), len(kept))
	}
	b.open(t, "about:blank", "light", 1280)
	b.open(t, sent, "light", 1280)
	if got := eval[[]string](t, b, rowsOf); !slices.Equal(got, kept) {
		t.Errorf("%s shows %d rows, want %d", sent, len(got), len(kept))
	}
	b.quiet(t, "lists")
}

// copyBlock presses the copy button of a case's next step.
func (b *browser) copyBlock(t *testing.T, base, dir string) {
	cases, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(cases)
	i := slices.IndexFunc(cases, func(name string) bool {
		page, err := os.ReadFile(name)
		return err == nil && strings.Contains(string(page), "data-copy")
	})
	if i < 0 {
		t.Fatal("no case has a block to copy")
	}
	b.open(t, base+path.Base(filepath.ToSlash(cases[i])), "light", 1280)
	// A page cannot read the clipboard unasked: what is copied is what is
	// selected when the copy happens.
	eval[chromedp.Void](t, b, `(() => {
		const keep = text => { window.copied = text; return Promise.resolve(); };
		if (navigator.clipboard) { navigator.clipboard.writeText = keep; }
		document.addEventListener('copy', () => { const a = document.activeElement; window.copied = a.value || String(getSelection()); });
	})()`)
	b.click(t, `button[data-copy]`)
	type outcome struct{ Label, Copied, Block string }
	got := eval[outcome](t, b, `new Promise(done => setTimeout(() => {
		const button = document.querySelector('button[data-copy]');
		done({Label: button.textContent, Copied: window.copied || '', Block: document.getElementById(button.dataset.copy).textContent});
	}, 100))`)
	if got.Label != "已复制" || got.Block == "" || got.Copied != got.Block {
		t.Errorf("the button says %q and copied %q, want %q", got.Label, got.Copied, got.Block)
	}
	b.quiet(t, "copy")
}

// tabThrough walks a page by its keyboard: the first stop skips to the text,
// every stop can be seen, and the stops follow the page from top to bottom.
func (b *browser) tabThrough(t *testing.T, address string) {
	b.open(t, address, "light", 1280)
	press := func(key string) {
		t.Helper()
		if err := chromedp.Do(b.ctx, chromedp.KeyEvent(key)); err != nil {
			t.Fatal(err)
		}
	}
	type stop struct {
		Text string  `json:"text"`
		At   int     `json:"at"` // place in the order of the document
		Left float64 `json:"left"`
		Ring bool    `json:"ring"` // has a visible outline
		Here bool    `json:"here"` // within the window
	}
	const focused = `(() => {
		const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
		return {text: e.textContent.trim().slice(0, 40), at: [...document.querySelectorAll('*')].indexOf(e), left: r.left,
			ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, here: r.bottom > 0 && r.top < innerHeight && r.right > 0};
	})()`
	press(kb.Tab)
	first := eval[stop](t, b, focused)
	if first.Text != "跳到正文" || first.Left < 0 || !first.Ring {
		t.Fatalf("the first stop is %+v", first)
	}
	press(kb.Enter)
	if id := eval[string](t, b, `document.activeElement.id`); id != "main" {
		t.Errorf("the skip link leads to %q", id)
	}
	last, stops := -1, 0
	for range 60 {
		press(kb.Tab)
		s := eval[stop](t, b, focused)
		if s.At < last { // round the end
			break
		}
		if s.At == last {
			t.Fatalf("the keyboard is caught at %q", s.Text)
		}
		if !s.Ring || !s.Here {
			t.Errorf("stop %q: outline %v, in the window %v", s.Text, s.Ring, s.Here)
		}
		last = s.At
		stops++
	}
	if stops < 20 {
		t.Errorf("only %d stops after the skip link", stops)
	}
	if inside := eval[bool](t, b, `document.querySelector('main').contains(document.activeElement) || document.`+
		`activeElement.closest('footer, header, body') !== null`); !inside {
		t.Error("the keyboard left the page")
	}
	b.quiet(t, "keyboard")
}

// search looks in the box of a page for what a case says, as one types it,
// and follows what is found by the keyboard.
func (b *browser) search(t *testing.T, base string) {
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(b.ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	b.open(t, base+"tasks/index.html", "light", 1280)
	title := eval[string](t, b, `document.querySelector('td.t-case a').textContent`)
	word := string([]rune(title)[1:6])
	do(chromedp.SendKeys(`#find`, word+kb.Enter))
	if !b.until(`location.pathname.endsWith('search.html') && document.querySelector('#results li')`) {
		t.Fatalf("%s is not found: %s", word, eval[string](t, b, `document.body.textContent`))
	}
	got := eval[[]string](t, b, `[...document.querySelectorAll('#results .hit')].map(a => a.textContent)`)
	if !slices.Contains(got, title) {
		t.Errorf("%s finds %q, want %q among them", word, got, title)
	}
	b.searchLate(t, base)
	unit := eval[string](t, b, `(() => {
		document.querySelector('#results').textContent = ''; // what stands there now is found anew
		document.querySelector('#search input').value = '';
		const s = document.querySelector('#search select[name=unit]');
		s.value = s.options[1].value; s.dispatchEvent(new Event('change', {bubbles: true}));
		return s.value;
	})()`)
	if !b.until(`document.querySelectorAll('#results li').length > 1`) {
		t.Errorf("nothing is found of %s", unit)
	}
	if wrong := eval[[]string](t, b, `[...document.querySelectorAll('#results li .meta')].map(p => p.textContent).`+
		`filter(p => !p.includes(`+"`"+unit+"`"+`))`); len(wrong) > 0 {
		t.Errorf("%s also finds %q", unit, wrong)
	}
	eval[chromedp.Void](t, b, `document.activeElement.blur()`)
	// In one event: a character that comes apart from its key may still reach
	// the box that the key has led to.
	if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent,
		input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "/", Text: "/"}); err != nil {
		t.Fatal(err)
	}
	if !eval[bool](t, b, `document.activeElement.name === 'q' && document.activeElement.value === ''`) {
		t.Errorf("/ leads to %s", eval[string](t, b, `document.activeElement.outerHTML`))
	}
	do(chromedp.KeyEvent(kb.ArrowDown))
	first := eval[string](t, b, `document.activeElement.className === 'hit' ? document.activeElement.href : ''`)
	do(chromedp.KeyEvent(kb.Enter))
	if first == "" || !b.until(`location.href === "`+first+`"`) {
		t.Errorf("the keyboard leads to %s, want %q", eval[string](t, b, `location.href`), first)
	}
	b.quiet(t, "search")
}

// searchLate finds by how a limit stands what the lists find by it, sent on in
// the address as a list of several pages does.
func (b *browser) searchLate(t *testing.T, base string) {
	const words = `[...document.querySelectorAll('table[data-list] tbody tr')].map(r => r.querySelector('.no').` +
		`textContent + ' ' + r.cells[5].firstChild.textContent.trim().split(/[ ：]/)[0])`
	b.open(t, base+"tasks/index.html", "light", 1280)
	want := map[string][]string{}
	for _, row := range eval[[]string](t, b, words) {
		id, word, _ := strings.Cut(row, " ")
		if word != "—" {
			want[word] = append(want[word], id)
		}
	}
	if len(want["超期"]) == 0 || len(want) < 5 {
		t.Fatalf("the list has only %v", want)
	}
	for word, ids := range want {
		b.open(t, "about:blank", "light", 1280)
		b.open(t, base+"search.html#?light="+url.QueryEscape(word), "light", 1280)
		if !b.until(`/^找到/.test(document.querySelector('#search-status').textContent)`) {
			t.Errorf("%s: %s", word, eval[string](t, b, `document.querySelector('#search-status').textContent`))
			continue
		}
		got := eval[[]string](t, b, `[...document.querySelectorAll('#results .no')].map(e => e.textContent)`)
		slices.Sort(got)
		slices.Sort(ids)
		if !slices.Equal(got, ids) {
			t.Errorf("%s finds %v, the list has %v", word, got, ids)
		}
		if chosen := eval[string](t, b, `document.querySelector('#search select[name=light]').value`); chosen != word {
			t.Errorf("the page of %s has %q chosen", word, chosen)
		}
	}
	b.open(t, "about:blank", "light", 1280)
	b.open(t, base+"search.html", "light", 1280)
	b.until(`document.querySelector('#search select').options.length > 1`)
}

// click presses the mouse on an element. Chromium 78 cannot be told to scroll
// to one.
func (b *browser) click(t *testing.T, selector string) {
	t.Helper()
	if b.old {
		eval[chromedp.Void](t, b, `document.querySelector('`+selector+`').click()`)
	} else if err := chromedp.Do(b.ctx, chromedp.Click(selector)); err != nil {
		t.Fatal(err)
	}
}

// until waits for something to become true of a page that has loaded, be it the
// next one.
func (b *browser) until(script string) bool {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		// an error: between two pages
		if got, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && !!("+script+
			")")); err == nil && got {
			return true
		}
	}
	return false
}

// chooseUnit chooses a unit at the top of the first page, and goes on to a list: it comes
// filtered, in every browser, over the network and from a folder.
func (b *browser) chooseUnit(t *testing.T, edition string) {
	t.Helper()
	choose := func(code string) {
		eval[chromedp.Void](t, b, `(() => {
			const s = document.querySelector('.own-unit select');
			s.value = '`+code+`'; s.dispatchEvent(new Event('change', {bubbles: true}));
		})()`)
	}
	b.open(t, edition+"index.html", "light", 1280)
	choose("XXZX")
	if !b.until(`(document.querySelector('#own h2') || {}).textContent === '信息中心'`) {
		t.Error("the first page does not open with the unit that was chosen")
	}
	eval[chromedp.Void](t, b, `document.querySelector('.nav a[href="overdue/index.html"]').click()`)
	if !b.until(`/\/overdue\/(index\.html)?\?unit=XXZX$/.test(location.href) && document.querySelector('.filter')`) {
		t.Errorf("the unit is not taken along: %s", eval[string](t, b, `location.href`))
	}
	if wrong := eval[[]string](t, b, `[...document.querySelectorAll('table[data-list] tbody tr')].filter(r => !r.hidden &&
		!r.textContent.includes('信息中心')).map(r => r.textContent)`); len(wrong) > 0 {
		t.Errorf("the list is not filtered by the unit: %q", wrong)
	}
	choose("")
	for _, c := range b.heard() {
		t.Errorf("choosing a unit: %s", c)
	}
}
