package deskcmd

import (
	"context"
	"fmt"

	"suqiu/internal/desk"
	"suqiu/internal/step"
)

// What says which paper it is: for which unit, and of what kind a new meeting is.
const (
	unitItem = "单位"
	kindItem = "类型"
)

// takePaper is the step beside cases that was asked for.
func (o *stepOptions) takePaper(ctx context.Context, d *desk.Desk) (*step.Paper, error) {
	about := desk.About{Number: o.about, Cases: o.ids, Unit: o.values[unitItem], Kind: o.values[kindItem]}
	delete(o.values, unitItem)
	if o.paper == step.ResolutionStep {
		delete(o.values, kindItem)
	}
	return d.PaperStep(ctx, o.paper, about)
}

// runPaper takes a step beside cases: 月报, 申辩, 会议建议, 落实情况, a meeting's
// decisions.
func (o *stepOptions) runPaper(ctx context.Context, d *desk.Desk) error {
	p, err := o.takePaper(ctx, d)
	if err != nil {
		return err
	}
	if o.Auto {
		if err := d.MergesAlone(&p.Step); err != nil {
			return err
		}
	}
	asker := asker(o.Invocation)
	if asker != nil {
		if err := asker.Missing(ctx, p.Fields, o.values); err != nil {
			return err
		}
	}
	for {
		made, faults := d.PaperProposal(p, o.values)
		if len(faults) == 0 {
			return Propose(ctx, o.Invocation, d, made, &o.Proposing)
		}
		if again, err := again(ctx, o.Invocation, asker, p.Number, p.Fields, faults, o.values); !again {
			return err
		}
	}
}

// tellPapers says what can be done with a month, a quarter or a meeting.
func (o *stepOptions) tellPapers(ctx context.Context, d *desk.Desk) error {
	list, err := d.PapersOf(ctx, desk.About{Number: o.about})
	if err != nil {
		return err
	}
	fmt.Fprintln(o.Stdout, o.about)
	var steps []step.Step
	for _, p := range list {
		steps = append(steps, p.Step)
	}
	if len(steps) == 0 {
		fmt.Fprintf(o.Stdout, "  现在没有%s可走的步骤\n", d.Name())
		return nil
	}
	o.table(steps)
	return nil
}

// completePaper offers what a step beside cases may be about, then its fields.
func (o *stepOptions) completePaper(ctx context.Context, d *desk.Desk) []string {
	if o.paper == "" {
		var list []string
		papers, _ := d.PapersOf(ctx, desk.About{Number: o.about})
		for _, p := range papers {
			list = append(list, p.Name+"\t"+p.With)
		}
		return list
	}
	p, err := o.takePaper(ctx, d)
	if err != nil {
		return d.PaperNumbers(ctx, o.paper)
	}
	return assignments(p.Fields, o.values)
}
