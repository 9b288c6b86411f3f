package desk

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/papers"
	"suqiu/internal/privacy"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/step"
	"suqiu/internal/submit"
	"suqiu/internal/workflow"
)

// called is what a message calls a case: by its title, or by its number where the
// title may not be told to everybody.
func (d *Desk) called(before *register.Case, after *record.Case) string {
	if before != nil && d.Restricted(before) || d.Restricted(&register.Case{Case: after}) {
		return after.ID
	}
	return submit.Neutral(privacy.MaskedText(after.Title))
}

// Proposal is the commit of a step that was applied to some cases, and the branch
// for it.
func (d *Desk) Proposal(cases []*Case, values map[string]string) submit.Proposal {
	p := d.proposal()
	var lines []string
	for _, c := range cases {
		p.Files[c.Path] = c.text
		after := record.Parse(c.Path, []byte(c.text), d.Config.Canon)
		lines = append(lines, c.ID+"："+changed(c.Case.Case, after))
		p.Subject = cases[0].Step.Title + "：" + d.called(c.Case, after)
	}
	p.Body = strings.Join(lines, "\n")
	about := cases[0].ID
	if len(cases) > 1 {
		p.Subject = cases[0].Step.Title + "：" + fmt.Sprint(len(cases)) + " 件"
		about = together(cases, values)
	}
	p.Branch = d.branch(cases[0].Step, about)
	return p
}

// NewCase is the commit of a registration, which gave a path and a text.
func (d *Desk) NewCase(s *step.Step, path, text string) submit.Proposal {
	after := record.Parse(path, []byte(text), d.Config.Canon)
	p := d.proposal()
	p.Files[path] = text
	p.Branch = d.branch(s, after.ID)
	p.Subject, p.Body = s.Title+"："+d.called(nil, after), after.ID+"：新登记"
	return p
}

// Settings is the commit of a change of suqiu.yaml; about names it among branches,
// as 日历-2027.
func (d *Desk) Settings(subject, about, text string) submit.Proposal {
	p := d.proposal()
	p.Files[register.ConfigPath] = text
	p.Branch, p.Subject = "suqiu/"+d.code("")+"/"+about, subject
	return p
}

func (d *Desk) proposal() submit.Proposal {
	return submit.Proposal{Dir: d.Dir, Environ: d.Environ, Base: d.Base, Files: map[string]string{}}
}

// branch is the name of the branch for a step.
func (d *Desk) branch(s *step.Step, about string) string {
	return "suqiu/" + d.code(s.Unit) + "/" + about + "-" + s.Title
}

// together is what several cases are called by: the decision they rest on, their
// task list, or the first.
func together(cases []*Case, values map[string]string) string {
	if basis := values["依据"]; papers.IsMeeting(basis) {
		return basis
	}
	list := cases[0].TaskList
	for _, c := range cases {
		if c.TaskList != list {
			list = ""
		}
	}
	if list == "" {
		return cases[0].ID + "等"
	}
	return list
}

// changed lists what a step changes, by key.
func changed(before, after *record.Case) string {
	var names []string
	for _, ch := range record.Diff(before, after) {
		top, _, _ := strings.Cut(strings.TrimPrefix(ch.Key, "## "), ".")
		if ch.Key == "状态" {
			top = "状态（" + workflow.OrNone(ch.Old) + " → " + ch.New + "）"
		}
		if !slices.Contains(names, top) {
			names = append(names, top)
		}
	}
	return strings.Join(names, "、")
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
