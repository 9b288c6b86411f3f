package desk

import (
	"context"
	"errors"
	"strings"

	"suqiu/internal/analysis"
	"suqiu/internal/misuse"
	"suqiu/internal/step"
	"suqiu/internal/workday"
)

// Unanalysed are the cases that wait for their analysis, with the steps that end
// it; of a month alone, if one is given.
func (d *Desk) Unanalysed(ctx context.Context, month workday.Month) ([]analysis.Case, error) {
	all, err := d.Register(ctx)
	if err != nil {
		return nil, err
	}
	var list []analysis.Case
	for _, c := range all.Cases {
		if c.Deleted || c.Broken != nil || !c.Life.State.BeforePush() ||
			month != (workday.Month{}) && !month.Contains(c.Collected) {
			continue
		}
		scene := step.Scene{Env: all.Env(), Case: c.Case, Life: &c.Life, Email: d.Email, Now: d.Now}
		if steps := analysis.Of(scene.Steps()); len(steps) > 0 {
			list = append(list, analysis.Case{Case: c.Case, Steps: steps})
		}
	}
	return list, nil
}

// Analyse takes the steps that a row of a sheet asks for, or says what is wrong with
// them: the text first, then what is done with the case.
func (d *Desk) Analyse(ctx context.Context, r *analysis.Row) (*Case, []step.Fault, error) {
	c, err := d.Find(ctx, r.ID)
	if err != nil {
		return nil, nil, err
	}
	if r.Step == "" && len(r.Values) > 0 {
		return nil, nil, misuse.New("没有选“处理”")
	}
	c.text = string(d.Source(c.Path))
	if r.Text != "" {
		faults, err := c.goOn("补充诉求内容", map[string]string{"研判分析": r.Text})
		if err != nil || len(faults) > 0 {
			return nil, faults, err
		}
	}
	if r.Step == "" {
		return c, nil, nil
	}
	faults, err := c.goOn(r.Step, r.Values)
	return c, faults, err
}

// goOn takes a step on what the last one left.
func (c *Case) goOn(name string, values map[string]string) (faults []step.Fault, err error) {
	if err := c.Choose(name, false); err != nil {
		return nil, err
	}
	c.text, faults = c.Step.Apply(c.text, values)
	return faults, nil
}

// Why is what an error says, with what it suggests.
func Why(err error) string {
	var no *misuse.Error
	if errors.As(err, &no) && no.Hint != "" {
		return strings.TrimSuffix(no.What, "。") + "；" + no.Hint
	}
	return err.Error()
}
