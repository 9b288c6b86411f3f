package report

import (
	"strings"
	"sync"

	"suqiu/internal/topics"
	"suqiu/internal/workday"
)

// Subjects is what the cases of a book are about.
type Subjects struct {
	Topics, Taxes topics.Table // 主题, 税费种
}

// newSubjects lets a book count its subjects once for each edition.
func (b *Book) newSubjects(o Options) func() Subjects {
	return sync.OnceValue(func() Subjects {
		s := Subjects{topics.Table{}, topics.Table{}}
		for i := range b.tracks {
			tr := &b.tracks[i]
			q := workday.QuarterOf(tr.registered)
			gone := tr.deleted != 0 && tr.deleted <= b.d.Receipt(q.Last())
			if gone || tr.registered > b.d.AsOf || !o.Supervision && b.d.Restricted(tr.c) {
				continue
			}
			s.Topics.AddEach(tr.c.Topics, q)
			s.Taxes.AddEach(tr.c.Taxes, q)
		}
		return s
	})
}

// Subjects counts what was registered by 主题 and 税费种. What is 仅要素 is not counted for
// the 公开 edition: the cases that it can read subtracted, a count would tell.
func (b *Book) Subjects(o Options) Subjects { return b.subjects[o]() }

// Hot says which 主题 or 税费种 come up most, as the site's page of them does.
func (w *composer) Hot(what string) string {
	const most = 5
	subjects := w.b.Subjects(w.o)
	table := map[string]topics.Table{"主题": subjects.Topics, "税费种": subjects.Taxes}[what]
	rows, merged := table.Rows(w.Quarter, 2)
	var parts []string
	for _, row := range rows {
		now, before := row.Cells[0], "不足"+items(topics.Least)
		if now == 0 || len(parts) == most {
			continue
		}
		if row.Cells[1] > 0 {
			before = items(row.Cells[1])
		}
		parts = append(parts, quoted(row.Name)+items(now)+"（上季度"+before+"）")
	}
	if len(parts) == 0 {
		return ""
	}
	text := "反映较多的是：" + strings.Join(parts, "、")
	if merged {
		text += "；其余" + what + "各不足" + items(topics.Least)
	}
	if !w.o.Supervision {
		text += "（限范围查看的事项不计）"
	}
	return text
}
