package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"suqiu/internal/document"
)

// driftOf compares what was published, as the file has it, with the same
// recomputed: first the indicators, by name, then everything else by its path,
// then the lists. What the file does not have is not compared: a later version
// of the program may count more. Units are compared under the names they had
// then.
func driftOf(was Publication, file []byte, now Publication) []Difference {
	list := indicatorDifferences(was.Figures, now.Figures)
	var raw struct {
		Settings map[string]any `json:"settings"`
		Figures  map[string]any `json:"figures"`
		Annexes  []writtenAnnex `json:"annexes"`
	}
	if err := json.Unmarshal(file, &raw); err != nil {
		return append(list, Difference{Key: "annexes", Name: "附件", Published: "读不出来", Now: "能读"})
	}
	delete(raw.Figures, "indicators")
	compare(raw.Settings, tree(now.Settings), ".settings", &list)
	compare(raw.Figures, tree(now.Figures), "", &list)
	for i := range raw.Annexes {
		raw.Annexes[i].compare(now.Annexes, &list)
	}
	return list
}

// writtenAnnex is an annex as a file has it.
type writtenAnnex struct {
	Key     string                `json:"key"`
	Title   string                `json:"title"`
	Columns []document.JSONColumn `json:"columns"`
	Rows    [][]any               `json:"rows"`
}

// compare compares the columns that both have. An annex that is not made any
// more is not compared.
func (a *writtenAnnex) compare(made []document.Annex, list *[]Difference) {
	n := slices.IndexFunc(made, func(m document.Annex) bool { return m.Key == a.Key })
	if n < 0 {
		return
	}
	now := &made[n]
	name := "附件“" + now.Title + "”"
	add := func(key, what, was, is string) {
		*list = append(*list, Difference{"annexes." + a.Key + key, name + what, was, is})
	}
	if was, is := len(a.Rows), len(now.Table.Rows); was != is {
		add("", "的行数", strconv.Itoa(was), strconv.Itoa(is))
		return
	}
	for i, row := range a.Rows {
		cells, ok := tree(now.Cells(i, nil)).([]any)
		for j, c := range a.Columns {
			k := slices.IndexFunc(now.Table.Columns, func(x document.Column) bool { return x.Name == c.Name })
			if !ok || k < 0 || j >= len(row) || row[j] == cells[k] {
				continue
			}
			add("["+strconv.Itoa(i)+"]."+c.Name, "第 "+strconv.Itoa(i+1)+" 行“"+c.Name+"”", fmt.Sprint(row[j]),
				fmt.Sprint(cells[k]))
		}
	}
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
		for _, key := range slices.Sorted(maps.Keys(w)) {
			compare(w[key], n[key], path+"."+key, list)
		}
	case []any:
		n, _ := now.([]any)
		if len(n) != len(w) {
			*list = append(*list, Difference{Key: path[1:], Name: path[1:] + " 的行数",
				Published: strconv.Itoa(len(w)), Now: strconv.Itoa(len(n))})
			return
		}
		for i := range w {
			compare(w[i], n[i], path+"["+strconv.Itoa(i)+"]", list)
		}
	default:
		if was != now {
			*list = append(*list, Difference{Key: path[1:], Name: path[1:], Published: fmt.Sprint(was),
				Now: fmt.Sprint(now)})
		}
	}
}
