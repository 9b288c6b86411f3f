// Package engine holds the program of the forms as make built it: package form,
// compiled to WebAssembly. A program that was built without make has none.
package engine

import (
	"embed"
	"slices"
	"sync"
)

//go:embed all:built worker.js
var files embed.FS

// Files is the engine as a site holds it.
type Files struct {
	Module []byte // WebAssembly, compressed by gzip
	Worker []byte // the script that runs it
}

// Built is the engine; nil if this program was built without it.
func Built() *Files { return built() }

var built = sync.OnceValue(func() *Files {
	module, err := files.ReadFile("built/engine.wasm.gz")
	if err != nil {
		return nil
	}
	runner, err := files.ReadFile("built/wasm_exec.js") // of the Go that compiled it
	if err != nil {
		return nil
	}
	worker, err := files.ReadFile("worker.js")
	if err != nil {
		return nil
	}
	return &Files{module, slices.Concat(runner, worker)}
})
