package handin

import (
	"crypto/rand"
	"crypto/subtle"
	"mime"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// maxBody bounds what is read of a request: a month's list of cases is far below it.
const maxBody = 8 << 20

func tooMuch() *refusal {
	return refuse(http.StatusRequestEntityTooLarge, "一次交来的内容太多")
}

// stranger says why a request is not from a page of ours; nil: it is.
func (c *Counter) stranger(r *http.Request, method string) *refusal {
	for _, why := range []*refusal{misdirected(r, method, c.Address), foreign(r), encoded(r)} {
		if why != nil {
			return why
		}
	}
	known := c.tokens.known
	if method == http.MethodPost {
		known = c.tokens.spend
	}
	if !known(r.Header.Get(TokenHeader)) {
		return refuse(http.StatusForbidden, "没有本页的口令，或者已经用过：请刷新页面再填")
	}
	return nil
}

// misdirected refuses another method, and a name that is not this machine's: a page
// from elsewhere may have had its own name lead here.
func misdirected(r *http.Request, method, address string) *refusal {
	_, port, _ := strings.Cut(address, ":")
	switch {
	case r.Method != method:
		return refuse(http.StatusMethodNotAllowed, "这里只接受 %s", method)
	case r.Host != address && r.Host != "localhost:"+port:
		return refuse(http.StatusForbidden, "只能以 %s 访问", address)
	}
	return nil
}

// foreign refuses what a browser says comes from another page than ours. One that
// writes must say where it comes from.
func foreign(r *http.Request) *refusal {
	origins := r.Header.Values("Origin")
	switch {
	case len(origins) == 0 && r.Method == http.MethodPost:
		return refuse(http.StatusForbidden, "没有写明从哪个网页来")
	case slices.ContainsFunc(origins, func(o string) bool { return o != "http://"+r.Host }) || len(origins) > 1:
		return refuse(http.StatusForbidden, "不接受别的网页交来的内容")
	}
	for name, own := range map[string]string{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"} {
		if values := r.Header.Values(name); len(values) > 0 && !slices.Equal(values, []string{own}) {
			return refuse(http.StatusForbidden, "不接受别的网页交来的内容（%s）", name)
		}
	}
	return nil
}

// encoded refuses a body that a page could send without asking first, one in another
// form, and one that is too long.
func encoded(r *http.Request) *refusal {
	if r.Method != http.MethodPost {
		return nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset, given := params["charset"]
	switch {
	case err != nil || kind != "application/json" || given && !strings.EqualFold(charset, "utf-8"):
		return refuse(http.StatusUnsupportedMediaType, "只接受 application/json")
	case r.Header.Get("Content-Encoding") != "":
		return refuse(http.StatusUnsupportedMediaType, "不接受压缩的内容")
	case r.URL.RawQuery != "":
		return refuse(http.StatusBadRequest, "地址后面不能带参数")
	case r.ContentLength > maxBody:
		return tooMuch()
	}
	return nil
}

// manyTokens is how many pages may be open.
const manyTokens = 64

// tokens are those that pages were given. Each writes once.
type tokens struct {
	mu   sync.Mutex
	list []string
}

func (t *tokens) issue() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.list) == manyTokens {
		t.list = t.list[1:]
	}
	t.list = append(t.list, rand.Text())
	return t.list[len(t.list)-1]
}

func (t *tokens) known(token string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.index(token) >= 0
}

func (t *tokens) spend(token string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := t.index(token)
	if i >= 0 {
		t.list = slices.Delete(t.list, i, i+1)
	}
	return i >= 0
}

func (t *tokens) index(token string) int {
	return slices.IndexFunc(t.list,
		func(own string) bool { return subtle.ConstantTimeCompare([]byte(own), []byte(token)) == 1 })
}
