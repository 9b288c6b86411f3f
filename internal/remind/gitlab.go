package remind

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	gitlab "gitlab.com/gitlab-org/api/client-go/v2"

	"suqiu/internal/cli"
	"suqiu/internal/office"
	"suqiu/internal/overdue"
	"suqiu/internal/register"
)

// Label is what all issues of this program have.
const Label = "督办提醒"

// marker tells in an issue of which unit it is; the title people may change.
var marker = regexp.MustCompile(`<!-- suqiu:督办提醒 ([A-Z0-9]+) -->`)

// mostWait is how long one request may take: the nightly job shall not hang.
const mostWait = time.Minute

// Done is what was done about one unit.
type Done struct {
	Unit    string
	Verb    string // 新建, 更新, 关闭; empty: it is as it was
	URL     string
	Unknown []string // 账号 that the forge does not know
}

// GitLab makes or updates an issue for each unit that has something due, and closes
// it when nothing is left. It goes on after one that fails.
func GitLab(ctx context.Context, f cli.Forge, d *register.Register, messages []Message) ([]Done, error) {
	client, err := connect(f)
	if err != nil {
		return nil, err
	}
	g := board{ctx: ctx, client: client, project: f.Project, d: d}
	open, err := g.open()
	if err != nil {
		return nil, explain("查不到已有的议题", err)
	}
	var list []Done
	var faults []error
	for i := range messages {
		m := &messages[i]
		done, err := g.tell(m, open[m.Code])
		if err != nil {
			faults = append(faults, explain(m.Unit, err))
			continue
		}
		delete(open, m.Code)
		if done.Verb != "" || len(done.Unknown) > 0 {
			list = append(list, done)
		}
	}
	for _, m := range messages {
		delete(open, m.Code) // one that failed stays as it is
	}
	for code, issues := range open { // a unit that is no more
		if err := g.close(issues); err != nil {
			faults = append(faults, explain(code, err))
			continue
		}
		list = append(list, Done{Unit: code, Verb: "关闭", URL: issues[0].WebURL})
	}
	return list, errors.Join(faults...)
}

// connect follows no redirect: the token would go along to wherever it leads.
func connect(f cli.Forge) (*gitlab.Client, error) {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return gitlab.NewClient(f.Token, gitlab.WithBaseURL(f.API), gitlab.WithCustomRetryMax(2),
		gitlab.WithHTTPClient(&http.Client{Timeout: mostWait, CheckRedirect: stay}))
}

// board are the issues of a project.
type board struct {
	ctx     context.Context
	client  *gitlab.Client
	project string
	d       *register.Register
}

// open are the open issues that this program wrote, by the code of the unit, the
// oldest first. One that somebody else wrote is left alone, whatever it says.
func (g *board) open() (map[string][]*gitlab.Issue, error) {
	me, _, err := g.client.Users.CurrentUser(gitlab.WithContext(g.ctx))
	if err != nil {
		return nil, err
	}
	found := map[string][]*gitlab.Issue{}
	o := &gitlab.ListProjectIssuesOptions{State: new("opened"), AuthorID: &me.ID, Scope: new("all"),
		Labels: &gitlab.LabelOptions{Label}, OrderBy: new("created_at"), Sort: new("asc")}
	o.PerPage = 100
	for {
		issues, answer, err := g.client.Issues.ListProjectIssues(g.project, o, gitlab.WithContext(g.ctx))
		if err != nil {
			return nil, err
		}
		for _, issue := range issues {
			if m := marker.FindStringSubmatch(issue.Description); m != nil && issue.Author != nil &&
				issue.Author.ID == me.ID {
				found[m[1]] = append(found[m[1]], issue)
			}
		}
		if answer.NextPage == 0 {
			return found, nil
		}
		o.Page = answer.NextPage
	}
}

// tell brings the issue of a unit to what the message says; of several the first.
func (g *board) tell(m *Message, open []*gitlab.Issue) (done Done, err error) {
	done.Unit = m.Unit
	if len(m.Items) == 0 {
		if len(open) > 0 {
			done.Verb, done.URL = "关闭", open[0].WebURL
		}
		return done, g.close(open)
	}
	assignees, unknown, err := g.users(m.Accounts)
	if err != nil {
		return done, err
	}
	done.Unknown = unknown
	body, err := g.body(m)
	if err != nil {
		return done, err
	}
	title := office.PlainCell(m.Title)
	var day *gitlab.ISOTime
	if m.Due != 0 {
		at := gitlab.ISOTime(m.Due.Start())
		day = &at
	}
	if len(open) == 0 {
		issue, _, err := g.client.Issues.CreateIssue(g.project, &gitlab.CreateIssueOptions{Title: &title,
			Description: &body, AssigneeIDs: assignees, DueDate: day, Confidential: new(true),
			Labels: &gitlab.LabelOptions{Label}}, gitlab.WithContext(g.ctx))
		if err != nil {
			return done, err
		}
		done.Verb, done.URL = "新建", issue.WebURL
		return done, nil
	}
	issue := open[0]
	done.URL = issue.WebURL
	if err := g.close(open[1:]); err != nil {
		return done, err
	}
	if issue.Title == title && strings.TrimSpace(issue.Description) == strings.TrimSpace(body) &&
		sameUsers(issue.Assignees, assignees) {
		return done, nil
	}
	done.Verb = "更新"
	o := &gitlab.UpdateIssueOptions{Title: &title, Description: &body, AssigneeIDs: assignees, DueDate: day}
	o.ResetDueDate = day == nil
	_, _, err = g.client.Issues.UpdateIssue(g.project, issue.IID, o, gitlab.WithContext(g.ctx))
	return done, err
}

// body is the description: the table, and whom else it concerns. GitLab CE takes
// one assignee, so the others are named.
func (g *board) body(m *Message) (string, error) {
	var b bytes.Buffer
	if err := overdue.Markdown(&b, g.d, m.Items, nil); err != nil {
		return "", err
	}
	if len(m.Accounts) > 1 {
		b.WriteString("\n请一并办理：@" + strings.Join(m.Accounts[1:], " @") + "\n")
	}
	b.WriteString("\n这个议题每天由定时流水线更新，没有到期的事项时自动关闭，不必手工关闭。\n\n" +
		"<!-- suqiu:督办提醒 " + m.Code + " -->\n")
	return b.String(), nil
}

func (g *board) close(issues []*gitlab.Issue) error {
	for _, issue := range issues {
		o := &gitlab.UpdateIssueOptions{StateEvent: new("close")}
		_, _, err := g.client.Issues.UpdateIssue(g.project, issue.IID, o, gitlab.WithContext(g.ctx))
		if err != nil {
			return err
		}
	}
	return nil
}

// users are the numbers of the first of the accounts that the forge knows.
func (g *board) users(accounts []string) (ids *[]int64, unknown []string, err error) {
	ids = &[]int64{}
	for _, account := range accounts {
		o := &gitlab.ListUsersOptions{Username: &account}
		users, _, err := g.client.Users.ListUsers(o, gitlab.WithContext(g.ctx))
		if err != nil {
			return nil, nil, err
		}
		switch {
		case len(users) == 0:
			unknown = append(unknown, account)
		case len(*ids) == 0:
			*ids = append(*ids, users[0].ID)
		}
	}
	return ids, unknown, nil
}

func sameUsers(now []*gitlab.IssueAssignee, want *[]int64) bool {
	var ids []int64
	for _, a := range now {
		ids = append(ids, a.ID)
	}
	return slices.Equal(ids, *want)
}

// explain says in Chinese why the forge did not do it. It never holds the token,
// which goes in a header alone.
func explain(what string, err error) error {
	var answer *gitlab.ErrorResponse
	if !errors.As(err, &answer) {
		return fmt.Errorf("%s：连不上 GitLab：%w", what, err)
	}
	status := answer.StatusCode
	if answer.Response != nil {
		status = cmp.Or(status, answer.Response.StatusCode)
	}
	why := map[int]string{
		http.StatusUnauthorized: "令牌无效或者过期：请换一个，写进 CI/CD 变量 SUQIU_REMIND_TOKEN",
		http.StatusForbidden:    "令牌的权限不够：要 api 范围、报告者（Reporter）以上的角色",
		http.StatusNotFound:     "找不到项目，或者令牌看不到它，或者项目没有开启议题",
	}[status]
	if why == "" {
		why = fmt.Sprintf("GitLab 没有接受（%d）：%s", status, answer.Message)
	}
	return fmt.Errorf("%s：%s", what, why)
}
