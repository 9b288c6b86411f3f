package casepage

import (
	"slices"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/view"
	"suqiu/internal/workflow"
)

// rights says in one line what units may still do that stops the clock, and till when;
// of the unit in charge also what is over. A right that lapses is no alarm.
func (v *Maker) rights(e *view.Case) string {
	if !e.Open() {
		return ""
	}
	var units []string
	may, past := map[string][]string{}, map[string][]string{}
	for i := range e.Clocks {
		k := &e.Clocks[i]
		if !k.Right() || k.Role == clock.Co && !answers(e, k.Unit) {
			continue
		}
		if !slices.Contains(units, k.Unit) {
			units = append(units, k.Unit)
		}
		switch what := rightOf(k); {
		case k.Live():
			may[k.Unit] = append(may[k.Unit], "可"+what+"至 "+v.Counter.On(k.Due))
		case k.Role != clock.Co && v.lapsed(e, k):
			past[k.Unit] = append(past[k.Unit], what+"已过 "+v.Counter.On(k.Due))
		}
	}
	var parts []string
	for _, unit := range units {
		said := may[unit]
		if over := past[unit]; len(over) > 0 {
			said = append(said, strings.Join(over, "、")+"，不再暂停计时")
		}
		if len(said) > 0 {
			parts = append(parts, unit+strings.Join(said, "，"))
		}
	}
	return strings.Join(parts, "；")
}

func rightOf(k *view.Clock) string {
	if k.Kind == clock.Statement {
		return "报研究决定"
	}
	return "提异议"
}

// answers reports whether a unit has still to help.
func answers(e *view.Case, unit string) bool {
	return slices.ContainsFunc(e.Clocks, func(k view.Clock) bool {
		return k.Kind == clock.CoFeedback && k.Unit == unit && k.Live()
	})
}

// lapsed reports whether a right ran out in this push, and would still be one but for
// the day.
func (v *Maker) lapsed(e *view.Case, k *view.Clock) bool {
	return e.Text != nil && k.Status == clock.Cancelled && k.Due < v.AsOf && k.Push == e.Text.Life.Pushes &&
		workflow.Regulation().State(e.Text.Life.State).Runs(k.Kind)
}
