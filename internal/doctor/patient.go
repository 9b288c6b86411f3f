package doctor

import (
	"context"
	"errors"
	"io/fs"
	"os/exec"
	"path"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/settings"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/templates"
)

// Patient is what is looked at: a repository and what is around it.
type Patient struct {
	Repo      *git.Repo
	Settings  []string // configuration files of git outside the repository
	Home      string
	Program   string
	Email     string // that git commits with
	Anonymous bool   // git does not know who commits
	Site      []byte // index.html of the site that people read; nil: not asked
	Now       time.Time

	// What Read finds.
	Finds    func(program string) bool // on the path
	Head     string                    // commit of the main branch; empty: none
	Landings []timeline.Landing
	Whole    error                    // why the history cannot be judged; nil: it can
	Config   *config.Config           // at the head, its Unreadable may be set; nil: none
	File     func(path string) []byte // at the head; nil: there is none
	// Templates are the program's own, by the names that a folder templates/ of the
	// repository overrides.
	Templates map[string][]byte
}

// Read looks at what landed; mainline reads the landings.
func (p *Patient) Read(ctx context.Context, ref string,
	mainline func(context.Context, *git.Repo) (*register.Register, error)) (err error) {
	if ref == "" {
		if ref, err = p.Repo.ConfigRef(); err != nil {
			return err
		}
	}
	if _, p.Config, err = settings.ConfigOf(p.Repo, ref); err != nil && !errors.Is(err, settings.ErrNotCases) {
		return err
	}
	d, err := mainline(ctx, p.Repo)
	if p.Whole = err; err == nil {
		p.Head, p.Landings = d.Head, d.Landings
	}
	p.Finds = func(program string) bool { _, err := exec.LookPath(program); return err == nil }
	p.File = func(name string) []byte {
		data, err := p.Repo.ReadFile(p.Head, name)
		if p.Head == "" || err != nil {
			return nil
		}
		return data
	}
	p.Templates, err = builtInTemplates()
	return err
}

func builtInTemplates() (map[string][]byte, error) {
	list := map[string][]byte{}
	err := fs.WalkDir(templates.Builtin(), "pages", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		list[path.Base(name)], err = fs.ReadFile(templates.Builtin(), name)
		return err
	})
	return list, err
}

func (p *Patient) today() workday.Date { return workday.Of(p.Now) }

// readable reports whether suqiu.yaml says all that it should.
func (p *Patient) readable() bool {
	return p.Config != nil && p.Config.Unreadable == nil
}

// faults are those of suqiu.yaml that an edit must mend.
func (p *Patient) faults() []problem.Problem {
	if p.Config == nil {
		return nil
	}
	return p.Config.Problems
}
