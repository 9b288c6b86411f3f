package site

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"suqiu/internal/config"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
	"suqiu/site/lookup"
	"suqiu/templates"
)

// searchPhrases make texts whose pieces repeat from case to case, as those of
// a bureau do.
var searchPhrases = []string{"纳税人反映", "电子税务局", "申报提交失败", "系统提示繁忙", "办税服务厅",
	"窗口排队时间较长", "社保缴费", "个体工商户", "经核实", "已联系区局运维人员", "扩容",
	"12366热线", "APP", "Ａ类", "差评", "发票", "增值税", "退税到账慢", "请求尽快处理", "已电话答复", "纳税人表示满意",
	"政策口径不一致", "税", "，", "。", "“", "”", "（", "）"}

// searchText is made-up text of about n characters, a third of it drawn freely.
func searchText(rng *rand.Rand, n int) string {
	var b strings.Builder
	for b.Len() < 3*n {
		if rng.IntN(3) > 0 {
			b.WriteString(searchPhrases[rng.IntN(len(searchPhrases))])
			continue
		}
		for range 1 + rng.IntN(8) {
			b.WriteRune(0x4e00 + rune(rng.ExpFloat64()*400))
		}
	}
	return b.String()
}

// searchCases are n made-up cases over five years, each with about size
// characters.
func searchCases(n, size int) []*register.Case {
	rng := rand.New(rand.NewPCG(7, uint64(n)))
	units := []string{"信息中心", "征收管理科", "法制科"}
	var cases []*register.Case
	for i := range n {
		month := i * 60 / n
		id := fmt.Sprintf("%d%02d-NSFWK-%05d", 2022+month/12, month%12+1, i)
		state, category := workflow.States()[i%3], record.Categories()[i%7]
		scope := "全文"
		if i%17 == 0 {
			scope = "仅要素"
		}
		cases = append(cases, &register.Case{
			Case: &record.Case{ID: id, Title: searchText(rng, 15), Scope: scope, Channel: "办税服务厅",
				State: string(state), Category: category, Lead: units[i%len(units)], Tickets: 1,
				Sections: []mdfile.Section{{Heading: "诉求内容", Text: searchText(rng, size/2)},
					{Heading: "办理情况", Text: searchText(rng, size/2)}}},
			Life: workflow.Life{State: state, Lead: units[i%len(units)]},
		})
	}
	return cases
}

// searchSite writes the page that searches, with its index, and returns its
// address and the view it was made from.
func searchSite(t testing.TB, cases []*register.Case) (string, *builder) {
	t.Helper()
	cfg := config.Parse("suqiu.yaml", []byte("名称: 试验局\n格式: 1\n单位:\n  - {名称: 信息中心, 代码: XXZX}\n  - {"+
		"名称: 征收管理科, 代码: ZSGLK}\n  - {名称: 法制科, 代码: FZK}\n"))
	d := register.New(cfg, workday.New(2026, time.September, 30), cases, nil)
	v := testInput{Register: d, Edition: view.Public}.builder()
	var err error
	if v.sheets, err = parse(templates.Builtin()); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	target, err := sitedir.Open(t.Context(), out, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	if err := v.searchIndex(t.Context(), target); err != nil {
		t.Fatal(err)
	}
	if _, err := target.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	put := func(name string, data []byte) error {
		path := filepath.Join(out, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return os.WriteFile(path, data, 0o644)
	}
	var b bytes.Buffer
	err = v.render(&b, &page{"search.html", "search", "查询", "search", func() framed { return new(searchPage) }, nil})
	if err == nil {
		err = put("search.html", b.Bytes())
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"site.js", "search.js", "style.css"} {
		data, err := fs.ReadFile(templates.Builtin(), "static/"+name)
		if err == nil {
			err = put(name, data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return "file://" + filepath.ToSlash(filepath.Join(out, "search.html")), v
}

// openBrowser starts Chromium without a network.
func openBrowser(t testing.TB) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "google-chrome", "chromium-browser"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no Chromium: .ci/install should have installed it")
		}
		t.Skip("no Chromium on this machine")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox,
		chromedp.Flag("disable-dev-shm-usage", true))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// eval runs a script in the page and waits for what it promises.
func eval[T any](t testing.TB, ctx context.Context, script string) T {
	t.Helper()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return got
}

func asJS(t testing.TB, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// foldedText is what search looks a word up in.
func foldedText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0x3000:
			return ' '
		case r >= 0xff01 && r <= 0xff5e:
			r -= 0xfee0
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}

// TestSearchInBrowser compares what the page finds, opened from a folder, with
// strings.Contains over the same 2,000 cases.
func TestSearchInBrowser(t *testing.T) {
	ctx := openBrowser(t)
	address, v := searchSite(t, searchCases(2000, 200))
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	texts := make([]string, len(v.Cases))
	for i, e := range v.Cases {
		d := lookup.Doc(e)
		texts[i] = foldedText(d.ID + "\n" + d.Title + "\n" + d.Text)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	words := []string{"税", "电子税务局", "限范围", "app", "ＡＰＰ", "系统 纳税人反映", "不会有的词", "2022", "“"}
	for len(words) < 70 {
		runes := []rune(texts[rng.IntN(len(texts))])
		from := rng.IntN(len(runes))
		word := string(runes[from:min(len(runes), from+1+rng.IntN(9)*(1+len(words)%3))])
		if strings.TrimSpace(word) != "" && !strings.Contains(word, "\n") {
			words = append(words, word)
		}
	}
	found := eval[[][]string](t, ctx, "(async () => { const all = []; for (const w of "+asJS(t, words)+
		") all.push(await suqiuSearch.find(w)); return all; })()")
	for i, word := range words {
		want := []string{}
		for n, text := range texts {
			all := true
			for part := range strings.FieldsSeq(foldedText(word)) {
				all = all && strings.Contains(text, part)
			}
			if all {
				want = append(want, v.Cases[n].ID)
			}
		}
		slices.Sort(found[i])
		if diff := cmp.Diff(want, found[i]); diff != "" {
			t.Errorf("%q: %s", word, diff)
		}
	}
	filtered := eval[[]string](t, ctx, `suqiuSearch.find("税", {unit: "信息中心", state: "已登记", category:`+
		` "其他类"})`)
	for _, id := range filtered {
		e := v.Case(id)
		if e.Lead != "信息中心" || e.State != workflow.Registered || e.Category != "其他类" {
			t.Errorf("the filters let through %s: %s, %s, %s", id, e.Lead, e.State, e.Category)
		}
	}
	if len(filtered) == 0 {
		t.Error("the filters let nothing through")
	}
}

// TestLongWordsLoadLittle: a sentence that stands in one case takes few of the
// files of the index, though every segment has some of its pairs.
func TestLongWordsLoadLittle(t *testing.T) {
	ctx := openBrowser(t)
	cases := searchCases(2000, 200)
	cases[1234].Sections[0].Text += "，请在周五之前书面告知补正清单内容"
	address, v := searchSite(t, cases)
	segments := map[string]bool{}
	for _, e := range v.Cases {
		segments[lookup.Segment(e.ID)] = true
	}
	for word, most := range map[string]int{"周五之前书面告知补正清单内容": 3, cases[1234].ID: 4} {
		if err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address)); err != nil {
			t.Fatal(err)
		}
		found := eval[[]string](t, ctx, "suqiuSearch.find("+asJS(t, word)+")")
		if !slices.Equal(found, []string{cases[1234].ID}) {
			t.Errorf("%s is found in %v", word, found)
		}
		loaded := eval[int](t, ctx, `document.querySelectorAll('head script[src*="-i"], head script[src*="-t"]').`+
			`length`)
		if t.Logf("%s: %d files of %d segments", word, loaded, len(segments)); loaded > most*len(segments) {
			t.Errorf("%s took %d files of %d segments", word, loaded, len(segments))
		}
	}
}

// TestSearchPage types and presses keys as a person does.
func TestSearchPage(t *testing.T) {
	ctx := openBrowser(t)
	cases := searchCases(90, 60)
	cases[40].Title = "独一无二的标题"
	cases[7].Sections[0].Text = "**独一**无二的内容，不是标题" // marks are no part of what is read
	address, _ := searchSite(t, cases)
	if err := chromedp.Do(ctx,
		chromedp.Navigate(address+"?q=%E7%8B%AC%E4%B8%80%E6%97%A0%E4%BA%8C+%E7%9A%84")); err != nil {
		t.Fatal(err)
	}
	wait := func(words string) string {
		return eval[string](t, ctx, `(async () => { for (let i = 0; i < 200; i++) { const s = document.`+
			`getElementById('search-status').textContent; if (s.includes(`+asJS(t, words)+
			`)) return s; await new Promise(r => setTimeout(r, 20)); } return document.getElementById('search-status'`+
			`).textContent; })()`)
	}
	if got := wait("2 件"); got != "找到 2 件。" {
		t.Errorf("?q= of another page: %s", got)
	}
	if hash := eval[string](t, ctx, "decodeURIComponent(location.hash)"); hash != "#?q=独一无二 的" {
		t.Errorf("the address holds %s", hash)
	}
	type row struct{ Title, Href, Marks string }
	rows := eval[[]row](t, ctx, `[...document.querySelectorAll('#results li')].map(li => ({Title: li.querySelector('.`+
		`hit').textContent, Href: li.querySelector('.hit').getAttribute('href'), Marks: [...li.querySelectorAll('`+
		`mark')].map(m => m.textContent).join('|')}))`)
	if len(rows) != 2 || rows[0].Title != "独一无二的标题" || rows[0].Href != "cases/"+cases[40].ID+".html" ||
		!strings.HasPrefix(rows[0].Marks, "独一无二|的") {
		t.Errorf("the one with the words in its title is not the first: %+v", rows)
	}
	key := func(name, more string) string {
		return `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '` + name +
			`', bubbles: true, cancelable: true` + more +
			`})), document.activeElement.tagName + ' ' + document.activeElement.textContent`
	}
	for _, press := range []struct{ name, more, at string }{
		{"/", "", "INPUT "}, {"ArrowDown", ", isComposing: true", "INPUT "}, {"ArrowDown", "", "A 独一无二的标题"},
		{"ArrowDown", "", "A " + rows[1].Title}, {"ArrowDown", "", "A " + rows[1].Title},
		{"ArrowUp", "", "A 独一无二的标题"}, {"ArrowUp", "", "INPUT "},
	} {
		if got := eval[string](t, ctx, key(press.name, press.more)); got != press.at {
			t.Errorf("%s leads to %q, want %q", press.name, got, press.at)
		}
	}
	// Letters of an input method that is at work are not looked for.
	eval[bool](t, ctx, `(() => { const i = document.querySelector('#search input'); i.value = 'du yi'; i.`+
		`dispatchEvent(new InputEvent('input', {isComposing: true})); return true; })()`)
	eval[bool](t, ctx, `new Promise(r => setTimeout(() => r(true), 300))`)
	if got := wait("2 件"); got != "找到 2 件。" {
		t.Errorf("while composing: %s", got)
	}
	eval[bool](t, ctx, `(() => { const i = document.querySelector('#search input'); i.value = '税'; i.dispatchEvent(`+
		`new CompositionEvent('compositionend')); return true; })()`)
	if got := wait("件。"); got == "找到 2 件。" {
		got = wait("找到 8")
		if !strings.HasPrefix(got, "找到 ") || got == "找到 2 件。" {
			t.Errorf("after composing: %s", got)
		}
	}
	if n := eval[int](t, ctx, `document.getElementById('more').click(), new Promise(r => setTimeout(() => r(document.`+
		`querySelectorAll('#results li').length), 300))`); n != 40 {
		t.Errorf("%d results after 再显示, want 40", n)
	}
}

// TestSearchIndexMissing: a copy of the site without search/ says so.
func TestSearchIndexMissing(t *testing.T) {
	ctx := openBrowser(t)
	address, _ := searchSite(t, searchCases(3, 30))
	if err := os.RemoveAll(filepath.Join(filepath.Dir(strings.TrimPrefix(address, "file://")), "search")); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	if got := eval[string](t, ctx, "document.getElementById('search-status').textContent"); !strings.Contains(got,
		"search 目录") {
		t.Errorf("says %q", got)
	}
}

// BenchmarkSearch measures a word of two characters among 20,000 cases of 500
// characters: ms/first on a page that has loaded nothing yet, ms/next for
// another word after that, to the display of the first results.
func BenchmarkSearch(b *testing.B) {
	ctx := openBrowser(b)
	address, _ := searchSite(b, searchCases(20_000, 500))
	dir := filepath.Join(filepath.Dir(strings.TrimPrefix(address, "file://")), "search")
	size, files := int64(0), 0
	if err := filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			size, files = size+info.Size(), files+1
		}
		return err
	}); err != nil {
		b.Fatal(err)
	}
	type times struct{ First, Next float64 }
	var sum times
	const typed = `(w => new Promise(done => {
		const status = document.getElementById('search-status'), input = document.querySelector('#search input');
		const before = performance.now();
		new MutationObserver((_, o) => { o.disconnect(); done(performance.now() - before); }).observe(status, {childList: true, characterData: true, subtree: true});
		input.value = w;
		document.getElementById('search').dispatchEvent(new Event('submit', {cancelable: true}));
	}))`
	n := 0
	for b.Loop() {
		if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
			b.Fatal(err)
		}
		sum.First += eval[float64](b, ctx, typed+`("申报")`)
		sum.Next += eval[float64](b, ctx, typed+`("扩容")`)
		n++
	}
	b.ReportMetric(sum.First/float64(n), "ms/first")
	b.ReportMetric(sum.Next/float64(n), "ms/next")
	b.ReportMetric(float64(size)/1e6, "MB-index")
	b.ReportMetric(float64(files), "files")
}
