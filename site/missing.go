package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"io/fs"
	"strings"
)

// missingPage is what a server shows for an address that the site has not. It
// may be shown in any folder, so its style and the script that finds the site
// are inside, and its policy names them by their digests.
type missingPage struct {
	*Chrome
	Masthead              template.HTML
	Style                 template.CSS
	StyleHash, ScriptHash string
	Script                template.JS
}

// missingPages is 404.html, the name that GitLab Pages looks for.
func (v *builder) missingPages(s *pageTemplates, static fs.FS) ([]file, error) {
	style, err := inlined(static, "static/style.css")
	if err != nil {
		return nil, err
	}
	script, err := inlined(static, "pages/404.js")
	if err != nil {
		return nil, err
	}
	page := &missingPage{Chrome: v.chrome, Style: template.CSS(style), StyleHash: digest(style),
		Script: template.JS(script), ScriptHash: digest(script)}
	return []file{{path: "404.html", render: func(b *bytes.Buffer) error {
		f := v.frame("没有这一页", "", "")
		var err error
		if page.Masthead, err = f.mastheads.of(s.missing.tmpl, &f); err != nil {
			return err
		}
		return s.missing.render(b, page)
	}}}, nil
}

// inlined is a file as a page holds it: browsers read, and digest, every end of
// a line as one character.
func inlined(fsys fs.FS, name string) (string, error) {
	data, err := fs.ReadFile(fsys, name)
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data)), err
}

// digest is the source expression of a policy that allows exactly a text.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
