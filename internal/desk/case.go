package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"suqiu/internal/misuse"
	"suqiu/internal/register"
	"suqiu/internal/step"
	"suqiu/internal/workflow"
)

// Case is a case with the steps that can be taken on it, and the one that is.
type Case struct {
	*register.Followed
	Steps []step.Step
	Step  *step.Step
	scene *step.Scene
	text  string // of its file after the step
}

// Find reads a case.
func (d *Desk) Find(ctx context.Context, id string) (*Case, error) {
	f, err := d.Follow(ctx, id)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, misuse.New("主分支上没有编号为 %s 的事项", id)
	}
	scene := &step.Scene{Env: d.Env(), Case: f.Case.Case, Life: &f.Life, History: f.History, Email: d.Email, Now: d.Now}
	return &Case{Followed: f, Steps: scene.Steps(), scene: scene}, nil
}

// Choose takes the step of a name; several says that it is taken on other cases
// too.
func (c *Case) Choose(name string, several bool) error {
	c.Step = step.Find(c.Steps, name)
	switch {
	case c.Step == nil:
		var names []string
		for _, s := range c.Steps {
			names = append(names, s.Name)
		}
		return &misuse.Error{What: fmt.Sprintf("%s（%s）现在不能“%s”", c.ID, c.Life.State, name),
			Hint: "您现在可以：" + workflow.OrNone(strings.Join(names, "、"))}
	case several && c.Step.Alone:
		return misuse.New("“%s”要一件一件地办", c.Step.Name)
	}
	return nil
}

// MergesAlone refuses a step that somebody has to look at before it lands.
func (d *Desk) MergesAlone(s *step.Step) error {
	if s.Quick && slices.Contains(d.Config.Forms.Auto, s.Title) {
		return nil
	}
	return misuse.New("“%s”不能自动合并：suqiu.yaml 的“网页提交”没有列出，或者这一步要有人看过才合并", s.Title)
}

// Apply takes the chosen step with some values, or says what is wrong with them.
func (d *Desk) Apply(c *Case, values map[string]string) (faults []step.Fault) {
	c.text, faults = c.Step.Apply(string(d.Source(c.Path)), values)
	return faults
}

// Waiting are the open cases on which whoever sits at the desk has a step to take,
// with those steps, and what else he has to do by a day.
func (d *Desk) Waiting(ctx context.Context) (list []Case, owed []register.Due, err error) {
	all, err := d.Register(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, u := range all.Dues() {
		if u.Case == nil && d.Who.In(u.Unit) {
			owed = append(owed, u)
		}
	}
	for _, c := range all.Cases {
		if c.Deleted || c.Broken != nil || !c.Life.State.IsOpen() {
			continue
		}
		scene := step.Scene{Env: all.Env(), Case: c.Case, Life: &c.Life, Email: d.Email, Now: d.Now}
		steps := slices.DeleteFunc(scene.Steps(), func(s step.Step) bool { return !s.Usual() || s.Proxy })
		if len(steps) > 0 {
			list = append(list, Case{Followed: &register.Followed{Case: c}, Steps: steps})
		}
	}
	return list, owed, nil
}

// Registration is the step by which a unit brings in a new case; empty: the unit
// of whoever takes it.
func (d *Desk) Registration(unit string) (*step.Step, error) {
	unit = d.Config.Canon(unit)
	if unit == "" && len(d.Who.Units) > 0 {
		unit = d.Who.Units[0]
	}
	if d.Config.Unit(unit) == nil {
		return nil, misuse.New("请写明收集单位：收集单位=单位名称")
	}
	scene := step.Scene{Env: d.Env(), Email: d.Email, Now: d.Now}
	st, ok := scene.Registration(unit)
	if !ok {
		return nil, misuse.New("“%s”的事项由该单位登记，收到纸质材料的由联席办代录", unit)
	}
	return &st, nil
}
