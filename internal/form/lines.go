package form

import (
	"encoding/json"
	"fmt"
	"time"

	"suqiu/internal/form/trail"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/step"
	"suqiu/internal/workday"
)

// linesRequest asks what is written into the file of a case whose text is not known.
type linesRequest struct {
	Bureau, Case json.RawMessage
	Now          time.Time
}

type linesAnswer struct {
	Path  string      `json:"path"`
	Steps []stepLines `json:"steps"`
}

// stepLines are what one step writes, each line below the key that it belongs to.
type stepLines struct {
	Title string `json:"title"`
	Who   string `json:"who"`
	After string `json:"after"`
	With  string `json:"with"`
	Lines string `json:"lines"`
}

// lines answers for whoever has not signed in: where a case stands its history tells
// without what it is about, and no more is needed to say what comes next.
func (e *Engine) lines(q *linesRequest) (*linesAnswer, error) {
	bureau, err := trail.ReadBureau(q.Bureau)
	if err != nil {
		return nil, fmt.Errorf("网站的表单数据（bureau.js）读不懂，请刷新页面：%w", err)
	}
	told, err := trail.ReadCase(q.Case)
	if err != nil {
		return nil, fmt.Errorf("网站的事项数据读不懂，请刷新页面：%w", err)
	}
	a := &linesAnswer{Path: told.Path, Steps: []stepLines{}}
	h, env := bureau.Scene(told, &record.Case{})
	if len(h.Landings) == 0 || h.Landings[len(h.Landings)-1].After == nil {
		return a, nil
	}
	h.Head = h.Landings[len(h.Landings)-1].After
	h.Last = h.Head
	env.AsOf = workday.Of(q.Now)
	life := replay.Case(h, env)
	scene := step.Scene{Env: env, Case: h.Head, Life: &life}
	for _, st := range scene.Listed() {
		text, _ := st.Asked(nil)
		a.Steps = append(a.Steps, stepLines{st.Title, st.Who, string(st.To), st.With, text})
	}
	return a, nil
}
