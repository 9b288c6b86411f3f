package site

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/diag"
	"suqiu/internal/office"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
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

// The schemas of the JSON files stand beside them for who reads them.
var (
	//go:embed schemas/cases.schema.json
	casesSchema []byte
	//go:embed schemas/findings.schema.json
	findingsSchema []byte
	//go:embed schemas/report.schema.json
	reportSchema []byte
)

func asIs(data []byte) func(*bytes.Buffer) error {
	return func(b *bytes.Buffer) error { b.Write(data); return nil }
}

// dataStreams are the cases as JSON.
func (v *builder) dataStreams() []file {
	return []file{{path: "data/cases.json", stream: v.casesJSON, of: func() sitedir.InputHash {
		r := sitedir.NewHasher(v.Head)
		r.Add(v.hashOfShards())
		return r.Sum()
	}}}
}

// dataFiles are the other files for programs.
func (v *builder) dataFiles() []file {
	files := []file{{path: "data/cases.schema.json", write: asIs(casesSchema)},
		{path: "data/report.schema.json", write: asIs(reportSchema)}}
	if v.Edition == view.Supervision {
		files = append(files, file{path: "data/findings.json", write: v.findingsJSON},
			file{path: "data/findings.schema.json", write: asIs(findingsSchema)})
	}
	return files
}

// casesJSON writes one case a line, so that two versions can be compared.
func (v *builder) casesJSON(w io.Writer, pieces office.Pieces) error {
	head, err := json.Marshal(struct {
		Version int          `json:"version"`
		Tool    string       `json:"tool"`
		Head    string       `json:"head"`
		AsOf    workday.Date `json:"as_of"`
		Edition view.Edition `json:"edition"`
	}{1, v.chrome.Tool, v.Head, v.AsOf, v.Edition})
	if err != nil {
		return err
	}
	before := string(head[:len(head)-1]) + ",\"cases\":[\n"
	for i := range v.shards {
		r := &v.shards[i]
		if _, err := io.WriteString(w, before); err != nil {
			return err
		}
		if err := office.Piece(w, pieces, r.hash.Key(), func() ([]byte, error) {
			return casesAsJSON(r.cases)
		}); err != nil {
			return err
		}
		before = ",\n"
	}
	if len(v.shards) > 0 {
		before = ""
	}
	_, err = io.WriteString(w, before+"\n]}\n")
	return err
}

// casesAsJSON are some entries, without the ends of the list.
func casesAsJSON(cases []*view.Case) ([]byte, error) {
	var rows []byte
	for i, e := range cases {
		if i > 0 {
			rows = append(rows, ",\n"...)
		}
		row, err := json.Marshal(newCaseJSON(e))
		if err != nil {
			return nil, err
		}
		rows = append(rows, row...)
	}
	return rows, nil
}

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

// findingsJSON is what check --format json prints, without authors: the site
// names no person.
func (v *builder) findingsJSON(b *bytes.Buffer) error {
	findings := slices.Clone(v.findings)
	for i := range findings {
		findings[i].Author = ""
	}
	return diag.JSON(b, diag.Header{Tool: v.chrome.Tool, Head: v.Head, AsOf: v.AsOf.String()}, findings)
}
