package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// snippet is one entry of a .code-snippets file.
type snippet struct {
	Scope       string   `json:"scope"`
	Prefix      string   `json:"prefix"`
	Description string   `json:"description"`
	Body        []string `json:"body"`
}

func encodeSnippet(body []string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(map[string]snippet{"登记一件事项": {"markdown", "登记",
		"登记一件诉求或舆情：先按编号新建文件，再用这一段", body}})
	if err != nil {
		return nil, fmt.Errorf("writing a snippet: %w", err)
	}
	return b.Bytes(), nil
}
