// Package site renders a docket to static pages.
//
// It promises that the same input gives the same bytes; that a build is
// written whole or not at all; that pages need no network, no JavaScript and
// no particular place (all links are relative); and that no page or file of
// the 公开 edition holds the text of a case that is 仅要素. The last promise
// rests on how the package is laid out: newView (edition.go) copies what the
// edition may show, and everything after it, templates included, sees only
// that view, in which a restricted case has no title and no text.
//
// It refuses to overwrite files in the target folder that it did not write.
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
	"suqiu/internal/docket"
	"suqiu/templates"
)

// Edition is who the site is for.
type Edition string

// The two editions of DESIGN section 9.
const (
	Public      Edition = "公开" // all staff
	Supervision Edition = "监督" // convenors and the supervision group
)

// ParseEdition reads the name of an edition.
func ParseEdition(s string) (Edition, error) {
	if e := Edition(s); e == Public || e == Supervision {
		return e, nil
	}
	return "", fmt.Errorf("没有“%s”版；可以写 公开 或 监督", s)
}

// Input is what a site is made of.
type Input struct {
	Docket   *docket.Docket
	Findings []diag.Finding // of rules.Run; only the 监督 edition shows them
	Rules    []diag.Rule    // the catalogue of check, to be read beside the regulation
	Edition  Edition        // zero: Public
	// Templates are the templates and static files, as templates.Overlay
	// returns them; nil: the built-in ones.
	Templates fs.FS
	Tool      string // "suqiu 0.1.0", for the foot of the pages and the JSON
	// Build names this very program, and Made is what an earlier build of it gave
	// as Result.Made, of this folder or another: what did not change since is not
	// made again. Either may be empty.
	Build   string
	Made    []byte
	Workers int // 0: one for each core
	// Progress is called after each file, from several goroutines, with the
	// number of files rendered so far; nil is allowed.
	Progress func(done, total int)
	// Finished is called once after a successful build; nil is allowed.
	Finished func(Result)
}

// Result says what a build did to the target folder.
type Result struct {
	Files   int // in the site
	Written int // new or changed
	Removed int // of an earlier build, no longer part of the site
	Reused  int // not made again, see Input.Made
	Made    []byte
}

// A file is one file of the site: its slash path and the function that
// renders it. Render functions run concurrently.
type file struct {
	path   string
	render func(*bytes.Buffer) error
}

// A stream is a file of the site that may be too large to hold in memory.
type stream struct {
	path  string
	write func(io.Writer) error
}

// roomy is the size from which a buffer is not used again: many small pages
// would each keep the room of a large one.
const roomy = 1 << 20

// Build renders in into the folder out, which is created if it is not there.
// Files that did not change are not touched. If it returns an error the
// folder is as it was before. A broken template gives a *TemplateError, a
// foreign file in the way a *ForeignFileError.
func Build(ctx context.Context, in Input, out string) error {
	if in.Edition == "" {
		in.Edition = Public
	}
	if in.Templates == nil {
		in.Templates = templates.Builtin()
	}
	if in.Workers <= 0 {
		in.Workers = runtime.GOMAXPROCS(0)
	}
	sheets, err := parseSheets(in.Templates)
	if err != nil {
		return err
	}
	v := newView(&in)
	streams := v.streams()
	files, err := plan(v, sheets, in.Templates)
	if err != nil {
		return err
	}
	paths, err := allPaths(files, streams)
	if err != nil {
		return err
	}
	target, err := openTarget(out)
	if err != nil {
		return err
	}
	defer target.close()
	target.made = parseMemory(in.Made, v.ground(&in, target.abs()))

	var done atomic.Int64
	bufs := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	group, working := errgroup.WithContext(ctx)
	group.SetLimit(in.Workers)
	group.Go(func() error {
		return v.searchIndex(func(name string, data []byte) error {
			if err := working.Err(); err != nil {
				return err
			}
			return target.stage("search/"+name, data)
		})
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
		work(f.path, func() error { return target.stream(f.path, f.write) })
	}
	for _, f := range files {
		if working.Err() != nil {
			break
		}
		work(f.path, func() error { return f.write(v, target, &bufs) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	result, err := target.commit()
	if err != nil {
		return err
	}
	result.Made = target.remembered()
	if in.Finished != nil {
		in.Finished(result)
	}
	return nil
}

// write renders the file, unless that would make what is there already, and
// stages it if it changed.
func (f *file) write(v *view, target *target, bufs *sync.Pool) error {
	of, known := basis{}, false
	if target.made.ground != "" {
		of, known = v.basisOf(f.path)
	}
	if known && target.reuse(f.path, of) {
		return nil
	}
	buf := bufs.Get().(*bytes.Buffer)
	buf.Reset()
	if err := f.render(buf); err != nil {
		return err
	}
	err := target.stage(f.path, buf.Bytes())
	if known && err == nil {
		target.note(f.path, of)
	}
	if buf.Cap() < roomy {
		bufs.Put(buf)
	}
	return err
}

// plan lists every file of the site, by path, large ones first where that
// keeps all cores busy.
func plan(v *view, s *sheets, static fs.FS) ([]file, error) {
	files := v.searchPages(s)
	files = append(files, v.indexPages(s)...)
	files = append(files, v.taskPages(s)...)
	files = append(files, v.reportPages(s)...)
	files = append(files, v.unitPages(s)...)
	files = append(files, v.meetingPages(s)...)
	files = append(files, v.paperPages(s)...)
	files = append(files, v.rulesPages(s)...)
	files = append(files, v.guidePages(s)...)
	files = append(files, v.dataFiles()...)
	if v.edition == Supervision {
		files = append(files, v.qualityPages(s)...)
	}
	missing, err := v.missingPages(s, static)
	if err != nil {
		return nil, err
	}
	files = append(files, missing...)
	files = append(files, v.casePages(s)...)
	entries, err := fs.ReadDir(static, "static")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		data, err := fs.ReadFile(static, "static/"+e.Name())
		if err != nil {
			return nil, err
		}
		files = append(files, file{e.Name(), func(b *bytes.Buffer) error { b.Write(data); return nil }})
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
