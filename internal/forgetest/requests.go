package forgetest

import (
	"fmt"
	"net/http"
	"strconv"
)

// request is a merge request. Its pipeline comes a little after it, as in real
// life: looks counts how often somebody has looked.
type request struct {
	iid            int
	source, target string
	title, body    string
	by             *User
	state          string
	looks, merges  int
	auto           *User // who asked that it merge by itself
	refused        string
}

// Request is what a test reads of a merge request.
type Request struct {
	Source, Title, Body, State, By string

	Auto bool
}

// Requests are the merge requests so far.
func (f *Server) Requests() []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []Request
	for _, r := range f.requests {
		list = append(list, Request{r.source, r.title, r.body, r.state, r.by.Username, r.auto != nil})
	}
	return list
}

// Merge merges a request as a user does who presses the button.
func (f *Server) Merge(iid int, username string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.requests[iid-1]
	if !f.mergeNow(r, f.find(username)) {
		return fmt.Errorf("merge request %d: %s", iid, r.refused)
	}
	return nil
}

func (f *Server) listRequests(c *call) reply {
	list := []any{}
	for _, r := range f.requests {
		if r.state == c.text("state") && r.source == c.text("source_branch") {
			list = append(list, f.view(r))
		}
	}
	return reply{http.StatusOK, list}
}

func (f *Server) openRequest(c *call) reply {
	source, target := c.text("source_branch"), c.text("target_branch")
	switch {
	case c.by.Level < Developer:
		return refuse(http.StatusForbidden, "403 Forbidden")
	case c.text("title") == "":
		return reply{http.StatusBadRequest, map[string]string{"error": "title is missing"}}
	case f.tip(source) == "" || f.tip(target) == "":
		return refuse(http.StatusBadRequest, []string{`Source branch "` + source + `" does not exist`})
	}
	for _, r := range f.requests {
		if r.source == source && r.target == target && r.state == "opened" {
			return refuse(http.StatusConflict,
				[]string{"Another open merge request already exists for this source branch: !" + strconv.Itoa(r.iid)})
		}
	}
	r := &request{iid: len(f.requests) + 1, source: source, target: target, title: c.text("title"),
		body: c.text("description"), by: c.by, state: "opened"}
	f.requests = append(f.requests, r)
	return reply{http.StatusCreated, f.view(r)}
}

func (f *Server) request(c *call) *request {
	n, err := strconv.Atoi(c.PathValue("iid"))
	if err != nil || n < 1 || n > len(f.requests) {
		return nil
	}
	return f.requests[n-1]
}

func (f *Server) showRequest(c *call) reply {
	r := f.request(c)
	if r == nil {
		return refuse(http.StatusNotFound, "404 Not found")
	}
	r.looks++
	if r.auto != nil && r.state == "opened" && f.pipeline(r) == "success" {
		f.mergeNow(r, r.auto)
	}
	return reply{http.StatusOK, f.view(r)}
}

// pipeline is the status of a request's pipeline: none before the second look,
// then running, from the fourth on at its end.
func (f *Server) pipeline(r *request) string {
	switch {
	case r.looks < 2:
		return ""
	case r.looks < 4:
		return "running"
	case f.Checks != nil && !f.Checks(f.tip(r.source)):
		return "failed"
	}
	return "success"
}

func (f *Server) view(r *request) map[string]any {
	home := f.URL + "/" + f.Project + "/-/"
	v := map[string]any{"iid": r.iid, "title": r.title, "description": r.body, "state": r.state, "sha": f.tip(r.source),
		"source_branch": r.source, "target_branch": r.target, "merge_error": r.refused,
		"web_url": home + "merge_requests/" + strconv.Itoa(r.iid), "merge_when_pipeline_succeeds": r.auto != nil}
	if p := f.pipeline(r); p != "" {
		v["head_pipeline"] = map[string]any{"status": p, "sha": f.tip(r.source), "web_url": home + "pipelines/1"}
	}
	return v
}

// merge is PUT …/merge. Right after creation a request is not mergeable yet: 405.
func (f *Server) merge(c *call) reply {
	r := f.request(c)
	if r == nil {
		return refuse(http.StatusNotFound, "404 Not found")
	}
	if c.by.Level < Maintainer {
		return refuse(http.StatusUnauthorized, "401 Unauthorized")
	}
	auto, status := c.flag("auto_merge") || c.flag("merge_when_pipeline_succeeds"), f.pipeline(r)
	r.merges++
	if r.state != "opened" || r.merges == 1 || auto && status != "running" && status != "success" {
		return refuse(http.StatusMethodNotAllowed, "405 Method Not Allowed")
	}
	if sha := c.text("sha"); sha != "" && sha != f.tip(r.source) {
		return refuse(http.StatusConflict, "SHA does not match HEAD of source branch: "+f.tip(r.source))
	}
	switch {
	case auto && status == "running":
		r.auto = c.by
	case !f.mergeNow(r, c.by):
		return refuse(http.StatusMethodNotAllowed, "405 Method Not Allowed")
	}
	return reply{http.StatusOK, f.view(r)}
}

// mergeNow makes the merge commit and pushes it, which the hook judges.
func (f *Server) mergeNow(r *request, u *User) bool {
	ours, theirs := f.tip(r.target), f.tip(r.source)
	tree, err := f.git(nil, "", "merge-tree", "--write-tree", ours, theirs)
	if err != nil {
		r.refused = "Merge conflict"
		return false
	}
	message := fmt.Sprintf("Merge branch '%s' into '%s'\n\n%s\n\nSee merge request %s!%d\n", r.source, r.target,
		r.title, f.Project, r.iid)
	commit, err := f.git(f.identity(u, u), message, "commit-tree", tree, "-p", ours, "-p", theirs)
	if err != nil {
		r.refused = err.Error()
		return false
	}
	if a := f.push(u, commit, r.target); a != nil {
		r.refused = fmt.Sprint(a.body)
		return false
	}
	r.state = "merged"
	return true
}

// Open opens a request for a branch as another page of the same user does.
func (f *Server) Open(source, username string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, &request{iid: len(f.requests) + 1, source: source, target: f.Main,
		title: source, by: f.find(username), state: "opened"})
}
