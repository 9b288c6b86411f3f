// Package handin takes what a form on a page of this machine made, and puts it on a
// branch of the clone at hand. Everything on the machine can reach the address, so
// a request is taken only with the token that one page was given, from that page's
// own origin; and of what it brings nothing is believed: the files are judged here
// again, and the step that they stand for must be one that the desk has to offer.
package handin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"suqiu/internal/config"
	"suqiu/internal/desk"
	"suqiu/internal/misuse"
	"suqiu/internal/privacy"
)

// The addresses, and the header that carries the token.
const (
	FilePath    = "/_suqiu/file"
	NumbersPath = "/_suqiu/numbers"
	StepPath    = "/_suqiu/step"
	TokenHeader = "Suqiu-Token"
)

// Counter is where forms are handed in.
type Counter struct {
	// Address is host and port at which the page is served.
	Address string
	// Open is the desk as the main branch is now.
	Open func(context.Context) (*desk.Desk, error)

	tokens tokens
	writes sync.Mutex // one branch at a time
}

// Handler answers the addresses of the counter, and leaves others to next.
func (c *Counter) Handler(next http.Handler) http.Handler {
	answers := map[string]struct {
		method string
		answer func(*http.Request) (any, error)
	}{
		FilePath: {http.MethodGet, c.files}, NumbersPath: {http.MethodGet, c.numbers},
		StepPath: {http.MethodPost, c.take},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ours := answers[r.URL.Path]
		if !ours {
			next.ServeHTTP(w, r)
			return
		}
		for name, value := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"} {
			w.Header().Set(name, value)
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if why := c.stranger(r, a.method); why != nil {
			why.write(w)
			return
		}
		if a.method == http.MethodPost {
			w.Header().Set(TokenHeader, c.tokens.issue())
		}
		answer, err := a.answer(r)
		if err != nil {
			refusalOf(err).write(w)
			return
		}
		write(w, http.StatusOK, answer)
	})
}

// filesAnswer is what a form is filled in on.
type filesAnswer struct {
	Head   string          `json:"head"`
	Config string          `json:"config"`
	Name   string          `json:"name"`
	Email  string          `json:"email"`
	Files  map[string]file `json:"files"`
}

type file struct {
	Text string `json:"text"`
	Blob string `json:"blob"`
}

// files reads files of the main branch, and who fills in.
func (c *Counter) files(r *http.Request) (any, error) {
	d, err := c.Open(r.Context())
	if err != nil {
		return nil, err
	}
	config, err := d.File(config.Path)
	if err != nil {
		return nil, err
	}
	a := filesAnswer{d.Base, config.Text, d.Name(), d.Email, map[string]file{}}
	for _, name := range r.URL.Query()["path"] {
		if !desk.Fills(name) {
			return nil, misuse.New("%s 不是表单能改的文件", name)
		}
		f, err := d.File(name)
		if err != nil {
			return nil, err
		}
		a.Files[name] = file{f.Text, f.Blob}
	}
	return a, nil
}

// numbers are the highest of each month and unit, on the main branch and on others.
func (c *Counter) numbers(r *http.Request) (any, error) {
	d, err := c.Open(r.Context())
	if err != nil {
		return nil, err
	}
	return d.Numbers(r.Context())
}

// handed is what a form hands in. What else it says, a step says by itself.
type handed struct {
	Files  []desk.File `json:"files"`
	Branch string      `json:"branch"`
}

type taken struct {
	Branch  string `json:"branch"`
	Commit  string `json:"commit"`
	Message string `json:"message"`
	Next    string `json:"next"` // what is left to be done
}

// take makes a branch of what was handed in, if check --base finds no error in it.
func (c *Counter) take(r *http.Request) (any, error) {
	var h handed
	in := json.NewDecoder(r.Body)
	in.DisallowUnknownFields()
	if err := in.Decode(&h); err != nil {
		return nil, unreadable(err)
	}
	if in.More() {
		return nil, unreadable(errors.New("后面还有内容"))
	}
	c.writes.Lock()
	defer c.writes.Unlock()
	d, err := c.Open(r.Context())
	if err != nil {
		return nil, err
	}
	p, err := d.Handed(r.Context(), h.Files, h.Branch)
	if err != nil {
		return nil, err
	}
	j, err := d.Judge(r.Context(), p)
	if err != nil {
		return nil, err
	}
	defer j.Close()
	if len(j.Blocking) > 0 {
		return nil, &misuse.Error{What: "检查有错误，没有提交：\n" + blocking(j)}
	}
	if err := j.Keep(r.Context()); err != nil {
		return nil, err
	}
	return taken{j.Branch, j.Commit, "已提交到本机的分支 " + j.Branch,
		"工作区没有改动。推送并建立合并请求：git push -o merge_request.create origin " + j.Branch}, nil
}

// shown bounds how many errors are told.
const shown = 5

// blocking says what stands in the way.
func blocking(j *desk.Judged) string {
	var b strings.Builder
	for i, f := range j.Blocking {
		if i == shown {
			fmt.Fprintf(&b, "另有 %d 个错误\n", len(j.Blocking)-shown)
			break
		}
		fmt.Fprintf(&b, "%s：%s（%s）", f.Path, f.Message, f.Rule)
		if f.Fix != "" {
			fmt.Fprintf(&b, "。改法：%s", strings.TrimSpace(f.Fix))
		}
		b.WriteString("\n")
	}
	return string(privacy.Masked([]byte(strings.TrimSpace(b.String()))))
}
