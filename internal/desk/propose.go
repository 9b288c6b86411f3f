package desk

import (
	"cmp"
	"context"
	"io"
	"slices"

	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/problem"
	"suqiu/internal/proposal"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/step"
	"suqiu/internal/submit"
)

// Proposal is the commit of a step that was applied to some cases, and the branch
// for it.
func (d *Desk) Proposal(cases []*Case, values map[string]string) submit.Proposal {
	files := map[string]string{}
	var taken []proposal.Taken
	for _, c := range cases {
		files[c.Path] = c.text
		after := record.Parse(c.Path, []byte(c.text), d.Config.Canon)
		taken = append(taken, proposal.Taken{Step: c.Step, Before: c.Case.Case, After: after})
	}
	return d.proposal(files, taken, values)
}

// NewCase is the commit of a registration, which gave a path and a text.
func (d *Desk) NewCase(s *step.Step, path, text string) submit.Proposal {
	after := record.Parse(path, []byte(text), d.Config.Canon)
	return d.proposal(map[string]string{path: text}, []proposal.Taken{{Step: s, After: after}}, nil)
}

// Paper is the commit of files of the office's own; about names it among branches,
// as 日历-2027.
func (d *Desk) Paper(subject, about string, files map[string]string) submit.Proposal {
	return submit.Proposal{Dir: d.Dir, Environ: d.Environ, Base: d.Base,
		Files:  files,
		Branch: proposal.Branch(d.Config, d.Who, "", about), Subject: subject}
}

func (d *Desk) proposal(files map[string]string, taken []proposal.Taken, values map[string]string) submit.Proposal {
	return d.commit(files, proposal.Of(d.Config, d.Who, taken, values))
}

func (d *Desk) commit(files map[string]string, p proposal.Proposal) submit.Proposal {
	return submit.Proposal{Dir: d.Dir, Environ: d.Environ, Base: d.Base, Files: files, Branch: p.Branch,
		Subject: p.Subject, Body: p.Body}
}

// Judged is a commit as a request to the main branch: what it brings, and of that
// what stands in its way.
type Judged struct {
	*submit.Prepared
	Register *register.Register // with the commit
	Found    []problem.Problem
	Blocking []problem.Problem
	main     string
}

// Judge makes the commit beside the work tree and checks it as a request to the
// main branch. Close takes it away.
func (d *Desk) Judge(ctx context.Context, p submit.Proposal) (*Judged, error) {
	made, err := submit.Prepare(ctx, p)
	if err != nil {
		return nil, err
	}
	j := &Judged{Prepared: made, main: cmp.Or(d.Config.MainBranch, "main")}
	repo, err := git.Open(d.Dir, append(d.Objects[:len(d.Objects):len(d.Objects)], made.Objects)...)
	if err == nil {
		j.Register, err = d.Load(ctx, repo, register.Options{Ref: made.Commit, Base: d.Base, Narrow: true})
	}
	if err != nil {
		made.Close()
		return nil, err
	}
	j.Found = gate.Brought(rules.Run(j.Register))
	j.Blocking = gate.Blocking(slices.Clone(j.Found))
	return j, nil
}

// Request pushes the branch that was kept, and asks the forge for a merge request;
// what git says of it goes to log.
func (j *Judged) Request(ctx context.Context, auto bool, log io.Writer) error {
	return j.Push(ctx, submit.Request{Target: j.main, Auto: auto, Log: log})
}
