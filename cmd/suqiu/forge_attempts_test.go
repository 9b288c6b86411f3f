package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/forgetest"
	"suqiu/internal/gittest"
)

// pushedToOthers is what there is in the tests of attempts besides landed: a case that
// waits for 征收管理科, and one that waits for 第三税务分局.
const pushedToOthers = `at 2025-07-16 10:00
by 征收管理科 <a@zsglk.example>
new 202507-ZSGLK-003
commit 登记
by 第三税务分局 <a@dsfj.example>
new 202507-DSFJ-004
commit 登记
at 2025-07-16 11:00
by 纳税服务科 <a@nsfwk.example>
set 202507-ZSGLK-003 状态=已推送 任务清单=RW202507-02 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 承办单位=征收管理科
set 202507-DSFJ-004 状态=已推送 任务清单=RW202507-02 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 承办单位=第三税务分局
commit 推送
mark base
`

// accounts are one for each unit; the first is the office.
var accounts = []struct{ user, unit, email string }{
	{"lin", "纳税服务科", "a@nsfwk.example"}, {"wang", "信息中心", "a@xxzx.example"},
	{"nan", "纳税服务中心", "a@nfzx.example"}, {"zheng", "征收管理科", "a@zsglk.example"},
	{"san", "第三税务分局", "a@dsfj.example"}, {"du", "督察内审科", "a@dcnsk.example"},
}

// deeds are steps that one account alone may take.
var deeds = []struct{ name, owner, script string }{
	{"推送", "lin", "set 202507-NFZX-002 状态=已推送 任务清单=RW202507-03 办理类别=系统技术类 涉及面=高 影响度=中 " +
		"复杂度=中 紧急程度=一般 承办单位=征收管理科"},
	{"审核通过", "lin", "set 202507-NFZX-001 状态=评估中 反馈.审核=通过"},
	{"接收 003", "zheng", "set 202507-ZSGLK-003 状态=办理中"},
	{"接收 004", "san", "set 202507-DSFJ-004 状态=办理中"},
	{"登记", "nan", "new 202507-NFZX-009"},
	{"补充办理情况", "wang", "section 202507-NFZX-001 办理情况 已经扩容，又作了测试。"},
}

// An attempted step is one attempt to act as another unit by the API that the forms use.
type attempted struct {
	name   string
	user   string
	author string // e-mail address, if it is not the user's own
	branch string
	script string // what changes, on top of main
	scope  string // of the token, if it is not api
	onto   string // a branch that the commit is added to
	ends   string // the forge, the hook, or at the merge
	words  string // of the refusal
}

// tries are some hundred: every step that one unit alone may take, by every other
// unit, in its own name and in that of the one whose step it is; and the ways
// around that somebody who knows the API may think of.
func tries() []attempted {
	var list []attempted
	add := func(t attempted) { list = append(list, t) }
	for _, d := range deeds {
		for _, a := range accounts {
			if a.user == d.owner {
				continue
			}
			owner := emailOf(d.owner)
			add(attempted{name: a.unit + "以" + owner + "的名义" + d.name, user: a.user, author: owner,
				script: d.script, ends: "hook", words: "author-mismatch"})
			if a.user != "lin" { // the office may take steps down for a unit
				add(attempted{name: a.unit + d.name, user: a.user, script: d.script, ends: "merge"})
			}
		}
	}
	for _, a := range accounts[1:] {
		add(attempted{name: a.unit + "推送主分支", user: a.user, branch: "main", script: deeds[0].script, ends: "forge",
			words: "not allowed to push into this branch"})
		add(attempted{name: a.unit + "在征收管理科的分支上加一步", user: a.user, onto: "zheng",
			script: deeds[1].script, ends: "merge"})
	}
	for _, d := range deeds[2:] {
		add(attempted{name: "联席办以" + emailOf(d.owner) + "的名义推送主分支：" + d.name, user: "lin",
			author: emailOf(d.owner), branch: "main", script: d.script, ends: "hook", words: "author-mismatch"})
		add(attempted{name: "用只读的令牌" + d.name, user: d.owner, script: d.script, scope: "read_api", ends: "forge",
			words: "insufficient_scope"})
		add(attempted{name: "没有写权限" + d.name, user: "ke", author: emailOf(d.owner), script: d.script,
			ends: "forge", words: "403 Forbidden"})
	}
	for _, d := range [][2]string{
		{"配置改成自己是联席办", "replace suqiu.yaml [回访] [联席办]"},
		{"配置给自己添邮箱", "replace suqiu.yaml a@nsfwk.example a@xxzx.example"},
		{"删除配置", "rm suqiu.yaml"},
		{"删除事项", "rm 202507-ZSGLK-003"},
		{"删除反馈记录", "unset 202507-NFZX-001 反馈[0]"},
		{"改写反馈记录", "set 202507-NFZX-001 反馈.措施=改过"},
		{"改别人的承办单位", "set 202507-ZSGLK-003 承办单位=信息中心"},
		{"改别人的推送", "set 202507-ZSGLK-003 任务清单=RW202507-09"},
		{"直接办结", "set 202507-ZSGLK-003 状态=已办结"},
		{"撤回别人的事项", "set 202507-NFZX-002 状态=已撤回"},
		{"合并别人的事项", "set 202507-NFZX-002 状态=已合并 并入=202507-NFZX-001"},
		{"审核自己的反馈", "set 202507-NFZX-001 状态=评估中 反馈.审核=通过"},
		{"另放一份同号的事项", "text cases/2025/07/x/202507-NFZX-002.md x"},
		{"提交会议纪要", "text meetings/CQ2025-07.md x"},
		{"替别的单位送月报", "text monthly/2025-07/NFZX.md x"},
		{"改季报的数", "text reports/2025Q3.json {}"},
	} {
		add(attempted{name: "信息中心" + d[0], user: "wang", script: d[1], ends: "merge"})
	}
	return append(list, disguises()...)
}

// disguises are addresses and names that look like somebody else's.
func disguises() []attempted {
	var list []attempted
	for _, email := range []string{"A@NSFWK.example", "a@nsfwk.example ", "a＠nsfwk.example", "a+x@nsfwk.example",
		"a@nsfwk.example.evil.example", "\"a\"@nsfwk.example", "a@nsfwk.example\n", "b@nsfwk.example",
		"a@nsfwk。example"} {
		list = append(list, attempted{name: fmt.Sprintf("信息中心写成 %q", email), user: "wang", author: email,
			script: deeds[1].script, ends: "any"})
	}
	return list
}

func emailOf(user string) string {
	for _, a := range accounts {
		if a.user == user {
			return a.email
		}
	}
	return ""
}

// attempts is the forge that they are made at.
type attempts struct {
	*forgeDesk
	work   *gittest.Repository
	edited map[string]string // script → actions
	n      int
}

// TestActingAsAnotherUnit: "a hundred attempts to act as another unit through form
// and API end at the hook or the check". Each is made with a token of its own, goes
// on to the merge button if nothing stops it, and main is as it was.
func TestActingAsAnotherUnit(t *testing.T) {
	config := strings.ReplaceAll(settings(t), `"*@`, `"a@`) + "\n人员:\n"
	for _, a := range accounts {
		config += fmt.Sprintf("  - {邮箱: %s, 账号: %s, 单位: %s}\n", a.email, a.user, a.unit)
	}
	r := gittest.Empty(t)
	r.Run(landed + pushedToOthers + "-- suqiu.yaml --\n" + config)
	s := forgeSettings(t, serve(t, r, "file").dir)
	s.Users = nil
	for _, a := range accounts {
		level := forgetest.Developer
		if a.user == "lin" {
			level = forgetest.Maintainer
		}
		s.Users = append(s.Users, forgetest.User{Name: a.unit, Username: a.user, Email: a.email, Level: level})
	}
	s.Users = append(s.Users,
		forgetest.User{Name: "客", Username: "ke", Email: "a@ke.example", Level: forgetest.Reporter})
	a := &attempts{forgeDesk: &forgeDesk{forge: forgetest.New(t, s)}, work: r, edited: map[string]string{}}
	all := tries()
	if len(all) < 100 {
		t.Errorf("only %d attempts", len(all))
	}
	main := a.git(t, "rev-parse", "main")
	// That the honest do get through says that the attempts fail for what they are.
	for _, d := range deeds {
		try := attempted{name: d.name, user: d.owner, script: d.script}
		if end, words := a.make(t, &try); end != "" {
			t.Errorf("%s by %s itself is refused: %s: %s", d.name, d.owner, end, words)
		}
		a.git(t, "update-ref", "refs/heads/main", main)
	}
	for i := range all {
		try := &all[i]
		if os.Getenv("SUQIU_LONG") == "" && i%7 > 0 {
			continue
		}
		end, words := a.make(t, try)
		if end == "" || try.ends != "any" && end != try.ends || !strings.Contains(words, try.words) {
			t.Errorf("%s: ends %q, want %q: %s", try.name, end, try.ends, words)
		}
		if end == "merge" && !strings.Contains(words, "cases/") && !strings.Contains(words, ".") {
			t.Errorf("%s: the hook gives no reason: %s", try.name, words)
		}
		if a.git(t, "rev-parse", "main") != main {
			t.Errorf("%s: main has moved", try.name)
			a.git(t, "update-ref", "refs/heads/main", main)
		}
	}
}

// make makes an attempt and says where it ended, and why; empty: it has reached main.
func (a *attempts) make(t *testing.T, try *attempted) (string, string) {
	t.Helper()
	a.n++
	branch := fmt.Sprintf("work-%d", a.n)
	if try.branch == "main" {
		branch = "main"
	}
	// What the server has of somebody anybody may bring again: nothing stays.
	defer a.git(t, "update-ref", "-d", fmt.Sprintf("refs/heads/work-%d", a.n))
	if try.onto != "" {
		if end, words := a.commit(t, &attempted{user: try.onto, script: deeds[2].script}, branch); end != "" {
			t.Fatalf("%s: %s", end, words)
		}
	}
	if end, words := a.commit(t, try, branch); end != "" {
		return end, words
	}
	if branch == "main" {
		return "", ""
	}
	a.forge.Open(branch, try.user)
	if err := a.forge.Merge(len(a.forge.Requests()), "lin"); err != nil {
		return "merge", err.Error()
	}
	return "", ""
}

// commit asks the API for a commit.
func (a *attempts) commit(t *testing.T, try *attempted, branch string) (string, string) {
	t.Helper()
	fields := map[string]any{"branch": branch, "commit_message": fmt.Sprint("改 ", a.n),
		"actions": json.RawMessage(a.actions(t, try.script))}
	if try.onto == "" && branch != "main" {
		fields["start_branch"] = "main"
	}
	if try.author != "" {
		fields["author_email"], fields["author_name"] = try.author, "某"
	}
	body, _ := json.Marshal(fields)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, a.forge.URL+"/api/v4/projects/"+
		url.PathEscape(a.forge.Project)+"/repository/commits", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+a.forge.Token(try.user, cmp.Or(try.scope, "api")))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	said, _ := io.ReadAll(resp.Body)
	switch {
	case resp.StatusCode == http.StatusCreated:
		return "", ""
	case bytes.Contains(said, []byte("author-mismatch")) || bytes.Contains(said, []byte("未接收")) ||
		bytes.Contains(said, []byte("改法")):
		return "hook", string(said)
	}
	return "forge", string(said)
}

// actions are what a script changes, as the API takes it.
func (a *attempts) actions(t *testing.T, script string) string {
	t.Helper()
	if done, ok := a.edited[script]; ok {
		return done
	}
	a.work.Run("checkout --detach @base\n" + script)
	a.work.Git("add", "-A")
	list := []map[string]string{}
	out := a.work.Git("diff", "--cached", "--no-renames", "-z", "--name-status", "HEAD")
	changed := strings.Split(strings.TrimSuffix(out, "\x00"), "\x00")
	for pair := range slices.Chunk(changed, 2) {
		action := map[string]string{"action": map[string]string{"A": "create", "M": "update", "D": "delete"}[pair[0]],
			"file_path": pair[1]}
		if pair[0] != "D" {
			text, err := os.ReadFile(a.work.Path(pair[1]))
			if err != nil {
				t.Fatal(err)
			}
			action["content"] = string(text)
		}
		list = append(list, action)
	}
	a.work.Git("reset", "-q", "--hard", "@")
	done, _ := json.Marshal(list)
	a.edited[script] = string(done)
	return string(done)
}
