package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"suqiu/internal/demo"
)

// byKeyboard takes a step without a mouse.
func (f *formPage) byKeyboard(t *testing.T, c openCase) {
	press := func(keys ...string) {
		t.Helper()
		for _, k := range keys {
			if err := chromedp.Do(f.ctx, chromedp.KeyEvent(k)); err != nil {
				t.Fatal(err)
			}
		}
	}
	f.form(t, c.Lead, c.ID+"/反馈")
	eval[chromedp.Void](t, f.browser, `document.querySelector('.who button').focus()`)
	press(kb.Tab, kb.Tab, kb.Tab) // past the case and its text
	focused := func() string {
		return eval[string](t, f.browser, `document.activeElement.name + ' ' + document.activeElement.id`)
	}
	for range 3 {
		if strings.HasSuffix(focused(), " f-0") {
			break
		}
		press(kb.Tab)
	}
	if at := focused(); !strings.HasSuffix(at, " f-0") {
		t.Fatalf("the first field is not reached, but %s", at)
	}
	press(" ", kb.Tab, "调整了设置", kb.Tab, "查看并更新。", kb.Tab, "已当面说明。")
	if !f.until(filledIn) {
		t.Fatalf("typed, but: %s", f.said(t))
	}
	for range 5 {
		if eval[bool](t, f.browser, `document.activeElement.classList.contains('main-button')`) {
			break
		}
		press(kb.Tab)
	}
	press(kb.Enter)
	if !f.until(`document.activeElement.classList.contains('done')`) {
		t.Errorf("after the last key: %s", f.said(t))
	}
}

// fakeDoor is a door of a test: who is signed in and reads files that the test
// gives, and keeps what is submitted.
const fakeDoor = `window.suqiuForms = {doors: [{
	name: 'test', label: '提交', here: () => true, who: () => Promise.resolve({name: '张三', email: %s}),
	read: paths => Promise.resolve({head: 'h', config: %s,
		files: Object.fromEntries(paths.map(p => [p, {text: window.changed || %s, blob: ''}]))}),
	submit: work => {
		window.submitted = work;
		return Promise.resolve({branch: work.branch, url: 'https://git.example/1', message: '已提出合并请求'});
	}
}]};`

// with opens a form before a door of the test, which reads a text.
func (f *formPage) with(t *testing.T, unit, hash, text string) {
	t.Helper()
	settings, err := os.ReadFile(filepath.Join(f.dir, "suqiu.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	end := f.beforePage(t, fmt.Sprintf(fakeDoor, quoted(f.units[unit].Email), quoted(string(settings)), quoted(text)))
	defer end()
	f.form(t, unit, hash)
}

func (f *formPage) source(t *testing.T, c openCase) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(c.Path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// keepsNothing fills in a form of a restricted case: no word of it is kept.
func (f *formPage) keepsNothing(t *testing.T) {
	if len(f.hidden) == 0 {
		t.Fatal("no restricted case is open")
	}
	c := f.hidden[0]
	f.browser.open(t, f.folder+"step.html?unit=NSFWK#"+c.ID, "light", 1280)
	if !f.until(`document.querySelector('#step .notice')`) || !strings.Contains(f.said(t), "限范围查看") {
		t.Errorf("without signing in: %s", f.said(t))
	}
	// "Without signing in there is a fragment with its place."
	if !f.until(`document.querySelector('#step .by-hand details pre')`) {
		t.Errorf("no lines to write: %s", f.said(t))
	}
	for _, want := range []string{"打开 " + c.Path, "撤回原因: 〔请填：撤回原因〕"} {
		if said := f.said(t); !strings.Contains(said, want) || strings.Contains(said, titleOf(f.source(t, c))) {
			t.Errorf("no %q, or the title: %s", want, said)
		}
	}
	f.with(t, "纳税服务科", c.ID+"/撤回", f.source(t, c))
	eval[chromedp.Void](t, f.browser, fmt.Sprintf(typeAll, "不能留下的话"))
	f.until(`document.querySelector('.preview').textContent.includes('撤回')`)
	kept := eval[string](t, f.browser, `JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage),
		document.cookie, document.title, history.state])`)
	for _, word := range []string{"不能留下的话", titleOf(f.source(t, c))} {
		if strings.Contains(kept, word) {
			t.Errorf("kept: %s", kept)
		}
	}
	f.click(t, ".main-button")
	if !f.until(`window.submitted`) {
		t.Errorf("not submitted: %s", f.said(t))
	}
	// Nobody knows of a new case before its channel whether it will be one.
	f.form(t, "办公室", "登记")
	for _, c := range []struct {
		channel string
		keeps   bool
	}{{"", false}, {"信访", false}, {"上级交办", true}} {
		if c.channel != "" {
			f.fill(t, "渠道", c.channel)
		}
		f.fill(t, "标题", "不能留下的标题"+c.channel)
		kept := eval[bool](t, f.browser, `new Promise(done => setTimeout(() =>
			done(JSON.stringify(Object.entries(sessionStorage)).includes('不能留下')), 500))`)
		if kept != c.keeps {
			t.Errorf("渠道 %q: kept %t", c.channel, kept)
		}
	}
}

func titleOf(text string) string {
	_, rest, _ := strings.Cut(text, "\n标题: ")
	title, _, _ := strings.Cut(rest, "\n")
	return title
}

// twoAtOnce has somebody change the file while the form is filled in.
func (f *formPage) twoAtOnce(t *testing.T, c openCase) {
	text := f.source(t, c)
	f.with(t, c.Lead, c.ID+"/反馈", text)
	f.answer(t, feedback)
	eval[chromedp.Void](t, f.browser, `window.changed = `+
		quoted(strings.Replace(text, "## 研判分析\n", "## 研判分析\n\n别人写的一句。\n", 1)))
	f.click(t, ".main-button")
	if !f.until(`document.querySelector('.stale .added')`) {
		t.Fatalf("nobody is told: %s", f.said(t))
	}
	if got := eval[string](t, f.browser, `document.querySelector('.versions .added').textContent.trim() +
		document.querySelector('.versions .added + .added').textContent.trim()`); got != "别人写的一句。" {
		t.Errorf("what is new is said to be %q", got)
	}
	if eval[bool](t, f.browser, `Boolean(window.submitted)`) {
		t.Error("submitted over what somebody else wrote")
	}
	f.click(t, ".stale .main-button")
	if !f.until(`!document.querySelector('.stale') &&
		[...document.querySelectorAll('textarea')].some(e => e.value.startsWith('调整了'))`) {
		t.Fatalf("does not go on: %s", f.said(t))
	}
	f.until(filledIn)
	f.click(t, ".main-button")
	if !f.until(`window.submitted`) {
		t.Fatalf("not submitted: %s", f.said(t))
	}
	if got := eval[string](t, f.browser, `window.submitted.files[0].text`); !strings.Contains(got, "别人写的一句。") ||
		!strings.Contains(got, "状态: 已反馈") {
		t.Errorf("submitted without one of the two:\n%s", got)
	}
}

// several takes one step on two cases.
func (f *formPage) several(t *testing.T) {
	list := f.open["办理中"]
	f.form(t, "纳税服务科", list[0].ID+","+list[1].ID+"/撤回")
	f.click(t, ".main-button")
	f.until(`document.activeElement.classList.contains('summary')`)
	got := eval[string](t, f.browser, `document.querySelector('.summary').textContent`)
	if got != "还不能提交没有填写“撤回原因”" {
		t.Errorf("what is wrong with both is told as %s", got)
	}
	f.fill(t, "撤回原因", "单位来函撤回")
	f.click(t, ".split button") // each by itself, from what all had
	f.fill(t, list[1].ID+" 撤回原因", "诉求人来电撤回")
	if !f.until(`document.querySelector('.preview').textContent.includes('` + list[1].ID + `')`) {
		t.Fatalf("the second case is not in the preview: %s", f.said(t))
	}
	f.copied(t)
	const texts = `[...document.querySelectorAll('.done .copy textarea')].map(e => e.value)`
	copies := eval[[]string](t, f.browser, texts)
	if len(copies) != 2 || !strings.Contains(copies[0], "单位来函") || !strings.Contains(copies[1], "诉求人来电") {
		t.Errorf("the texts to copy: %q", copies)
	}
}

// inFrame opens the page in a frame of another.
func (f *formPage) inFrame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "outer.html")
	outer := `<iframe src="` + f.folder + `step.html#` + f.open["办理中"][0].ID + `/反馈"></iframe>`
	if err := os.WriteFile(path, []byte(outer), 0o644); err != nil {
		t.Fatal(err)
	}
	address, err := demo.FileURL(path)
	if err != nil {
		t.Fatal(err)
	}
	end := f.beforePage(t, `if (window === window.top) {
		addEventListener('message', e => { window.heard = e.data; });
	} else {
		addEventListener('load', () => setTimeout(() => top.postMessage(document.querySelector('main').textContent, '*'), 300));
	}`)
	defer end()
	f.browser.open(t, address, "light", 1280)
	if !f.until(`window.heard`) {
		t.Fatal("the frame did not load")
	}
	got := eval[string](t, f.browser, `window.heard`)
	if !strings.Contains(got, "不能放在别的网页里") || strings.Contains(got, "措施") {
		t.Errorf("in a frame the page says %s", got)
	}
}

// judged has axe-core judge a form, as it opens and with errors, and looks at its
// width.
func (f *formPage) judged(t *testing.T, c openCase) {
	axe := findAxe(t)
	for _, hash := range []string{c.ID + "/反馈", c.ID} {
		f.browser.open(t, "about:blank", "light", 1280)
		f.browser.open(t, f.folder+"step.html?unit="+f.units[c.Lead].Code+"#"+url.PathEscape(hash), "light", 1280)
		f.until(`document.querySelector('.main-button, #step .rows .meta')`)
		if hash != c.ID {
			f.click(t, ".main-button")
			f.until(`!document.querySelector('.summary').hidden`)
		}
		for _, wrong := range f.violations(t, axe, dressings...) {
			t.Errorf("%s: %s", hash, wrong)
		}
		for _, width := range []int64{390, 768} {
			f.dress(t, "light", width)
			if got := eval[int64](t, f.browser, `document.documentElement.scrollWidth`); got > width {
				t.Errorf("%s is %d px wide at %d px", hash, got, width)
			}
		}
	}
}

// withoutProgram: "Where WebAssembly is missing or refused, the blocks of 下一步怎么填
// remain and the page says so." So it does where nothing runs at all.
func (f *formPage) withoutProgram(t *testing.T, c openCase) {
	for _, w := range []struct{ script, said string }{
		{`delete window.WebAssembly`, "没有 WebAssembly"},
		{`WebAssembly.instantiate = WebAssembly.compile = () => Promise.reject(new Error('blocked'));`, "表单打不开"},
	} {
		end := f.beforePage(t, w.script)
		f.browser.open(t, "about:blank", "light", 1280)
		f.browser.open(t, f.folder+"step.html?unit=NSFWK#"+c.ID, "light", 1280)
		if !f.until(`document.querySelector('#step .notice[role=alert] a')`) || !strings.Contains(f.said(t), w.said) {
			t.Errorf("%s: it says %s", w.script, f.said(t))
		}
		end()
		f.click(t, "#step .notice a")
		if !f.until(`document.querySelector('#h-next') &&
			document.querySelector('#next-1').textContent.includes('编号: ` + c.ID + `')`) {
			t.Errorf("%s: leads to no block to copy", w.script)
		}
	}
	f.scripts(t, false)
	defer f.scripts(t, true)
	f.browser.open(t, f.folder+"step.html#"+c.ID, "light", 1280)
	const seen = `(e => e.getClientRects().length > 0 ? e.textContent : '')(
		document.querySelector('noscript p') || document.createElement('p'))`
	if said := eval[string](t, f.browser, seen); !strings.Contains(said, "打开这一件的页面，看“下一步怎么填”") {
		t.Errorf("without scripts it says %q", said)
	}
	if wait := eval[bool](t, f.browser, `document.getElementById('step-wait').getClientRects().length > 0`); wait {
		t.Error("without scripts it lets one wait")
	}
}

// scripts lets pages run scripts, or not.
func (b *browser) scripts(t *testing.T, run bool) {
	t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: !run})
	if err != nil {
		t.Fatal(err)
	}
}
