package remind_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// forge answers what GitLab's published API answers about issues and users, and
// refuses what it refuses: no token (401), a token that may only read (403), a
// project that is not there (404), an issue without a title or with one too long
// (400).
type forge struct {
	*httptest.Server
	mu       sync.Mutex
	issues   []*issue
	requests []string
	fail     map[string]int // method and path → status to answer with
}

type user struct {
	ID       int64  `json:"id"`
	Username string `json:"username"`
}

type issue struct {
	IID          int64    `json:"iid"`
	Title        string   `json:"title"`
	Description  string   `json:"description"`
	State        string   `json:"state"`
	Labels       []string `json:"labels"`
	Author       user     `json:"author"`
	Assignees    []user   `json:"assignees"`
	DueDate      *string  `json:"due_date"`
	Confidential bool     `json:"confidential"`
	WebURL       string   `json:"web_url"`
}

const (
	token    = "glpat-api"
	readOnly = "glpat-read"
	projects = "/api/v4/projects/"
	perPage  = 2 // so that pages are turned
)

var people = []user{{1, "bot"}, {7, "lin"}, {8, "wang"}}

func newForge(t *testing.T) *forge {
	f := &forge{fail: map[string]int{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v4/user", func(w http.ResponseWriter, _ *http.Request) { answer(w, 200, people[0]) })
	mux.HandleFunc("GET /api/v4/users", func(w http.ResponseWriter, r *http.Request) {
		list := slices.DeleteFunc(slices.Clone(people), func(u user) bool {
			return u.Username != r.URL.Query().Get("username")
		})
		answer(w, 200, list)
	})
	mux.HandleFunc("GET /api/v4/projects/{id}/issues", f.list)
	mux.HandleFunc("POST /api/v4/projects/{id}/issues", f.create)
	mux.HandleFunc("PUT /api/v4/projects/{id}/issues/{iid}", f.update)
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.requests = append(f.requests, r.Method+" "+r.URL.Path)
		sent := r.Header.Get("PRIVATE-TOKEN")
		switch {
		case f.fail[r.Method+" "+r.URL.Path] != 0:
			if status := f.fail[r.Method+" "+r.URL.Path]; status == http.StatusFound {
				http.Redirect(w, r, "http://127.0.0.1:1/elsewhere", status)
			} else {
				answer(w, status, map[string]string{"message": "no"})
			}
		case sent != token && sent != readOnly:
			answer(w, 401, map[string]string{"message": "401 Unauthorized"})
		case sent == readOnly && r.Method != http.MethodGet:
			answer(w, 403, map[string]string{"error": "insufficient_scope",
				"error_description": "The request requires higher privileges than provided by the access token.",
				"scope":             "api"})
		case strings.HasPrefix(r.URL.Path, projects) && !strings.HasPrefix(r.URL.Path, projects+"42/"):
			answer(w, 404, map[string]string{"message": "404 Project Not Found"})
		default:
			mux.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(f.Close)
	return f
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func (f *forge) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	var list []*issue
	for _, i := range f.issues {
		if i.State == q.Get("state") && fmt.Sprint(i.Author.ID) == q.Get("author_id") &&
			slices.Contains(i.Labels, q.Get("labels")) {
			list = append(list, i)
		}
	}
	page := max(1, number(q.Get("page")))
	if page*perPage < len(list) {
		w.Header().Set("X-Next-Page", strconv.Itoa(page+1))
	}
	answer(w, 200, list[min((page-1)*perPage, len(list)):min(page*perPage, len(list))])
}

func number(s string) int { n, _ := strconv.Atoi(s); return n }

// change is what a request may send of an issue.
type change struct {
	Title        *string `json:"title"`
	Description  *string `json:"description"`
	AssigneeIDs  []int64 `json:"assignee_ids"`
	DueDate      *string `json:"due_date"`
	Labels       string  `json:"labels"`
	Confidential bool    `json:"confidential"`
	StateEvent   string  `json:"state_event"`
}

func (f *forge) create(w http.ResponseWriter, r *http.Request) {
	var c change
	switch err := json.NewDecoder(r.Body).Decode(&c); {
	case err != nil:
		answer(w, 400, map[string]string{"error": err.Error()})
		return
	case c.Title == nil || *c.Title == "":
		answer(w, 400, map[string]string{"error": "title is missing"})
		return
	}
	i := &issue{IID: int64(len(f.issues) + 1), State: "opened", Author: people[0], Labels: strings.Split(c.Labels, ","),
		Confidential: c.Confidential}
	i.WebURL = f.URL + "/wlcb/suqiu/-/issues/" + fmt.Sprint(i.IID)
	if f.apply(w, i, c) {
		f.issues = append(f.issues, i)
		answer(w, 201, i)
	}
}

func (f *forge) update(w http.ResponseWriter, r *http.Request) {
	at := slices.IndexFunc(f.issues, func(i *issue) bool { return fmt.Sprint(i.IID) == r.PathValue("iid") })
	var c change
	if err := json.NewDecoder(r.Body).Decode(&c); err != nil || at < 0 {
		answer(w, 404, map[string]string{"message": "404 Issue Not Found"})
		return
	}
	if f.apply(w, f.issues[at], c) {
		answer(w, 200, f.issues[at])
	}
}

func (f *forge) apply(w http.ResponseWriter, i *issue, c change) bool {
	if c.Title != nil && len([]rune(*c.Title)) > 255 {
		answer(w, 400, map[string]any{"message": map[string][]string{
			"title": {"is too long (maximum is 255 characters)"}}})
		return false
	}
	if c.Title != nil {
		i.Title = *c.Title
	}
	if c.Description != nil {
		// GitLab keeps it without blanks around it.
		i.Description = strings.TrimSpace(*c.Description)
	}
	if c.AssigneeIDs != nil {
		i.Assignees = nil
		for _, id := range c.AssigneeIDs[:min(1, len(c.AssigneeIDs))] { // CE takes one
			i.Assignees = append(i.Assignees, people[slices.IndexFunc(people, func(u user) bool { return u.ID == id })])
		}
	}
	if c.DueDate != nil {
		i.DueDate = c.DueDate
	}
	if c.StateEvent == "close" {
		i.State = "closed"
	}
	return true
}

// writes are the requests that change something.
func (f *forge) writes() (n int) {
	for _, r := range f.requests {
		if !strings.HasPrefix(r, "GET ") {
			n++
		}
	}
	return n
}
