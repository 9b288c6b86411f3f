//go:build js && wasm

// Command form is the engine of the site's forms: compiled to WebAssembly, it puts
// suqiuEngine into the global object of a page or worker.
package main

import (
	"syscall/js"

	"suqiu/internal/form"
)

func main() {
	var engine form.Engine
	call := js.FuncOf(func(_ js.Value, args []js.Value) any {
		answer, err := engine.Call(args[0].String(), []byte(args[1].String()))
		if err != nil {
			return map[string]any{"error": err.Error()}
		}
		return map[string]any{"answer": string(answer)}
	})
	js.Global().Set("suqiuEngine", call)
	select {} // the page calls as long as it stands
}
