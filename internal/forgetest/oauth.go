package forgetest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// grant is a code, and the token that it was changed for.
type grant struct {
	user      *User
	scopes    []string
	redirect  string
	challenge string
	used      bool
	revoked   bool
	expired   bool
}

func random() string { return rand.Text() }

// authorize is the page on which a user signs in and agrees. A wrong application or
// redirect address is told here and never leads away.
func (f *Server) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("client_id") != f.App {
		http.Error(w, "Client authentication failed due to unknown client", http.StatusUnauthorized)
		return
	}
	if !slices.Contains(f.Redirects, q.Get("redirect_uri")) {
		http.Error(w, "The redirect URI included is not valid.", http.StatusBadRequest)
		return
	}
	fault := ""
	for scope := range strings.FieldsSeq(q.Get("scope")) {
		if !slices.Contains(f.Scopes, scope) {
			fault = "invalid_scope"
		}
	}
	if q.Get("response_type") != "code" {
		fault = "unsupported_response_type"
	}
	if m := q.Get("code_challenge_method"); q.Get("code_challenge") != "" && m != "S256" {
		fault = "invalid_code_challenge_method"
	}
	if fault != "" {
		back(w, r, q, "error", fault)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'")
	fmt.Fprint(w, `<!DOCTYPE html><title>Authorize</title><form method="post">`)
	for _, u := range f.Users {
		fmt.Fprintf(w, `<button name="user" value="%s">%[1]s</button>`, html.EscapeString(u.Username))
	}
	fmt.Fprint(w, `<button name="user" value="">Deny</button></form>`)
}

func (f *Server) consent(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	u := f.find(r.PostFormValue("user"))
	if u == nil {
		back(w, r, q, "error", "access_denied")
		return
	}
	code := random()
	f.codes[code] = &grant{user: u, scopes: strings.Fields(q.Get("scope")), redirect: q.Get("redirect_uri"),
		challenge: q.Get("code_challenge")}
	back(w, r, q, "code", code)
}

func back(w http.ResponseWriter, r *http.Request, q url.Values, key, value string) {
	answer := url.Values{key: {value}, "state": {q.Get("state")}}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+answer.Encode(), http.StatusSeeOther)
}

// token changes a code for a token, once, for whoever began.
func (f *Server) token(w http.ResponseWriter, r *http.Request) {
	fault := func(status int, name, text string) {
		oauthAnswer(w, status, map[string]any{"error": name, "error_description": text})
	}
	g := f.codes[r.PostFormValue("code")]
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	switch {
	case r.PostFormValue("client_id") != f.App:
		fault(http.StatusUnauthorized, "invalid_client", "Client authentication failed due to unknown client, no "+
			"client authentication included, or unsupported authentication method.")
	case r.PostFormValue("grant_type") != "authorization_code":
		fault(http.StatusBadRequest, "unsupported_grant_type", "The authorization grant type is not supported by the "+
			"authorization server.")
	case g != nil && g.challenge != "" && r.PostFormValue("code_verifier") == "":
		fault(http.StatusBadRequest, "invalid_request", "Missing required parameter: code_verifier.")
	case g == nil || g.used || r.PostFormValue("redirect_uri") != g.redirect ||
		g.challenge != "" && base64.RawURLEncoding.EncodeToString(sum[:]) != g.challenge:
		fault(http.StatusBadRequest, "invalid_grant", "The provided authorization grant is invalid, expired, revoked, "+
			"does not match the redirection URI used in the authorization request, or was issued to another client.")
	default:
		g.used = true
		token := random()
		f.tokens[token] = g
		oauthAnswer(w, http.StatusOK, map[string]any{"access_token": token, "token_type": "Bearer",
			"expires_in": 7200, "refresh_token": random(), "scope": strings.Join(g.scopes, " ")})
	}
}

func (f *Server) revoke(w http.ResponseWriter, r *http.Request) {
	if r.PostFormValue("client_id") != f.App {
		oauthAnswer(w, http.StatusForbidden, map[string]any{"error": "unauthorized_client",
			"error_description": "You are not authorized to revoke this token"})
		return
	}
	if g := f.tokens[r.PostFormValue("token")]; g != nil {
		g.revoked = true
	}
	oauthAnswer(w, http.StatusOK, map[string]any{})
}

func oauthAnswer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// bearer is whose token a request carries, if it may do what it asks for: to read
// takes read_api or api, to write api.
func (f *Server) bearer(r *http.Request) (*grant, *reply) {
	token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	g := f.tokens[token]
	invalid := func(text string) (*grant, *reply) {
		return nil, &reply{http.StatusUnauthorized, map[string]string{"error": "invalid_token",
			"error_description": text}}
	}
	switch {
	case !found:
		a := refuse(http.StatusUnauthorized, "401 Unauthorized")
		return nil, &a
	case g == nil:
		return invalid("Token was not found.")
	case g.revoked:
		return invalid("Token was revoked. You have to re-authorize from the user.")
	case g.expired:
		return invalid("Token is expired. You can either do re-authorization or token refresh.")
	}
	enough := slices.Contains(g.scopes, "api") || r.Method == http.MethodGet && slices.Contains(g.scopes, "read_api")
	if !enough {
		return nil, &reply{http.StatusForbidden, map[string]string{"error": "insufficient_scope",
			"error_description": "The request requires higher privileges than provided by the access token.",
			"scope":             "api"}}
	}
	return g, nil
}
