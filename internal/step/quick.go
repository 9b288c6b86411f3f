package step

import (
	"slices"

	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/workflow"
)

// QuickSteps are the titles of the steps that may merge by themselves where
// suqiu.yaml says so, and of those that somebody must have looked at, whatever the
// case.
func QuickSteps(cfg *config.Config) (quick, others []string) {
	s := &Scene{Env: replay.Env{Config: cfg}, Case: &record.Case{}, Life: &workflow.Life{}}
	for _, n := range s.table().Asks() {
		st := s.step(n, replay.Grant{})
		list := &others
		if st.Quick {
			list = &quick
		}
		if !slices.Contains(*list, st.Title) {
			*list = append(*list, st.Title)
		}
	}
	others = append(append(others, PaperSteps()...), s.table().Correction.Title)
	keys := record.Schema().Keys
	for i := range keys {
		if keys[i].Shape == record.Records {
			others = append(others, keys[i].Name)
		}
	}
	return quick, others
}
