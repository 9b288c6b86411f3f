package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"suqiu/internal/config"
	"suqiu/internal/gittest"
)

// gitea is a Gitea on this machine: make forge builds it and says where it is.
type gitea struct {
	url, dir string
	binary   string
}

const giteaPassword = "Passw0rd-for-tests"

// startGitea sets up a Gitea with SQLite that lets those pages in, and runs it until
// the test ends.
func startGitea(t *testing.T, pages ...string) *gitea {
	t.Helper()
	g := &gitea{binary: os.Getenv("SUQIU_GITEA"), dir: t.TempDir()}
	var origins []string
	for _, page := range pages {
		origins = append(origins, strings.TrimSuffix(page, "/step.html"))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	g.url = fmt.Sprintf("http://127.0.0.1:%d", port)
	ini := strings.NewReplacer("{dir}", g.dir, "{port}", fmt.Sprint(port), "{sites}", strings.Join(origins, ","),
		"{pages}", os.Getenv("SUQIU_GITEA_PAGES")).Replace(giteaSettings)
	if err := os.WriteFile(filepath.Join(g.dir, "app.ini"), []byte(ini), 0o600); err != nil {
		t.Fatal(err)
	}
	g.dress(t)
	g.run(t, "migrate")
	for user, email := range giteaUsers() {
		g.run(t, "admin", "user", "create", "--username", user, "--password", giteaPassword, "--email", email,
			"--must-change-password=false", fmt.Sprintf("--admin=%t", user == "lin"))
	}
	server := g.command("web")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
		if t.Failed() {
			t.Log(g.said())
		}
	})
	for deadline := time.Now().Add(3 * time.Minute); ; time.Sleep(200 * time.Millisecond) {
		resp, err := http.Get(g.url + "/api/healthz")
		if err == nil {
			resp.Body.Close()
		}
		if err == nil && resp.StatusCode == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("Gitea does not start: %v", err)
		}
	}
	return g
}

// giteaUsers are one of each unit, and zhao, whom suqiu.yaml takes for another.
func giteaUsers() map[string]string {
	users := map[string]string{"zhao": "z@xxzx.example"}
	for _, a := range accounts {
		users[a.user] = a.email
	}
	return users
}

// said are the errors that Gitea noted.
func (g *gitea) said() string {
	log, _ := os.ReadFile(filepath.Join(g.dir, "log", "gitea.log"))
	lines := slices.DeleteFunc(strings.Split(string(log), "\n"), func(line string) bool {
		return !strings.Contains(line, "[E]") && !strings.Contains(line, "[F]")
	})
	return strings.Join(lines, "\n")
}

// dress puts empty files in the place of scripts and styles, which a module has not:
// for each that is missing Gitea's pages open a dialog, and wait.
func (g *gitea) dress(t *testing.T) {
	t.Helper()
	assets := filepath.Join(g.dir, "custom", "public", "assets")
	for name, text := range map[string]string{".vite/manifest.json": "{}", "css/index.css": "",
		"css/theme-gitea-auto.css": "", "js/iife.js": "", "js/index.js": ""} {
		name = filepath.Join(assets, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(name), 0o755)
		if err == nil {
			err = os.WriteFile(name, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

const giteaSettings = `RUN_MODE = prod
WORK_PATH = {dir}
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = {port}
ROOT_URL = http://127.0.0.1:{port}/
STATIC_ROOT_PATH = {pages}
APP_DATA_PATH = {dir}/data
DISABLE_SSH = true
OFFLINE_MODE = true
[database]
DB_TYPE = sqlite3
PATH = {dir}/gitea.db
SQLITE_TIMEOUT = 20000
SQLITE_JOURNAL_MODE = WAL
[repository]
ROOT = {dir}/repositories
[security]
INSTALL_LOCK = true
SECRET_KEY = for-tests-only
PASSWORD_HASH_ALGO = pbkdf2_v1
[oauth2]
JWT_SECRET = yIrUtqJ1UZB1L5nmn9mkI3AVsyZi6FB0IzXaWQ0qPYE
[cors]
ENABLED = true
ALLOW_DOMAIN = {sites}
METHODS = GET,POST,PUT,OPTIONS
HEADERS = Content-Type,Authorization
[service]
DISABLE_REGISTRATION = true
[log]
MODE = file
LEVEL = Info
ROOT_PATH = {dir}/log
[actions]
ENABLED = false
[indexer]
ISSUE_INDEXER_TYPE = db
`

func (g *gitea) command(args ...string) *exec.Cmd {
	cmd := exec.Command(g.binary, append([]string{"--config", filepath.Join(g.dir, "app.ini"), "--work-path", g.dir},
		args...)...)
	// Gitea writes git's global settings: into a file of its own, and never into the
	// one that the tests name for none, which is a device.
	cmd.Env = append(gittest.Environ(), "HOME="+g.dir, "GIT_CONFIG_GLOBAL="+filepath.Join(g.dir, ".gitconfig"))
	cmd.Dir = g.dir
	return cmd
}

func (g *gitea) run(t *testing.T, args ...string) {
	t.Helper()
	if out, err := g.command(args...).CombinedOutput(); err != nil {
		t.Fatalf("gitea %v: %v\n%s", args, err, out)
	}
}

// ask calls the API as the administrator does.
func (g *gitea) ask(t *testing.T, method, path string, body any) map[string]any {
	t.Helper()
	data, _ := json.Marshal(body)
	req, err := http.NewRequestWithContext(t.Context(), method, g.url+"/api/v1"+path, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth("lin", giteaPassword)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	said, _ := io.ReadAll(resp.Body)
	if resp.StatusCode >= 300 {
		t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, said)
	}
	var answer map[string]any
	_ = json.Unmarshal(said, &answer)
	return answer
}

// application registers the pages as one application; its number is returned.
func (g *gitea) application(t *testing.T, pages ...string) string {
	t.Helper()
	app := g.ask(t, http.MethodPost, "/user/applications/oauth2", map[string]any{"name": "suqiu",
		"redirect_uris": pages, "confidential_client": false})
	return app["client_id"].(string)
}

// repository makes lin/cases with what landed has and our hook.
func (g *gitea) repository(t *testing.T, from *gittest.Repository) {
	t.Helper()
	g.ask(t, http.MethodPost, "/user/repos", map[string]any{"name": "cases", "private": true, "default_branch": "main"})
	from.Git("push", "-q", strings.Replace(g.url, "//", "//lin:"+giteaPassword+"@", 1)+"/lin/cases.git",
		from.Marks["base"]+":refs/heads/main")
	for user := range giteaUsers() {
		if user != "lin" {
			g.ask(t, http.MethodPut, "/repos/lin/cases/collaborators/"+user, map[string]any{"permission": "write"})
		}
	}
	g.ask(t, http.MethodPost, "/repos/lin/cases/branch_protections", map[string]any{"rule_name": "main",
		"enable_push": true, "enable_push_whitelist": true, "push_whitelist_usernames": []string{"lin"},
		"enable_merge_whitelist": true, "merge_whitelist_usernames": []string{"lin"},
		"enable_status_check": true, "status_check_contexts": []string{"suqiu"}})
	hooks := filepath.Join(g.origin(), "hooks", "pre-receive.d")
	if out, err := exec.Command("suqiu", "-C", g.origin(), "hook", "install", "--server", "--to",
		hooks).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// origin is the folder of the repository.
func (g *gitea) origin() string { return filepath.Join(g.dir, "repositories", "lin", "cases.git") }

// passed tells Gitea that the checks of a branch have passed.
func (g *gitea) passed(t *testing.T, branch string) {
	t.Helper()
	b := g.ask(t, http.MethodGet, "/repos/lin/cases/branches/"+branch, nil)
	g.ask(t, http.MethodPost, "/repos/lin/cases/statuses/"+b["commit"].(map[string]any)["id"].(string),
		map[string]any{"context": "suqiu", "state": "success"})
}

// agree signs in on Gitea's own page, unless this window has, and agrees.
func (b *browser) agree(t *testing.T, user string) {
	t.Helper()
	if !b.until(`document.querySelector("#user_name, #authorize-app")`) {
		t.Fatal("no page to sign in on")
	}
	if eval[bool](t, b, `!!document.querySelector("#user_name")`) {
		b.login(t, user)
	}
	if !b.until(`document.querySelector("#authorize-app")`) {
		t.Fatal("no page to agree on")
	}
	eval[chromedp.Void](t, b, `document.querySelector("#authorize-app").click()`)
	if !b.until(`document.querySelector("#step")`) {
		t.Fatal("does not come back")
	}
}

// login fills in Gitea's page to sign in.
func (b *browser) login(t *testing.T, user string) {
	t.Helper()
	eval[chromedp.Void](t, b, fmt.Sprintf(`(() => { document.querySelector("#user_name").value = %q;
		const secret = document.querySelector("#password"); secret.value = %q; secret.form.submit(); })()`, user,
		giteaPassword))
}

// TestGitea goes through the door to a real Gitea, and lives a case through it.
func TestGitea(t *testing.T) {
	if os.Getenv("SUQIU_GITEA") == "" {
		t.Skip("no Gitea: make forge builds one")
	}
	chrome := openBrowser(t, findBrowser(t))
	d, life := openDoor(t, chrome), openLife(t, chrome)
	g := startGitea(t, d.page, life.page)
	d.door = config.Forge{Platform: "Gitea", Base: g.url, Project: "lin/cases", Main: "main",
		App: g.application(t, d.page, life.page)}
	settings := fmt.Sprintf("%s网址: %s/lin/cases\n网页提交: {平台: Gitea, 应用编号: %s}\n人员:\n"+
		"  - {邮箱: z@xxzx.example, 账号: qian, 单位: 信息中心}\n", settings(t), g.url, d.door.App)
	for _, a := range accounts {
		settings += fmt.Sprintf("  - {邮箱: %s, 账号: %s, 单位: %s}\n", a.email, a.user, a.unit)
	}
	g.repository(t, landedRepository(t, settings))
	t.Run("the door", func(t *testing.T) { g.door(t, chrome, d.page) })
	t.Run("a life", func(t *testing.T) { life.live(t, g) })
}

// door: login, commit, pull request, the hook, and the merge when the checks have
// passed.
func (g *gitea) door(t *testing.T, chrome *browser, page string) {
	as := func(user string) *forgeDesk {
		t.Helper()
		tab := &forgeDesk{browser: chrome.tab(t), page: page}
		tab.visit(t, page+"#202507-NFZX-001/补充")
		eval[bool](t, tab.browser, `(suqiuForms.doors[0].signIn(location.hash), true)`)
		tab.agree(t, user)
		if who := tab.done(t, "door.who()"); who["account"] != user {
			t.Fatalf("signed in as %v", who)
		}
		return tab
	}

	wang := as("wang")
	if at := eval[string](t, wang.browser, "decodeURI(location.href)"); at != page+"#202507-NFZX-001/补充" {
		t.Errorf("came back to %s", at)
	}
	old := wang.done(t, `door.read(["`+firstCase+`"])`)
	made := wang.done(t, supplement+"({})")
	if made["branch"] != "suqiu/XXZX/202507-NFZX-001-补充" || made["url"] != g.url+"/lin/cases/pulls/1" {
		t.Errorf("made %v", made)
	}
	first := wang.done(t, `new Promise((ok) => { door.follow(`+asJS(made)+`, (u) => ok(u)); })`)
	if first["state"] != "none" {
		t.Errorf("before any check: %v", first)
	}
	if got := wang.ask(t, supplement+"({subject: '再来一次'})"); got.Kind != "exists" || got.URL != made["url"] {
		t.Errorf("the same step again: %+v", got)
	}
	numbers := wang.done(t, "door.numbers()")
	if numbers["202507-NFZX"] != 1.0 {
		t.Errorf("numbers on branches: %v", numbers)
	}

	refusal := as("zhao").ask(t, supplement+"({again: true})")
	if refusal.Kind != "refused" || !strings.Contains(refusal.Message, "账号 qian，推送的是 zhao（author-mismatch）") {
		t.Errorf("the hook: %+v", refusal)
	}

	lin := as("lin")
	g.passed(t, "suqiu/XXZX/202507-NFZX-001-补充")
	made["auto"] = true
	if states := lin.follow(t, asJS(made)); !strings.HasSuffix(states, "merged") {
		t.Errorf("merging: %s", states)
	}
	if text := g.file(t, firstCase); !strings.Contains(text, "又作了测试。") {
		t.Errorf("main has\n%s", text)
	}
	blob := old["files"].(map[string]any)[firstCase].(map[string]any)["blob"]
	late := wang.ask(t, `door.submit({files: [{path: "`+firstCase+`", text: "x", blob: `+asJS(blob)+
		`}], branch: "b", subject: "s", body: ""})`)
	if late.Kind != "stale" || !strings.Contains(late.Files[firstCase].Text, "又作了测试。") {
		t.Errorf("an old version: %+v", late)
	}
	if out := wang.done(t, "door.signOut()"); out["revoked"] != false || wang.ask(t, "door.who()").Value != nil {
		t.Errorf("signed out: %v", out)
	}
}

// file is a file of main.
func (g *gitea) file(t *testing.T, path string) string {
	t.Helper()
	return gitIn(t, g.origin(), "show", "main:"+path)
}
