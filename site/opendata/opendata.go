// Package opendata is what the site offers to other programs: its cases and
// findings as JSON, with the schemas that say what stands there.
package opendata

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/problem"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// The schemas of the JSON files stand beside them for who reads them.
var (
	//go:embed schemas/cases.schema.json
	CasesSchema []byte
	//go:embed schemas/findings.schema.json
	FindingsSchema []byte
	//go:embed schemas/report.schema.json
	ReportSchema []byte
)

// caseJSON is one entry of data/cases.json. Of a case whose content the
// edition does not show, restricted is true and the second half is missing.
type caseJSON struct {
	ID         string         `json:"id"`
	Restricted bool           `json:"restricted"`
	State      workflow.State `json:"state"`
	Category   string         `json:"category"`
	Lead       string         `json:"lead"`
	Co         []string       `json:"co"`
	TaskList   string         `json:"task_list"`
	Clocks     []clock.JSON   `json:"clocks"`

	Title     string       `json:"title,omitempty"`
	Nature    string       `json:"nature,omitempty"`
	Channel   string       `json:"channel,omitempty"`
	Collector string       `json:"collector,omitempty"`
	Collected workday.Date `json:"collected,omitzero"`
	Tickets   int          `json:"tickets,omitempty"`
	Urgency   string       `json:"urgency,omitempty"`
}

// Head is what data/cases.json begins with, up to the entries.
func Head(v *view.View, tool string) (string, error) {
	head, err := json.Marshal(struct {
		Version int          `json:"version"`
		Tool    string       `json:"tool"`
		Head    string       `json:"head"`
		AsOf    workday.Date `json:"as_of"`
		Edition view.Edition `json:"edition"`
	}{1, tool, v.Head, v.AsOf, v.Edition})
	if err != nil {
		return "", err
	}
	return string(head[:len(head)-1]) + ",\"cases\":[\n", nil
}

// Cases are some entries, one a line so that two versions can be compared, without
// the ends of the list.
func Cases(cases []*view.Case) ([]byte, error) {
	var rows bytes.Buffer
	rows.Grow(len(cases) * usualRow)
	encoder := json.NewEncoder(&rows)
	for i, e := range cases {
		if i > 0 {
			rows.WriteString(",\n")
		}
		if err := encoder.Encode(newCaseJSON(e)); err != nil {
			return nil, err
		}
		rows.Truncate(rows.Len() - len("\n"))
	}
	return rows.Bytes(), nil
}

// usualRow is more than most entries take, in bytes.
const usualRow = 3 << 10

func newCaseJSON(e *view.Case) *caseJSON {
	j := &caseJSON{ID: e.ID, Restricted: e.Text == nil, State: e.State, Category: e.Category, Lead: e.Lead,
		Co: e.Co, TaskList: e.List, Clocks: make([]clock.JSON, 0, len(e.Clocks))}
	if j.Co == nil {
		j.Co = []string{}
	}
	for i := range e.Clocks {
		k := &e.Clocks[i]
		if e.Text == nil && !k.Counts() {
			continue
		}
		row := k.JSON()
		row.DaysLate = &k.DaysLate
		j.Clocks = append(j.Clocks, row)
	}
	if t := e.Text; t != nil {
		j.Title, j.Nature, j.Channel, j.Collector = t.Title, t.Nature, t.Channel, t.Collector
		j.Collected, j.Tickets, j.Urgency = t.Collected, t.Tickets, t.Urgency
	}
	return j
}

// Findings are what check found, without authors: the site names no person.
func Findings(list []problem.Problem) []problem.Problem {
	list = slices.Clone(list)
	for i := range list {
		list[i].Author = ""
	}
	return list
}
