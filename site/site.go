// Package site renders a register to static pages.
//
// It promises that the same input gives the same bytes; that a build is
// written whole or not at all; that pages need no network, no JavaScript and
// no particular place (all links are relative); and that no page or file of
// the 公开 edition holds the text of a case that is 仅要素. The last promise is
// package view's: all pages are made from a View, in which a restricted case has
// no title and no text.
//
// It refuses a target folder that holds files which it did not write.
package site

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"suqiu/internal/diag"
	"suqiu/internal/office"
	"suqiu/internal/problem"
	"suqiu/internal/report"
	"suqiu/internal/sitedir"
	"suqiu/internal/store"
	"suqiu/internal/view"
	"suqiu/templates"
)

// Input is what a site is made of.
type Input struct {
	View     *view.View
	Book     *report.Book      // of the same register
	Findings []problem.Problem // of rules.Run; only the 监督 edition shows them
	Rules    []diag.Rule       // the catalogue of check, to be read beside the regulation
	// Templates are the templates and static files, as templates.Overlay
	// returns them; nil: the built-in ones.
	Templates fs.FS
	Tool      string // "suqiu 0.1.0", for the foot of the pages and the JSON
	// Keep is where builds keep of what they made their files: what did not change
	// since is not made again. The zero one keeps nothing.
	Keep    store.Dir
	Workers int // 0: one for each core
	// Progress is called after each file, from several goroutines, with the
	// number of files rendered so far; nil is allowed.
	Progress func(done, total int)
	// Waiting is called once if another build is at work on the same folder, before
	// waiting for it; nil is allowed.
	Waiting func()
}

// A file is one file of the site: its slash path, the function that renders
// it, and what it is made of; nil: it is always made. The functions run
// concurrently.
type file struct {
	path   string
	render func(*bytes.Buffer) error
	of     func() sitedir.InputHash
}

// A stream is a file of the site that may be too large to hold in memory, and
// keeps those pieces of itself that do not change.
type stream struct {
	path  string
	write func(io.Writer, office.Pieces) error
	of    func() sitedir.InputHash
}

// roomy is the size from which a buffer is not used again: many small pages
// would each keep the room of a large one.
const roomy = 1 << 20

// Build renders in into the folder out, which is created if it is not there.
// Files that did not change are not touched. If it returns an error the
// folder is as it was before, and so it is if the program is killed: the site is
// put into its place whole, in one step. A broken template gives a *TemplateError,
// a folder with other files a *sitedir.ForeignFilesError, one that cannot be renamed a
// *publish.FixedError.
func Build(ctx context.Context, in Input, out string) (result sitedir.Result, err error) {
	if in.Templates == nil {
		in.Templates = templates.Builtin()
	}
	if in.Workers <= 0 {
		in.Workers = runtime.GOMAXPROCS(0)
	}
	var sheets *pageTemplates
	var parsing errgroup.Group
	parsing.Go(func() (err error) {
		sheets, err = parseTemplates(in.Templates)
		return err
	})
	v := newBuilder(&in)
	if err := parsing.Wait(); err != nil {
		return result, err
	}
	streams := v.streams()
	files, err := plan(v, sheets, in.Templates)
	if err != nil {
		return result, err
	}
	paths, err := allPaths(files, streams)
	if err != nil {
		return result, err
	}
	target, err := sitedir.Open(ctx, out, in.Waiting)
	if err != nil {
		return result, err
	}
	defer target.Close()
	target.Resume(in.Keep, stateFile(v.Edition), v.buildKey(&in, target.Path()))

	var done atomic.Int64
	bufs := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	group, working := errgroup.WithContext(ctx)
	group.SetLimit(in.Workers)
	group.Go(func() error {
		return v.searchIndex(working, target)
	})
	work := func(path string, write func() error) {
		group.Go(func() error {
			if err := working.Err(); err != nil {
				return err
			}
			if err := write(); err != nil {
				return fmt.Errorf("生成 %s：%w", path, templateError(in.Templates, err))
			}
			if n := int(done.Add(1)); in.Progress != nil {
				in.Progress(n, len(paths))
			}
			return nil
		})
	}
	for _, f := range streams { // the longest work first
		work(f.path, func() error { return f.stage(target) })
	}
	for _, f := range files {
		if working.Err() != nil {
			break
		}
		work(f.path, func() error { return f.stage(target, &bufs) })
	}
	if err := group.Wait(); err != nil {
		return result, err
	}
	if err := ctx.Err(); err != nil {
		return result, err
	}
	return target.Commit(ctx)
}

// stateFile is where the last build of an edition says what it made.
func stateFile(e view.Edition) string {
	if e == view.Supervision {
		return "site-supervision"
	}
	return "site-public"
}

// stage renders the file, unless that would make what is there already, and
// stages it if it changed.
func (f *file) stage(target *sitedir.Dir, bufs *sync.Pool) error {
	of := target.Hash(f.of)
	if target.Reuse(f.path, of) {
		return nil
	}
	buf := bufs.Get().(*bytes.Buffer)
	buf.Reset()
	if err := f.render(buf); err != nil {
		return err
	}
	err := target.Write(f.path, of, buf.Bytes())
	if buf.Cap() < roomy {
		bufs.Put(buf)
	}
	return err
}

// stage does so with a stream.
func (f *stream) stage(target *sitedir.Dir) error {
	of := target.Hash(f.of)
	if target.Reuse(f.path, of) {
		return nil
	}
	return target.Stream(f.path, of, f.write)
}

// plan lists every file of the site, by path, large ones first where that
// keeps all cores busy.
func plan(v *builder, s *pageTemplates, static fs.FS) ([]file, error) {
	kinds := []func() []file{
		func() []file { return v.searchPages(s) },
		func() []file { return v.indexPages(s) },
		func() []file { return v.taskPages(s) },
		func() []file { return v.reportPages(s) },
		func() []file { return v.unitPages(s) },
		func() []file { return v.meetingPages(s) },
		func() []file { return v.paperPages(s) },
		func() []file { return v.rulesPages(s) },
		func() []file { return v.guidePages(s) },
		v.dataFiles,
		func() []file { return v.casePages(s) },
	}
	if v.Edition == view.Supervision {
		kinds = append(kinds, func() []file { return v.qualityPages(s) })
	}
	lists := make([][]file, len(kinds))
	var planning sync.WaitGroup
	for i, list := range kinds {
		planning.Go(func() { lists[i] = list() })
	}
	planning.Wait()
	files := slices.Concat(lists...)
	missing, err := v.missingPages(s, static)
	if err != nil {
		return nil, err
	}
	files = append(files, missing...)
	entries, err := fs.ReadDir(static, "static")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		data, err := fs.ReadFile(static, "static/"+e.Name())
		if err != nil {
			return nil, err
		}
		files = append(files, file{path: e.Name(), render: func(b *bytes.Buffer) error { b.Write(data); return nil }})
	}
	return files, nil
}

// allPaths are the paths of all files, sorted.
func allPaths(files []file, streams []stream) ([]string, error) {
	paths := make([]string, 0, len(files)+len(streams))
	for _, f := range files {
		paths = append(paths, f.path)
	}
	for _, f := range streams {
		paths = append(paths, f.path)
	}
	slices.Sort(paths)
	for i := 1; i < len(paths); i++ {
		if paths[i] == paths[i-1] {
			return nil, fmt.Errorf("两个页面要写到同一个文件 %s，请检查 suqiu.yaml 的单位代码是否重复", paths[i])
		}
	}
	return paths, nil
}
