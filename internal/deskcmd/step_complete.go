package deskcmd

import (
	"context"
	"maps"
	"slices"

	"suqiu/internal/cli"
	"suqiu/internal/step"
)

// completeStep offers numbers, then what can be done with the first of them, then
// its fields.
func completeStep(ctx context.Context, inv *cli.Invocation, args []string) []string {
	o := stepOptions{Invocation: inv}
	if o.read(args) != nil && len(o.ids) > 0 {
		return nil
	}
	d, err := Open(ctx, inv)
	if err != nil {
		return nil
	}
	if o.paper != "" || o.about != "" {
		return o.completePaper(ctx, d)
	}
	var list []string
	if o.name == "" {
		list = step.PaperSteps()
		if len(o.ids) > 0 {
			list = []string{step.WishStep}
		}
		if all, err := d.Register(ctx); err == nil {
			for _, c := range all.Cases {
				if !c.Deleted && c.Life.State.IsOpen() {
					list = append(list, c.ID+"\t"+c.Title)
				}
			}
		}
	}
	if len(o.ids) == 0 {
		return list
	}
	c, err := d.Find(ctx, o.ids[0])
	if err != nil {
		return nil
	}
	if o.name == "" {
		for _, s := range c.Steps {
			list = append(list, s.Name+"\t"+s.With)
		}
		return list
	}
	if s := step.Find(c.Steps, o.name); s != nil {
		return assignments(s.Fields, o.values)
	}
	return nil
}

// assignments are the fields that have no value yet, with their choices.
func assignments(fields []step.Field, given map[string]string) []string {
	var list []string
	known := slices.Collect(maps.Keys(given))
	for _, f := range fields {
		if slices.Contains(known, f.Name) {
			continue
		}
		for _, choice := range f.Choices {
			list = append(list, f.Name+"="+choice)
		}
		if len(f.Choices) == 0 {
			list = append(list, f.Name+"=\t"+f.Help)
		}
	}
	return list
}
