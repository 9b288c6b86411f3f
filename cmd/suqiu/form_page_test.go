package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"suqiu/internal/config"
	"suqiu/internal/demo"
	"suqiu/internal/form/engine"
)

// formPage is the page with forms of the sample, and who fills it in.
type formPage struct {
	*browser
	dir, folder string // the repository; its site, as an address
	units       map[string]unitOf
	open        map[string][]openCase // by state, those whose text the site has
	hidden      []openCase            // those whose text it has not
}

type (
	unitOf   struct{ Code, Email string }
	openCase struct{ ID, Path, Lead string }
)

// atWork makes the page believe that it is the morning of the sample's day.
const atWork = `(() => { const D = Date, then = new D('2026-09-30T08:30:00+08:00').getTime();
	Date = class extends D { constructor(...a) { if (a.length) super(...a); else super(then); } static now() { return then; } }; })();`

// beforePage has a script run before those of every page that is opened.
func (b *browser) beforePage(t *testing.T, script string) (end func()) {
	t.Helper()
	added, err := chromedp.Call(b.ctx, cdppage.AddScriptToEvaluateOnNewDocument,
		cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		_, err := chromedp.Call(b.ctx, cdppage.RemoveScriptToEvaluateOnNewDocument,
			cdppage.RemoveScriptToEvaluateOnNewDocumentParams(added))
		if err != nil {
			t.Error(err)
		}
	}
}

func openFormPage(t *testing.T) *formPage {
	t.Helper()
	if engine.Built() == nil {
		lacks(t, "program of the forms (make engine)")
	}
	f := &formPage{dir: sample(t), units: map[string]unitOf{}, open: map[string][]openCase{}}
	name := filepath.Join(f.dir, "suqiu.yaml")
	settings, err := os.ReadFile(name)
	if err == nil {
		settings = []byte(strings.Replace(string(settings), "\n网址:\n", "\n网址: "+gitlab+"\n", 1))
		err = os.WriteFile(name, settings, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	commitAll(t, f.dir, "填写网址")
	out := filepath.Join(t.TempDir(), "site")
	if code, _, stderr := invoke(t.Context(), "-C", f.dir, "build", "--edition", "监督", "--out", out); code != 0 {
		t.Fatalf("build: %d %s", code, stderr)
	}
	f.readCases(t, out)
	address, err := demo.FileURL(filepath.Join(out, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	f.folder = strings.TrimSuffix(address, "index.html")
	f.browser = openBrowser(t, findBrowser(t))
	f.beforePage(t, atWork)
	return f
}

// readCases sorts the cases that have a form.
func (f *formPage) readCases(t *testing.T, out string) {
	t.Helper()
	settings, err := os.ReadFile(filepath.Join(f.dir, "suqiu.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	cfg := config.Parse("suqiu.yaml", settings)
	for i := range cfg.Units {
		u := &cfg.Units[i]
		f.units[u.Name] = unitOf{u.Code, strings.Replace(u.Emails[0], "*", "zhang", 1)}
	}
	_, stdout, _ := invoke(t.Context(), "-C", f.dir, "list", "--format", "json")
	var listed struct {
		Items []struct{ Case, State, Lead, Path string }
	}
	if err := json.Unmarshal([]byte(stdout), &listed); err != nil {
		t.Fatal(err)
	}
	for _, e := range listed.Items {
		data, err := os.ReadFile(filepath.Join(out, "step", "case", e.Case+".js"))
		one := openCase{e.Case, e.Path, e.Lead}
		switch {
		case err != nil: // closed
		case strings.Contains(string(data), `"Text":"---`):
			f.open[e.State] = append(f.open[e.State], one)
		default:
			f.hidden = append(f.hidden, one)
		}
	}
}

// form opens a form and waits for it.
func (f *formPage) form(t *testing.T, unit, hash string) {
	t.Helper()
	eval[chromedp.Void](t, f.browser, `location.protocol === 'file:' && sessionStorage.clear()`)
	f.browser.open(t, "about:blank", "light", 1280)
	f.browser.open(t, f.folder+"step.html?unit="+f.units[unit].Code+"#"+url.PathEscape(hash), "light", 1280)
	if !f.until(`document.querySelector('.step-form .main-button')`) {
		t.Fatalf("no form for %s: %s", hash, f.said(t))
	}
}

func (f *formPage) said(t *testing.T) string {
	t.Helper()
	return eval[string](t, f.browser, `document.querySelector('main').textContent.replace(/\s+/g, ' ')`)
}

// fill types a value into a field, or chooses it.
func (f *formPage) fill(t *testing.T, name, value string) {
	t.Helper()
	ok := eval[bool](t, f.browser, fmt.Sprintf(`((name, value) => {
		const field = [...document.querySelectorAll('.field')].find(e => e.querySelector('.label').textContent.replace('（选填）', '') === name);
		if (!field) { return false; }
		const box = field.querySelector('textarea, select, input[type=text], input[type=date]');
		if (box) {
			box.value = value;
			box.dispatchEvent(new Event('input', {bubbles: true}));
			return box.value === value;
		}
		const tick = [...field.querySelectorAll('input')].find(i => i.value === value);
		if (tick) { tick.click(); }
		return Boolean(tick);
	})(%s, %s)`, quoted(name), quoted(value)))
	if !ok {
		t.Fatalf("%s cannot be filled in with %s: %s", name, value, f.said(t))
	}
}

func quoted(s string) string {
	data, _ := json.Marshal(s) // a string is always JSON
	return string(data)
}

// answer fills in several fields and waits until nothing is wrong.
func (f *formPage) answer(t *testing.T, values map[string]string) {
	t.Helper()
	for name, value := range values {
		f.fill(t, name, value)
	}
	if !f.until(filledIn) {
		f.click(t, ".main-button")
		t.Fatalf("not everything is right: %s", f.said(t))
	}
}

// copied presses the button and gives the text that is there to be pasted.
func (f *formPage) copied(t *testing.T) string {
	t.Helper()
	f.click(t, ".main-button")
	if !f.until(`document.querySelector('.done .copy textarea')`) {
		t.Fatalf("nothing to copy: %s", f.said(t))
	}
	return eval[string](t, f.browser, `document.querySelector('.done .copy textarea').value`)
}

// check lands a text as the unit's proposal and has check judge it.
func (f *formPage) check(t *testing.T, unit, path, text string) (code int, said string) {
	t.Helper()
	git := func(args ...string) {
		t.Helper()
		email := f.units[unit].Email
		by := []string{"-C", f.dir, "-c", "user.name=张三", "-c", "user.email=" + email}
		cmd := exec.Command("git", append(by, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_DATE=2026-09-30T08:30:00+08:00",
			"GIT_COMMITTER_DATE=2026-09-30T08:30:00+08:00")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	git("checkout", "-qB", "step", "main")
	name := filepath.Join(f.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	git("add", "-A")
	git("commit", "-qm", "填表")
	git("checkout", "-q", "main")
	code, stdout, stderr := invoke(t.Context(), "-C", f.dir, "check", "--base", "main", "--ref", "step")
	return code, stdout + stderr
}

// filledIn is true of a form in which nothing is missing or wrong.
const filledIn = `document.querySelector('.step-form [role=status]').textContent.startsWith('填好了')`

// typeAll types a text into every box.
const typeAll = `document.querySelectorAll('.step-form textarea, .step-form input[type=text]').forEach(box => {
	box.value = '%s';
	box.dispatchEvent(new Event('input', {bubbles: true}));
})`

// feedback answers a form of 反馈.
var feedback = map[string]string{"结果": "已解决", "措施": "调整了终端的读卡设置",
	"办理情况": "现场查看终端，更新了读卡程序。", "反馈答复": "已当面说明新的办法。"}

// TestFormPage fills in forms of the sample's site from a folder, as people do.
func TestFormPage(t *testing.T) {
	f := openFormPage(t)
	handling := f.open["办理中"][0]
	at := handling.ID + "/反馈"

	const editorLink = `document.querySelector('.done ol a').href`
	t.Run("copied", func(t *testing.T) {
		f.form(t, handling.Lead, at)
		f.answer(t, feedback)
		text := f.copied(t)
		if !strings.Contains(text, "\n# suqiu:据 ") || !strings.Contains(text, "状态: 已反馈") {
			t.Errorf("what is copied does not say of what version it is, or has not the step:\n%s", text)
		}
		if code, said := f.check(t, handling.Lead, handling.Path, text); code != 0 {
			t.Errorf("check refuses it: %s", said)
		}
		if href := eval[string](t, f.browser, editorLink); href != gitlab+"/-/edit/main/"+handling.Path {
			t.Errorf("the editor is %s", href)
		}
		f.form(t, "信息中心", "登记")
		f.answer(t, map[string]string{"标题": "电子税务局申报页面打不开", "性质": "诉求", "渠道": "日常工作",
			"收集日期": "2026-09-29", "诉求内容": "多名纳税人反映申报页面打不开。"})
		text = f.copied(t)
		id := strings.TrimSpace(strings.SplitN(strings.SplitN(text, "编号: ", 2)[1], "\n", 2)[0])
		path := "cases/2026/09/" + id + ".md"
		if code, said := f.check(t, "信息中心", path, text); code != 0 {
			t.Errorf("check refuses the registration %s: %s", id, said)
		}
		href := eval[string](t, f.browser, editorLink)
		if href != gitlab+"/-/new/main?file_name="+url.QueryEscape(path) {
			t.Errorf("a new file is made at %s", href)
		}
		f.form(t, "信息中心", "会议建议")
		f.answer(t, map[string]string{"事由": "跨单位的系统改造，请会议研究"})
		text = f.copied(t)
		_, path, _ = strings.Cut(eval[string](t, f.browser, `decodeURIComponent(`+editorLink+`)`), "file_name=")
		if code, said := f.check(t, "信息中心", path, text); code != 0 || !strings.HasPrefix(path, "meetings/HY2026-") {
			t.Errorf("check refuses the suggestion %s: %s", path, said)
		}
	})

	t.Run("errors", func(t *testing.T) {
		f.form(t, handling.Lead, at)
		f.click(t, ".main-button")
		if !f.until(`document.activeElement.classList.contains('summary')`) {
			t.Fatalf("the focus is not on what is wrong: %s", f.said(t))
		}
		if title := eval[string](t, f.browser, `document.title`); !strings.HasPrefix(title, "错误：反馈 "+handling.ID) {
			t.Errorf("the title is %s", title)
		}
		const links = `[...document.querySelectorAll('.summary a')].map(a => a.textContent)`
		want := []string{"没有填写“结果”", "没有填写“措施”", "没有填写“办理情况”", "没有填写“反馈答复”"}
		if got := eval[[]string](t, f.browser, links); !slices.Equal(got, want) {
			t.Errorf("the summary lists %q", got)
		}
		f.click(t, ".summary li:nth-child(2) a")
		said := eval[string](t, f.browser, `(() => { const e = document.activeElement;
			return e.tagName + ' ' + e.name + ' ' + e.getAttribute('aria-invalid') + ' ' +
				e.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent).join('|'); })()`)
		if want := "TEXTAREA 措施 true 错误：没有填写“措施”"; !strings.HasPrefix(said, want) {
			t.Errorf("the link leads to %s", said)
		}
		f.fill(t, "措施", "联系电话 13800138000")
		if !f.until(`[...document.querySelectorAll('.personal, .error')].some(p =>
			!p.hidden && p.textContent.includes('电话号码'))`) {
			t.Errorf("nothing is said of a telephone number: %s", f.said(t))
		}
		for name, value := range feedback {
			f.fill(t, name, value)
		}
		if !f.until(`document.querySelector('.summary').hidden && !document.title.startsWith('错误')`) {
			t.Errorf("what was mended is still told: %s", f.said(t))
		}
	})

	t.Run("draft", func(t *testing.T) {
		f.form(t, handling.Lead, at)
		f.fill(t, "措施", "先写一半")
		f.until(`Object.keys(sessionStorage).length > 0`)
		if err := chromedp.Do(f.ctx, chromedp.Reload()); err != nil {
			t.Fatal(err)
		}
		if !f.until(`[...document.querySelectorAll('textarea')].some(e => e.value === '先写一半')`) {
			t.Errorf("after a reload: %s", f.said(t))
		}
		f.click(t, ".restored button")
		if !f.until(`Object.keys(sessionStorage).length === 0 &&
			[...document.querySelectorAll('textarea')].every(e => !e.value)`) {
			t.Error("what is thrown away is still there")
		}
	})

	t.Run("keyboard", func(t *testing.T) { f.byKeyboard(t, f.open["办理中"][0]) })
	t.Run("restricted", f.keepsNothing)
	t.Run("stale", func(t *testing.T) { f.twoAtOnce(t, f.open["办理中"][0]) })
	t.Run("several", f.several)
	t.Run("frame", f.inFrame)
	t.Run("without the program", func(t *testing.T) { f.withoutProgram(t, handling) })
	t.Run("axe", func(t *testing.T) { f.judged(t, handling) })
}
