package record

import (
	"strings"

	"suqiu/internal/frontmatter"
)

// ScopeDoubtful reports whether what is wrong with a file may concern 公开范围: a
// fault at that key, or a key that nobody knows and that may have been meant for
// it.
func (c *Case) ScopeDoubtful() bool {
	const key = "公开范围"
	for i := range c.Problems {
		p := &c.Problems[i]
		switch {
		case p.Key == key:
			return true
		case p.Rule != "key-unknown" || strings.Contains(p.Key, "."):
		case frontmatter.NearestKey([]Key{{Name: key}}, p.Key) != "":
			return true
		default:
			for _, part := range []string{"公开", "范围", "要素", "可见", "密级"} {
				if strings.Contains(p.Key, part) {
					return true
				}
			}
		}
	}
	return false
}

// Within reports whether a key path is another or lies below it. The empty path
// is the whole file.
func Within(key, above string) bool {
	rest, ok := strings.CutPrefix(key, above)
	return ok && (above == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}
