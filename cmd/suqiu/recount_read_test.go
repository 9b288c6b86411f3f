package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// flatten lays a tree of JSON out by path; rows are known by their name.
func flatten(path string, v any, into map[string]float64) {
	switch v := v.(type) {
	case map[string]any:
		for key, x := range v {
			flatten(strings.TrimPrefix(path+"."+key, "."), x, into)
		}
	case []any:
		for _, x := range v {
			row, _ := x.(map[string]any)
			for _, key := range []string{"kind", "method", "unit", "name", "key"} {
				if name, ok := row[key].(string); ok {
					if class, ok := row["class"].(string); ok {
						name += "/" + class
					}
					flatten(path+"."+name, x, into)
					break
				}
			}
		}
	case float64:
		into[path] = v
	}
}

func text(m map[string]any, key string) string {
	switch v := m[key].(type) {
	case nil:
		return ""
	case time.Time:
		return v.Format(time.DateOnly)
	default:
		return fmt.Sprint(v)
	}
}

func list(m map[string]any, key string) []map[string]any {
	var rows []map[string]any
	items, _ := m[key].([]any)
	for _, x := range items {
		if row, ok := x.(map[string]any); ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// task reports whether a case was pushed and is not closed; pushed, whether it
// was ever pushed.
func task(m map[string]any) bool {
	return pushed(m) && !slices.Contains([]string{"已办结", "不推送", "已合并", "已撤回"}, text(m, "状态"))
}

func pushed(m map[string]any) bool {
	return m != nil && text(m, "任务清单") != "" && !slices.Contains([]string{"已登记", "分析中", "不推送"},
		text(m, "状态"))
}

func orUnnamed(s string) string {
	if s == "" {
		return "（未填）"
	}
	return s
}

func date(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func nextDay(s string) string { return date(s).AddDate(0, 0, 1).Format(time.DateOnly) }

// The State Council's notices for 2025 and 2026, as this test knows them.
const (
	daysOff = " 2025-10-01 2025-10-02 2025-10-03 2025-10-04 2025-10-05 2025-10-06 2025-10-07 2025-10-08" +
		" 2026-01-01 2026-01-02 2026-01-03 2026-02-15 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-" +
		"21 2026-02-22 2026-02-23" +
		" 2026-04-04 2026-04-05 2026-04-06 2026-05-01 2026-05-02 2026-05-03 2026-05-04 2026-05-05 2026-06-19 2026-06-" +
		"20 2026-06-21" +
		" 2026-09-25 2026-09-26 2026-09-27 2026-10-01 2026-10-02 2026-10-03 2026-10-04 2026-10-05 2026-10-06 2026-10-" +
		"07 "
	daysWorked = " 2025-09-28 2025-10-11 2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10 "
)

func working(d time.Time) bool {
	s := " " + d.Format(time.DateOnly) + " "
	weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	return strings.Contains(daysWorked, s) || !weekend && !strings.Contains(daysOff, s)
}

// workingDays counts those in (from, to].
func workingDays(from, to string) int {
	n := 0
	for d := date(from).AddDate(0, 0, 1); !d.After(date(to)); d = d.AddDate(0, 0, 1) {
		if working(d) {
			n++
		}
	}
	return n
}
