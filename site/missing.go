package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"io/fs"
	"path"
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

// missingPage is 404.html, the name that GitLab Pages looks for.
func (v *builder) missingPage() []file {
	return []file{{path: "404.html", write: func(b *bytes.Buffer) error {
		style, err := inlined(v.static, "static/style.css")
		if err != nil {
			return err
		}
		script, err := inlined(v.static, "pages/404.js")
		if err != nil {
			return err
		}
		page := &missingPage{Chrome: v.chrome, Style: template.CSS(style), StyleHash: digest(style),
			Script: template.JS(script), ScriptHash: digest(script)}
		if page.Masthead, err = v.masthead("404", &Frame{Title: "没有这一页", Chrome: v.chrome}); err != nil {
			return err
		}
		return v.sheets.Execute(b, "404", page)
	}}}
}

// staticFiles are the style sheet and the scripts.
func (v *builder) staticFiles() []file {
	names, _ := fs.Glob(v.static, "static/*") // the pattern is sound
	return each(names, func(name string) []file {
		return []file{{path: path.Base(name), write: func(b *bytes.Buffer) error {
			data, err := fs.ReadFile(v.static, name)
			b.Write(data)
			return err
		}}}
	})
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
