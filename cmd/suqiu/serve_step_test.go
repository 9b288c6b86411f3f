package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"suqiu/internal/cli"
)

// servedTo runs suqiu serve on a repository as somebody at a time, until the test
// ends, and returns its address with a slash.
func servedTo(t *testing.T, dir, who string, now time.Time) string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var out, errs log
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"-C", dir, "serve", "--port", "0"}, cli.Env{
			Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Build: "serve",
			GitEnviron: environ(who, now), Now: func() time.Time { return now }})
	}()
	t.Cleanup(func() {
		cancel()
		if code := <-ended; code != exitClean {
			t.Errorf("serve ended with %d: %s", code, errs.String())
		}
	})
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)
	eventually(t, "an address", func() bool { return address.MatchString(out.String()) })
	return address.FindString(out.String())
}

// attempt is a request to suqiu serve, as a page or somebody else makes it.
type attempt struct {
	method, path, host string
	header             http.Header
	body               string
	chunked            bool
}

type version struct {
	Path string `json:"path"`
	Text string `json:"text"`
	Blob string `json:"blob"`
}

// handing is a step that a form would hand in.
type handing struct {
	Files  []version `json:"files"`
	Branch string    `json:"branch"`
}

func (h handing) String() string {
	text, _ := json.Marshal(h)
	return string(text)
}

// TestServeRefuses: suqiu serve writes what its own page hands in, and refuses all
// else with a reason: what comes from elsewhere, what is no file of the step, and
// what the step does not do. Nothing stays of it.
func TestServeRefuses(t *testing.T) {
	t.Parallel()
	const id, path = "202609-NFZX-007", "cases/2026/09/202609-NFZX-007.md"
	dir, unit := filepath.Join(t.TempDir(), "clone"), "a@defj.example"
	gitIn(t, t.TempDir(), "clone", "-q", sample(t), dir)
	// Steps as a form would make them: taken by a command, whose branch is then
	// taken away.
	taken := func(who, args string) handing {
		out := asPerson(t, dir, act{"09-30", who, args}, exitClean)
		_, branch, _ := strings.Cut(out, "已提交到分支 ")
		branch, _, _ = strings.Cut(branch, "（")
		h := handing{Branch: branch}
		for _, name := range strings.Fields(gitIn(t, dir, "diff", "--name-only", "origin/main", branch)) {
			v := version{Path: name, Text: gitIn(t, dir, "show", branch+":"+name) + "\n"}
			if gitIn(t, dir, "ls-tree", "origin/main", name) != "" {
				v.Blob = gitIn(t, dir, "rev-parse", "origin/main:"+name)
			}
			h.Files = append(h.Files, v)
		}
		gitIn(t, dir, "branch", "-qD", branch)
		return h
	}
	good := taken(unit, "step "+id+" 接收")
	other := taken(office, "step 202608-BGS-002 督办 单位=信息中心 方式=电话 内容=请尽快办理")
	objection := taken(unit, "step "+id+" 提出异议 理由=不属本单位职责")
	registered := taken(unit, "new 标题=自助终端打印失败 性质=诉求 渠道=日常工作 收集日期=2026-09-30 "+
		"诉求内容=反映打印失败。")
	wished := taken(unit, "step 会议建议 "+id+" 事由=车购税退税")
	before := gitIn(t, dir, "for-each-ref")

	url := servedTo(t, dir, unit, day.Start().Add(10*time.Hour))
	host := strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/")
	token := func() string {
		_, page := get(t, url+"step.html", "")
		_, rest, _ := strings.Cut(page, `<meta name="suqiu-serve" content="`)
		given, _, _ := strings.Cut(rest, `"`)
		if given == "" {
			t.Fatalf("step.html has no token: %.300s", page)
		}
		return given
	}
	send := func(a *attempt) (int, string, string) {
		req, err := http.NewRequestWithContext(t.Context(), a.method, url+a.path, strings.NewReader(a.body))
		if err != nil {
			t.Fatal(err)
		}
		if a.chunked {
			req.ContentLength = -1
		}
		req.Header, req.Host = a.header, a.host
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		var answer struct{ Kind, Message, Branch string }
		if a.method != http.MethodHead && json.Unmarshal(text, &answer) != nil {
			t.Errorf("%d: no JSON: %.200s", resp.StatusCode, text)
		}
		return resp.StatusCode, answer.Message, answer.Branch
	}
	proper := func() *attempt {
		return &attempt{method: http.MethodPost, path: "_suqiu/step", host: host, body: good.String(),
			header: http.Header{"Origin": {strings.TrimSuffix(url, "/")}, "Content-Type": {"application/json"},
				"Sec-Fetch-Site": {"same-origin"}, "Sec-Fetch-Dest": {"empty"}, "Suqiu-Token": {token()}}}
	}
	header := func(name string, values ...string) func(*attempt) {
		return func(a *attempt) { a.header[name] = values }
	}
	body := func(change func(h *handing)) func(*attempt) {
		return func(a *attempt) {
			h := handing{append([]version{}, good.Files...), good.Branch}
			change(&h)
			a.body = h.String()
		}
	}
	at := func(name string) func(*attempt) { return body(func(h *handing) { h.Files[0].Path = name }) }
	said := func(old, new string) func(*attempt) {
		return body(func(h *handing) {
			if h.Files[0].Text = strings.Replace(h.Files[0].Text, old, new, 1); h.Files[0].Text == good.Files[0].Text {
				t.Errorf("%q does not stand there", old)
			}
		})
	}
	called := func(branch string) func(*attempt) { return body(func(h *handing) { h.Branch = branch }) }
	reading := func(query string, change func(*attempt)) func(*attempt) {
		return func(a *attempt) {
			a.method, a.path, a.body = http.MethodGet, "_suqiu/file?"+query, ""
			change(a)
		}
	}
	nothing := func(*attempt) {}
	used := token()
	first := proper()
	first.header["Suqiu-Token"], first.body = []string{used}, "{}"
	send(first)
	hostile := []struct {
		name   string
		change func(*attempt)
		status int
		why    string
	}{
		{"read by GET", func(a *attempt) { a.method = http.MethodGet }, 405, "只接受 POST"},
		{"PUT", func(a *attempt) { a.method = http.MethodPut }, 405, "只接受 POST"},
		{"DELETE", func(a *attempt) { a.method = http.MethodDelete }, 405, "只接受 POST"},
		{"a preflight", func(a *attempt) { a.method = http.MethodOptions }, 405, "只接受 POST"},
		{"written where one reads", func(a *attempt) { a.path = "_suqiu/file" }, 405, "只接受 GET"},
		{"a borrowed name", func(a *attempt) { a.host = "evil.example" }, 403, "只能以"},
		{"a name that begins so", func(a *attempt) { a.host = host + ".evil.example" }, 403, "只能以"},
		{"another port's name", func(a *attempt) { a.host = "127.0.0.1:1" }, 403, "只能以"},
		{"no origin", header("Origin"), 403, "从哪个网页来"},
		{"a file or a sandbox", header("Origin", "null"), 403, "别的网页"},
		{"another page", header("Origin", "https://evil.example"), 403, "别的网页"},
		{"another page of this machine", header("Origin", "http://127.0.0.1:1"), 403, "别的网页"},
		{"over TLS", header("Origin", "https://"+host), 403, "别的网页"},
		{"an origin and another", header("Origin", "http://"+host, "https://evil.example"), 403, "别的网页"},
		{"across sites", header("Sec-Fetch-Site", "cross-site"), 403, "Sec-Fetch-Site"},
		{"from the same site", header("Sec-Fetch-Site", "same-site"), 403, "Sec-Fetch-Site"},
		{"typed in", header("Sec-Fetch-Site", "none"), 403, "Sec-Fetch-Site"},
		{"into a frame", header("Sec-Fetch-Dest", "iframe"), 403, "Sec-Fetch-Dest"},
		{"of no type", header("Content-Type"), 415, "application/json"},
		{"a form that is text", header("Content-Type", "text/plain"), 415, "application/json"},
		{"a form", header("Content-Type", "application/x-www-form-urlencoded"), 415, "application/json"},
		{"a form with files", header("Content-Type", "multipart/form-data; boundary=x"), 415, "application/json"},
		{"in GBK", header("Content-Type", "application/json; charset=gbk"), 415, "application/json"},
		{"packed", header("Content-Encoding", "gzip"), 415, "压缩"},
		{"with a query", func(a *attempt) { a.path += "?token=" + used }, 400, "参数"},
		{"too long", func(a *attempt) { a.body = strings.Repeat(" ", 9<<20) }, 413, "太多"},
		{"too long, and does not say so", func(a *attempt) {
			a.body, a.chunked = strings.Repeat(" ", 9<<20), true
		}, 413, "太多"},
		{"without a token", header("Suqiu-Token"), 403, "口令"},
		{"with an empty one", header("Suqiu-Token", ""), 403, "口令"},
		{"with a guess", header("Suqiu-Token", strings.Repeat("A", 26)), 403, "口令"},
		{"with one that was used", header("Suqiu-Token", used), 403, "口令"},
		{"no JSON", func(a *attempt) { a.body = "files=1" }, 400, "读不懂"},
		{"cut off", func(a *attempt) { a.body = a.body[:len(a.body)/2] }, 400, "读不懂"},
		{"a message of its own", func(a *attempt) { a.body = `{"subject":"[skip ci]"}` }, 400, "读不懂"},
		{"and more", func(a *attempt) { a.body += "{}" }, 400, "读不懂"},

		{"no file", body(func(h *handing) { h.Files = nil }), 422, "没有要提交的文件"},
		{"the configuration", at("suqiu.yaml"), 422, "不是表单能改的文件"},
		{"a hook", at(".git/hooks/pre-commit"), 422, "不是表单能改的文件"},
		{"the pipeline", at(".gitlab-ci.yml"), 422, "不是表单能改的文件"},
		{"a template", at("templates/pages/layout.html"), 422, "不是表单能改的文件"},
		{"outside of it", at("../../.ssh/authorized_keys"), 422, "不是表单能改的文件"},
		{"by a detour", at("cases/2026/09/../09/" + id + ".md"), 422, "不是表单能改的文件"},
		{"absolute", at("/" + path), 422, "不是表单能改的文件"},
		{"in another month", at("cases/2026/08/" + id + ".md"), 422, "不是表单能改的文件"},
		{"in small letters", at("cases/2026/09/202609-nfzx-007.md"), 422, "不是表单能改的文件"},
		{"a case that is not there", body(func(h *handing) {
			h.Files[0].Path, h.Files[0].Blob = "cases/2026/09/202609-NFZX-999.md", ""
		}), 422, "编号"},
		{"twice", body(func(h *handing) { h.Files = append(h.Files, h.Files[0]) }), 422, "写了两次"},
		{"of an older version", body(func(h *handing) { h.Files[0].Blob = strings.Repeat("1", 40) }), 409, "别人改了"},
		{"of a new file", body(func(h *handing) { h.Files[0].Blob = "" }), 409, "别人改了"},
		{"of this file and of another's", body(func(h *handing) { h.Files = append(h.Files, other.Files...) }), 422,
			"202608-BGS-002"},

		{"the main branch", called("main"), 422, "没有 " + id + " 现在可以办的步骤"},
		{"a branch of the office", called("suqiu/NSFWK/" + id + "-接收办理"), 422, "分支名应当是 " + good.Branch},
		{"a branch about another case", called("suqiu/DEFJ/202608-BGS-002-接收办理"), 422, "分支名应当是"},
		{"a branch elsewhere", called("../../heads/main-接收办理"), 422, "分支名应当是"},
		{"a step of the office", called("suqiu/DEFJ/" + id + "-督办"), 422, "现在可以办的步骤"},
		{"another step than it is", called("suqiu/DEFJ/" + id + "-提出异议"), 422, "提出异议"},
		{"no step", called(""), 422, "现在可以办的步骤"},
		{"on another's case", func(a *attempt) { a.body = other.String() }, 422, "没有 202608-BGS-002"},

		{"to another state", said("状态: 办理中", "状态: 已反馈"), 422, "以后的状态应当是“办理中”"},
		{"with a change beside it", said("标题: ", "标题: 又及"), 422, "“接收办理”不改“标题”"},
		{"with another's work", said("承办单位: 第二税务分局", "承办单位: 信息中心"), 422, "不改“承办单位”"},
		{"with another number", said("编号: "+id, "编号: 202608-BGS-002"), 422, "编号不能改"},
		{"empty", body(func(h *handing) { h.Files[0].Text = "" }), 422, "读不懂"},
		{"binary", body(func(h *handing) { h.Files[0].Text = "\x00\x01" }), 422, "读不懂"},
		{"what the rules refuse", func(a *attempt) {
			a.body = strings.Replace(objection.String(), "不属本单位职责", "请电 13912345678", 1)
		}, 422, "pii-phone"},
		{"registered under a number to come", func(a *attempt) {
			a.body = regexp.MustCompile(`202609-DEFJ-\d+`).ReplaceAllString(registered.String(), "202609-DEFJ-900")
		}, 422, "编号 202609-DEFJ-900 不是下一个"},
		{"registered for another", func(a *attempt) {
			a.body = strings.Replace(registered.String(), "收集单位: 第二税务分局", "收集单位: 信息中心", 1)
		}, 422, "由该单位登记"},

		{"minutes", func(a *attempt) {
			a.body = strings.ReplaceAll(wished.String(), wished.Files[0].Path, "meetings/HY2026-02.md")
		}, 409, "别人改了"},
		{"a suggestion under a number to come", func(a *attempt) {
			a.body = strings.ReplaceAll(wished.String(), wished.Files[0].Path, "meetings/HY2026-77.md")
		}, 422, "改的文件应当是 " + wished.Files[0].Path},
		{"a suggestion, and a case", func(a *attempt) {
			a.body = handing{append(wished.Files[:1:1], good.Files...), wished.Branch}.String()
		}, 422, "“会议建议”只改一个文件"},
		{"a suggestion in place of a step", func(a *attempt) {
			a.body = handing{wished.Files, good.Branch}.String()
		}, 422, "可以办的步骤"},

		{"read without a token", reading("path="+path, header("Suqiu-Token")), 403, "口令"},
		{"read from another page", reading("path="+path, header("Origin", "https://evil.example")), 403, "别的网页"},
		{"read across sites", reading("path="+path, header("Sec-Fetch-Site", "cross-site")), 403, "Sec-Fetch-Site"},
		{"the settings of Git", reading("path=.git/config", nothing), 422, "不是表单能改的文件"},
		{"the machine's", reading("path=../../../etc/passwd", nothing), 422, "不是表单能改的文件"},
	}
	if len(hostile) < 40 {
		t.Errorf("there are only %d", len(hostile))
	}
	for _, h := range hostile {
		a := proper()
		h.change(a)
		if status, why, _ := send(a); status != h.status || !strings.Contains(why, h.why) {
			t.Errorf("%s: %d %s, want %d %s", h.name, status, why, h.status, h.why)
		}
		if after := gitIn(t, dir, "for-each-ref"); after != before {
			t.Fatalf("%s: there is a branch now: %s", h.name, after)
		}
	}

	// The page's own, read and written.
	a := proper()
	reading("path="+path, nothing)(a)
	if status, _, _ := send(a); status != http.StatusOK {
		t.Errorf("the page cannot read: %d", status)
	}
	for _, h := range []handing{good, objection, registered, wished} {
		a := proper()
		a.body = h.String()
		if status, why, branch := send(a); status != http.StatusOK || branch != h.Branch {
			t.Errorf("%s: %d %s %s", h.Branch, status, why, branch)
		}
		if now := gitIn(t, dir, "show", h.Branch+":"+h.Files[0].Path) + "\n"; now != h.Files[0].Text {
			t.Errorf("%s says\n%s", h.Branch, now)
		}
	}
	if left := gitIn(t, dir, "status", "--porcelain"); left != "" {
		t.Errorf("the work tree has %s", left)
	}
	// Other pages have no token, nor has step.html for who does not open it.
	for _, page := range []string{"", "search.html", "cases/" + id + ".html"} {
		if _, text := get(t, url+page, ""); strings.Contains(text, "suqiu-serve") {
			t.Errorf("%s has a token", page)
		}
	}
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"step.html", nil)
	req.Header.Set("Sec-Fetch-Dest", "empty")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if text, _ := io.ReadAll(resp.Body); bytes.Contains(text, []byte("suqiu-serve")) {
		t.Error("a script gets a token")
	}
}
