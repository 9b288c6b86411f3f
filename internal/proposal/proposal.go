// Package proposal is what a step is called on a forge, whoever brings it there: the
// branch, and the message of the commit that is also title and text of the request.
package proposal

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/privacy"
	"suqiu/internal/record"
	"suqiu/internal/step"
	"suqiu/internal/workflow"
)

// Taken is a step that was taken on a case.
type Taken struct {
	Step          *step.Step
	Before, After *record.Case // Before is nil for a new one
}

// Proposal is how a step is proposed.
type Proposal struct{ Branch, Subject, Body string }

// Of is how the steps that somebody took together are proposed: one, or several on
// as many cases, as when the office analyses a month.
func Of(cfg *config.Config, who config.Actor, taken []Taken, values map[string]string) Proposal {
	first := &taken[0]
	title := first.Step.Title
	if slices.ContainsFunc(taken, func(t Taken) bool { return t.Step.Title != title }) {
		title = "分析"
	}
	p := Proposal{Subject: title + "：" + first.called(cfg)}
	var lines []string
	for i := range taken {
		lines = append(lines, taken[i].After.ID+"："+taken[i].Changed())
	}
	p.Body = strings.Join(lines, "\n")
	about := first.After.ID
	if len(taken) > 1 {
		p.Subject = title + "：" + fmt.Sprint(len(taken)) + " 件"
		about = together(taken, values)
	}
	p.Branch = Branch(cfg, who, first.Step.Unit, about+"-"+title)
	return p
}

// OfPaper is how a step beside cases is proposed, with the files that it changes.
func OfPaper(cfg *config.Config, who config.Actor, p *step.Paper, files []step.File) Proposal {
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(path.Base(f.Path), ".md"))
	}
	return Proposal{Branch: Branch(cfg, who, p.Unit, p.Number+"-"+p.Title),
		Subject: p.Title + "：" + strings.TrimSpace(p.Number+" "+p.Unit), Body: strings.Join(names, "、")}
}

// Branch is the branch on which somebody proposes something in the name of a unit;
// empty: his own.
func Branch(cfg *config.Config, who config.Actor, unit, what string) string {
	return "suqiu/" + Code(cfg, who, unit) + "/" + what
}

// Code is that of the unit in whose name a step is taken.
func Code(cfg *config.Config, who config.Actor, unit string) string {
	for _, name := range append(slices.Clone(who.Units), unit, cfg.OfficeUnit()) {
		if u := cfg.Unit(name); u != nil {
			return u.Code
		}
	}
	return "X"
}

// called is what a message calls a case: by its title, or by its number where the
// title may not be told to everybody.
func (t *Taken) called(cfg *config.Config) string {
	if t.Before != nil && caserules.Restricted(cfg, t.Before) || caserules.Restricted(cfg, t.After) {
		return t.After.ID
	}
	return Neutral(privacy.MaskedText(t.After.Title))
}

// together is what several cases are called by: the decision they rest on, their
// task list, or the first.
func together(taken []Taken, values map[string]string) string {
	if basis := values["依据"]; papers.IsMeeting(basis) {
		return basis
	}
	list := taken[0].After.TaskList
	for i := range taken {
		if taken[i].After.TaskList != list {
			list = ""
		}
	}
	if list == "" {
		return taken[0].After.ID + "等"
	}
	return list
}

// Changed lists what the step changes, by key.
func (t *Taken) Changed() string {
	if t.Before == nil {
		return "新登记"
	}
	var names []string
	for _, ch := range record.Diff(t.Before, t.After) {
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
