package step

import (
	"slices"

	"suqiu/internal/config"
	"suqiu/internal/workflow"
)

// withinCap leaves out the choice to grant another extension where what this push may
// have is granted already.
func (st *Step) withinCap() {
	if r := &st.row.Record; r.Key != "延期申请" || !r.Decides || !st.scene.extended() {
		return
	}
	for i := range st.Fields {
		if f := &st.Fields[i]; f.path == "延期申请.决定" {
			f.Choices = slices.DeleteFunc(slices.Clone(f.Choices), func(s string) bool { return s == "同意" })
		}
	}
}

// extended reports whether the push has had as many extensions as it may have, or as
// many days.
func (s *Scene) extended() bool {
	granted, days := 0, 0
	for i := range s.Life.Filings {
		if f := &s.Life.Filings[i]; f.Key == "延期申请" && f.Push == s.Life.Pushes && f.Granted > 0 {
			granted, days = granted+1, days+f.Granted
		}
	}
	limits := s.limits()
	return granted > 0 && (granted >= limits.ExtensionCount || days >= limits.ExtensionCap)
}

// limits are those of the tree in which the last push landed.
func (s *Scene) limits() *config.Limits {
	if s.Env.ConfigAt != nil {
		for i := len(s.Life.Events) - 1; i >= 0; i-- {
			if e := &s.Life.Events[i]; e.To == workflow.Pushed && !e.Voided {
				if c := s.Env.ConfigAt(e.Landing); c != nil {
					return &c.Limits
				}
			}
		}
	}
	return &s.Env.Config.Limits
}
