// Package yamltext reads YAML as the text people typed.
//
// Every scalar is kept as it stands in the file (0471202607 stays itself);
// types come from the reader's schema, never from YAML's guesses. Every node
// knows its line and column, and all faults of a text are told at once: a line
// that is plainly meant otherwise (a full-width colon, a missing space, a tab)
// is told of, mended in memory, and the reading goes on.
//
// The package promises bounded work: nesting deeper than 20 levels, aliases,
// anchors, tags, merge keys and further documents are refused.
package yamltext

// Kind is the shape of a Node.
type Kind uint8

// The three shapes.
const (
	Scalar Kind = iota
	List
	Map
)

// Style says how a value was written.
type Style uint8

// The styles. Lists and maps are Plain (block) or Flow.
const (
	Plain        Style = iota
	SingleQuoted       // 'text'
	DoubleQuoted       // "text"
	Literal            // |
	Folded             // >
	Flow               // [a, b] or {a: b}
)

// Node is one value with its place in the file. Lines and columns count from
// one; columns count characters (runes), not bytes.
type Node struct {
	Kind     Kind
	Style    Style
	Text     string // Scalar: as typed, without quotes; empty means absent
	Line     int
	Column   int // an empty value stands right behind its colon or dash
	EndLine  int
	Items    []*Node   // List
	Fields   []Field   // Map, in file order
	Comments *Comments // nil: none
}

// Field is one key of a map with its value. Comments of a field are those of
// its Value.
type Field struct {
	Key    string
	Line   int
	Column int
	Value  *Node // never nil
}

// Comment is one comment with its sign, as typed: "# 待核".
type Comment struct {
	Text   string // begins with #, no trailing blanks
	Line   int
	Column int
}

// Comments are the comments that belong to a value, be it a field's or an
// item's.
type Comments struct {
	Head   []Comment // whole lines above the key or the item's dash
	Inline Comment   // behind the value on its line (behind the colon if the value is a list or map); Text empty: none
	Foot   []Comment // whole lines below the value that belong to nothing that follows
}

// Head returns the comment lines above a value's key or dash; nil-safe.
func (n *Node) Head() []Comment {
	if n == nil || n.Comments == nil {
		return nil
	}
	return n.Comments.Head
}

// Inline returns the comment behind a value; its Text is empty if there is
// none; nil-safe.
func (n *Node) Inline() Comment {
	if n == nil || n.Comments == nil {
		return Comment{}
	}
	return n.Comments.Inline
}

// Foot returns the comment lines below a value's last line; nil-safe.
func (n *Node) Foot() []Comment {
	if n == nil || n.Comments == nil {
		return nil
	}
	return n.Comments.Foot
}

// Get returns the first field with this key, nil if there is none; nil-safe.
func (n *Node) Get(key string) *Field {
	if n == nil {
		return nil
	}
	for i := range n.Fields {
		if n.Fields[i].Key == key {
			return &n.Fields[i]
		}
	}
	return nil
}
