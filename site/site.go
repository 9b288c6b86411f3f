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
	"suqiu/internal/form/engine"
	"suqiu/internal/office"
	"suqiu/internal/problem"
	"suqiu/internal/report"
	"suqiu/internal/sitedir"
	"suqiu/internal/store"
	"suqiu/internal/view"
	"suqiu/site/daily"
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
	// Engine is the program of the forms; nil: the site has none.
	Engine *engine.Files
	Tool   string // "suqiu 0.1.0", for the foot of the pages and the JSON
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

// file is one file of the site: its slash path, what it is made of (nil: it is
// always made), and the function that makes it. The functions run concurrently.
type file struct {
	path  string
	of    func() sitedir.InputHash
	write func(*bytes.Buffer) error
	// stream writes, instead of write, a file that may be too large to hold in
	// memory, and that keeps those pieces of itself that do not change.
	stream func(io.Writer, office.Pieces) error
}

// roomy is the size from which a buffer is not used again: many small pages
// would each keep the room of a large one.
const roomy = 1 << 20

// Build renders in into the folder out, which is created if it is not there.
// Files that did not change are not touched. If it returns an error the
// folder is as it was before, and so it is if the program is killed: the site is
// put into its place whole, in one step. A broken template gives a
// *templates.Error, a folder with other files a *sitedir.ForeignFilesError, one that cannot be renamed a
// *publish.FixedError.
func Build(ctx context.Context, in Input, out string) (result sitedir.Result, err error) {
	if in.Templates == nil {
		in.Templates = templates.Builtin()
	}
	if in.Workers <= 0 {
		in.Workers = runtime.GOMAXPROCS(0)
	}
	var parsed *templates.Sheets
	var parsing errgroup.Group
	parsing.Go(func() (err error) {
		parsed, err = parse(in.Templates)
		return err
	})
	var was *daily.Headline
	parsing.Go(func() (err error) {
		was, err = daily.Before(ctx, in.View, in.Keep)
		return err
	})
	v := newBuilder(&in)
	target, err := sitedir.Open(ctx, out, in.Waiting)
	if err != nil {
		return result, err
	}
	defer target.Close()
	target.Resume(in.Keep, stateFile(v.Edition), v.buildKey(&in, target.Path()))
	s := stager{target: target, templates: in.Templates, workers: in.Workers}
	if err := v.stageForms(ctx, &s); err != nil {
		return result, err
	}
	v.read()
	if err := parsing.Wait(); err != nil {
		return result, err
	}
	v.sheets = parsed
	v.sheet = sync.OnceValue(func() *daily.Sheet { return v.newSheet(was) })
	files, err := v.plan()
	if err != nil {
		return result, err
	}
	s.progress = in.Progress
	if err := s.stage(ctx, files, func(ctx context.Context) error { return v.searchIndex(ctx, target) }); err != nil {
		return result, err
	}
	return target.Commit(ctx)
}

// stager stages files on several goroutines.
type stager struct {
	target    *sitedir.Dir
	templates fs.FS
	workers   int
	progress  func(done, total int) // nil: nobody asks
}

// stage stages some files, and does what else there is to do.
func (s *stager) stage(ctx context.Context, files []file, more ...func(context.Context) error) error {
	var done atomic.Int64
	bufs := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	group, working := errgroup.WithContext(ctx)
	group.SetLimit(s.workers)
	for _, do := range more {
		group.Go(func() error { return do(working) })
	}
	for i := range files {
		if working.Err() != nil {
			break
		}
		group.Go(func() error {
			if err := working.Err(); err != nil {
				return err
			}
			if err := files[i].stage(s.target, &bufs); err != nil {
				return fmt.Errorf("生成 %s：%w", files[i].path, templates.Explain(s.templates, err))
			}
			if n := int(done.Add(1)); s.progress != nil {
				s.progress(n, len(files))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
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
	switch {
	case target.Reuse(f.path, of):
		return nil
	case f.stream != nil:
		return target.Stream(f.path, of, f.stream)
	}
	buf := bufs.Get().(*bytes.Buffer)
	buf.Reset()
	if err := f.write(buf); err != nil {
		return err
	}
	err := target.Write(f.path, of, buf.Bytes())
	if buf.Cap() < roomy {
		bufs.Put(buf)
	}
	return err
}

// plan lists every file of the site.
func (v *builder) plan() ([]file, error) {
	lists := v.lists()
	all := make([][]file, len(lists))
	var planning sync.WaitGroup
	for i, list := range lists {
		planning.Go(func() { all[i] = list() })
	}
	planning.Wait()
	files := slices.Concat(all...)
	paths := make(map[string]bool, len(files))
	for _, f := range files {
		if paths[f.path] {
			return nil, fmt.Errorf("两个页面要写到同一个文件 %s，请检查 suqiu.yaml 的单位代码是否重复", f.path)
		}
		paths[f.path] = true
	}
	return files, nil
}

// parse parses the templates of fsys. The built-in ones are parsed once for all
// builds.
func parse(fsys fs.FS) (*templates.Sheets, error) {
	if templates.AreBuiltin(fsys) {
		return builtin()
	}
	return templates.Parse(fsys, sheets)
}

var builtin = sync.OnceValues(func() (*templates.Sheets, error) { return templates.Parse(templates.Builtin(), sheets) })

// Prepare parses the built-in templates, so that a build finds it done.
func Prepare() { _, _ = builtin() } // which tells of an error again
