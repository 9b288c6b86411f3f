package forms

import (
	"fmt"
	"slices"

	"suqiu/internal/misuse"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// FindTasks finds the 任务清单 that somebody asked for: by its number, by the number
// of a case on it, by a unit and a month, or by a month alone.
func FindTasks(v *view.View, of, typed string) (*TaskList, error) {
	var month workday.Month
	if m, err := workday.ParseMonth(of); err == nil && typed == "" {
		month, of = m, ""
	} else if typed != "" {
		if month, err = workday.ParseMonth(typed); err != nil {
			return nil, misuse.New("“%s”不是月份，应写成 2026-07 这样", typed)
		}
	}
	name, unit, list := "", "", ""
	switch u, c := v.Config.Unit(of), v.Case(of); {
	case of == "":
		name = monthName(month)
	case u != nil && month == workday.Month{}:
		return nil, misuse.New("单位的任务清单要写月份，如 --month %s", workday.MonthOf(v.AsOf))
	case u != nil:
		unit, name = u.Name, u.Name+monthName(month)
	case month != workday.Month{}:
		return nil, misuse.New("没有单位“%s”；--month 与单位一起用", of)
	case c != nil && c.List == "":
		return nil, fmt.Errorf("%s 还没有推送，不在任务清单里", of)
	case c != nil:
		list, name = c.List, c.List
	default:
		list, name = of, of
	}
	l := &TaskList{Name: name, Bureau: v.Config.Name, AsOf: v.AsOf}
	for _, e := range v.Cases {
		switch k := e.Feedback(); {
		case list != "" && e.List != list,
			list == "" && (k == nil || !month.Contains(k.Start)),
			unit != "" && e.Lead != unit && !slices.Contains(e.Co, unit):
			continue
		}
		l.Entries = append(l.Entries, e)
	}
	if len(l.Entries) == 0 {
		if list != "" {
			return nil, fmt.Errorf("截至 %s 没有任务清单、单位或事项“%s”；可用“suqiu list”查看", v.AsOf, list)
		}
		return nil, fmt.Errorf("截至 %s，%s没有推送的任务", v.AsOf, name)
	}
	l.Trace = v.TraceOf(l.Entries)
	return l, nil
}

func monthName(m workday.Month) string { return fmt.Sprintf("%d年%d月", m.Year, int(m.Month)) }
