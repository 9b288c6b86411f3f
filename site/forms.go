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
	built := v.engine
	if built == nil || v.Config.Unreadable != nil {
		return nil
	}
	forms := v.Forms()
	files := []file{
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
			return handOver(b, "bureau", forms.Bureau(), nil)
		}},
	}
	return append(files, each(forms.Fillable(), func(e *view.Case) []file {
		return []file{{path: "step/case/" + e.ID + ".js", of: func() sitedir.InputHash { return v.hashes[e.Nth] },
			write: func(b *bytes.Buffer) error {
				data, err := forms.Case(context.Background(), e)
				return handOver(b, "case", data, err)
			}}}
	})...)
}

// handOver is a script that hands a value to the forms.
func handOver(b *bytes.Buffer, what string, data []byte, err error) error {
	b.Grow(len("suqiuForms.();\n") + len(what) + len(data))
	b.WriteString("suqiuForms." + what + "(")
	b.Write(data)
	b.WriteString(");\n")
	return err
}
