package draft

import (
	"strings"

	"suqiu/internal/yamltext"
)

// Fragment is the lines of some writes, for where the whole file cannot be
// written: each stands below the key that it belongs to.
func Fragment(writes []Write) string {
	var b strings.Builder
	open := ""
	for _, w := range writes {
		if strings.HasPrefix(w.Key, "## ") {
			b.WriteString("\n" + w.Key + "\n\n" + w.Value + "\n")
			continue
		}
		top, rest, nested := strings.Cut(w.Key, ".")
		name, index, listed := strings.Cut(top, "[")
		lead := "  "
		if listed {
			lead = "    "
		}
		if nested && open != top {
			b.WriteString(name + ":\n")
			if index == "+]" {
				lead = "  - "
			}
		}
		open = top
		if !nested {
			lead = ""
		}
		if unit, below, deep := strings.Cut(rest, "."); deep {
			b.WriteString("  " + unit + ":\n")
			lead, rest = "    ", below
		} else if !nested {
			rest = name
		}
		b.WriteString(lead + rest + ":" + yamltext.Behind(w.Value) + "\n")
	}
	return strings.TrimLeft(b.String(), "\n")
}
