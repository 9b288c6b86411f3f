package report

import (
	"io"
	"strings"

	"suqiu/internal/office"
	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// Comparison sets the figures of bureaus for one quarter beside each other,
// with their sum below (三(六)): in the order given, nobody is ranked.
type Comparison struct {
	Quarter workday.Quarter
	List    []*papers.Summary
	Total   *papers.Summary // nil: the sum of List
	Notes   []string        // what is not among them, and why
}

// Tables are the figures by subject, one row a bureau.
func (c *Comparison) Tables() []Annex {
	return []Annex{
		c.table("主要数字", "期末未结含长期推进；按期反馈率 = 按期 ÷（按期＋超期已办＋超期未办），满意率 =（满意＋基本满意）÷（评估－无法评价），由合计数算出，不取平均；不足5项的只列数目。",
			mainColumns(), mainFigures),
		c.table("任务平衡和时限", "期初未结＋本期推送 = 本期办结＋其他终结＋期末未结；改进中另列，办结后改进的仍计办结。待决定、退回后超期不在应办。", []Column{
			{"期初未结", Number, 2}, {"本期推送", Number, 2}, {"本期办结", Number, 2}, {"其他终结", Number, 2}, {"期末未结", Number, 2}, {"其中长期推进", Number, 3}, {"改进中", Number, 2},
			{"应办", Number, 2}, {"按期", Number, 2}, {"超期已办", Number, 2}, {"超期未办", Number, 2}, {"尚未到期", Number, 2}, {"待决定", Number, 3}, {"退回后超期", Number, 3},
			{"按原到期日按期", Number, 3}},
			func(s *papers.Summary) []string {
				b, d := s.Balance, s.Deadlines
				row := numbers(b.Opening, b.Pushed, b.Done, b.Other, b.Closing, b.LongTerm)
				row = append(append(row, newer(s, b.Improving)), numbers(d.Due, d.OnTime, d.LateDone, d.LateOpen, d.NotYet)...)
				return append(row, newer(s, d.Pending), newer(s, d.LateAgain), itoa(d.Original))
			}),
		c.table("办理过程", "", []Column{
			{"延期申请", Number, 2}, {"同意", Number, 2}, {"不同意", Number, 2}, {"异议", Number, 2}, {"成立", Number, 2}, {"不成立", Number, 2}, {"报研究决定", Number, 3},
			{"改派", Number, 2}, {"审核退回", Number, 2}, {"督促改进", Number, 2}, {"代录", Number, 2}, {"更正", Number, 2}},
			func(s *papers.Summary) []string {
				x := s.Steps
				return numbers(x.Extensions, x.Granted, x.Refused, x.Objections, x.Upheld, x.Rejected, x.Escalations, x.Reassigned, x.Returned, x.Improved, x.Proxies, x.Corrected)
			}),
		c.table("评估和时长", "平均办理时长：推送至审核通过的反馈，工作日；平均全程用时：收集至答复，自然日；不足5件的不计平均。评估覆盖率 = 已评估 ÷ 审核通过。", []Column{
			{"评估", Number, 2}, {"满意", Number, 2}, {"基本满意", Number, 2}, {"不满意", Number, 2}, {"无法评价", Number, 2}, {"评估覆盖率", Ratio, 3},
			{"平均办理时长", Score, 3}, {"平均全程用时", Score, 3}},
			func(s *papers.Summary) []string {
				e, d := s.Evaluation, s.Durations
				row := numbers(e.All, e.Satisfied, e.Fair, e.Dissatisfied, e.Unrated)
				return append(row, Share{e.Covered, e.Accepted}.String(), days(d.HandlingDays, d.Handled), days(d.WholeDays, d.Answered))
			}),
		c.table("月报", "月报及时率 = 按时 ÷（应报 − 尚缺）。", []Column{
			{"月报应报", Number, 2}, {"按时", Number, 2}, {"迟报", Number, 2}, {"尚缺", Number, 2}, {"月报及时率", Ratio, 3}},
			func(s *papers.Summary) []string {
				m := s.Monthly
				return append(numbers(m.Due, m.OnTime, m.Late), newer(s, m.Awaited), Submissions(m).InTime().String())
			}),
		c.byName("办理类别", func(s *papers.Summary) []papers.SummaryRow { return s.Categories }),
		c.byName("渠道", func(s *papers.Summary) []papers.SummaryRow { return s.Channels }),
	}
}

// mainColumns and mainFigures are what is compared wherever counties are.
func mainColumns() []Column {
	return []Column{{"月报收集（件）", Number, 3}, {"登记", Number, 2}, {"合（件）", Number, 2}, {"推送", Number, 2}, {"办结", Number, 2}, {"期末未结", Number, 2},
		{"应办", Number, 2}, {"按期", Number, 2}, {"按期反馈率", Ratio, 3}, {"满意率", Ratio, 3}}
}

func mainFigures(s *papers.Summary) []string {
	d, e := s.Deadlines, s.Evaluation
	row := append([]string{newer(s, s.Funnel.Collected)},
		numbers(s.Funnel.Registered, s.Funnel.Tickets, s.Balance.Pushed, s.Balance.Done, s.Balance.Closing, d.Due, d.OnTime)...)
	return append(row, Share{d.OnTime, d.OnTime + d.LateDone + d.LateOpen}.String(), Share{e.Satisfied + e.Fair, e.All - e.Unrated}.String())
}

// newer is a figure that only version 2 of the summary has.
func newer(s *papers.Summary, n int) string {
	if n, ok := s.Since(2, n); ok {
		return itoa(n)
	}
	return nothing
}

// days is the mean of durations; of few there is none.
func days(sum, of int) string {
	switch {
	case of == 0:
		return nothing
	case of < MinBase:
		return itoa(sum) + "/" + itoa(of)
	}
	return tenths(10*sum, of)
}

// rows are the bureaus and their sum.
func (c *Comparison) rows() []*papers.Summary {
	total := c.Total
	if total == nil {
		total = papers.Add("合计", "", "", c.Quarter, c.List)
	}
	return append(c.List[:len(c.List):len(c.List)], total)
}

func (c *Comparison) table(title, note string, columns []Column, figures func(*papers.Summary) []string) Annex {
	a := Annex{Title: title, Note: note}
	a.Table.Columns = append([]Column{{"单位", Words, 6}}, columns...)
	for _, s := range c.rows() {
		a.Table.Rows = append(a.Table.Rows, append([]string{s.Unit}, figures(s)...))
	}
	return a
}

// byName is the tickets of each 办理类别 or 渠道, one row a bureau.
func (c *Comparison) byName(what string, rows func(*papers.Summary) []papers.SummaryRow) Annex {
	all := c.rows()
	a := Annex{Title: "分" + what + "登记（件）"}
	a.Table.Columns = []Column{{what, Words, 6}}
	for _, s := range all {
		a.Table.Columns = append(a.Table.Columns, Column{s.Unit, Number, 2})
	}
	for _, r := range rows(all[len(all)-1]) {
		row := []string{r.Name}
		for _, s := range all {
			n := 0
			for _, x := range rows(s) {
				if x.Name == r.Name {
					n += x.Tickets
				}
			}
			row = append(row, itoa(n))
		}
		a.Table.Rows = append(a.Table.Rows, row)
	}
	return a
}

// title names what is compared.
func (c *Comparison) title() string {
	return quarterName(c.Quarter) + "税费服务诉求和舆情办理情况汇总表"
}

// wholeRows is how many rows a table may have to stand on one page.
const wholeRows = 20

// Word writes the tables across the page, to go with a report or to be printed.
func (c *Comparison) Word(w io.Writer) error {
	doc := office.NewDocument(c.title(), office.Landscape)
	doc.FormTitle(c.title())
	var names []string
	for _, s := range c.List {
		names = append(names, s.Unit)
	}
	rows := c.rows()
	note := "本表含" + strings.Join(names, "、") + "，数字均截至" + chineseDate(rows[len(rows)-1].AsOf) + "或以后。按既定顺序排列，不作排名。"
	for _, n := range c.Notes {
		note += n + "。"
	}
	doc.Note(office.Text(note))
	for i, a := range c.Tables() {
		if i > 0 {
			doc.Gap()
		}
		t := a.Table.word(office.Size5S)
		t.Caption, t.Whole = "表"+itoa(i+1)+"　"+a.Title, len(t.Rows) <= wholeRows
		doc.Table(t)
		if a.Note != "" {
			doc.Note(office.Text("注：" + a.Note))
		}
	}
	return doc.Write(w)
}

// Excel writes the tables, one sheet each.
func (c *Comparison) Excel(w io.Writer) error {
	book := office.Workbook{Title: c.title()}
	for i, a := range c.Tables() {
		book.Sheets = append(book.Sheets, a.Table.sheet(itoa(i+1)+" "+a.Title, nil))
	}
	return book.Write(w)
}
