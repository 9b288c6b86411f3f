package site

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// TestCalendarLeads: a day of the calendar leads to what is due on it, and once more back
// to all; its numbers are those of the unit that is chosen. As cards the list is sorted in
// the bar, and none of the buttons that nobody sees takes the focus.
func TestCalendarLeads(t *testing.T) {
	ctx := openBrowser(t)
	in := input(view.Supervision)
	for i, unit := range []string{"信息中心", "办公室", "办公室"} {
		limit := clock.Clock{Kind: clock.Feedback, Unit: unit, Role: clock.Lead, Push: 1, Start: day("2026-09-28"),
			Due: day("2026-10-19").AddDays(i / 2), Limit: 10, Status: clock.Running, Class: clock.Statutory}
		limit.OriginalDue = limit.Due
		in.Register.Cases = append(in.Register.Cases, &register.Case{Case: &record.Case{
			ID: fmt.Sprintf("202609-NSFWK-%03d", 900+i), Title: "一件", Channel: "办税服务厅", Category: "系统技术类",
			Lead: unit, Tickets: 1, State: "办理中"},
			Life: workflow.Life{State: workflow.Handling, Lead: unit, Pushes: 1, Clocks: []clock.Clock{limit}}})
	}
	out := t.TempDir()
	build(t, in, out)
	at := "file://" + filepath.ToSlash(filepath.Join(out, "overdue", "index.html"))
	if err := chromedp.Do(ctx, chromedp.Navigate(at)); err != nil {
		t.Fatal(err)
	}
	const told = `(() => [...document.querySelectorAll('a[data-day]')].filter(a => !a.hidden)
		.map(a => a.dataset.day + ' ' + a.textContent)
		.filter(s => s > '2026-10-18').concat(
		[...document.querySelectorAll('#later tbody tr:not([hidden]) .no')].map(n => n.textContent)))()`
	look := func(what, do string, want ...string) {
		t.Helper()
		eval[bool](t, ctx, `(() => { `+do+`; return true; })()`)
		if err := chromedp.Do(ctx, chromedp.WaitVisible("#h-later")); err != nil {
			t.Fatal(err)
		}
		if got := eval[[]string](t, ctx, told); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	both, first := "2026-10-19 2", "202609-NSFWK-900"
	look("at first", "", both, "2026-10-20 1", first, "202609-NSFWK-901", "202609-NSFWK-902")
	click := `document.querySelector('a[data-day="2026-10-19"]').click(); dispatchEvent(new Event('hashchange'))`
	look("a day", click, both, "2026-10-20 1", first, "202609-NSFWK-901")
	look("all again", click, both, "2026-10-20 1", first, "202609-NSFWK-901", "202609-NSFWK-902")
	look("a unit", `const s = document.querySelector('.filter select[name=unit]');
		s.value = '办公室'; s.dispatchEvent(new Event('change', {bubbles: true}))`,
		"2026-10-19 1", "2026-10-20 1", "202609-NSFWK-901", "202609-NSFWK-902")
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(390, 900)); err != nil {
		t.Fatal(err)
	}
	look("cards in the other order", `const s = document.querySelector('.filter select[name=order]');
		s.value = 'due down'; s.dispatchEvent(new Event('change', {bubbles: true}))`,
		"2026-10-19 1", "2026-10-20 1", "202609-NSFWK-902", "202609-NSFWK-901")
	const unseen = `[...document.querySelectorAll('thead button')].filter(b => b.offsetWidth > 0).length`
	if n := eval[int](t, ctx, unseen); n > 0 {
		t.Errorf("%d buttons that nobody sees can be reached", n)
	}
	const mute = `[...document.querySelectorAll('thead th')].filter(h => !h.innerText.trim()).length`
	if n := eval[int](t, ctx, mute); n > 0 {
		t.Errorf("%d headings say nothing to who hears them", n)
	}
	if !eval[bool](t, ctx, `document.querySelector('.filter select[name=order]').offsetWidth > 0`) {
		t.Error("nothing to sort cards by")
	}
}
