package casefile

import "suqiu/internal/yamltext"

// FrontMatter cuts any file with front matter, such as the minutes of a
// meeting, into its keys and its body; ok is false if it has none to read.
func FrontMatter(src []byte) (front *yamltext.Node, body string, ok bool) {
	p := read(schema, src)
	return p.root, p.body, p.root != nil
}
