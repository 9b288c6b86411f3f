package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"suqiu/internal/workday"
)

// giteaLife is a bureau whose people fill in forms of its site and hand them to a
// Gitea, each in a window of one's own.
type giteaLife struct {
	chrome *browser
	site   string // the folder of the site
	page   string // the address of its forms
	rooms  map[string]*formForge
}

// openLife serves the site, which is built when there is a forge.
func openLife(t *testing.T, chrome *browser) *giteaLife {
	t.Helper()
	l := &giteaLife{chrome: chrome, site: t.TempDir(), rooms: map[string]*formForge{}}
	server := httptest.NewServer(http.FileServer(http.Dir(l.site)))
	t.Cleanup(server.Close)
	l.page = server.URL + "/step.html"
	return l
}

// room is the window of a user.
func (l *giteaLife) room(t *testing.T, user string) *formForge {
	t.Helper()
	if l.rooms[user] == nil {
		l.rooms[user] = &formForge{forgeDesk: &forgeDesk{browser: l.chrome.tab(t), page: l.page}, folder: l.site}
		l.rooms[user].beforePage(t, impatient)
	}
	return l.rooms[user]
}

// live is a case from 登记 to 办结: each step a form, a pull request, a check that
// passes, a merge by the office on Gitea's own page, and the site built anew. The
// clock is the real one, as Gitea dates what it commits.
func (l *giteaLife) live(t *testing.T, g *gitea) {
	today := time.Now().In(workday.Shanghai).Format(time.DateOnly)
	l.publish(t, g)
	office := l.room(t, "lin")
	office.visit(t, g.url+"/user/login")
	office.wait(t, `document.querySelector("#user_name")`)
	office.login(t, "lin")
	office.wait(t, `!document.querySelector("#user_name")`)
	path := l.step(t, g, "nan", "登记", "标题=自助终端打印失败 性质=诉求 渠道=12366热线 收集日期="+today+
		" 诉求内容=反映自助终端不能打印。")
	id := strings.TrimSuffix(filepath.Base(path), ".md")
	list := "RW" + strings.ReplaceAll(today[:7], "-", "") + "-01"
	l.step(t, g, "lin", id+"/推送", "任务清单="+list+
		" 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 承办单位=信息中心")
	l.step(t, g, "wang", id+"/接收办理", "")
	l.refused(t, id)
	l.step(t, g, "wang", id+"/反馈", "结果=已解决 措施=更换了读卡器 办理情况=已经修复。 反馈答复=已电话答复。")
	l.step(t, g, "lin", id+"/审核通过", "")
	l.step(t, g, "nan", id+"/评估", "方式=12366回访 结果=满意")
	l.step(t, g, "lin", id+"/办结", "")
	if text := g.file(t, path); !strings.Contains(text, "状态: 已办结") {
		t.Errorf("main has\n%s", text)
	}
	clone := l.publish(t, g)
	for _, args := range [][]string{{"show", id}, {"check"}} {
		out, err := exec.Command("suqiu", append([]string{"-C", clone}, args...)...).CombinedOutput()
		if err != nil {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
		for _, told := range []string{"推送至信息中心", "接收办理", "反馈：已解决", "审核通过", "满意"} {
			if args[0] == "show" && !strings.Contains(string(out), told) {
				t.Errorf("it does not tell %q:\n%s", told, out)
			}
		}
	}
}

// publish builds the site of what main has; the clone is returned.
func (l *giteaLife) publish(t *testing.T, g *gitea) string {
	t.Helper()
	clone := filepath.Join(t.TempDir(), "clone")
	gitIn(t, t.TempDir(), "clone", "-q", g.origin(), clone)
	buildForms(t, clone, "监督", l.site, time.Now)
	return clone
}

// opens opens a form in the room of a user, who signs in, and fills it in.
func (l *giteaLife) opens(t *testing.T, user, hash, values string) *formForge {
	t.Helper()
	f := l.room(t, user)
	f.visit(t, l.page+"#"+url.PathEscape(hash))
	f.wait(t, `document.querySelector(".sign-in button")`)
	f.click(t, ".sign-in button")
	f.agree(t, user)
	f.wait(t, `document.querySelector(".who") && document.querySelector(".who").textContent.includes("已登录")`)
	f.wait(t, `document.querySelector(".step-form")`)
	if at := eval[string](t, f.browser, "decodeURIComponent(location.href)"); at != l.page+"#"+hash {
		t.Errorf("came back to %s", at)
	}
	(&clerk{browser: f.browser}).fill(t, valuesOf(values))
	return f
}

// step goes from the form to main; the file that it changed is returned.
func (l *giteaLife) step(t *testing.T, g *gitea, user, hash, values string) string {
	t.Helper()
	f := l.opens(t, user, hash, values)
	f.send(t)
	f.wait(t, `document.querySelector(".done a")`)
	address := eval[string](t, f.browser, `document.querySelector(".done a").href`)
	var number int
	if _, err := fmt.Sscanf(address, g.url+"/lin/cases/pulls/%d", &number); err != nil {
		t.Fatalf("%s leads to %s", hash, address)
	}
	request := g.ask(t, http.MethodGet, fmt.Sprintf("/repos/lin/cases/pulls/%d", number), nil)
	branch := request["head"].(map[string]any)["ref"].(string)
	if by := request["user"].(map[string]any)["login"]; by != user {
		t.Errorf("%s is made by %v", branch, by)
	}
	g.passed(t, branch)
	f.wait(t, ofMain+`.includes("检查通过")`)
	path := strings.TrimSpace(gitIn(t, g.origin(), "diff", "--name-only", "main..."+branch))
	l.merge(t, address, request["title"].(string))
	l.publish(t, g)
	return path
}

// merge is the office on the page of a pull request. Its button is a script of
// Gitea's, which a module has not; what it sends is sent here.
func (l *giteaLife) merge(t *testing.T, address, title string) {
	t.Helper()
	f := l.room(t, "lin")
	f.visit(t, address)
	f.wait(t, `document.querySelector("#issue-title-display")`)
	said := eval[string](t, f.browser, `document.querySelector("#issue-title-display").textContent`)
	if !strings.Contains(said, title) {
		t.Errorf("the page is %q, not %q", said, title)
	}
	got := eval[string](t, f.browser, `fetch(location.pathname + "/merge", {method: "POST",
		body: new URLSearchParams({do: "merge", delete_branch_after_merge: "on"})}).then(r => r.text())`)
	if err := chromedp.Do(f.ctx, chromedp.Reload()); err != nil {
		t.Fatal(err)
	}
	if !f.until(`document.querySelector(".issue-state-label").textContent.includes("Merged")`) {
		t.Fatalf("%s is not merged: %s", title, got)
	}
}

// refused: zhao writes as somebody who is qian on this forge, and the form tells
// what the hook said.
func (l *giteaLife) refused(t *testing.T, id string) {
	t.Helper()
	f := l.opens(t, "zhao", id+"/申请延期", "申请天数=2 原因=等待上级答复。 措施=已经请示。")
	f.send(t)
	f.wait(t, ofMain+`.includes("author-mismatch")`)
	if said := eval[string](t, f.browser, ofMain); !strings.Contains(said, "账号 qian，推送的是 zhao") {
		t.Errorf("told: %s", said)
	}
}
