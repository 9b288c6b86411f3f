package remind_test

import (
	"encoding/base64"
	"io"
	"mime"
	"net/http"
	"net/mail"
	"os"
	"strings"
	"testing"
	"time"

	"suqiu/internal/cli"
	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/overdue"
	"suqiu/internal/register"
	"suqiu/internal/remind"
	"suqiu/internal/settings"
	"suqiu/internal/workday"
)

var day = workday.New(2026, 9, 30)

func repository() *register.Register {
	return &register.Register{Settings: settings.Settings{Config: &config.Config{MainBranch: "main"}}, AsOf: day}
}

// messages are those of three units: the first has something due, in whose title
// somebody wrote what GitLab would take for more than text.
func messages() []remind.Message {
	return []remind.Message{{
		Unit: "信息中心", Code: "XXZX", Title: "督办提醒：信息中心，超期 1 项", Due: day + 1,
		Items: []overdue.Item{{Case: "202609-NFZX-001", Title: "@all ~bug #1 |x| <b>", Unit: "信息中心",
			Clock: "反馈", Due: day + 1, Status: clock.Soon}},
		Accounts: []string{"nobody", "lin", "wang"}, Addresses: []string{"lin@xxzx.example", "w@xxzx.example"},
	}, {Unit: "办公室", Code: "BGS"}, {Unit: "法制科", Code: "FZK", Title: "督办提醒：法制科，临期 1 项",
		Items: []overdue.Item{{Case: "202609-NFZX-002", Unit: "法制科", Due: day - 1, Status: clock.Overdue}}}}
}

func (f *forge) remind(t *testing.T, list []remind.Message) ([]remind.Done, error) {
	t.Helper()
	return remind.GitLab(t.Context(), cli.Forge{API: f.URL + "/api/v4", Project: "42", Token: token},
		repository(), list)
}

// TestGitLab: one issue per unit that has something due (title, list, assignee from
// 人员.账号), made or updated, and closed when nothing is left (issue R, 6).
func TestGitLab(t *testing.T) {
	f := newForge(t)
	// Somebody else's issue looks like one of ours, and is left alone.
	f.issues = append(f.issues, &issue{IID: 1, State: "opened", Author: user{9, "eve"}, Title: "别人的",
		Labels: []string{remind.Label}, Description: "<!-- suqiu:督办提醒 XXZX -->"})
	done, err := f.remind(t, messages())
	if err != nil || len(done) != 2 || done[0].Verb != "新建" || done[0].Unknown[0] != "nobody" {
		t.Fatalf("%+v, %v", done, err)
	}
	made := f.issues[1]
	for _, want := range []string{"| 202609-NFZX-001 |", "请一并办理：@lin @wang", "<!-- suqiu:督办提醒 XXZX -->"} {
		if !strings.Contains(made.Description, want) {
			t.Errorf("it does not say %q:\n%s", want, made.Description)
		}
	}
	for _, word := range []string{"@all", "~bug", "#1", "|x", "<b"} { // each escaped, as GitLab knows it
		if strings.Count(made.Description, word) != strings.Count(made.Description, `\`+word) {
			t.Errorf("%q is more than text:\n%s", word, made.Description)
		}
	}
	if !made.Confidential || len(made.Assignees) != 1 || made.Assignees[0].Username != "lin" ||
		*made.DueDate != "2026-10-01" {
		t.Errorf("%+v", made)
	}
	// The same again changes nothing.
	before := f.writes()
	if done, err := f.remind(t, messages()); err != nil || f.writes() != before || len(done) != 1 ||
		done[0].Verb != "" {
		t.Errorf("%+v, %v, %d requests", done, err, f.writes()-before)
	}
	// Nothing is left for one unit, more for the other; a third is no more. Of two
	// issues of a unit one is enough.
	f.issues = append(f.issues, &issue{IID: 4, State: "opened", Author: people[0], Labels: []string{remind.Label},
		Description: "<!-- suqiu:督办提醒 GONE -->"}, &issue{IID: 5, State: "opened", Author: people[0],
		Labels: []string{remind.Label}, Description: "<!-- suqiu:督办提醒 XXZX -->"})
	list := messages()
	list[2].Items, list[0].Title = nil, "督办提醒：信息中心，超期 2 项"
	done, err = f.remind(t, list)
	if err != nil || len(done) != 3 {
		t.Fatalf("%+v, %v", done, err)
	}
	var states []string
	for _, i := range f.issues {
		states = append(states, i.State)
	}
	if got := strings.Join(states, " "); got != "opened opened closed closed closed" || made.Title != list[0].Title {
		t.Errorf("%s, %s", got, made.Title)
	}
}

// TestGitLabRefuses: what the forge refuses is said in Chinese, without the token,
// and one unit that fails does not stop the others.
func TestGitLabRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*forge, *cli.Forge)
		says   string
		issues int
	}{
		"wrong token": {func(_ *forge, o *cli.Forge) { o.Token = "glpat-wrong" }, "令牌无效或者过期", 0},
		"read only":   {func(_ *forge, o *cli.Forge) { o.Token = readOnly }, "令牌的权限不够", 0},
		"no project":  {func(_ *forge, o *cli.Forge) { o.Project = "43" }, "找不到项目", 0},
		"redirect": {func(f *forge, _ *cli.Forge) {
			f.fail["GET /api/v4/projects/42/issues"] = http.StatusFound
		}, "（302）", 0},
		"nobody there": {func(_ *forge, o *cli.Forge) { o.API = "http://127.0.0.1:1/api/v4" }, "连不上 GitLab", 0},
		"no users":     {func(f *forge, _ *cli.Forge) { f.fail["GET /api/v4/users"] = 418 }, "信息中心：", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newForge(t)
			o := cli.Forge{API: f.URL + "/api/v4", Project: "42", Token: token}
			c.change(f, &o)
			_, err := remind.GitLab(t.Context(), o, repository(), messages())
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "glpat") {
				t.Errorf("%v", err)
			}
			if len(f.issues) != c.issues {
				t.Errorf("%d issues", len(f.issues))
			}
		})
	}
}

// TestMails: a mail can be read back, says who and what, and no text becomes a head
// of it.
func TestMails(t *testing.T) {
	dir := t.TempDir() + "/out"
	list := messages()
	list[0].Title += "，临期 0 项，待决定、待收件和暂停 0 项\r\nBcc: eve@example.org"
	now := time.Date(2026, 9, 30, 8, 0, 0, 0, time.FixedZone("", 8*3600))
	files, lacking, err := remind.Mails(dir, "suqiu@nsfwk.example", now, repository(), list)
	if err != nil || len(files) != 1 || len(lacking) != 1 || lacking[0] != "法制科" {
		t.Fatalf("%v, %v, %v", files, lacking, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if len(line) > 76+len("Subject: \r\n") {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	m, err := mail.ReadMessage(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	to, err := m.Header.AddressList("To")
	subject, err2 := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	at, err3 := m.Header.Date()
	if err != nil || err2 != nil || err3 != nil || len(to) != 2 || to[0].Address != "lin@xxzx.example" ||
		!at.Equal(now) ||
		!strings.HasPrefix(subject, "督办提醒：信息中心，超期 1 项") || m.Header.Get("Bcc") != "" {
		t.Errorf("%v, %q, %v; %v, %v, %v", to, subject, at, err, err2, err3)
	}
	text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil || !strings.Contains(string(text), "202609-NFZX-001") {
		t.Errorf("%v\n%s", err, text)
	}
	if _, _, err := remind.Mails(dir, "不是邮箱", now, repository(), list); err == nil {
		t.Error("no sender")
	}
}

// TestUncoded: a unit whose 代码 is none, or that of another, has no message of its own:
// its file would lie elsewhere or replace the other's, its issue never be found again.
func TestUncoded(t *testing.T) {
	d := repository()
	for _, code := range []string{"XXZX", "../../XXZX", "xxzx", "信息", "", "XXZX", "X Y"} {
		d.Config.Units = append(d.Config.Units, config.Unit{Name: "单位" + code, Code: code})
	}
	list, uncoded := remind.Messages(d)
	if len(list) != 1 || list[0].Code != "XXZX" || len(uncoded) != 6 {
		t.Errorf("%+v, without a 代码 of their own %q", list, uncoded)
	}
}
