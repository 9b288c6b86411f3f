package ledger

import (
	"slices"
	"testing"

	"suqiu/internal/frontmatter"
	"suqiu/internal/record"
	"suqiu/internal/view"
)

// A key that is added to a copy of the schema with a column is exported under
// its name and imported under that and its other titles.
func TestAddKey(t *testing.T) {
	s := *record.Schema()
	at := 1 + slices.IndexFunc(s.Keys, func(k frontmatter.Key) bool { return k.Name == "主题" })
	s.Keys = slices.Insert(slices.Clone(s.Keys), at, frontmatter.Key{
		Name: "难点", Shape: frontmatter.Many,
		At:     frontmatter.At(func(c *record.Case) any { return &c.Analysts }),
		Ledger: frontmatter.Column{Width: 12, Aliases: "难处 难题"},
	})
	columns := byKeys(&s)
	i := slices.IndexFunc(columns, func(c column) bool { return c.Title == "难点" })
	if i < 1 || columns[i-1].Title != "主题" {
		t.Fatalf("its column is %d", i)
	}
	if got := columns[i].full(&view.Text{Case: &record.Case{Analysts: []string{"甲", "乙"}}}); got != "甲、乙" {
		t.Errorf("exported as %v", got)
	}
	if titlesByName(&s)["难题"] != "难点" || titlesOfOurs["难题"] != "" {
		t.Error("its other title is not known, or is known without the key")
	}
	im := importer{head: &head{columns: map[string]int{"难点": 0}}, line: &Line{Cells: []string{"甲、乙"}},
		plan: &Plan{}}
	var c record.Case
	im.plain(&s, &c)
	if !slices.Equal(c.Analysts, []string{"甲", "乙"}) {
		t.Errorf("imported as %v", c.Analysts)
	}
}
