// Package filing writes what is handed in from what the register knows: a unit's
// 月度报送, and the figures of a quarter that are kept.
package filing

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/frontmatter"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/worktree"
)

// Result is what became of a paper.
type Result struct {
	Path   string   // that was written; empty: none
	Notes  []string // to tell the user
	Failed bool     // what is there cannot be filled in
}

func (r *Result) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

// registered counts the tickets of a unit's cases of a month, by channel in
// the unit's order. Where there are none the unit has to say how many came in.
func registered(d *register.Register, u *config.Unit, month workday.Month) []frontmatter.Named {
	count := d.Collected(u.Name, month)
	var list []frontmatter.Named
	for _, channel := range u.Channels {
		list = append(list, frontmatter.Named{Name: channel, N: count[channel], Given: count[channel] > 0})
	}
	return list
}

// Monthly writes the 月度报送 of a unit into the work tree at top, from the cases that
// it has registered; in one that is there it fills in what is empty.
func Monthly(d *register.Register, u *config.Unit, month workday.Month, day workday.Date, top string) (done Result,
	err error) {
	if month.First() > day {
		return done, fmt.Errorf("截至 %s，%s 还没有开始", day, month)
	} else if month.Last() >= day {
		done.note("%s 还没有结束，此后登记的件数请月末再补上", month)
	}
	name := papers.MonthlyPath(month, u.Code)
	file := filepath.Join(top, filepath.FromSlash(name))
	volumes := registered(d, u, month)
	src, err := worktree.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		m := &papers.Monthly{Unit: u.Name, Month: month, Volumes: volumes}
		m.Zero = m.Total() == 0
		if err := worktree.Create(file, papers.BeginMonthly(m)); err != nil {
			return done, err
		}
		done.Path = name
		done.note("已按登记的事项填写，共 %d 件。请补上未登记为事项的件数和风险点，把〔请填…〕换成实际件数，"+
			"核对“零报告”，再提交", m.Total())
		return done, nil
	}
	if err != nil {
		return done, fmt.Errorf("读不了 %s：%w", name, err)
	}
	out, filled, ok := papers.FillMonthly(name, src, volumes, d.Config.Canon)
	if !ok {
		done.note("%s 有写法上的问题，没有改动；请先运行 suqiu fmt，按提示改好", name)
		done.Failed = true
		return done, nil
	}
	if len(filled) == 0 {
		done.note("%s 各渠道都已填写，没有改动", name)
		return done, nil
	}
	if err := worktree.Replace(file, out); err != nil {
		return done, fmt.Errorf("写不了 %s：%w", name, err)
	}
	done.Path = name
	done.note("补上了 %s；原来填好的没有改动", strings.Join(filled, "、"))
	return done, nil
}
