// Package yamltext reads YAML as the text people typed.
//
// Every scalar is kept as it stands in the file (0471202607 stays itself);
// types come from the reader's schema, never from YAML's guesses. Every node
// knows its line and column, and all faults of a text are told at once.
package yamltext

// Kind is the shape of a Node.
type Kind uint8

// The three shapes.
const (
	Scalar Kind = iota
	List
	Map
)

// Node is one value with its place in the file. Lines and columns count from
// one; columns count characters (runes), not bytes.
type Node struct {
	Kind    Kind
	Text    string // Scalar: as typed, without quotes; empty means absent
	Line    int
	Column  int
	EndLine int
	Items   []*Node // List
	Fields  []Field // Map, in file order
}

// Field is one key of a map with its value.
type Field struct {
	Key    string
	Line   int
	Column int
	Value  *Node
}

// Problem is one fault of a text: what, where, and how to mend it, in Chinese.
type Problem struct {
	Rule    string // slug of DESIGN section 8
	Key     string // key path: 状态, 说明单[0].决定, "## 办理情况"; empty for the whole file
	Line    int
	Column  int
	EndLine int
	Message string // what is wrong
	Fix     string // what to do, or the line to paste instead; may be empty
}
