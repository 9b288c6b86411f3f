package site

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/view"
)

// TestManyPagesKeepTheFilter chooses what is late in a list that runs over
// several pages: the other pages show no more than that, and the search finds
// all of it.
func TestManyPagesKeepTheFilter(t *testing.T) {
	ctx := openBrowser(t)
	cases := searchCases(3*rowsPerPage/2, 20)
	late := 0
	for i, c := range cases {
		k := clock.Clock{Kind: clock.Feedback, Unit: c.Lead, Role: "承办", Push: 1, Start: day("2026-09-01"),
			Due: day("2026-10-15"), OriginalDue: day("2026-10-15"),
			Status: clock.Running, Class: clock.Statutory}
		if i%5 == 0 {
			k.Due, k.OriginalDue, k.Status, k.DaysLate = day("2026-09-15"), day("2026-09-15"), clock.Overdue, 10
			late++
		}
		c.Life.Clocks = []clock.Clock{k}
	}
	cfg := config.Parse("suqiu.yaml", []byte("名称: 试验局\n格式: 1\n单位:\n  - {名称: 信息中心, 代码: XXZX}\n  - {"+
		"名称: 征收管理科, 代码: ZSGLK}\n  - {名称: 法制科, 代码: FZK}\n"))
	out := t.TempDir()
	build(t, testInput{Register: register.New(cfg, day("2026-09-30"), cases, nil), Edition: view.Supervision}, out)
	open := func(address string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address)); err != nil {
			t.Fatal(err)
		}
	}
	open("file://" + filepath.ToSlash(filepath.Join(out, "tasks", "index.html")))
	const shown = `[...document.querySelectorAll('table[data-list] tbody tr')].filter(r => !r.hidden).map(r => r.` +
		`cells[5].textContent)`
	links := eval[[]string](t, ctx, `(() => {
		const s = document.querySelector('.filter select[name=light]');
		s.value = '超期'; s.dispatchEvent(new Event('change', {bubbles: true}));
		return [...document.querySelectorAll('.pages a'), document.querySelector('.filter a')].map(a => a.href);
	})()`)
	first := eval[[]string](t, ctx, shown)
	if len(first) != late || len(links) != 3 { // what is late comes first; the links of pages stand above and below
		t.Fatalf("%d rows, want %d; links %q", len(first), late, links)
	}
	open(links[0])
	if !strings.Contains(links[0], "index-2.html#") {
		t.Errorf("the second page is %s", links[0])
	}
	if second := eval[[]string](t, ctx, shown); len(second) != 0 {
		t.Errorf("the second page shows %q", second)
	}
	if chosen := eval[string](t, ctx, `document.querySelector('.filter select[name=light]').value`); chosen != "超期" {
		t.Errorf("the second page has %q chosen", chosen)
	}
	open(links[2])
	found := eval[string](t, ctx, `new Promise(done => {
		const said = () => document.querySelector('#search-status').textContent;
		const look = () => /^(找到|没有)/.test(said()) ? done(said()) : setTimeout(look, 20);
		look();
	})`)
	if want := "找到 150 件。"; found != want || late != 150 {
		t.Errorf("the search says %q, want %q", found, want)
	}
}

// TestSectionKeepsItsHeadingRow filters 数据核查 so that the first group of a
// section has nothing left: the heading row of the next one stands in its place,
// and is the only one that the keyboard comes to.
func TestSectionKeepsItsHeadingRow(t *testing.T) {
	ctx := openBrowser(t)
	in := input(view.Supervision)
	for i, unit := range []string{"信息中心", "办公室", "信息中心", "办公室"} {
		in.Findings = append(in.Findings, problem.Problem{Rule: []string{"monthly-late", "monthly-missing"}[i/2],
			Severity: problem.Warning, Unit: unit, Path: "suqiu.yaml", Message: "甲"})
	}
	out := t.TempDir()
	build(t, in, out)
	if err := chromedp.Do(ctx,
		chromedp.Navigate("file://"+filepath.ToSlash(filepath.Join(out, "quality", "index.html")))); err != nil {
		t.Fatal(err)
	}
	// A heading row that is not to be seen is one pixel high.
	const heads = `[...document.querySelectorAll('#warnings .rule')].filter(g => !g.hidden).map(g => {
		const row = g.querySelector('thead');
		return g.querySelector('h3').textContent.split(' ')[0] + ' ' + (row.offsetHeight > 1) + ' ' + [...row.querySelectorAll('button')].map(b => b.tabIndex);
	})`
	pick := func(unit string) []string {
		t.Helper()
		return eval[[]string](t, ctx, `(() => {
			const s = document.querySelector('.filter select[name=unit]');
			s.value = '`+unit+`'; s.dispatchEvent(new Event('change', {bubbles: true}));
			return `+heads+`;
		})()`)
	}
	all := []string{"feedback-overdue true 0,0", "monthly-late false -1,-1", "monthly-missing false -1,-1"}
	if got := eval[[]string](t, ctx, heads); !slices.Equal(got, all) {
		t.Errorf("at first: %q", got)
	}
	if got := pick("办公室"); !slices.Equal(got, []string{"monthly-late true 0,0", "monthly-missing false -1,-1"}) {
		t.Errorf("without the first group: %q", got)
	}
	if got := pick(""); !slices.Equal(got, all) {
		t.Errorf("with all again: %q", got)
	}
}

// TestSectionWithoutRowsSaysSo filters 数据核查 so that whole sections have
// nothing left: no heading stands there bare.
func TestSectionWithoutRowsSaysSo(t *testing.T) {
	ctx := openBrowser(t)
	in := input(view.Supervision)
	for i, rule := range []string{"encoding", "encoding", "date-invalid", "date-invalid"} {
		in.Findings = append(in.Findings, problem.Problem{Rule: rule, Severity: problem.Error, Unit: "信息中心",
			Path: "suqiu.yaml", Message: "甲", Suppressed: i%2 == 1})
	}
	in.Findings = append(in.Findings, problem.Problem{Rule: "monthly-late", Severity: problem.Warning, Unit: "办公室",
		Path: "suqiu.yaml", Message: "乙"})
	out := t.TempDir()
	build(t, in, out)
	if err := chromedp.Do(ctx,
		chromedp.Navigate("file://"+filepath.ToSlash(filepath.Join(out, "quality", "index.html")))); err != nil {
		t.Fatal(err)
	}
	// What is to be seen of a section: its heading, the rules and what it says.
	pick := func(unit string) []string {
		t.Helper()
		return eval[[]string](t, ctx, `(() => {
			const s = document.querySelector('.filter select[name=unit]');
			s.value = '`+unit+`'; s.dispatchEvent(new Event('change', {bubbles: true}));
			return ['errors', 'warnings', 'infos', 'suppressed'].map(id => id + [...document.querySelectorAll('#' + id + ' h3, #' + id + ' .empty')]
				.filter(e => e.offsetHeight > 0).map(e => ' ' + (e.tagName === 'H3' ? e.textContent.split(' ')[0] : e.textContent)).join(''));
		})()`)
	}
	all := []string{"errors encoding date-invalid", "warnings feedback-overdue monthly-late", "infos 没有提示。",
		"suppressed encoding date-invalid"}
	for _, c := range []struct {
		unit string
		want []string
	}{
		{"", all},
		{"办公室", []string{"errors 没有符合条件的记录。", "warnings monthly-late", "infos 没有提示。",
			"suppressed 没有符合条件的记录。"}},
		{"", all},
	} {
		if got := pick(c.unit); !slices.Equal(got, c.want) {
			t.Errorf("单位 %q: %q, want %q", c.unit, got, c.want)
		}
	}
}

// TestFindingsOverPages lists more findings than a page holds: each stands on
// one page, the sections are found from all of them, and the filter goes along.
func TestFindingsOverPages(t *testing.T) {
	in := input(view.Supervision)
	for i := range 2 * rowsPerPage {
		f := problem.Problem{Rule: "value-enum", Severity: problem.Error, Unit: "信息中心", Path: "suqiu.yaml",
			Message: fmt.Sprintf("第%d条", i)}
		if i%3 == 0 {
			f.Rule, f.Severity, f.Unit = "monthly-late", problem.Warning, "办公室"
		}
		in.Findings = append(in.Findings, f)
	}
	out := t.TempDir()
	build(t, in, out)
	files := tree(t, out)
	var pages []string
	for i := range 4 {
		if page, ok := files["quality/"+numbered("index", i)]; ok {
			pages = append(pages, page)
		}
	}
	if len(pages) != 3 {
		t.Fatalf("%d pages, want 3", len(pages))
	}
	for i := range 2 * rowsPerPage {
		if n := strings.Count(strings.Join(pages, ""), fmt.Sprintf(">第%d条<", i)); n != 1 {
			t.Fatalf("finding %d stands on the pages %d times", i, n)
		}
	}
	for i, page := range pages {
		if n := strings.Count(page, "条<"); n > rowsPerPage {
			t.Errorf("page %d has %d rows", i+1, n)
		}
		if first := strings.Contains(page, `id="corrections"`); first != (i == 0) {
			t.Errorf("更正 stands on page %d: %t", i+1, first)
		}
		for _, m := range regexp.MustCompile(`href="((?:index[-\d]*\.html)?)#(\w+)"`).FindAllStringSubmatch(page, -1) {
			target := page
			if m[1] != "" {
				target = files["quality/"+m[1]]
			}
			if m[2] != "main" && !strings.Contains(target, `id="`+m[2]+`"`) {
				t.Errorf("page %d: %s#%s leads nowhere", i+1, m[1], m[2])
			}
		}
	}
	ctx := openBrowser(t)
	visit := func(address string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address)); err != nil {
			t.Fatal(err)
		}
	}
	visit("file://" + filepath.ToSlash(filepath.Join(out, "quality", "index.html")))
	next := eval[string](t, ctx, `(() => {
		const s = document.querySelector('.filter input[name=q]');
		s.value = '第999条'; s.dispatchEvent(new Event('input', {bubbles: true}));
		return [...document.querySelectorAll('.pages a')].pop().href;
	})()`)
	visit(next)
	const shown = `[...document.querySelectorAll('table[data-list] tbody tr')].filter(r => !r.hidden).` +
		`length + document.querySelector('.filter [role=status]').textContent`
	if got := eval[string](t, ctx, shown); !strings.HasPrefix(got, "1符合 1 条，本页 ") {
		t.Errorf("the last page shows %q", got)
	}
	if n := eval[int](t, ctx, `document.querySelectorAll('.filter a').length`); n != 0 {
		t.Error("the search, which knows no findings, is offered")
	}
}
