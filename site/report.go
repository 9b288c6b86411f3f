package site

import (
	"bytes"
	"html/template"
	"io"
	"slices"
	"sync"

	"suqiu/internal/document"
	"suqiu/internal/draw"
	"suqiu/internal/office"
	"suqiu/internal/report"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site/quarter"
)

// reportsPage lists the quarters.
type reportsPage struct {
	Frame
	Quarters []quarter.Figures
	Trend    template.HTML // share on time by quarter, SVG
	Year     quarter.Trend
}

// reportPage is one 分析报告 with the main figures of its quarter.
type reportPage struct {
	Frame
	Figures        *quarter.Figures
	Name           string
	Running        bool // the quarter has not ended
	Previous, Next string
	Note           string
	Chapters       []quarter.Chapter
	Annexes        []quarter.Annex
	Seal           *quarter.Seal
	Appraised      bool // 考评 has a page
}

func (v *builder) reportsPage() framed {
	page := &reportsPage{Quarters: v.quarters}
	recent := slices.Clone(v.quarters[:min(8, len(v.quarters))])
	slices.Reverse(recent)
	var shares []draw.Point
	for _, f := range recent {
		shares = append(shares, quarter.Point(f.Quarter.Name(), f.OnTime))
	}
	page.Trend = draw.Line("trend", "各季度按期反馈率", shares)
	page.Year = quarter.NewTrend(v.quarters, v.View)
	return page
}

// documents composes the report of every quarter, newest first, for what the
// edition may show. Composing is where that border lies: a Document holds no
// title of a case that is 仅要素 unless the edition is 监督.
func (v *builder) documents() []document.Document {
	list := make([]document.Document, len(v.quarters))
	var all sync.WaitGroup
	for i := range list {
		all.Go(func() {
			list[i] = v.book.Compose(v.quarters[i].Quarter, report.Options{Supervision: v.Edition == view.Supervision})
		})
	}
	all.Wait()
	return list
}

// reportFiles are the report of each quarter: the page, and what it offers to take
// away.
func (v *builder) reportFiles() (files []file) {
	for i := range v.quarters {
		f, doc := &v.quarters[i], &v.reports[i]
		name := "reports/" + f.Quarter.String()
		data := &reportPage{Figures: f, Name: f.Quarter.Name(), Running: f.Running, Note: doc.Note,
			Seal:      quarter.Sealed(doc.Seal),
			Appraised: v.Edition == view.Supervision}
		if i+1 < len(v.quarters) {
			data.Previous = v.quarters[i+1].Quarter.String()
		}
		if i > 0 {
			data.Next = v.quarters[i-1].Quarter.String()
		}
		files = append(files, v.files(page{name + ".html", "report", data.Name + "分析报告", "reports", func() framed {
			data.Chapters = quarter.Chapters(v.minutesProse, doc)
			data.Annexes = quarter.Annexes(v.minutesProse, doc.Annexes)
			return data
		}, func() sitedir.InputHash { return v.hashOfReportPage(i, data) }})...)
		files = append(files,
			file{path: name + ".docx", of: v.reportHashes[i],
				write: func(b *bytes.Buffer) error { return doc.Word(b) }},
			file{path: name + ".xlsx", of: v.reportHashes[i],
				write: func(b *bytes.Buffer) error { return doc.Excel(b) }})
	}
	return files
}

// appraisalFiles are 考评 of each quarter, as a page and as Excel.
func (v *builder) appraisalFiles() (files []file) {
	for i := range v.quarters {
		f, tables := &v.quarters[i], v.appraisals[i]
		name, id := f.Quarter.Name(), f.Quarter.String()
		files = append(files, v.files(page{"appraisal/" + id + ".html", "appraisal", name + "考评", "reports",
			func() framed {
				return &appraisalPage{Name: name, Quarter: id, Running: f.Running, AsOf: f.AsOf,
					Tables: quarter.Annexes(v.minutesProse, tables)}
			}, nil})...)
		files = append(files, file{path: "appraisal/" + id + ".xlsx", write: func(b *bytes.Buffer) error {
			return document.WriteExcel(b, "考评", tables)
		}})
	}
	return files
}

// reportData are the reports as JSON. With every landing they say another
// commit, and mostly the same otherwise.
func (v *builder) reportData() []file {
	calendar := report.NoteCalendar(v.Calendar)
	var files []file
	for i := range v.quarters {
		f := &v.quarters[i]
		p := report.Publication{Version: report.FormatVersion, Counting: report.CountingVersion, Tool: v.chrome.Tool,
			Head: v.Head, AsOf: v.AsOf, Edition: string(v.Edition),
			Calendar: calendar, Settings: v.book.Settings(), Figures: f.Quarterly}
		body := sync.OnceValue(func() sitedir.InputHash { return v.hashFigures(i).Sum() })
		files = append(files, file{path: "reports/" + f.Quarter.String() + ".json",
			stream: func(w io.Writer, pieces office.Pieces) error {
				head, err := p.Preamble()
				if err != nil {
					return err
				}
				if _, err := w.Write(head); err != nil {
					return err
				}
				p.Annexes = report.Lists(&v.reports[i])
				return office.Piece(w, pieces, body().Key(), p.Body)
			},
			of: func() sitedir.InputHash {
				r := sitedir.NewHasher(v.Head)
				r.Add(body())
				return r.Sum()
			}})
	}
	return files
}

// appraisalPage is 考评 of a quarter (监督 edition).
type appraisalPage struct {
	Frame
	Name, Quarter string
	Running       bool
	AsOf          workday.Date
	Tables        []quarter.Annex
}
