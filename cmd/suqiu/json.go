package main

import "encoding/json"

// header begins every JSON.
type header struct {
	Version int    `json:"version"` // of the format
	Tool    string `json:"tool"`
	Head    string `json:"head"`
	AsOf    string `json:"as_of"`
}

// header is that of an answer about commit head.
func (inv *invocation) header(head string) header {
	return header{Version: 1, Tool: tool, Head: head, AsOf: inv.day().String()}
}

// writeJSON prints v with Chinese as it is.
func (inv *invocation) writeJSON(v any) error {
	enc := json.NewEncoder(inv.data)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
