// Package bureaus sets what several bureaus hand in for one quarter beside each
// other, with their sum: in the order given, nobody is ranked.
package bureaus

import (
	"io"
	"strconv"
	"strings"

	"suqiu/internal/document"
	"suqiu/internal/office"
	"suqiu/internal/papers"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// Comparison sets the figures of bureaus for one quarter beside each other,
// with their sum below (三(六)): in the order given, nobody is ranked.
type Comparison struct {
	Quarter workday.Quarter
	List    []*papers.Summary
	Total   *papers.Summary // nil: the sum of List
	Notes   []string        // what is not among them, and why

	taken map[string]string // head of a repository that was taken → its folder
}

// Tables are the figures by subject, one row a bureau.
func (c *Comparison) Tables() []document.Annex {
	return []document.Annex{
		c.table("主要数字", "期末未结含长期推进；按期反馈率 = 按期 ÷（按期＋超期已办＋超期未办），满意率 "+
			"=（满意＋基本满意）÷（评估－无法评价），"+
			"由合计数算出，不取平均；不足5项的只列数目。", report.MainColumns, report.MainFigures),
		c.table("任务平衡和时限", "期初未结＋本期推送 = 本期办结＋其他终结＋期末未结；改进中另列，"+
			"办结后改进的仍计办结。待决定、退回后超期不在应办。",
			"期初未结:2n 本期推送:2n 本期办结:2n 其他终结:2n 期末未结:2n 其中长期推进:3n 改进中:2n 应办:2n "+
				"按期:2n 超期已办:2n "+
				"超期未办:2n 尚未到期:2n 待决定:3n 退回后超期:3n 按原到期日按期:3n",
			func(s *papers.Summary) []string {
				b, d := s.Balance, s.Deadlines
				cells := document.Row(report.SinceSecond(s, b.Improving), d.Due, d.OnTime, d.LateDone, d.LateOpen,
					d.NotYet)
				cells = append(document.Row(strconv.Itoa(b.Opening), b.Pushed, b.Done, b.Other, b.Closing,
					b.LongTerm), cells...)
				return append(cells, report.SinceSecond(s, d.Pending), report.SinceSecond(s, d.LateAgain),
					strconv.Itoa(d.Original))
			}),
		c.table("办理过程", "", "延期申请:2n 同意:2n 不同意:2n 异议:2n 成立:2n 不成立:2n 报研究决定:3n 改派:2n "+
			"审核退回:2n 督促改进:2n 代录:2n 更正:2n",
			func(s *papers.Summary) []string {
				x := s.Steps
				return document.Row(strconv.Itoa(x.Extensions), x.Granted, x.Refused, x.Objections, x.Upheld,
					x.Rejected, x.Escalations,
					x.Reassigned, x.Returned, x.Improved, x.Proxies, x.Corrected)
			}),
		c.table("评估和时长", "平均办理时长：推送至审核通过的反馈，工作日；平均全程用时：收集至答复，自然日；"+
			"不足5件的不计平均。评估覆盖率 = 已评估 ÷ 审核通过。",
			"评估:2n 满意:2n 基本满意:2n 不满意:2n 无法评价:2n 评估覆盖率:3r 平均办理时长:3s 平均全程用时:3s",
			func(s *papers.Summary) []string {
				e, d := s.Evaluation, s.Durations
				return append(document.Row(strconv.Itoa(e.All), e.Satisfied, e.Fair, e.Dissatisfied, e.Unrated),
					report.Evaluation(e).Coverage().String(), days(d.HandlingDays, d.Handled),
					days(d.WholeDays, d.Answered))
			}),
		c.table("月报", "月报及时率 = 按时 ÷（应报 − 尚缺）。", "月报应报:2n 按时:2n 迟报:2n 尚缺:2n 月报及时率:3r",
			func(s *papers.Summary) []string {
				m := s.Monthly
				return append(document.Row(strconv.Itoa(m.Due), m.OnTime, m.Late), report.SinceSecond(s, m.Awaited),
					report.Submissions(m).InTime().String())
			}),
		c.byName("办理类别", func(s *papers.Summary) []papers.SummaryRow { return s.Categories }),
		c.byName("渠道", func(s *papers.Summary) []papers.SummaryRow { return s.Channels }),
	}
}

// days is the mean of durations; of few there is none.
func days(sum, of int) string {
	switch {
	case of == 0:
		return document.Nothing
	case of < document.MinBase:
		return strconv.Itoa(sum) + "/" + strconv.Itoa(of)
	}
	return document.Tenths(10*sum, of)
}

// rows are the bureaus and their sum.
func (c *Comparison) rows() []*papers.Summary {
	total := c.Total
	if total == nil {
		total = papers.Add("合计", "", "", c.Quarter, c.List)
	}
	return append(c.List[:len(c.List):len(c.List)], total)
}

func (c *Comparison) table(title, note, columns string, figures func(*papers.Summary) []string) document.Annex {
	a := document.NewAnnex("", title, note, "单位:6 "+columns)
	for _, s := range c.rows() {
		a.Table.Add(append([]string{s.Unit}, figures(s)...)...)
	}
	return a
}

// byName is the tickets of each 办理类别 or 渠道, one row a bureau.
func (c *Comparison) byName(what string, rows func(*papers.Summary) []papers.SummaryRow) document.Annex {
	all := c.rows()
	a := document.NewAnnex("", "分"+what+"登记（件）", "", what+":6")
	for _, s := range all {
		a.Table.Columns = append(a.Table.Columns, document.Column{Name: s.Unit, Kind: document.Number, Width: 2})
	}
	for _, r := range rows(all[len(all)-1]) {
		cells := []string{r.Name}
		for _, s := range all {
			n := 0
			for _, x := range rows(s) {
				if x.Name == r.Name {
					n += x.Tickets
				}
			}
			cells = append(cells, strconv.Itoa(n))
		}
		a.Table.Add(cells...)
	}
	return a
}

// title names what is compared.
func (c *Comparison) title() string {
	return c.Quarter.Name() + "税费服务诉求和舆情办理情况汇总表"
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
	note := "本表含" + strings.Join(names, "、") + "，数字均截至" + document.Date(rows[len(rows)-1].AsOf) +
		"或以后。按既定顺序排列，不作排名。"
	for _, n := range c.Notes {
		note += n + "。"
	}
	doc.Note(office.Text(note))
	for i, a := range c.Tables() {
		if i > 0 {
			doc.Gap()
		}
		t := a.Table.Word(office.Size5S)
		t.Caption, t.Whole = "表"+strconv.Itoa(i+1)+"　"+a.Title, len(t.Rows) <= wholeRows
		doc.Table(t)
		if a.Note != "" {
			doc.Note(office.Text("注：" + a.Note))
		}
	}
	return doc.Write(w)
}

// Excel writes the tables, one sheet each.
func (c *Comparison) Excel(w io.Writer) error {
	tables := c.Tables()
	for i := range tables {
		tables[i].Title = strconv.Itoa(i+1) + " " + tables[i].Title
	}
	return document.WriteExcel(w, c.title(), tables)
}
