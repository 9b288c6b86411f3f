package config

import (
	"cmp"
	"net/url"
	"strings"
)

// Forge is where the repository lives on its forge, as the forms reach it: what
// 网址 and 网页提交 say together.
type Forge struct {
	Platform string // GitLab, Gitea, Forgejo
	Origin   string // scheme, host and port: what the policy of the forms allows
	Base     string // the address of the forge itself, which may lie below the origin
	Project  string // group/project
	App      string // 应用编号; empty: forms only copy
	Main     string // the main branch
	Auto     []string
}

// Forge is nil if the settings do not say where the repository lives.
func (c *Config) Forge() *Forge {
	project, err := url.Parse(c.URL)
	if err != nil || c.URL == "" {
		return nil
	}
	base, err := url.Parse(cmp.Or(c.Forms.URL, project.Scheme+"://"+project.Host))
	if err != nil || !plainHost(base) {
		return nil
	}
	// The project may be named by another address than that of the forge, such as
	// one that is known within the bureau alone: its path is the same.
	path := strings.Trim(strings.TrimPrefix(project.Path+"/", base.Path+"/"), "/")
	if path == "" {
		return nil
	}
	origin := base.Scheme + "://" + base.Host
	return &Forge{Platform: cmp.Or(c.Forms.Platform, "GitLab"), Origin: origin, Base: origin + base.EscapedPath(),
		Project: path, App: c.Forms.App, Main: c.MainBranch, Auto: c.Forms.Auto}
}

// plainHost reports whether an address names a host and nothing that would mean
// more in a policy: no name and password, no semicolon, no star.
func plainHost(u *url.URL) bool {
	return u.Host != "" && u.User == nil && !strings.ContainsFunc(u.Host, func(c rune) bool {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		return !letter && (c < '0' || c > '9') && !strings.ContainsRune(".-_:[]", c)
	})
}
