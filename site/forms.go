package site

import (
	"bytes"
	"context"
	"encoding/base64"

	"suqiu/internal/sitedir"
	"suqiu/internal/view"
)

// stepFiles are what the forms are made of: the engine, and what it is told. From
// file:// a page reads scripts alone, so all of it but the engine itself is one.
func (v *builder) stepFiles() []file {
	if v.forms == nil {
		return nil
	}
	built := v.engine
	return []file{
		{path: "step/engine.wasm.gz", write: asIs(built.Module)},
		{path: "step/worker.js", write: asIs(built.Worker)},
		{path: "step/engine.js", write: func(b *bytes.Buffer) error {
			b.Grow(len(`suqiuForms.module("");`) + 1 + base64.StdEncoding.EncodedLen(len(built.Module)))
			b.WriteString(`suqiuForms.module("`)
			out := base64.NewEncoder(base64.StdEncoding, b)
			_, _ = out.Write(built.Module) // a buffer takes all
			out.Close()
			b.WriteString("\");\n")
			return nil
		}},
		{path: "step/bureau.js", write: func(b *bytes.Buffer) error {
			return handOver(b, "bureau", v.forms.Bureau(), nil)
		}},
	}
}

// stageForms stages what the forms are told of each case, before anything else is
// made: nothing but this is made of the history, which then goes.
func (v *builder) stageForms(ctx context.Context, s *stager) error {
	defer v.ReleaseHistory()
	if v.engine == nil || v.Config.Unreadable != nil {
		return nil
	}
	v.forms = v.Forms()
	return s.stage(ctx, each(v.forms.Fillable(), func(e *view.Case) []file {
		return []file{{path: "step/case/" + e.ID + ".js", of: func() sitedir.InputHash { return v.hashes[e.Nth] },
			write: func(b *bytes.Buffer) error {
				data, err := v.forms.Case(ctx, e)
				return handOver(b, "case", data, err)
			}}}
	}))
}

// handOver is a script that hands a value to the forms.
func handOver(b *bytes.Buffer, what string, data []byte, err error) error {
	b.Grow(len("suqiuForms.();\n") + len(what) + len(data))
	b.WriteString("suqiuForms." + what + "(")
	b.Write(data)
	b.WriteString(");\n")
	return err
}
