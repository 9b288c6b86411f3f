// Package templates is the look of the site: page templates and static files,
// embedded, and a way for a case repository to replace them one by one.
//
// pages/ holds html/template sources, static/ what is copied as it is. Every
// page template defines "main" and is laid into layout.html; parts.html holds
// what several pages share. pages/404.js stands inside 404.html, which no
// other file may be needed for.
package templates

import (
	"embed"
	"errors"
	"io/fs"
	"path"
)

//go:embed pages/*.html pages/404.js static/*.css static/*.js
var content embed.FS

// Builtin returns the built-in files: pages/*.html and static/*.
func Builtin() fs.FS { return content }

// Overlay returns the built-in files with those of over in place of the ones
// of the same name. A file of over may carry the full name (pages/case.html)
// or only the last part (case.html), as a case repository's templates/ folder
// does. Files that replace nothing are ignored; Strays names them.
func Overlay(over fs.FS) fs.FS {
	if over == nil {
		return content
	}
	return overlay{over}
}

// overlay looks into over first. It is an fs.FS and fs.ReadDirFS: the list of
// names is always the built-in one, so an override can replace but never add.
type overlay struct{ over fs.FS }

// Open implements fs.FS.
func (o overlay) Open(name string) (fs.File, error) {
	f, _, err := o.open(name)
	return f, err
}

// ReadDir implements fs.ReadDirFS with the built-in names.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(content, name)
}

// AreBuiltin reports whether the pages of fsys, as Overlay returned it, are all
// built-in.
func AreBuiltin(fsys fs.FS) bool {
	o, ok := fsys.(overlay)
	if !ok {
		return fsys == Builtin()
	}
	entries, err := fs.ReadDir(content, "pages")
	for _, e := range entries {
		if o.Overridden("pages/" + e.Name()) {
			return false
		}
	}
	return err == nil
}

// Overridden reports whether name is served from the case repository, for
// messages that say whose file is broken.
func (o overlay) Overridden(name string) bool {
	f, own, err := o.open(name)
	if err == nil {
		f.Close()
	}
	return own
}

func (o overlay) open(name string) (f fs.File, own bool, err error) {
	builtin, err := content.Open(name)
	if err != nil {
		return nil, false, err
	}
	if info, err := builtin.Stat(); err != nil || info.IsDir() {
		return builtin, false, err
	}
	for _, candidate := range []string{name, path.Base(name)} {
		f, err := o.over.Open(candidate)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			builtin.Close()
			return nil, true, err
		}
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			f.Close()
			continue
		}
		builtin.Close()
		return f, true, nil
	}
	return builtin, false, nil
}
