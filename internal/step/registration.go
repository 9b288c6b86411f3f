package step

import (
	"strings"

	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Registration is the step that registers a case which a unit collected; ok is
// false if whoever takes it may not.
func (s *Scene) Registration(unit string) (st Step, ok bool) {
	scene := &Scene{Env: s.Env, Email: s.Email, Now: s.Now, Case: &record.Case{Collector: unit},
		Life: &workflow.Life{}, History: &timeline.CaseHistory{}}
	n := scene.table().Registration(unit)
	grant := replay.Grant{Unit: unit}
	if desk := scene.desk(); desk != nil {
		if grant, ok = desk.Takes(n.Of, unit); !ok {
			return Step{}, false
		}
	}
	st = scene.step(n, grant)
	st.Name = st.Title
	return st, true
}

// Register is the new file of a registration and where it belongs. next gives
// the 编号 that follows those in use which begin so.
func (st *Step) Register(values map[string]string, next func(prefix string) (string, error)) (path, text string,
	faults []Fault, err error) {
	if faults = st.check(values); len(faults) > 0 {
		return "", "", faults, nil
	}
	day, err := workday.Parse(strings.TrimSpace(values["收集日期"]))
	if err != nil {
		return "", "", []Fault{st.fault("收集日期", "date-invalid", "“收集日期”写法不对", "写成 2026-07-15 这样")}, nil
	}
	prefix := strings.ReplaceAll(day.String()[:len("2026-07")], "-", "") + "-" +
		st.scene.Env.Config.Unit(st.scene.Case.Collector).Code + "-"
	id, err := next(prefix)
	if err != nil {
		return "", "", nil, err
	}
	numbered, scene := *st, *st.scene
	scene.Case = &record.Case{Path: record.PathOf(id)}
	numbered.scene = &scene
	numbered.outputs = append([]output{{key: "编号", value: id}}, st.outputs...)
	text, faults = numbered.Apply(string(record.Print(&record.Case{})), values)
	return scene.Case.Path, text, faults, nil
}
