package form

import (
	"slices"

	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/form/trail"
	"suqiu/internal/record"
	"suqiu/internal/step"
	"suqiu/internal/workday"
)

// openAnswer is what can be done with what was opened.
type openAnswer struct {
	Case  *caseAnswer  `json:"case"` // the first; null: a registration
	Cases []caseAnswer `json:"cases"`
	Stale bool         `json:"stale"` // a text is another than the one that the site was made of
	Steps []stepAnswer `json:"steps"`
	Can   []string     `json:"can"` // units in whose name something can be done
}

type caseAnswer struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	State      string `json:"state"`
	Path       string `json:"path"`
	Blob       string `json:"blob"`
	Restricted bool   `json:"restricted"`
	Stale      bool   `json:"stale"`
}

// stepAnswer is a step as a form shows it.
type stepAnswer struct {
	Name   string        `json:"name"`
	Title  string        `json:"title"`
	Row    int           `json:"row"`
	Who    string        `json:"who"`
	Unit   string        `json:"unit"`
	Proxy  bool          `json:"proxy"`
	Until  string        `json:"until"`
	Late   string        `json:"late"`
	After  string        `json:"after"`
	With   string        `json:"with"`
	Clocks string        `json:"clocks"`
	Rank   int           `json:"rank"`
	Quick  bool          `json:"quick"`
	Auto   bool          `json:"auto"`
	Alone  bool          `json:"alone"`
	Fields []fieldAnswer `json:"fields"`
}

type fieldAnswer struct {
	Name     string    `json:"name"`
	Kind     step.Kind `json:"kind"`
	Required bool      `json:"required"`
	Choices  []string  `json:"choices"`
	Help     string    `json:"help"`
}

// opened answers what can be done.
func (e *Engine) opened() (*openAnswer, error) {
	a := &openAnswer{Cases: []caseAnswer{}, Steps: []stepAnswer{}, Can: []string{}}
	if len(e.cases) == 0 {
		for _, st := range e.registrations() {
			a.Steps = append(a.Steps, e.shown(st))
			a.Can = append(a.Can, st.Unit)
		}
		return a, nil
	}
	for _, c := range e.cases {
		now := c.scene.Case
		a.Cases = append(a.Cases, caseAnswer{now.ID, now.Title, string(c.scene.Life.State), now.Path, c.blob,
			caserules.Restricted(e.config, now), c.stale})
		a.Stale = a.Stale || c.stale
	}
	a.Case = &a.Cases[0]
	for i := range e.cases[0].steps {
		if all := e.together(e.cases[0].steps[i].Name); all != nil {
			st := *all[0]
			st.Fields = step.Together(all)
			a.Steps = append(a.Steps, e.shown(&st))
		}
	}
	a.Can = append(a.Can, e.able()...)
	return a, nil
}

// scene is where somebody stands who takes a step that is none of a case's. What
// was read of the settings knows people by their addresses.
func (e *Engine) scene() *step.Scene {
	b := *e.bureau
	b.Config = e.config
	_, env := b.Scene(&trail.Case{}, &record.Case{})
	env.AsOf = workday.Of(e.now)
	return &step.Scene{Env: env, Email: e.email, Now: e.now}
}

// registrations are those that whoever is at the form may take, by unit.
func (e *Engine) registrations() (list []*step.Step) {
	scene := e.scene()
	for i := range e.config.Units {
		if st, ok := scene.Registration(e.config.Units[i].Name); ok && e.config.Units[i].Name != "" {
			list = append(list, &st)
		}
	}
	return list
}

// together are the steps of that name on all cases that were opened; nil if it
// cannot be taken on all of them.
func (e *Engine) together(name string) (list []*step.Step) {
	for _, c := range e.cases {
		i := slices.IndexFunc(c.steps, func(s step.Step) bool { return s.Name == name })
		if i < 0 || len(e.cases) > 1 && c.steps[i].Alone {
			return nil
		}
		list = append(list, &c.steps[i])
	}
	return list
}

// able are the units in whose name a usual step can be taken on the first case.
func (e *Engine) able() (list []string) {
	scene := e.cases[0].scene
	for i := range e.config.Units {
		u := &e.config.Units[i]
		scene.Email = u.Code
		scene.Env.Actor = func(string, workday.Date) config.Actor {
			return config.Actor{Units: []string{u.Name}, Roles: u.Roles}
		}
		usual := func(s step.Step) bool { return s.Usual() && !s.Proxy }
		if slices.ContainsFunc(scene.Steps(), usual) {
			list = append(list, u.Name)
		}
	}
	return list
}

func (e *Engine) shown(st *step.Step) stepAnswer {
	a := stepAnswer{Name: st.Name, Title: st.Title, Row: st.Row, Who: st.Who, Unit: st.Unit, Proxy: st.Proxy,
		Late: st.Late, After: string(st.To), With: st.With, Clocks: st.Clocks, Rank: st.Rank, Quick: st.Quick,
		Auto:  st.Quick && slices.Contains(e.config.Forms.Auto, st.Title),
		Alone: st.Alone, Fields: []fieldAnswer{}}
	if st.Until != 0 {
		a.Until = st.Until.String()
	}
	for _, f := range st.Fields {
		a.Fields = append(a.Fields, fieldAnswer{f.Name, f.Kind, f.Required, append([]string{}, f.Choices...), f.Help})
	}
	return a
}
