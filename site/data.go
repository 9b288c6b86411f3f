package site

import (
	"bytes"
	"io"

	"suqiu/internal/diag"
	"suqiu/internal/office"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/site/opendata"
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
	files := []file{{path: "data/cases.schema.json", write: asIs(opendata.CasesSchema)},
		{path: "data/report.schema.json", write: asIs(opendata.ReportSchema)}}
	if v.Edition == view.Supervision {
		files = append(files, file{path: "data/findings.json", write: v.findingsJSON},
			file{path: "data/findings.schema.json", write: asIs(opendata.FindingsSchema)})
	}
	return files
}

// casesJSON writes all cases, piece by piece.
func (v *builder) casesJSON(w io.Writer, pieces office.Pieces) error {
	before, err := opendata.Head(v.View, v.chrome.Tool)
	if err != nil {
		return err
	}
	for i := range v.shards {
		r := &v.shards[i]
		if _, err := io.WriteString(w, before); err != nil {
			return err
		}
		if err := office.Piece(w, pieces, r.hash.Key(), func() ([]byte, error) {
			return opendata.Cases(r.cases)
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

// findingsJSON is what check --format json prints.
func (v *builder) findingsJSON(b *bytes.Buffer) error {
	header := diag.Header{Tool: v.chrome.Tool, Head: v.Head, AsOf: v.AsOf.String()}
	return diag.JSON(b, header, opendata.Findings(v.findings))
}
