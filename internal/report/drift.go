package report

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// driftOf compares published figures, as the file has them, with the same
// recomputed: first the indicators, by name, then everything else by its path.
// What the file does not have is not compared: a later version of the program
// may count more. Units are compared under the names they have now.
func driftOf(was Publication, file []byte, now Quarterly, canon func(string) string) []Difference {
	list := indicatorDifferences(was.Figures, now)
	var raw struct {
		Figures map[string]any `json:"figures"`
	}
	if err := json.Unmarshal(file, &raw); err != nil {
		return list // it was read before
	}
	delete(raw.Figures, "indicators")
	if units, ok := raw.Figures["units"].([]any); ok {
		for _, u := range units {
			if row, ok := u.(map[string]any); ok {
				if name, ok := row["unit"].(string); ok {
					row["unit"] = canon(name)
				}
			}
		}
	}
	compare(raw.Figures, tree(now), "", &list)
	return list
}

// tree is a value as JSON sees it.
func tree(v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	var t any
	if err := json.Unmarshal(data, &t); err != nil {
		return err.Error()
	}
	return t
}

// compare walks two trees in order of their keys.
func compare(was, now any, path string, list *[]Difference) {
	switch w := was.(type) {
	case map[string]any:
		n, _ := now.(map[string]any)
		var keys []string
		for key := range w {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			if n == nil {
				compare(w[key], nil, path+"."+key, list)
				continue
			}
			compare(w[key], n[key], path+"."+key, list)
		}
	case []any:
		n, _ := now.([]any)
		if len(n) != len(w) {
			*list = append(*list, Difference{Key: path[1:], Name: path[1:] + " 的行数", Published: strconv.Itoa(len(w)), Now: strconv.Itoa(len(n))})
			return
		}
		for i := range w {
			compare(w[i], n[i], path+"["+strconv.Itoa(i)+"]", list)
		}
	default:
		if was != now {
			*list = append(*list, Difference{Key: path[1:], Name: path[1:], Published: fmt.Sprint(was), Now: fmt.Sprint(now)})
		}
	}
}
