package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"suqiu/internal/git"
	"suqiu/internal/misuse"
	"suqiu/internal/papers"
	"suqiu/internal/proposal"
	"suqiu/internal/register"
	"suqiu/internal/step"
	"suqiu/internal/submit"
	"suqiu/internal/workday"
)

// About is what a step beside cases is about.
type About struct {
	Number string   // 2026-11, 2026Q3, HY2026-05; empty: the usual one
	Cases  []string // of a suggestion: on which the meeting is to decide
	Kind   string   // of a meeting that has no number yet: 例会, 传签
	Unit   string   // in whose name; empty: that of whoever takes the step
}

// PaperName is the step beside cases that a word means: its name, or a beginning
// that only it has. It is empty if there is none.
func PaperName(word string) string {
	found := ""
	for _, name := range step.PaperSteps() {
		switch {
		case name == word:
			return name
		case !strings.HasPrefix(name, word):
		case found != "":
			return ""
		default:
			found = name
		}
	}
	return found
}

// IsPaperNumber reports whether a word says what a step beside cases is about.
func IsPaperNumber(word string) bool {
	_, month := workday.ParseMonth(word)
	_, quarter := workday.ParseQuarter(word)
	return month == nil || quarter == nil || papers.IsMeeting(word)
}

// PapersOf are the steps beside cases that whoever sits at the desk can take on a
// number.
func (d *Desk) PapersOf(ctx context.Context, about About) ([]*step.Paper, error) {
	all, err := d.Register(ctx)
	if err != nil {
		return nil, err
	}
	var list []*step.Paper
	for _, name := range step.PaperSteps() {
		if name == step.WishStep {
			continue // gets a number of its own
		}
		p, err := d.paper(ctx, all, name, about)
		switch {
		case err == nil:
			list = append(list, p)
		case !Refused(err):
			return nil, err
		}
	}
	return list, nil
}

// Refused reports whether a step cannot be taken, and nothing else went wrong.
func Refused(err error) bool {
	var no *misuse.Error
	return errors.As(err, &no)
}

// PaperStep is a step beside cases.
func (d *Desk) PaperStep(ctx context.Context, name string, about About) (*step.Paper, error) {
	all, err := d.Register(ctx)
	if err != nil {
		return nil, err
	}
	return d.paper(ctx, all, name, about)
}

func (d *Desk) paper(ctx context.Context, all *register.Register, name string, about About) (*step.Paper, error) {
	scene := &step.Scene{Env: d.Env(), Email: d.Email, Now: d.Now}
	unit := d.Config.Canon(about.Unit)
	if unit == "" && len(d.Who.Units) > 0 {
		unit = d.Who.Units[0]
	}
	switch name {
	case step.MonthlyStep:
		return d.monthly(all, scene, unit, about.Number)
	case step.PleaStep, step.FindingStep:
		q, err := workday.ParseQuarter(about.Number)
		if err != nil {
			return nil, misuse.New("“%s”要写明季度：suqiu step %s 2026Q3", name, name)
		}
		if name == step.FindingStep {
			return scene.Finding(q, d.appraised(all, q))
		}
		return scene.Plea(unit, q, d.appraised(all, q))
	case step.WishStep:
		return d.wish(ctx, all, scene, unit, about)
	}
	if about.Number == "" && name == step.ResolutionStep && about.Kind != "" {
		return d.resolution(ctx, all, scene, "", about.Kind)
	}
	if !papers.IsMeeting(about.Number) {
		return nil, &misuse.Error{What: fmt.Sprintf("“%s”要写明会议或传签的编号：suqiu step HY2026-03 %s", name, name),
			Hint: "另起一份会议或传签的：suqiu step 会议决定 类型=传签"}
	}
	m := all.Meeting(about.Number)
	if m == nil {
		return nil, misuse.New("主分支上没有编号为 %s 的会议或传签", about.Number)
	}
	if name == step.CarriedOutStep {
		return scene.CarriedOut(m.ID, string(all.Source(m.Path)))
	}
	return d.resolution(ctx, all, scene, m.ID, m.Type)
}

// resolution takes the decisions of a meeting into its cases; one without a number
// is a new one of a kind.
func (d *Desk) resolution(ctx context.Context, all *register.Register, scene *step.Scene, id, kind string) (
	*step.Paper, error) {
	m := all.Meeting(id)
	text := ""
	switch {
	case m != nil:
		text = string(all.Source(m.Path))
	case !slices.Contains(papers.MeetingTypes(), kind):
		return nil, misuse.New("“类型”应为%s，现为“%s”", strings.Join(papers.MeetingTypes(), "、"), kind)
	default:
		var err error
		if id, err = d.freeMeeting(all, kind); err != nil {
			return nil, err
		}
		m = &register.Meeting{Meeting: &papers.Meeting{ID: id}}
	}
	cases, err := d.onAgenda(ctx, all, m)
	if err != nil {
		return nil, err
	}
	return scene.Resolution(id, kind, text, cases)
}

func (d *Desk) monthly(all *register.Register, scene *step.Scene, unit, number string) (*step.Paper, error) {
	month := workday.MonthOf(workday.Of(d.Now)).Add(-1)
	if number != "" {
		var err error
		if month, err = workday.ParseMonth(number); err != nil {
			return nil, misuse.New("“月报”要写明月份：suqiu step 月报 2026-11")
		}
	}
	u := d.Config.Unit(unit)
	if u == nil {
		return nil, misuse.New("请写明单位：单位=单位名称")
	}
	return scene.Monthly(u.Name, month, string(all.Source(papers.MonthlyPath(month, u.Code))),
		all.Collected(u.Name, month))
}

// appraised is what is known of a quarter's appraisal.
func (d *Desk) appraised(all *register.Register, q workday.Quarter) step.Appraised {
	known := step.Appraised{Frozen: slices.ContainsFunc(all.Published,
		func(x *register.Published) bool { return x.Quarter == q })}
	for _, a := range all.Appraisals {
		if a.Quarter == q {
			known.Text, known.Landed = string(all.Source(a.Path)), a.Landed
		}
	}
	return known
}

// wish is a suggestion, under the number that no branch has yet.
func (d *Desk) wish(ctx context.Context, all *register.Register, scene *step.Scene, unit string, about About) (
	*step.Paper, error) {
	var cases []*step.Scene
	for _, id := range about.Cases {
		c, err := d.Find(ctx, id)
		if err != nil {
			return nil, err
		}
		cases = append(cases, c.scene)
	}
	id, err := d.freeMeeting(all, "")
	if err != nil {
		return nil, err
	}
	return scene.Wish(unit, id, cases)
}

// freeMeeting is the 编号 that no meeting has, on any branch.
func (d *Desk) freeMeeting(all *register.Register, kind string) (string, error) {
	letters, year := "HY", workday.Of(d.Now).Year()
	if kind == "传签" {
		letters = "CQ"
	}
	tips, err := d.Repo.BranchTips()
	if err != nil {
		return "", err
	}
	prefix := fmt.Sprintf("%s%d-", letters, year)
	n, _ := papers.Sequence(all.NextMeeting(letters, year), prefix)
	for slices.ContainsFunc(tips, func(tip git.Hash) bool {
		_, err := d.Repo.ReadFile(tip.String(), papers.MeetingPath(papers.MeetingID(prefix, n)))
		return err == nil
	}) {
		n++
	}
	return papers.MeetingID(prefix, n), nil
}

// onAgenda are the cases on which a meeting decides: those of its topics, and those
// that wait for one and are on no agenda.
func (d *Desk) onAgenda(ctx context.Context, all *register.Register, m *register.Meeting) ([]step.CaseFile, error) {
	var ids []string
	add := func(list ...string) {
		for _, id := range list {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	for i := range m.Topics {
		add(m.Topics[i].Cases...)
	}
	for _, w := range all.Agenda(d.AsOf) {
		tabled := w.Tabled != "" && w.Tabled != m.ID && (!m.Circular() || strings.HasPrefix(w.Tabled, "CQ"))
		if w.Case != nil && !tabled && (w.Decided == "" || w.Decided == m.ID) {
			add(w.Case.ID)
		}
	}
	var cases []step.CaseFile
	for _, id := range ids {
		c, err := d.Find(ctx, id)
		switch {
		case Refused(err):
		case err != nil:
			return nil, err
		default:
			cases = append(cases, step.CaseFile{Scene: c.scene, Text: string(d.Source(c.Path))})
		}
	}
	return cases, nil
}

// PaperProposal is the commit of a step beside cases with some values, or what is
// wrong with them.
func (d *Desk) PaperProposal(p *step.Paper, values map[string]string) (submit.Proposal, []step.Fault) {
	files, faults := p.Apply(values)
	texts := map[string]string{}
	for _, f := range files {
		texts[f.Path] = f.Text
	}
	return d.commit(texts, proposal.OfPaper(d.Config, d.Who, p, files)), faults
}

// PaperNumbers are what a step beside cases is likely to be about now.
func (d *Desk) PaperNumbers(ctx context.Context, name string) []string {
	day := workday.Of(d.Now)
	switch name {
	case step.MonthlyStep:
		return []string{workday.MonthOf(day).Add(-1).String(), workday.MonthOf(day).String()}
	case step.PleaStep, step.FindingStep:
		return []string{workday.QuarterOf(day).Add(-1).String(), workday.QuarterOf(day).String()}
	}
	all, err := d.Register(ctx)
	if err != nil {
		return nil
	}
	var list []string
	for _, m := range slices.Backward(all.Meetings) {
		list = append(list, m.ID+"\t"+m.Reason)
	}
	return list[:min(len(list), 12)]
}
