package handin

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
)

// formPage is the page with the forms.
const formPage = "step.html"

// Page gives the page with the forms, as it lies in the folder of a site, a token of
// its own, and leaves others to next. Nobody is given one who does not open it as a
// page: a script elsewhere in the site need not have it.
func (c *Counter) Page(dir string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		dest := r.Header.Get("Sec-Fetch-Dest")
		page, err := os.ReadFile(filepath.Join(dir, formPage))
		if r.URL.Path != "/"+formPage || r.Method != http.MethodGet || err != nil || dest != "" && dest != "document" {
			next.ServeHTTP(w, r)
			return
		}
		for name, value := range map[string]string{"Content-Type": "text/html; charset=utf-8",
			"Cache-Control": "no-store", "X-Frame-Options": "DENY", "Content-Security-Policy": "frame-ancestors 'none'",
			"Cross-Origin-Opener-Policy": "same-origin", "Referrer-Policy": "no-referrer"} {
			w.Header().Set(name, value)
		}
		meta := `<meta name="suqiu-serve" content="` + c.tokens.issue() + `"></head>`
		_, _ = w.Write(bytes.Replace(page, []byte("</head>"), []byte(meta), 1)) // a reader that has gone
	})
}
