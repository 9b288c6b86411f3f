package schema

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/frontmatter"
	"suqiu/internal/record"
)

// Case writes the schema of a case file's front matter, from the one table of
// its keys. Units and channels of cfg are offered; nil offers none.
func Case(cfg *config.Config) ([]byte, error) { return caseOf(record.Schema(), cfg) }

func caseOf(s *frontmatter.Schema, cfg *config.Config) ([]byte, error) {
	var w words
	if cfg != nil {
		for _, u := range cfg.Units {
			w.units = append(w.units, u.Name)
			w.channels = append(w.channels, u.Channels...)
		}
	}
	root := object(w.keys(s.Keys))
	root.Title = "诉求、舆情事项"
	root.Description = "文件开头两行 --- 之间的各项。办理日期不用填，由提交历史推定。"
	for _, k := range s.Keys {
		if k.Required {
			root.Required = append(root.Required, k.Name)
		}
	}
	return print(root)
}

// words are the names to offer.
type words struct{ units, channels []string }

func (w *words) keys(keys []frontmatter.Key) properties {
	var p properties
	for _, k := range keys {
		p = append(p, property{k.Name, note(w.value(&k), k.Note)})
	}
	return p
}

// value is what may stand behind a key. A key that is not required may be
// empty: canonical form prints them all.
func (w *words) value(k *frontmatter.Key) *node {
	scalar := w.scalar(k)
	switch k.Shape {
	case record.Many:
		return optional(&node{AnyOf: []*node{list(scalar), scalar}})
	case record.Record:
		return optional(object(w.keys(k.Fields)))
	case record.Records:
		return optional(list(object(w.keys(k.Fields))))
	case record.ByUnit:
		return optional(&node{Type: "object", Additional: optional(object(w.keys(k.Fields)))})
	}
	if k.Required {
		return scalar
	}
	return optional(scalar)
}

func (w *words) scalar(k *frontmatter.Key) *node {
	switch k.Type {
	case record.Unit:
		return suggestion(w.units)
	case record.Day:
		return day()
	case record.Count:
		return count(1)
	case record.Enum:
		return choice(k.Values...)
	case record.CaseID:
		return &node{Type: "string", Pattern: `^\d{6}-[A-Z][A-Z0-9]*-\d{3,}$`}
	case record.Channel:
		channels := slices.Clone(w.channels)
		slices.Sort(channels)
		return suggestion(slices.Compact(channels))
	}
	return text()
}

// Snippet writes a VS Code snippet that begins a case: what the collecting
// unit fills in, with the choices of the schema.
func Snippet() ([]byte, error) {
	lines := []string{"---"}
	stop := 0
	for _, k := range record.Schema().Keys {
		if k.Name != "状态" && !k.Required {
			continue
		}
		stop++
		field := ""
		switch {
		case k.Name == "状态":
			lines = append(lines, "")
			field = "已登记"
		case k.Name == "编号":
			field = "${TM_FILENAME_BASE}"
		case k.Type == record.Enum: // what is chosen first is what is left alone
			choices := append([]string{k.Placeholder()}, k.Values...)
			field = "${" + strconv.Itoa(stop) + "|" + strings.Join(choices, ",") + "|}"
		default:
			field = "${" + strconv.Itoa(stop) + ":" + k.Placeholder() + "}"
		}
		lines = append(lines, k.Name+": "+field)
	}
	lines = append(lines, "---")
	for _, h := range record.Headings() {
		lines = append(lines, "", "## "+h)
		if h == "诉求内容" {
			lines = append(lines, "", "$0")
		}
	}
	return encodeSnippet(lines)
}
