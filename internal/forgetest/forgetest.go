// Package forgetest is a forge for tests of the forms: a server that answers what
// GitLab's published API answers at the addresses that the forms use, and refuses
// what the services behind it refuse, in their words. Behind it is a real bare
// repository: commits are commits, and its pre-receive hook is asked as GitLab asks
// it, so that its refusals are real.
//
// What it does not have it does not pretend: an address that the forms do not use
// is not found.
package forgetest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Levels of access to the project, as GitLab counts them.
const (
	Guest      = 10
	Reporter   = 20
	Developer  = 30
	Maintainer = 40
)

// A User of the forge.
type User struct {
	Name, Username, Email string

	Level  int
	Locale string // zh_CN: refusals in Chinese, as GitLab has them for its users
}

// Settings say what a Server serves.
type Settings struct {
	Dir       string // the bare repository
	Project   string // group/project
	Main      string
	App       string   // the application's number
	Redirects []string // the redirect addresses that are registered for it
	Scopes    []string // that it may ask for; none: api
	Users     []User
	Now       func() time.Time // of commits
	Environ   []string         // of git
	// Checks says how the pipeline of a commit ends; nil: well.
	Checks func(commit string) bool
}

// Server is the forge.
type Server struct {
	*httptest.Server
	Settings

	mu       sync.Mutex
	scratch  string // objects before they are pushed
	codes    map[string]*grant
	tokens   map[string]*grant
	requests []*request
	asked    []string
	broken   map[string]int
	between  map[string]func()
}

// New starts a forge, which ends with the test.
func New(t testing.TB, s Settings) *Server {
	t.Helper()
	if s.Scopes == nil {
		s.Scopes = []string{"api"}
	}
	f := &Server{Settings: s, scratch: t.TempDir(), codes: map[string]*grant{}, tokens: map[string]*grant{},
		broken: map[string]int{}, between: map[string]func(){}}
	if err := f.prepare(); err != nil {
		t.Fatal(err)
	}
	f.Server = httptest.NewServer(f.routes())
	t.Cleanup(f.Close)
	return f
}

func (f *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /oauth/authorize", f.authorize)
	mux.HandleFunc("POST /oauth/authorize", f.consent)
	mux.HandleFunc("POST /oauth/token", f.token)
	mux.HandleFunc("POST /oauth/revoke", f.revoke)
	const project = "/api/v4/projects/{id}"
	for pattern, answer := range map[string]func(*call) reply{
		"GET /api/v4/user":                               f.user,
		"GET " + project + "/repository/branches":        f.branches,
		"GET " + project + "/repository/branches/{name}": f.branch,
		"GET " + project + "/repository/files/{path}":    f.file,
		"GET " + project + "/repository/tree":            f.tree,
		"GET " + project + "/repository/compare":         f.compare,
		"POST " + project + "/repository/commits":        f.commit,
		"GET " + project + "/merge_requests":             f.listRequests,
		"POST " + project + "/merge_requests":            f.openRequest,
		"GET " + project + "/merge_requests/{iid}":       f.showRequest,
		"PUT " + project + "/merge_requests/{iid}/merge": f.merge,
	} {
		mux.HandleFunc(pattern, f.api(answer))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.meanwhile(r.Method + " " + r.URL.Path)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.asked = append(f.asked, r.Method+" "+r.URL.String())
		if !cors(w, r) {
			mux.ServeHTTP(w, r)
		}
	})
}

func (f *Server) meanwhile(request string) {
	f.mu.Lock()
	var now []func()
	for prefix, do := range f.between {
		if strings.HasPrefix(request, prefix) {
			now = append(now, do)
			delete(f.between, prefix)
		}
	}
	f.mu.Unlock()
	for _, do := range now {
		do()
	}
}

// cors allows other origins what GitLab allows them: the API without cookies, and
// to change a code for a token and to revoke it. It reports whether that was all
// that was asked.
func cors(w http.ResponseWriter, r *http.Request) bool {
	preflight := r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
	headers := ""
	switch {
	case strings.HasPrefix(r.URL.Path, "/api/"):
		headers = r.Header.Get("Access-Control-Request-Headers")
	case r.URL.Path == "/oauth/token" || r.URL.Path == "/oauth/revoke":
		headers = "Authorization"
	default:
		return preflight
	}
	if r.Header.Get("Origin") != "" {
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}
	if preflight {
		w.Header().Set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
		w.Header().Set("Access-Control-Allow-Headers", headers)
	}
	return preflight
}

// Asked are the requests so far: method and address.
func (f *Server) Asked() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.asked)
}

// Break lets the next n requests whose method and path begin so fail, as a forge
// does that is being updated.
func (f *Server) Break(prefix string, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken[prefix] = n
}

// Between lets something happen just before the next request whose method and path
// begin so: what somebody else does at the same moment.
func (f *Server) Between(prefix string, do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.between[prefix] = do
}

// Expire lets every token run out.
func (f *Server) Expire() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, g := range f.tokens {
		g.expired = true
	}
}

// Token is a token of a user's own, as one who speaks to the API without the forms
// has it.
func (f *Server) Token(username string, scopes ...string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	token := random()
	f.tokens[token] = &grant{user: f.find(username), scopes: scopes}
	return token
}

// Live is how many tokens are neither revoked nor run out.
func (f *Server) Live() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, g := range f.tokens {
		if !g.revoked && !g.expired {
			n++
		}
	}
	return n
}

func (f *Server) find(username string) *User {
	for i := range f.Users {
		if f.Users[i].Username == username {
			return &f.Users[i]
		}
	}
	return nil
}

// reply is an answer of the API.
type reply struct {
	status int
	body   any
}

func refuse(status int, message any) reply { return reply{status, map[string]any{"message": message}} }

// call is a request to the API by a user who may make it.
type call struct {
	*http.Request
	by     *User
	fields map[string]json.RawMessage
}

// text is a field of the body, or of the query.
func (c *call) text(name string) string {
	var s string
	if json.Unmarshal(c.fields[name], &s) == nil && s != "" {
		return s
	}
	return c.URL.Query().Get(name)
}

func (c *call) flag(name string) bool { return string(c.fields[name]) == "true" }

// api lets through who has a token with the scope, and sees the project.
func (f *Server) api(answer func(*call) reply) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		send := func(a reply) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(a.status)
			_ = json.NewEncoder(w).Encode(a.body)
		}
		for prefix, n := range f.broken {
			if n > 0 && strings.HasPrefix(r.Method+" "+r.URL.Path, prefix) {
				f.broken[prefix]--
				send(refuse(http.StatusBadGateway, "502 Bad Gateway"))
				return
			}
		}
		c := &call{Request: r}
		g, refusal := f.bearer(r)
		if refusal != nil {
			send(*refusal)
			return
		}
		c.by = g.user
		if id := r.PathValue("id"); id != "" && (id != f.Project || c.by.Level < Reporter) {
			send(refuse(http.StatusNotFound, "404 Project Not Found"))
			return
		}
		if r.Method != http.MethodGet {
			if err := json.NewDecoder(r.Body).Decode(&c.fields); err != nil {
				send(reply{http.StatusBadRequest, map[string]string{"error": "400 Bad Request"}})
				return
			}
		}
		send(answer(c))
	}
}

func (f *Server) user(c *call) reply {
	return reply{http.StatusOK, map[string]any{"username": c.by.Username, "name": c.by.Name, "email": c.by.Email,
		"commit_email": c.by.Email, "state": "active"}}
}
