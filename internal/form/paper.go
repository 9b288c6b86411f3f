package form

import (
	"errors"
	"fmt"
	"time"

	"suqiu/internal/form/trail"
	"suqiu/internal/papers"
	"suqiu/internal/proposal"
	"suqiu/internal/step"
	"suqiu/internal/workday"
)

// paperRequest takes a step beside cases, or, without values, asks for its fields.
// Cases that are open are those that a meeting decides on.
type paperRequest struct {
	Step   string
	Number string // 2026-11, 2026Q3, HY2026-05; empty: the usual or the next one
	Unit   string // in whose name
	Kind   string // of a meeting that is begun: 例会, 传签
	// Text is that of the file as just read; empty: there is none, as far as is known.
	Text   string
	Values map[string]string
	Taken  map[string]int // the highest numbers of open branches
}

// paperAnswer is a step beside cases before anything was filled in.
type paperAnswer struct {
	Step   stepAnswer `json:"step"`
	Number string     `json:"number"`
	Path   string     `json:"path"`
}

// paper answers with the fields of a step beside cases, or with what it becomes.
func (e *Engine) paper(q *paperRequest) (any, error) {
	p, err := e.paperStep(q)
	if err != nil {
		return nil, err
	}
	if q.Values == nil {
		return &paperAnswer{e.shown(&p.Step), p.Number, p.Path()}, nil
	}
	a := e.begin(q.Values)
	files, faults := p.Apply(q.Values)
	if a.tell(faults) {
		return a, nil
	}
	before := map[string]*opened{}
	for _, c := range e.cases {
		before[c.scene.Case.Path] = c
	}
	for _, f := range files {
		text, blob := q.Text, ""
		if c := before[f.Path]; c != nil {
			text, blob = c.text, c.blob
		} else if text != "" {
			blob = trail.Blob(text, e.bureau.Digits)
		}
		a.put(f.Path, text, f.Text, blob)
	}
	made := proposal.OfPaper(e.config, e.who, p, files)
	a.Branch, a.Subject, a.Body, a.Changed = made.Branch, made.Subject, made.Body, p.Title
	return a, nil
}

func (e *Engine) paperStep(q *paperRequest) (*step.Paper, error) {
	scene := e.scene()
	unit := e.config.Canon(q.Unit)
	if unit == "" && len(e.who.Units) > 0 {
		unit = e.who.Units[0]
	}
	switch q.Step {
	case step.MonthlyStep:
		month, err := monthOf(q.Number, e.now)
		if err != nil {
			return nil, err
		}
		return scene.Monthly(unit, month, q.Text, nil)
	case step.PleaStep, step.FindingStep:
		quarter, err := workday.ParseQuarter(q.Number)
		if err != nil {
			return nil, errors.New("没有写明季度，如 2026Q3")
		}
		known := step.Appraised{Text: q.Text}
		if q.Step == step.PleaStep {
			return scene.Plea(unit, quarter, known)
		}
		return scene.Finding(quarter, known)
	case step.WishStep:
		var cases []*step.Scene
		for _, c := range e.cases {
			cases = append(cases, &c.scene)
		}
		return scene.Wish(unit, e.meeting(q, "HY"), cases)
	case step.CarriedOutStep:
		return scene.CarriedOut(q.Number, q.Text)
	case step.ResolutionStep:
		letters := "HY"
		if q.Kind == "传签" {
			letters = "CQ"
		}
		var cases []step.CaseFile
		for _, c := range e.cases {
			cases = append(cases, step.CaseFile{Scene: &c.scene, Text: c.text})
		}
		return scene.Resolution(e.meeting(q, letters), q.Kind, q.Text, cases)
	}
	return nil, fmt.Errorf("没有“%s”这一步", q.Step)
}

// meeting is the 编号 that a step is about, or the next one of a kind.
func (e *Engine) meeting(q *paperRequest, letters string) string {
	if papers.IsMeeting(q.Number) {
		return q.Number
	}
	of := fmt.Sprint(letters, workday.Of(e.now).Year())
	return papers.MeetingID(of+"-", max(e.bureau.Numbers[of], q.Taken[of])+1)
}

// monthOf is a month as it is written; empty: the last one.
func monthOf(text string, now time.Time) (workday.Month, error) {
	if text == "" {
		return workday.MonthOf(workday.Of(now)).Add(-1), nil
	}
	return workday.ParseMonth(text)
}
