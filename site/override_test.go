package site

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/view"
	"suqiu/templates"
)

func TestBrokenOverride(t *testing.T) {
	for _, c := range []struct{ name, file, src, line, what string }{
		{"field", "case.html", "{{define \"main\"}}<h1>x</h1>\n{{.Titel}}{{end}}", "templates/case.html 第 2 行",
			"Titel"},
		{"end", "index.html", "{{define \"main\"}}\n{{if .Open}}\n{{end}}\n", "templates/index.html", "{{end}}"},
		{"function", "tasks.html", "{{define \"main\"}}\n\n{{upper .Title}}{{end}}", "templates/tasks.html 第 3 行",
			"upper"},
		{"fragment", "unit.html", "{{define \"main\"}}{{template \"nothing\"}}{{end}}", "templates/unit.html 第 1 行",
			"nothing"},
		{"no main", "rules.html", "hello", "templates/rules.html", "main"},
		{"open tag", "office.html", "{{define \"main\"}}<a href=\"{{if .Title}}\n\"{{end}}>{{end}}",
			"templates/office.html", "HTML"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := t.TempDir()
			build(t, input(view.Public), out)
			before := tree(t, out)
			in := input(view.Public)
			in.Register.Cases[0].Title = "改过的标题"
			in.Templates = templates.Overlay(fstest.MapFS{c.file: {Data: []byte(c.src)}})
			_, err := Build(context.Background(), in.ready(), out)
			var broken *templates.Error
			if !errors.As(err, &broken) {
				t.Fatalf("got %v, want a templates.Error", err)
			}
			if text := err.Error(); !strings.Contains(text, c.line) || !strings.Contains(text, c.what) {
				t.Errorf("%s\nlacks %q or %q", text, c.line, c.what)
			}
			if diff := cmp.Diff(before, tree(t, out)); diff != "" {
				t.Errorf("the old site changed: %s", diff)
			}
		})
	}
}

// TestEveryOverrideIsChecked breaks each page template in turn: none may wait
// for the first page that uses it, and the message names the file and line.
func TestEveryOverrideIsChecked(t *testing.T) {
	entries, err := fs.ReadDir(templates.Builtin(), "pages")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ".html" {
			continue
		}
		over := templates.Overlay(fstest.MapFS{e.Name(): {Data: []byte("{{define \"main\"}}\n{{.Nothing\n{{end}}")}})
		var broken *templates.Error
		if _, err := parse(over); !errors.As(err, &broken) || broken.File != "templates/"+e.Name() ||
			broken.Line == 0 {
			t.Errorf("%s: %v", e.Name(), err)
		}
	}
	if len(entries) < 20 {
		t.Errorf("only %d templates", len(entries))
	}
}

func TestOverrideReplacesOneFile(t *testing.T) {
	out := t.TempDir()
	in := input(view.Public)
	in.Templates = templates.Overlay(fstest.MapFS{"style.css": {Data: []byte("/* ours */")},
		"unknown.html": {Data: []byte("{{")}})
	build(t, in, out)
	files := tree(t, out)
	if files["style.css"] != "/* ours */" || files["site.js"] == "" {
		t.Error("style.css is not the override, or site.js is gone")
	}
}
