package site

import (
	"html/template"
	"slices"
	"strconv"

	"suqiu/internal/document"
	"suqiu/internal/draw"
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
	Note           string
	Chapters       []docChapter
	Annexes        []docAnnex
	Appraised      bool // 考评 has a page
}

func (v *builder) reportsPage() framed {
	page := &reportsPage{Quarters: v.quarters}
	recent := slices.Clone(v.quarters[:min(8, len(v.quarters))])
	slices.Reverse(recent)
	var shares []draw.Point
	for _, f := range recent {
		shares = append(shares, point(f.Quarter.String(), f.OnTime))
	}
	page.Trend = draw.Line("trend", "各季度按期反馈率", shares)
	page.Year = v.trend()
	return page
}

// point is a share on a line.
func point(label string, s document.Share) draw.Point {
	return draw.Point{Label: label, N: s.N, Of: s.Of, Text: s.String(), Hollow: !s.Large()}
}

// quarterName is 2026年第三季度.
func quarterName(q workday.Quarter) string {
	return strconv.Itoa(q.Year) + "年第" + [...]string{"", "一", "二", "三", "四"}[q.Q] + "季度"
}
