// Package schema writes JSON Schemas (draft 7, which the YAML extensions of
// editors read) for the front matter of a case file and for suqiu.yaml.
//
// They help while typing: names, choices, notes. What suqiu itself takes is
// decided by its parsers alone; a schema refuses nothing that they accept.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
)

const draft = "http://json-schema.org/draft-07/schema#"

// node is one schema. Its keys are written in the order of the fields, and
// properties in the order of their table.
type node struct {
	Schema      string     `json:"$schema,omitempty"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Type        any        `json:"type,omitempty"` // a name or a list of names
	Const       any        `json:"const,omitempty"`
	Enum        []any      `json:"enum,omitempty"`
	Pattern     string     `json:"pattern,omitempty"`
	Minimum     *int       `json:"minimum,omitempty"`
	MinLength   int        `json:"minLength,omitempty"`
	AnyOf       []*node    `json:"anyOf,omitempty"`
	Items       *node      `json:"items,omitempty"`
	Required    []string   `json:"required,omitempty"`
	Properties  properties `json:"properties,omitempty"`
	Additional  any        `json:"additionalProperties,omitempty"` // false, or a *node
}

// property is one named schema.
type property struct {
	name string
	node *node
}

// properties are written in their own order.
type properties []property

// MarshalJSON writes an object whose keys keep their order.
func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, q := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(q.name)
		if err != nil {
			return nil, err
		}
		value, err := encode(q.node, "")
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// print writes a whole schema.
func print(n *node) ([]byte, error) {
	n.Schema = draft
	out, err := encode(n, "  ")
	if err != nil {
		return nil, fmt.Errorf("writing a schema: %w", err)
	}
	return out, nil
}

func encode(n *node, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(n); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// text is a scalar as somebody types it: YAML calls some texts numbers or
// truth values.
func text() *node { return &node{Type: []string{"string", "number", "boolean"}} }

// optional lets a key stand empty.
func optional(n *node) *node {
	empty := &node{Type: "null"}
	if len(n.AnyOf) > 0 && n.Description == "" {
		n.AnyOf = append(n.AnyOf, empty)
		return n
	}
	return &node{AnyOf: []*node{n, empty}}
}

func choice(values ...string) *node {
	n := &node{}
	for _, v := range values {
		n.Enum = append(n.Enum, v)
	}
	return n
}

// suggestion offers values and takes others too.
func suggestion(values []string) *node {
	if len(values) == 0 {
		return text()
	}
	return &node{AnyOf: []*node{choice(values...), text()}}
}

// count is a whole number from least on, quoted or not.
func count(least int) *node {
	return &node{AnyOf: []*node{{Type: "integer", Minimum: &least}, {Type: "string", Pattern: "^[0-9]+$"}}}
}

// day is a date.
func day() *node { return &node{Type: "string", Pattern: `^\d{4}-\d{2}-\d{2}$`} }

func list(of *node) *node { return &node{Type: "array", Items: of} }

func object(p properties) *node { return &node{Type: "object", Properties: p, Additional: false} }

// note adds what a person should know of a value.
func note(n *node, said string) *node {
	n.Description = said
	return n
}
