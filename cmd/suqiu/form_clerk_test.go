package main

import (
	"context"
	"fmt"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"suqiu/internal/cli"
	"suqiu/internal/form/engine"
	"suqiu/internal/workday"
)

// clerk fills in forms in a browser under suqiu serve: now one person, now another.
type clerk struct {
	*browser
	dir, url string
	environ  []string // of serve's git; changed between two requests
	now      atomic.Pointer[time.Time]
	unset    func() // takes the browser's clock away
	seated   bool   // the page that is open is of whoever sits there now
}

// openClerk serves a clone of the sample.
func openClerk(t *testing.T) *clerk {
	t.Helper()
	if engine.Built() == nil {
		lacks(t, "program of the forms (make engine)")
	}
	c := &clerk{browser: openBrowser(t, findBrowser(t)), dir: filepath.Join(t.TempDir(), "clone"),
		environ: environ("", day.Start())}
	gitIn(t, t.TempDir(), "clone", "-q", sample(t), c.dir)
	gitIn(t, c.dir, "remote", "remove", "origin")
	c.sits(t, office, day.Start().Add(10*time.Hour))
	ctx, cancel := context.WithCancel(context.Background())
	var out, errs log
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"-C", c.dir, "serve", "--port", "0"}, cli.Env{
			Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Build: "clerk", GitEnviron: c.environ,
			Now: func() time.Time { return *c.now.Load() }})
	}()
	t.Cleanup(func() {
		cancel()
		if code := <-ended; code != exitClean || strings.Contains(errs.String(), "失败") {
			t.Errorf("serve ended with %d: %s", code, errs.String())
		}
	})
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)
	eventually(t, "an address", func() bool { return address.MatchString(out.String()) })
	c.url = address.FindString(out.String())
	return c
}

// sits lets somebody sit down at the clone at a time.
func (c *clerk) sits(t *testing.T, who string, at time.Time) {
	t.Helper()
	seat := environ(who, at)
	if c.now.Load() != nil && slices.Equal(seat, c.environ) {
		return
	}
	c.now.Store(&at)
	copy(c.environ, seat)
	c.seated = false
	if c.unset != nil {
		c.unset()
	}
	c.unset = c.beforePage(t, fmt.Sprintf(`(() => { const D = Date; Date = class extends D {
		constructor(...a) { if (a.length) super(...a); else super(%d); } static now() { return %d; } }; })();`,
		at.UnixMilli(), at.UnixMilli()))
}

// until waits for something on the page.
func (c *clerk) until(t *testing.T, what, script string) {
	t.Helper()
	if !eval[bool](t, c.browser, fmt.Sprintf(`(async () => { for (let i = 0; i < 600; i++) {
		if (%s) { return true; } await new Promise(done => setTimeout(done, 25)); } return false; })()`, script)) {
		t.Fatalf("waited in vain for %s: %s", what, c.said(t))
	}
}

func (c *clerk) said(t *testing.T) string {
	t.Helper()
	return eval[string](t, c.browser, `document.querySelector('main').innerText.replace(/\s+/g, ' ')`)
}

// form opens the form at an address within the page.
func (c *clerk) form(t *testing.T, hash string) {
	t.Helper()
	if c.seated && !eval[bool](t, c.browser, `decodeURIComponent(location.hash) === `+quoted("#"+hash)) {
		eval[chromedp.Void](t, c.browser, `document.getElementById('step').textContent = ''; location.hash = `+
			quoted(hash))
	} else {
		c.browser.open(t, "about:blank", "light", 1280)
		c.browser.open(t, c.url+"step.html#"+url.PathEscape(hash), "light", 1280)
		c.seated = true
	}
	c.until(t, "a form for "+hash, `document.querySelector('.step-form .main-button')`)
}

// fill gives fields their values.
func (c *clerk) fill(t *testing.T, values map[string]string) {
	t.Helper()
	for name, value := range values {
		if !eval[bool](t, c.browser, fmt.Sprintf(`((name, value) => {
			const called = e => e.querySelector('.label').textContent.replace('（选填）', '').replace('：', '.');
			const field = [...document.querySelectorAll('.field')].find(e => called(e) === name);
			if (!field) { return false; }
			const box = field.querySelector('textarea, select, input[type=text], input[type=date]');
			if (box) {
				box.value = value;
				box.dispatchEvent(new Event('input', {bubbles: true}));
				return box.value === value;
			}
			return value.split('、').every(word => {
				const tick = [...field.querySelectorAll('input')].find(i => i.value === word);
				if (tick) { tick.click(); }
				return tick;
			}) })(%s, %s)`, quoted(name), quoted(value))) {
			t.Fatalf("%s cannot be filled in with %s: %s", name, value, c.said(t))
		}
	}
}

func (c *clerk) press(t *testing.T) {
	t.Helper()
	eval[chromedp.Void](t, c.browser, `document.querySelector('.step-form .actions .main-button').click()`)
}

// hands presses the button, and returns the branch that there is then.
func (c *clerk) hands(t *testing.T) (branch string) {
	t.Helper()
	c.press(t)
	c.until(t, "a branch", `document.querySelector('.done') || document.querySelector('.summary:not([hidden])')`)
	said := eval[string](t, c.browser, `(document.querySelector('.done h2') || {textContent: ''}).textContent`)
	branch, found := strings.CutPrefix(said, "已提交到本机的分支 ")
	if !found {
		t.Fatalf("no branch: %s", c.said(t))
	}
	return branch
}

// lands squashes a branch into main, as the forge does when the office presses the
// button.
func (c *clerk) lands(t *testing.T, branch string) {
	t.Helper()
	message := gitIn(t, c.dir, "log", "-1", "--format=%B", branch)
	tree := gitIn(t, c.dir, "rev-parse", branch+"^{tree}")
	who := gitIn(t, c.dir, "log", "-1", "--format=%ae", branch)
	squash := exec.Command("git", "-C", c.dir, "commit-tree", tree, "-p", "main", "-m", message)
	squash.Env = environ(who, *c.now.Load())
	commit, err := squash.Output()
	if err != nil {
		t.Fatal(err)
	}
	// At once, so that serve builds its site once.
	move := exec.Command("git", "-C", c.dir, "update-ref", "--stdin")
	move.Stdin = strings.NewReader("update refs/heads/main " + strings.TrimSpace(string(commit)) +
		"\ndelete refs/heads/" + branch + "\n")
	if out, err := move.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// onDay is ten o'clock of a day of 2026.
func onDay(t *testing.T, text string) time.Time {
	t.Helper()
	on, err := workday.Parse("2026-" + text)
	if err != nil {
		t.Fatal(err)
	}
	return on.Start().Add(10 * time.Hour)
}

// takes is the step of a command in its form, up to the button.
func (c *clerk) takes(t *testing.T, args string) {
	t.Helper()
	words := strings.Fields(args)
	hash, rest := "登记", words[1:]
	if words[0] == "step" {
		hash, rest = words[1]+"/"+words[2], words[3:]
	}
	c.form(t, hash)
	c.fill(t, valuesOf(strings.Join(rest, " ")))
}

// byForm takes the step of a command in its form, and lands its branch.
func (c *clerk) byForm(t *testing.T, a act) (branch string) {
	t.Helper()
	c.sits(t, a.who, onDay(t, a.on))
	c.takes(t, a.args)
	branch = c.hands(t)
	c.lands(t, branch)
	return branch
}
