package workflow

import (
	"slices"
	"strings"

	"suqiu/internal/casefile"
	"suqiu/internal/workday"
)

// Next is one legal next step of a case, with what to write for it.
type Next struct {
	Row   Row
	Who   string // who takes it: 承办单位（信息中心）
	Block string // the lines to copy into the front matter
}

// NextSteps lists what may come next: who, and which lines to write.
func NextSteps(c *casefile.Case, life *Life, cal *workday.Calendar, asOf workday.Date) []Next {
	var steps []Next
	for i := range table {
		row := table[i]
		if !slices.Contains(row.From, life.State) || row.N == 14 && len(c.Feedback) == 0 {
			continue
		}
		who := make([]string, 0, len(row.Who))
		for _, w := range row.Who {
			switch {
			case w == ByLead && life.Lead != "":
				who = append(who, string(w)+"（"+life.Lead+"）")
			case w == ByCollector && c.Collector != "":
				who = append(who, string(w)+"（"+c.Collector+"）")
			default:
				who = append(who, string(w))
			}
		}
		steps = append(steps, Next{Row: row, Who: join(who), Block: fill(row.Lines, life, cal, asOf)})
	}
	return steps
}

func fill(lines []string, life *Life, cal *workday.Calendar, asOf workday.Date) string {
	day := asOf.String()
	r := strings.NewReplacer(
		"{日期}", day,
		"{到期日}", cal.Add(asOf, 10).String(),
		"{月}", strings.ReplaceAll(day[:7], "-", ""),
		"{承办单位}", life.Lead,
	)
	return r.Replace(strings.Join(lines, "\n"))
}
