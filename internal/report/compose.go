package report

import (
	"strings"

	"suqiu/internal/document"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// Options say for whom a document is made.
type Options struct {
	// Supervision shows everything. Else what is 仅要素 shows no title, and
	// 更正, 代录 and 忽略 are counted, not listed.
	Supervision bool
}

// The editions, as Options and the site name them.
const (
	public      = "公开"
	supervision = "监督"
)

func (o Options) edition() string {
	if o.Supervision {
		return supervision
	}
	return public
}

// composer composes one report. Its exported names are for chapters.tmpl.
type composer struct {
	*Tally
	profile
	d          *register.Register
	o          Options
	indicators []Indicator
	Standing   *Standing        // nil: the quarter was not published
	drawn      []document.Block // tables that the prose has put, in order
}

// compose begins a report.
func (b *Book) compose(q workday.Quarter, o Options) *composer {
	return &composer{Tally: b.Tally(q), indicators: b.Compute(q).Indicators, d: b.d, o: o}
}

// Compose writes the report of a quarter.
func Compose(d *register.Register, q workday.Quarter, o Options) document.Document {
	return Open(d).Compose(q, o)
}

// Compose writes the report of a quarter.
func (b *Book) Compose(q workday.Quarter, o Options) document.Document {
	w, d := b.compose(q, o), b.d
	w.profile = w.describe()
	date := d.AsOf
	if d.AsOf >= q.Last() {
		for _, p := range d.Published {
			if p.Quarter == q {
				s := stand(b, p)
				w.Standing = &s
			}
		}
		if w.Standing != nil && w.Standing.AsOf != 0 {
			date = w.Standing.AsOf
		}
	}
	doc := document.Document{
		Quarter: q, Title: append(nameLines(d.Config.Name), w.Name()+"分析报告"), Office: "联席会议办公室", Date: date,
		Note: w.text("note"), Seal: d.LastSeal(),
	}
	issues := w.issues()
	for _, title := range papers.Chapters() {
		chapter := document.Chapter{Title: title}
		switch title {
		case "七、存在问题":
			chapter.Blocks = numbered(issues, 0, "从数字看，本季度没有超期、退回、不满意等情况。")
		case "八、下一步建议":
			chapter.Blocks = numbered(issues, 1, "继续按照联席会议制度做好收集、分析、推送、办理、"+
				"反馈和评估各环节工作。")
		default:
			chapter.Blocks = w.blocks(w.text(title))
		}
		chapter.Blocks = append(chapter.Blocks, w.written(title)...)
		doc.Chapters = append(doc.Chapters, chapter)
	}
	doc.Annexes = []document.Annex{w.indicatorAnnex(), w.taskAnnex(), w.overdueAnnex(), w.requestAnnex(), w.unitAnnex(),
		w.countyAnnex(), w.auditAnnex()}
	return doc
}

// lists are the annexes of a quarter that list what stands behind the figures.
func (b *Book) lists(q workday.Quarter, o Options) []document.Annex {
	w := b.compose(q, o)
	return []document.Annex{w.taskAnnex(), w.overdueAnnex(), w.requestAnnex(), w.countyAnnex().WithoutSums(),
		w.auditAnnex()}
}

// Lists are, of the annexes of a report, those that a Publication has: the others
// show indicators and units, which the figures have already.
func Lists(d *document.Document) []document.Annex {
	var list []document.Annex
	for _, a := range d.Annexes {
		if a.Key != "indicators" && a.Key != "units" {
			list = append(list, a.WithoutSums())
		}
	}
	return list
}

// Bureau is the bureau that a repository's name begins with, or all of it.
func Bureau(name string) string { return nameLines(name)[0] }

// nameLines breaks the name of the repository behind that of the bureau: a
// title stands in lines of much the same length.
func nameLines(name string) []string {
	const bureau = "税务局"
	if i := strings.LastIndex(name, bureau); i >= 0 && i+len(bureau) < len(name) {
		return []string{name[:i+len(bureau)], name[i+len(bureau):]}
	}
	return []string{name}
}

// written is what persons wrote for a chapter.
func (w *composer) written(title string) []document.Block {
	var blocks []document.Block
	for _, r := range w.d.Reports {
		if r.Quarter != w.Quarter {
			continue
		}
		for _, t := range r.Texts {
			if t.Chapter == title && strings.TrimSpace(t.Text) != "" {
				blocks = append(blocks, document.Block{Written: strings.TrimSpace(t.Text)})
			}
		}
	}
	return blocks
}
