package site

import (
	"bytes"
	"html/template"
	"slices"
	"strconv"

	"suqiu/internal/workday"
)

// reportsPage lists the quarters.
type reportsPage struct {
	Frame
	Quarters []quarterFigures
	Trend    template.HTML // share on time by quarter, SVG
	Year     trend
}

// reportPage is one 分析报告 with the main figures of its quarter.
type reportPage struct {
	Frame
	Figures        *quarterFigures
	Name           string
	Running        bool // the quarter has not ended
	Previous, Next string
	Flow           template.HTML
	Categories     template.HTML
	Channels       template.HTML
}

func (v *view) reportPages(s *sheets) []file {
	files := []file{{"reports/index.html", func(b *bytes.Buffer) error { return s.reports.render(b, v.reportsPage()) }}}
	for i := range v.quarters {
		f := &v.quarters[i]
		page := &reportPage{Frame: v.frame(quarterName(f.Quarter)+"分析报告", "../", "reports"), Figures: f, Name: quarterName(f.Quarter),
			Running: f.Running}
		if i+1 < len(v.quarters) {
			page.Previous = v.quarters[i+1].Quarter.String()
		}
		if i > 0 {
			page.Next = v.quarters[i-1].Quarter.String()
		}
		groups := make([]group, len(f.Months))
		for i, m := range f.Months {
			groups[i] = group{strconv.Itoa(int(m.Month.Month)) + "月", []int{m.Registered, m.Balance.Pushed, m.Balance.Done}}
		}
		page.Flow = columns("flow", "本季各月登记、推送和办结事项数", []string{"登记", "推送", "办结"}, groups)
		page.Categories = bars("category", "本季推送事项按办理类别", f.ByCategory)
		page.Channels = bars("channel", "本季登记事项按渠道", f.ByChannel)
		files = append(files, file{"reports/" + f.Quarter.String() + ".html", func(b *bytes.Buffer) error { return s.report.render(b, page) }})
	}
	return files
}

func (v *view) reportsPage() *reportsPage {
	page := &reportsPage{Frame: v.frame("分析报告", "../", "reports"), Quarters: v.quarters}
	recent := slices.Clone(v.quarters[:min(8, len(v.quarters))])
	slices.Reverse(recent)
	var shares []share
	for _, f := range recent {
		shares = append(shares, share{f.Quarter.String(), f.OnTime})
	}
	page.Trend = line("trend", "各季度按期反馈率", shares)
	page.Year = v.trend()
	return page
}

// quarterName is 2026年第三季度.
func quarterName(q workday.Quarter) string {
	return strconv.Itoa(q.Year) + "年第" + [...]string{"", "一", "二", "三", "四"}[q.Q] + "季度"
}
