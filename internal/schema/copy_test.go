package schema

import (
	"bytes"
	"slices"
	"testing"

	"suqiu/internal/frontmatter"
	"suqiu/internal/record"
)

// A key that is added to a copy of a case's schema is offered to editors.
func TestAddKey(t *testing.T) {
	s := *record.Schema()
	s.Keys = append(slices.Clone(s.Keys), frontmatter.Key{
		Name: "难度", Type: frontmatter.Enum, Values: []string{"难", "易"}, Note: "办理的难度",
	})
	out, err := caseOf(&s, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"难度"`, `"办理的难度"`, `"易"`} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("%s is not in the schema", want)
		}
	}
}
