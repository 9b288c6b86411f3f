// Package form answers what a page with forms asks: what can be done with a case,
// and what a step on it becomes. Requests and answers are JSON, so that the same
// page works with this program in the browser; it knows no Git and no network.
package form

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/form/trail"
	"suqiu/internal/people"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/step"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// Engine remembers what a page has opened.
type Engine struct {
	bureau *trail.Bureau
	config *config.Config // the bureau's, or that of the forge
	email  string
	who    config.Actor
	now    time.Time
	cases  []*opened
}

// opened is a case that a page has opened.
type opened struct {
	told  *trail.Case
	text  string
	blob  string
	stale bool
	scene step.Scene
	steps []step.Step
}

// Call answers a request. The error says in Chinese why it cannot.
func (e *Engine) Call(name string, request []byte) ([]byte, error) {
	answer, err := e.call(name, request)
	if err != nil {
		return nil, err
	}
	return json.Marshal(answer)
}

func (e *Engine) call(name string, request []byte) (any, error) {
	switch name {
	case "open":
		return answered(request, e.open)
	case "apply":
		return answered(request, e.apply)
	case "register":
		return answered(request, e.register)
	case "paper":
		return answered(request, e.paper)
	case "lines":
		return answered(request, e.lines)
	case "sha256":
		return answered(request, digest)
	}
	return nil, fmt.Errorf("表单没有“%s”这一功能：网页与程序不是同一版本，请刷新页面", name)
}

// answered reads a request and answers it.
func answered[Q, A any](request []byte, answer func(*Q) (A, error)) (any, error) {
	var q Q
	if err := json.Unmarshal(request, &q); err != nil {
		return nil, fmt.Errorf("表单的数据读不懂，请刷新页面：%w", err)
	}
	return answer(&q)
}

type (
	textRequest  struct{ Text string }
	digestAnswer struct {
		Base64 string `json:"base64url"`
	}
)

// digest is what PKCE needs, where a page over plain HTTP has no crypto.subtle.
func digest(q *textRequest) (digestAnswer, error) {
	sum := sha256.Sum256([]byte(q.Text))
	return digestAnswer{base64.RawURLEncoding.EncodeToString(sum[:])}, nil
}

// file is a case with its file as just read; without a text it is the data's.
type file struct {
	Case json.RawMessage
	Text *string
}

// openRequest opens one case, several, or, with none, a registration.
type openRequest struct {
	Bureau json.RawMessage
	file
	Several []file
	Who     struct {
		Unit   string // its code
		Email  string
		Config string // suqiu.yaml, as just read
	}
	Now time.Time
}

// open takes over what a page has loaded, in place of what was opened before.
func (e *Engine) open(q *openRequest) (*openAnswer, error) {
	next := Engine{now: q.Now.In(workday.Shanghai), email: q.Who.Unit}
	var err error
	if next.bureau, err = trail.ReadBureau(q.Bureau); err != nil {
		return nil, fmt.Errorf("网站的表单数据（bureau.js）读不懂，请刷新页面：%w", err)
	}
	next.config = next.bureau.Config
	if q.Who.Email != "" {
		next.email = q.Who.Email
		next.config = config.Parse("suqiu.yaml", []byte(q.Who.Config))
		if next.config.Unreadable != nil {
			return nil, next.config.Unreadable
		}
	} else if u := next.config.Unit(q.Who.Unit); u != nil {
		next.email = u.Code
	} else if q.Who.Unit != "" {
		return nil, fmt.Errorf("suqiu.yaml 中没有单位“%s”", q.Who.Unit)
	}
	next.who = next.config.Actor(next.email, workday.Of(next.now))
	if q.Who.Email != "" && next.config.HasAddresses() && len(next.who.Units)+len(next.who.Roles) == 0 {
		return nil, fmt.Errorf("%s 没有登记在 suqiu.yaml 中，不知道是哪个单位：请联席办登记，或换用本单位邮箱的账号",
			q.Who.Email)
	}
	files := q.Several
	if len(files) == 0 && present(q.Case) {
		files = []file{q.file}
	}
	for i := range files {
		c, err := next.openCase(&files[i])
		if err != nil {
			return nil, err
		}
		next.cases = append(next.cases, c)
	}
	*e = next
	return e.opened()
}

func present(data json.RawMessage) bool { return len(data) > 0 && string(data) != "null" }

func (e *Engine) openCase(f *file) (*opened, error) {
	told, err := trail.ReadCase(f.Case)
	if err != nil {
		return nil, fmt.Errorf("网站的事项数据读不懂，请刷新页面：%w", err)
	}
	c := &opened{told: told, text: told.Text}
	if f.Text != nil {
		c.text = *f.Text
	}
	if c.text == "" {
		return nil, fmt.Errorf("%s 限范围查看，网站上没有全文：请先登录，用有权查看的账号读取", told.ID)
	}
	c.blob = trail.Blob(c.text, e.bureau.Digits)
	now := record.Parse(told.Path, []byte(c.text), e.config.Canon)
	if now.Unreadable {
		return nil, fmt.Errorf("%s 的文件读不懂，不能用表单办理：请先按检查的提示改好文件", told.ID)
	}
	h, env := e.follow(c, now)
	env.AsOf = workday.Of(e.now)
	life := replay.Case(h, env)
	c.scene = step.Scene{Env: env, Case: now, Life: &life, Email: e.email, Now: e.now}
	if !c.stale {
		h.Flagged = []timeline.Flagged{{Text: []byte(c.text)}}
		c.scene.History = h
	}
	c.steps = c.scene.Steps()
	return c, nil
}

// follow is how a case came where it is. Of a text that is another than the one that
// the site was made of nobody knows who said what is new in it: it counts as said
// now, which shows where the case stands and judges nobody.
func (e *Engine) follow(c *opened, now *record.Case) (*timeline.CaseHistory, replay.Env) {
	told := *c.told
	c.stale = c.blob != told.Blob || told.History == nil
	last := now
	if c.stale {
		if last = record.Parse(told.Path, []byte(told.Text), e.config.Canon); told.Text == "" {
			told.History = nil // which refers to a text that nobody has
		}
	}
	b := *e.bureau
	b.Config = e.config
	h, env := b.Scene(&told, last)
	if !c.stale {
		return h, env
	}
	n := len(env.Landings)
	if n == 0 {
		env.Baseline, last = 0, nil // it is taken as it is found
	}
	at := timeline.MomentOf(e.now)
	var somebody people.Person
	env.Landings = append(env.Landings, timeline.Landing{At: e.now, Author: &somebody, Authored: at, Committed: at})
	by := timeline.Attribution{Author: somebody, Authored: e.now, Committed: e.now}
	h.Landings = append(h.Landings, timeline.CaseLanding{Landing: n, Before: last, After: now,
		Steps: []timeline.Step{{Attribution: by, State: now.State, Changes: record.Diff(last, now)}}})
	h.Head, h.Last = now, now
	return h, env
}
