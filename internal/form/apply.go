package form

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"suqiu/internal/caseid"
	"suqiu/internal/caserules"
	"suqiu/internal/mdfile"
	"suqiu/internal/privacy"
	"suqiu/internal/problem"
	"suqiu/internal/proposal"
	"suqiu/internal/record"
	"suqiu/internal/step"
	"suqiu/internal/workday"
)

// applyRequest takes a step on everything that is open.
type applyRequest struct {
	Step   string
	Values map[string]string
	Own    map[string]map[string]string // by 编号: what a case has in place of Values
}

// of are the values of a case.
func (q *applyRequest) of(id string) map[string]string {
	values := maps.Clone(q.Values)
	maps.Copy(values, q.Own[id])
	return values
}

// registerRequest is a new case of a unit.
type registerRequest struct {
	Unit   string
	Values map[string]string
	// Taken are the highest numbers of open branches, which the site does not know.
	Taken map[string]int
}

// applied is what a step becomes. There are files only where nothing is in its way.
type applied struct {
	Faults   []faultAnswer    `json:"faults"`
	Personal []personalAnswer `json:"personal"`
	// Restricted is set where what is filled in is, or may still become, of a case that
	// shows only its 要素: the page keeps nothing of it.
	Restricted bool         `json:"restricted"`
	Files      []fileAnswer `json:"files"`
	Copies     []copyAnswer `json:"copies"`
	Changed    string       `json:"changed"`
	Diff       []diffLine   `json:"diff"`
	Branch     string       `json:"branch"`
	Subject    string       `json:"subject"`
	Body       string       `json:"body"`
}

type faultAnswer struct {
	Case     string           `json:"case"`
	Field    string           `json:"field"` // empty: of the step as a whole
	Rule     string           `json:"rule"`
	Severity problem.Severity `json:"severity"`
	Message  string           `json:"message"`
	Fix      string           `json:"fix"`
	Line     int              `json:"line"`
	Column   int              `json:"column"`
}

// personalAnswer is what a value says of a person or an enterprise.
type personalAnswer struct {
	Case    string `json:"case"` // empty: of the values of all
	Field   string `json:"field"`
	Message string `json:"message"`
}

// fileAnswer is a file after the step, and the version that the step was taken on;
// empty: the file is new.
type fileAnswer struct {
	Path string `json:"path"`
	Text string `json:"text"`
	Blob string `json:"blob"`
}

// copyAnswer is a file to be pasted, which says of what version it is.
type copyAnswer struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

// apply takes a step on all that is open.
func (e *Engine) apply(q *applyRequest) (*applied, error) {
	steps := e.together(q.Step)
	if len(steps) == 0 {
		return nil, fmt.Errorf("现在不能“%s”：请刷新页面，看看事项到了哪一步", q.Step)
	}
	a := e.begin(q.Values)
	for _, c := range e.cases {
		a.persons(e, c.scene.Case.ID, q.Own[c.scene.Case.ID])
	}
	var taken []proposal.Taken
	fields := step.Together(steps)
	for i, c := range e.cases {
		text, faults := steps[i].Try(c.text, steps[i].Own(q.of(c.scene.Case.ID), fields))
		if a.tell(faults) {
			continue
		}
		after := record.Parse(c.scene.Case.Path, []byte(text), e.config.Canon)
		taken = append(taken, proposal.Taken{Step: steps[i], Before: c.scene.Case, After: after})
		a.put(c.scene.Case.Path, c.text, text, c.blob)
	}
	e.end(a, taken, q.Values)
	return a, nil
}

// register makes a new case.
func (e *Engine) register(q *registerRequest) (*applied, error) {
	if e.config == nil {
		return nil, errors.New("还没有打开表单，请刷新页面")
	}
	name := e.config.Canon(q.Unit)
	all := e.registrations()
	i := slices.IndexFunc(all, func(s *step.Step) bool { return s.Unit == name })
	if i < 0 {
		return nil, fmt.Errorf("“%s”的事项由该单位登记，收到纸质材料的由联席办代录", name)
	}
	next := func(prefix string) (string, error) {
		of := strings.TrimSuffix(prefix, "-")
		return caseid.Make(of, max(e.bureau.Numbers[of], q.Taken[of])+1), nil
	}
	a := e.begin(q.Values)
	a.Restricted = a.Restricted || q.Values["渠道"] == ""
	path, text, faults, err := all[i].Register(q.Values, next)
	if err != nil {
		return nil, err
	}
	var taken []proposal.Taken
	if !a.tell(faults) {
		taken = []proposal.Taken{{Step: all[i], After: record.Parse(path, []byte(text), e.config.Canon)}}
		a.put(path, "", text, "")
	}
	e.end(a, taken, q.Values)
	return a, nil
}

// begin is an answer with what the values say of persons, whatever else is missing.
func (e *Engine) begin(values map[string]string) *applied {
	a := &applied{Faults: []faultAnswer{}, Personal: []personalAnswer{}, Files: []fileAnswer{},
		Copies: []copyAnswer{}, Diff: []diffLine{}}
	a.persons(e, "", values)
	a.Restricted = e.config.RestrictedScope(values["公开范围"], values["渠道"], values["办理类别"])
	for _, c := range e.cases {
		a.Restricted = a.Restricted || caserules.Restricted(e.config, c.scene.Case)
	}
	return a
}

// persons tells what values say of persons, in the order of their names.
func (a *applied) persons(e *Engine, id string, values map[string]string) {
	day := workday.Of(e.now)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, sp := range privacy.Scan([]byte(values[name])) {
			if sp.Kind != privacy.Email || len(e.config.Actor(sp.Value, day).Units) == 0 {
				a.Personal = append(a.Personal, personalAnswer{id, name, "“" + name + "”中有" +
					caserules.Called([]byte(values[name]), sp)})
			}
		}
	}
}

// tell tells of faults; true: one stands in the way.
func (a *applied) tell(faults []step.Fault) (refused bool) {
	for _, f := range faults {
		a.Faults = append(a.Faults, faultAnswer{f.Case, f.Field, f.Rule, f.Severity, f.Message, f.Fix, f.Line,
			f.Column})
		refused = refused || f.Severity == problem.Error
	}
	return refused
}

func (a *applied) put(path, before, after, blob string) {
	a.Files = append(a.Files, fileAnswer{path, after, blob})
	a.Copies = append(a.Copies, copyAnswer{path, mdfile.WithOrigin(after, blob)})
	a.Diff = append(a.Diff, compared(before, after)...)
}

// end says how all of it is proposed, or gives nothing where one case refused.
func (e *Engine) end(a *applied, taken []proposal.Taken, values map[string]string) {
	if len(taken) == 0 || len(taken) < len(e.cases) {
		a.Files, a.Copies, a.Diff = []fileAnswer{}, []copyAnswer{}, []diffLine{}
		return
	}
	p := proposal.Of(e.config, e.who, taken, values)
	a.Branch, a.Subject, a.Body = p.Branch, p.Subject, p.Body
	if a.Changed = p.Body; len(taken) == 1 {
		a.Changed = taken[0].Changed()
	}
}

// diffLine is a line of a change: " " it stays, "-" it goes, "+" it comes.
type diffLine struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// mostLines bounds the table of compared; beyond it everything goes and comes.
const mostLines = 1500

// compared is the change of a text by lines, as few as can be.
func compared(before, after string) (list []diffLine) {
	x, y := lines(before), lines(after)
	add := func(kind string, lines []string) {
		for _, line := range lines {
			list = append(list, diffLine{kind, line})
		}
	}
	head := 0
	for head < min(len(x), len(y)) && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < min(len(x), len(y))-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	add(" ", x[:head])
	middle := x[head : len(x)-tail]
	a, b := middle, y[head:len(y)-tail]
	if max(len(a), len(b)) > mostLines {
		add("-", a)
		add("+", b)
		a, b = nil, nil
	}
	common := longest(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add(" ", a[i:i+1])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			add("-", a[i:i+1])
			i++
		default:
			add("+", b[j:j+1])
			j++
		}
	}
	add(" ", x[len(x)-tail:])
	return list
}

// longest tells for each pair of places how many lines the rests have in common.
func longest(a, b []string) [][]int {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	return common
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
}
