package report

import (
	"strings"

	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// Document is the quarterly report as blocks. The page, Word, Markdown and
// Excel are drawn from it, so that they say the same.
type Document struct {
	Quarter  workday.Quarter
	Title    []string // its lines
	Office   string   // who signs it
	Date     workday.Date
	Note     string // what the figures are counted on
	Chapters []Chapter
	Annexes  []Annex
}

// Chapter is one of the eight.
type Chapter struct {
	Title  string // 一、基本情况
	Blocks []Block
}

// Block is one of: a heading, a paragraph, a table with or without a chart, or
// what a person wrote.
type Block struct {
	Heading string
	Text    string
	Table   *Table
	Chart   *Chart // of Table
	Written string // Markdown, from reports/2026Q3.md
}

// Annex is one table behind the report.
type Annex struct {
	Key   string // stable: tasks, overdue …
	Title string // without its number
	Note  string // how it is counted
	Table Table
	Chart *Chart // of Table; nil: none
	// Sums is how many of the last rows of Table are sums of the others, which a
	// Publication does not keep.
	Sums int
}

// kept is an annex as a Publication has it.
func (a Annex) kept() Annex {
	a.Table.Rows = a.Table.Rows[:len(a.Table.Rows)-a.Sums]
	return a
}

// Kind says what the cells of a column hold.
type Kind uint8

// The kinds.
const (
	Words  Kind = iota
	Number      // whole numbers
	Day         // days
	CaseID      // 编号
	Ratio       // a share as a report shows it: 92.3%, 3/4
	Score       // points with at most two decimals: 97.5
)

// figures reports whether a column of the kind is set flush right.
func (k Kind) figures() bool { return k == Number || k == Ratio || k == Score }

// Column is one column of a Table.
type Column struct {
	Name  string
	Kind  Kind
	Width int // relative to the others
}

// Table is a table of text; a cell holds what its column's kind says, or words
// where there is no such value.
type Table struct {
	Caption string
	Columns []Column
	Rows    [][]string
}

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

// Compose writes the report of a quarter.
func Compose(d *register.Register, q workday.Quarter, o Options) Document {
	return Open(d).Compose(q, o)
}

// Compose writes the report of a quarter.
func (b *Book) Compose(q workday.Quarter, o Options) Document {
	d := b.d
	w := &composer{d: d, b: b, q: q, o: o, t: b.tally(q), r: b.Compute(q)}
	if d.AsOf >= q.Last() {
		w.standing = w.published()
	}
	date := d.AsOf
	if w.standing != nil && w.standing.AsOf != 0 {
		date = w.standing.AsOf
	}
	doc := Document{
		Quarter: q, Title: append(nameLines(d.Config.Name), quarterName(q)+"分析报告"),
		Office: "联席会议办公室", Date: date, Note: w.note(),
	}
	for i, chapter := range []func(*composer) []Block{
		(*composer).situation, (*composer).features, (*composer).hotspots, (*composer).performance,
		(*composer).opinion, (*composer).resolutions, (*composer).problems, (*composer).advice,
	} {
		title := papers.Chapters()[i]
		doc.Chapters = append(doc.Chapters, Chapter{title, append(chapter(w), w.written(title)...)})
	}
	doc.Annexes = w.annexes()
	return doc
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

// composer composes one document.
type composer struct {
	d        *register.Register
	b        *Book
	q        workday.Quarter
	o        Options
	t        *tally
	r        Quarterly
	standing *Standing // nil: the quarter was not published
}

func (w *composer) published() *Standing {
	for _, p := range w.d.Published {
		if p.Quarter == w.q {
			s := stand(w.b, p)
			return &s
		}
	}
	return nil
}

// written is what persons wrote for a chapter.
func (w *composer) written(title string) []Block {
	var blocks []Block
	for _, r := range w.d.Reports {
		if r.Quarter != w.q {
			continue
		}
		for _, t := range r.Texts {
			if t.Chapter == title && strings.TrimSpace(t.Text) != "" {
				blocks = append(blocks, Block{Written: strings.TrimSpace(t.Text)})
			}
		}
	}
	return blocks
}

// note says on what the figures rest.
func (w *composer) note() string {
	b := new(strings.Builder)
	if w.r.Running {
		b.WriteString("本季度尚未结束，数字截至" + chineseDate(w.r.AsOf) + "。")
	} else {
		b.WriteString("数字按" + chineseDate(w.r.AsOf) + "（季末）的情况计算，其后入库的工作计入以后季度。")
		if until := w.d.Receipt(w.q.Last()); w.d.AsOf <= until {
			b.WriteString("收件到" + chineseDate(until) + "为止，在此以前数字还会增加。")
		}
	}
	b.WriteString("比率同时列出分子和分母；不足" + itoa(MinBase) + "项的只列数目，不算比率，不作比较。“事项”以编号为准，一个事项可以代表多件同类诉求。")
	if w.r.Deleted > 0 {
		b.WriteString("文件被删除的" + itoa(w.r.Deleted) + "个事项不在其中。")
	}
	switch s := w.standing; {
	case s == nil:
	case s.Problem != "":
		b.WriteString("本季度的数字曾经发布，但无法核对：" + s.Problem + "。")
	case len(s.Drift) > 0:
		b.WriteString("已发布的数字与按当时提交重算的不符，共" + itoa(len(s.Drift)) + "处，见“数据核查”。")
	case len(s.Recounted) > 0:
		b.WriteString("本季度的数字已于" + chineseDate(s.AsOf) + "按口径第" + itoa(s.Was.Counting) + "版发布；按现行口径（第" + itoa(CountingVersion) + "版）重算有" +
			itoa(len(s.Recounted)) + "处不同，属口径变更，发布的数字仍然有效，两者一并列在附件1。")
	case len(s.Corrected) > 0:
		b.WriteString("本季度的数字已于" + chineseDate(s.AsOf) + "发布；其后入库的更正改变了" + itoa(len(s.Corrected)) + "个数字，发布的数字和更正后的数字一并列在附件1。")
	default:
		b.WriteString("本季度的数字已于" + chineseDate(s.AsOf) + "发布，按当时的提交重算相符。")
	}
	if id := w.trace(); id != "" {
		b.WriteString("留痕编号 " + id + "。")
	}
	return b.String()
}

// trace is the 留痕编号 of what the figures are computed from: of the head that
// was published, else of the last landing that the quarter can see.
func (w *composer) trace() string {
	if w.standing != nil && w.standing.Problem == "" {
		if at := w.d.LandingOf(w.standing.Head); at >= 0 {
			return register.TraceID(&w.d.Landings[at])
		}
	}
	return w.d.TraceOn(w.d.Config.Calendar.Add(w.q.Last(), w.d.Config.Grace))
}
