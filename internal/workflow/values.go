package workflow

import (
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/record"
)

// Said is what a case says at a key of the schema: of a key of a list of
// records, in its entry at i. Names come in the order of the file.
func Said(c *record.Case, path string, i int) string {
	top, name, nested := strings.Cut(path, ".")
	k := record.Schema().Key(top)
	if k == nil {
		return ""
	}
	owner := any(c)
	switch {
	case nested && k.Shape == record.Records:
		if i < 0 || i >= k.List.Len(c) {
			return ""
		}
		owner = k.List.At(c, i)
	case nested:
		owner = k.At(c)
	}
	if nested {
		if k = frontmatter.Find(k.Fields, name); k == nil {
			return ""
		}
	}
	if k.At == nil {
		return "" // a section, or records as a whole
	}
	if names, ok := k.At(owner).(*[]string); ok {
		return strings.Join(*names, "、")
	}
	return k.Text(owner)
}

// count is how many entries a list of records has.
func count(c *record.Case, list string) int {
	if k := record.Schema().Key(list); k != nil && k.Shape == record.Records {
		return k.List.Len(c)
	}
	return 0
}
