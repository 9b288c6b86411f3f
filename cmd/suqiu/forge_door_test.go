package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/forgetest"
	"suqiu/internal/gittest"
)

// gitIn runs git in the repository of a forge.
func (d *forgeDesk) git(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = d.forge.Dir, gittest.Environ()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// supplement is the proposal of 信息中心 to write one more sentence into its case.
const supplement = `(async (change) => { const path = "` + firstCase + `", now = await door.read([path]);
	const file = now.files[path], text = file.text.replace("已经扩容。", "已经扩容。又作了测试。");
	return door.submit(Object.assign({files: [{path, text, blob: file.blob}],
	branch: "suqiu/XXZX/202507-NFZX-001-补充", subject: "补充办理情况：征期末日", body: "办理情况：又作了测试。"}, change)); })`

// TestForgeDoor goes through the door to a forge with one browser.
func TestForgeDoor(t *testing.T) {
	chrome, origin := openBrowser(t, findBrowser(t)), forgeRepository(t)
	for _, sub := range []struct {
		name   string
		change func(*forgetest.Settings)
		do     func(*testing.T, *forgeDesk)
	}{
		{"signing in and out", nil, signingIn},
		{"signing in that is not ours", nil, strangeSignIn},
		{"an application without the scope", func(s *forgetest.Settings) { s.Scopes = []string{"read_api"} },
			noScope},
		{"another origin", func(s *forgetest.Settings) { s.Redirects = []string{"http://127.0.0.1:1/"} }, elsewhere},
		{"a merge request", nil, mergeRequest},
		{"two at once", nil, twoAtOnce},
		{"names that are taken", nil, takenNames},
		{"refused", nil, refused},
		{"numbers", nil, takenNumbers},
		{"merging by itself", nil, autoMerge},
		{"checks that fail", func(s *forgetest.Settings) { s.Checks = func(string) bool { return false } },
			failedChecks},
	} {
		t.Run(sub.name, func(t *testing.T) { sub.do(t, openForge(t, chrome, origin, sub.change)) })
	}
}

// DESIGN 15: "The token lives in memory (sessionStorage only on request), never in
// an address; verifier and state in sessionStorage for ten minutes at most; 退出
// revokes."
func signingIn(t *testing.T, d *forgeDesk) {
	if got := d.ask(t, "door.who()"); got.Kind != "" || got.Value != nil {
		t.Errorf("somebody is there: %+v", got)
	}
	if got := d.ask(t, `door.read([])`); got.Kind != "signedOut" {
		t.Errorf("reads without a token: %+v", got)
	}
	d.signIn(t, "wang", "null")
	if at := eval[string](t, d.browser, "decodeURI(location.href)"); at != d.page+"#202507-NFZX-001/反馈" {
		t.Errorf("came back to %s", at)
	}
	who := d.done(t, "door.who()")
	if who["email"] != "a@xxzx.example" || who["name"] != "王" {
		t.Errorf("is %v", who)
	}
	if kept := eval[string](t, d.browser, "JSON.stringify([sessionStorage, localStorage])"); kept != "[{},{}]" {
		t.Errorf("stored: %s", kept)
	}
	for _, line := range d.forge.Asked() {
		if strings.Contains(line, "access_token") || strings.Contains(line, "verifier=") {
			t.Errorf("asked %s", line)
		}
	}
	// Another page knows nothing of it.
	d.visit(t, d.page)
	if got := d.ask(t, "door.who()"); got.Value != nil {
		t.Errorf("a token has outlived its page: %v", got.Value)
	}
	// On request till the tab closes, or till one signs out.
	d.signIn(t, "wang", "{keep: true}")
	d.done(t, "door.who()")
	d.visit(t, d.page)
	if who := d.done(t, "door.who()"); who["account"] != "wang" {
		t.Errorf("not kept: %v", who)
	}
	before := d.forge.Live()
	if got := d.done(t, "door.signOut()"); got["revoked"] != true || d.forge.Live() != before-1 {
		t.Errorf("signed out: %v, %d of %d tokens live", got, d.forge.Live(), before)
	}
	if kept := eval[string](t, d.browser, "JSON.stringify(sessionStorage)"); kept != "{}" {
		t.Errorf("stored after signing out: %s", kept)
	}
	if got := d.ask(t, "door.who()"); got.Value != nil {
		t.Errorf("signed out, but %v", got.Value)
	}
	d.as(t, "wang")
	d.forge.Expire()
	if got := d.ask(t, "door.read([])"); got.Kind != "signedOut" || !strings.Contains(got.Message, "重新登录") {
		t.Errorf("a token that has run out: %+v", got)
	}
}

// strangeSignIn comes back with what this page did not begin, or too late, or
// without leave; and runs in a frame.
func strangeSignIn(t *testing.T, d *forgeDesk) {
	failed := func(what, words string) {
		t.Helper()
		if got := d.ask(t, "door.who()"); got.Kind != "signIn" || !strings.Contains(got.Message, words) {
			t.Errorf("%s: %+v", what, got)
		}
		if query := eval[string](t, d.browser, "location.search"); query != "" {
			t.Errorf("%s: %s is left in the address", what, query)
		}
		if d.forge.Live() > 0 {
			t.Errorf("%s: has a token", what)
		}
	}
	const begin = `sessionStorage.setItem("suqiu.signin.5f0c", JSON.stringify({state: "s", verifier: "v", back: "", ` +
		`at: Date.now() - `
	for what, age := range map[string]string{"another state": "0", "after ten minutes": "601000"} {
		eval[bool](t, d.browser, begin+age+`})) || true`)
		state := map[string]string{"0": "other", "601000": "s"}[age]
		d.visit(t, d.page+"?code=x&state="+state)
		failed(what, "不是从本页开始的，或者已经过了十分钟")
		if kept := eval[string](t, d.browser, "JSON.stringify(sessionStorage)"); kept != "{}" {
			t.Errorf("%s: left behind %s", what, kept)
		}
	}
	eval[bool](t, d.browser, begin+`0})) || true`)
	d.visit(t, d.page+"?code=x&state=s")
	failed("a code that is none", "平台说：")
	d.visit(t, d.page+"#x")
	d.signIn(t, "", "null")
	failed("denied", "没有在平台上同意")
	d.visit(t, strings.Replace(d.page, "step", "frame", 1))
	if n := eval[int](t, d.browser, "frames[0].suqiuForms.doors.length"); n != 0 {
		t.Error("in a frame there is a door")
	}
}

func noScope(t *testing.T, d *forgeDesk) {
	eval[bool](t, d.browser, `(suqiuForms.doors[0].signIn(), true)`)
	for range 100 {
		if eval[bool](t, d.browser, `!!window.suqiuForms && performance.getEntriesByType("navigation")[0]`+
			`.redirectCount > 0`) {
			break
		}
	}
	if got := d.ask(t, "door.who()"); got.Kind != "signIn" {
		t.Errorf("without the scope: %+v", got)
	}
}

// elsewhere is a copy of the page at an address that is not registered.
func elsewhere(t *testing.T, d *forgeDesk) {
	eval[bool](t, d.browser, `(suqiuForms.doors[0].signIn(), true)`)
	for range 200 {
		if text := eval[string](t, d.browser, "document.body ? document.body.textContent : ''"); strings.Contains(text,
			"redirect URI included is not valid") {
			return
		}
	}
	t.Error("the forge leads to where nobody registered")
}

func mergeRequest(t *testing.T, d *forgeDesk) {
	d.as(t, "wang")
	// The answer to the request is lost: the second try goes on with the branch.
	d.forge.Break("POST /api/v4/projects/税务/cases/merge_requests", 1)
	if got := d.ask(t, supplement+"({})"); got.Kind != "refused" {
		t.Errorf("a forge that fails: %+v", got)
	}
	made := d.done(t, supplement+"({})")
	if made["branch"] != "suqiu/XXZX/202507-NFZX-001-补充" ||
		made["url"] != d.forge.URL+"/税务/cases/-/merge_requests/1" {
		t.Errorf("made %v", made)
	}
	said := d.git(t, "log", "-1", "--format=%an <%ae> %cn <%ce>%n%B", "suqiu/XXZX/202507-NFZX-001-补充")
	if said != "王 <a@xxzx.example> 王 <a@xxzx.example>\n补充办理情况：征期末日\n\n办理情况：又作了测试。" {
		t.Errorf("committed as %s", said)
	}
	if changed := d.git(t, "diff", "--stat=200", "main...suqiu/XXZX/202507-NFZX-001-补充"); !strings.Contains(changed,
		"1 file changed, 1 insertion(+), 1 deletion(-)") {
		t.Error(changed)
	}
	if got := d.forge.Requests(); len(got) != 1 || got[0].Title != "补充办理情况：征期末日" || got[0].By != "wang" {
		t.Errorf("requests: %+v", got)
	}
	if states := d.follow(t, "{number: 1}"); states != "none waiting green" {
		t.Errorf("followed: %s", states)
	}
	if err := d.forge.Merge(1, "lin"); err != nil {
		t.Error(err)
	}
	if states := d.follow(t, "{number: 1}"); states != "merged" {
		t.Errorf("followed: %s", states)
	}
}

// follow are the states that the door tells of, in turn.
func (d *forgeDesk) follow(t *testing.T, made string) string {
	t.Helper()
	got := d.done(t, `new Promise((ok) => { const seen = []; door.follow(`+made+`, (u) => {
		if (seen[seen.length - 1] !== u.state) { seen.push(u.state); } if (u.done) { ok({seen: seen.join(" ")}); } }); })`)
	return got["seen"].(string)
}

// twoAtOnce: "The second is told, sees both versions, and can go on from the new one."
func twoAtOnce(t *testing.T, d *forgeDesk) {
	d.as(t, "wang")
	theirs := func() {
		commit := d.commit(t, "lin", firstCase, "已经答复。", "已经电话答复。")
		d.git(t, "update-ref", "refs/heads/main", commit)
	}
	stale := func(what string) {
		t.Helper()
		got := d.ask(t, supplement+"({})")
		if got.Kind != "stale" || !strings.Contains(got.Files[firstCase].Text, "已经电话答复。") {
			t.Errorf("%s: %+v", what, got)
		}
		if branches := d.git(t, "branch", "--list", "suqiu/*"); branches != "" {
			t.Errorf("%s: a branch is left: %s", what, branches)
		}
	}
	before := d.git(t, "rev-parse", "main")
	// While the form was open; in the last moment, which only the forge can see.
	d.forge.Between("GET /api/v4/projects/税务/cases/repository/branches/suqiu", theirs)
	stale("in the last moment")
	d.git(t, "update-ref", "refs/heads/main", before)
	reads := 0
	var once func()
	once = func() {
		if reads++; reads == 3 { // main's head is asked for on reading, then on submit
			theirs()
			return
		}
		d.forge.Between("GET /api/v4/projects/税务/cases/repository/branches/main", once)
	}
	once()
	stale("while the form was open")
	made := d.done(t, supplement+"({})")
	if text := d.git(t, "show", made["branch"].(string)+":"+firstCase); !strings.Contains(text, "已经电话答复。") ||
		!strings.Contains(text, "又作了测试。") {
		t.Errorf("went on from the old version:\n%s", text)
	}
}

// commit is a commit on main in which a user replaced some words.
func (d *forgeDesk) commit(t *testing.T, user, path, old, now string) string {
	t.Helper()
	text := d.git(t, "show", "main:"+path)
	if !strings.Contains(text, old) {
		t.Fatalf("no %s in %s", old, path)
	}
	return d.forge.Commit(t, user, "main", map[string]string{path: strings.Replace(text, old, now, 1) + "\n"})
}

func takenNames(t *testing.T, d *forgeDesk) {
	d.as(t, "wang")
	const name = "suqiu/XXZX/202507-NFZX-001-补充"
	d.git(t, "branch", name, "main") // of a request that is over
	if made := d.done(t, supplement+"({})"); made["branch"] != name+"-2" {
		t.Errorf("made %v", made)
	}
	got := d.ask(t, supplement+"({subject: '再来一次'})")
	if got.Kind != "exists" || got.Branch != name+"-2" || !strings.HasSuffix(got.URL, "/-/merge_requests/1") {
		t.Errorf("the same step again: %+v", got)
	}
	if made := d.done(t, supplement+"({subject: '再来一次', again: true})"); made["branch"] != name+"-3" {
		t.Errorf("again: %v", made)
	}
	// Somebody takes the name between the look and the commit.
	d.forge.Between("POST /api/v4/projects/税务/cases/repository/commits",
		func() { d.git(t, "branch", name+"-4", "main") })
	if made := d.done(t, supplement+"({subject: '三', again: true})"); made["branch"] != name+"-5" {
		t.Errorf("in the last moment: %v", made)
	}
	// The request is there already: 409, and the door finds it.
	d.forge.Between("POST /api/v4/projects/税务/cases/merge_requests", func() { d.forge.Open(name+"-6", "wang") })
	if made := d.done(t, supplement+"({subject: '四', again: true})"); made["branch"] != name+"-6" ||
		!strings.HasSuffix(made["url"].(string), "/4") || len(d.forge.Requests()) != 4 {
		t.Errorf("the second request of a branch: %v", made)
	}
}

// refused: what the hook and the forge refuse is told in their words, and nothing
// of it stays.
func refused(t *testing.T, d *forgeDesk) {
	for _, c := range []struct{ user, words string }{
		{"zhao", "写的提交人是 a@xxzx.example，账号 Wang，推送的是 zhao（author-mismatch）"}, // the hook
		{"ke", "不能在这个项目里建立分支"},
		{"wai", "404 Project Not Found"},
	} {
		d.as(t, c.user)
		got := d.ask(t, supplement+"({})")
		if got.Kind != "refused" || !strings.Contains(got.Message, c.words) {
			t.Errorf("%s: %+v", c.user, got)
		}
		if strings.Contains(got.Message, "GL-HOOK-ERR") || strings.Contains(got.Message, "<br>") {
			t.Errorf("%s: %s", c.user, got.Message)
		}
	}
	if branches := d.git(t, "branch", "--list", "suqiu/*"); branches != "" || len(d.forge.Requests()) > 0 {
		t.Errorf("left: %s %v", branches, d.forge.Requests())
	}
	d.as(t, "wang")
	d.forge.Close()
	if got := d.ask(t, supplement+"({})"); got.Kind != "offline" || !strings.Contains(got.Message, d.forge.URL) {
		t.Errorf("the forge is gone: %+v", got)
	}
}

func takenNumbers(t *testing.T, d *forgeDesk) {
	d.as(t, "wang")
	month := eval[string](t, d.browser, "new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 7)")
	now := strings.Replace(month, "-", "", 1)
	d.git(t, "branch", "suqiu/NFZX/202507-NFZX-007-登记", "main") // the name tells
	for branch, path := range map[string]string{
		// What it changes tells.
		"lin/自己的分支": "cases/2025/07/202507-NSFWK-012.md",
		// The site is older than main.
		"main": "cases/" + strings.Replace(month, "-", "/", 1) + "/" + now + "-XXZX-3.md",
	} {
		commit := d.forge.Commit(t, "lin", "main", map[string]string{path: "x\n"})
		d.git(t, "update-ref", "refs/heads/"+branch, commit)
	}
	got := d.done(t, "door.numbers()")
	for key, want := range map[string]float64{"202507-NFZX": 7, "202507-NSFWK": 12, now + "-XXZX": 3} {
		if got[key] != want {
			t.Errorf("%s: %v, want %v", key, got[key], want)
		}
	}
}

func autoMerge(t *testing.T, d *forgeDesk) {
	d.as(t, "lin")
	const approve = `(async () => { const path = "` + secondCase + `", now = await door.read([path]);
		const file = now.files[path], made = await door.submit({files: [{path, text: file.text.replace(/^属地:.*$/m, "属地: 集宁区税务局"),
		blob: file.blob}], branch: "suqiu/NSFWK/202507-NFZX-002-要素", subject: "要素", body: "", auto: true}); return made; })()`
	made := d.done(t, approve)
	if states := d.follow(t, asJS(made)); states != "none waiting auto merged" {
		t.Errorf("followed: %s", states)
	}
	asked := slices.IndexFunc(d.forge.Asked(), func(s string) bool { return strings.HasPrefix(s, "PUT ") })
	looked := slices.Index(d.forge.Asked(), "GET /api/v4/projects/"+"%E7%A8%8E%E5%8A%A1%2Fcases/merge_requests/1")
	if asked < 0 || looked < 0 || asked < looked {
		t.Errorf("asked to merge before there was a pipeline: %d, %d", asked, looked)
	}
	if d.git(t, "log", "-1", "--format=%ae", "main") != "a@nsfwk.example" {
		t.Error("not merged by the one who asked for it")
	}
	// Who may not merge is told so, and stays signed in.
	d.as(t, "wang")
	made = d.done(t, supplement+"({auto: true})")
	if states := d.follow(t, asJS(made)); states != "none waiting green" {
		t.Errorf("without the right to merge: %s", states)
	}
	if who := d.done(t, "door.who()"); who["account"] != "wang" {
		t.Errorf("signed out: %v", who)
	}
}

func failedChecks(t *testing.T, d *forgeDesk) {
	d.as(t, "wang")
	made := d.done(t, supplement+"({auto: true})")
	if states := d.follow(t, asJS(made)); states != "none waiting failed" {
		t.Errorf("followed: %s", states)
	}
	if got := d.forge.Requests(); got[0].State != "opened" {
		t.Errorf("merged what failed: %+v", got)
	}
}
