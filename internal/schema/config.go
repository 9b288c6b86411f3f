package schema

import (
	"suqiu/internal/config"
	"suqiu/internal/workday"
)

// Config writes the schema of suqiu.yaml, from the one table of its keys.
func Config() ([]byte, error) {
	root := object(configKeys(config.Keys()))
	root.Title = "suqiu.yaml"
	root.Description = "组织、渠道、时限和日历。由联席办提交。"
	root.Required = []string{"名称", "单位"}
	return print(root)
}

func configKeys(keys []config.Key) properties {
	var p properties
	for i := range keys {
		n := configValue(&keys[i])
		if keys[i].Optional {
			n = optional(n)
		}
		p = append(p, property{keys[i].Name, note(n, keys[i].Note)})
	}
	return p
}

// configValue is what may stand behind a key.
func configValue(k *config.Key) *node {
	switch to := k.To.(type) {
	case *int:
		return count(0)
	case *workday.Date:
		return day()
	case *[]string, *[]workday.Date, config.Restricted:
		return texts()
	case *[]int:
		return list(count(1))
	case *[]config.Role:
		role := choice(string(config.Office), string(config.Supervisor), string(config.Callback), string(config.County))
		return &node{AnyOf: []*node{list(role), text()}}
	case *map[string]string:
		return &node{Type: "object", Additional: text()}
	case config.Version:
		return &node{Enum: []any{1, "1"}}
	case config.Entry:
		keys, _ := to(config.Item{})
		entry := object(configKeys(keys))
		entry.Required = k.Needed
		return list(entry)
	case config.Section:
		if to.Free {
			return &node{Type: "object"}
		}
		below := object(configKeys(to.Keys))
		if len(k.Values) > 0 {
			return &node{AnyOf: []*node{choice(k.Values...), below}}
		}
		return below
	}
	switch {
	case len(k.Values) > 0:
		return choice(k.Values...)
	case k.Pattern != "":
		return &node{Type: "string", Pattern: k.Pattern}
	}
	return text()
}

// texts is a list of texts, which may also stand on one line.
func texts() *node { return &node{AnyOf: []*node{list(text()), text()}} }
