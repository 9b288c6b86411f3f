package site

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/document"
	"suqiu/internal/forms"
	"suqiu/internal/office"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// standingLight shows how a duty to hand something in stands. Only the word
// 未报 is as loud as 超期: it is what the regulation counts.
func standingLight(s register.Standing) Light {
	kind := map[register.Standing]string{
		register.OnTime: "met", register.Late: "missed", register.Missing: "overdue", register.Awaited: "running", register.Receipt: "received",
	}[s]
	if kind == "" {
		kind = "hint"
	}
	return Light{kind, string(s)}
}

// monthlyBook is the 月度报送 as every edition may show it: who handed in when,
// and how many tickets came by which channel. None of it tells of a case.
type monthlyBook struct {
	Months   []workday.Month // oldest first, the latest trendMonths
	Units    []monthlyRow
	Channels []volumeRow
	OnTime   []document.Share // by month
	Totals   []int            // tickets by month
	Missing  []missingMonths  // what is not handed in, a unit a row
}

// Sum is the tickets of all the months.
func (b *monthlyBook) Sum() int {
	n := 0
	for _, t := range b.Totals {
		n += t
	}
	return n
}

// missingMonths is what one unit has not handed in.
type missingMonths struct {
	Unit   string
	Months []workday.Month // in a row, oldest first
	Due    workday.Date    // of the oldest
}

// Text is 2026-08, or 2025-11 至 2026-08（10 个月）, 2026-10 where one between was
// handed in.
func (m *missingMonths) Text() string {
	var runs []string
	for i := 0; i < len(m.Months); {
		n := 1
		for i+n < len(m.Months) && m.Months[i+n] == m.Months[i].Add(n) {
			n++
		}
		run := m.Months[i].String()
		if n > 1 {
			run += " 至 " + m.Months[i+n-1].String() + "（" + strconv.Itoa(n) + " 个月）"
		}
		runs = append(runs, run)
		i += n
	}
	return strings.Join(runs, "、")
}

// Lacking is how many submissions are not handed in.
func (b *monthlyBook) Lacking() int {
	n := 0
	for _, m := range b.Missing {
		n += len(m.Months)
	}
	return n
}

// miss adds a month to what its unit has not handed in; months come in order.
func (b *monthlyBook) miss(duty *register.MonthlyDuty) {
	i := slices.IndexFunc(b.Missing, func(m missingMonths) bool { return m.Unit == duty.Unit })
	if i < 0 {
		i = len(b.Missing)
		b.Missing = append(b.Missing, missingMonths{Unit: duty.Unit, Due: duty.Due})
	}
	b.Missing[i].Months = append(b.Missing[i].Months, duty.Month)
}

// monthlyRow is one unit; a nil cell means that nothing was owed.
type monthlyRow struct {
	Unit  string
	Code  string // empty: no page
	Cells []*monthlyCell
}

// monthlyCell is one unit's submission of one month.
type monthlyCell struct {
	Light   Light
	Filed   workday.Date
	Tickets int
	Zero    bool
}

// volumeRow is the tickets of one channel by month.
type volumeRow struct {
	Channel string
	Cells   []int
	Sum     int
}

func (v *view) readMonthly(d *register.Register) {
	duties := d.MonthlyDuties()
	book := &v.monthly
	for _, duty := range duties {
		if n := len(book.Months); n == 0 || book.Months[n-1] != duty.Month {
			book.Months = append(book.Months, duty.Month)
		}
	}
	book.Months = book.Months[max(0, len(book.Months)-trendMonths):]
	n := len(book.Months)
	book.OnTime, book.Totals = make([]document.Share, n), make([]int, n)
	rows, volumes := map[string]*monthlyRow{}, map[string][]int{}
	for _, duty := range duties {
		if duty.Standing == register.Missing {
			book.miss(&duty)
		}
		at := slices.Index(book.Months, duty.Month)
		if at < 0 {
			continue
		}
		row := rows[duty.Unit]
		if row == nil {
			row = &monthlyRow{Unit: duty.Unit, Cells: make([]*monthlyCell, n)}
			if u := v.byUnit[duty.Unit]; u != nil && u.Page {
				row.Code = u.Code
			}
			rows[duty.Unit] = row
		}
		cell := &monthlyCell{Light: standingLight(duty.Standing)}
		if duty.File != nil {
			cell.Filed, cell.Tickets, cell.Zero = duty.File.Filed, duty.File.Total(), duty.File.Zero
			book.Totals[at] += cell.Tickets
			for _, volume := range duty.File.Volumes {
				if volumes[volume.Name] == nil {
					volumes[volume.Name] = make([]int, n)
				}
				volumes[volume.Name][at] += volume.N
			}
		}
		row.Cells[at] = cell
		if duty.Standing != register.Awaited && duty.Standing != register.Receipt {
			book.OnTime[at].Of++
			if duty.Standing == register.OnTime {
				book.OnTime[at].N++
			}
		}
	}
	for _, u := range v.units {
		if row := rows[u.Name]; row != nil {
			book.Units = append(book.Units, *row)
		}
		for _, channel := range u.Channels {
			if cells := volumes[channel]; cells != nil {
				row := volumeRow{Channel: channel, Cells: cells}
				for _, c := range cells {
					row.Sum += c
				}
				book.Channels = append(book.Channels, row)
				delete(volumes, channel)
			}
		}
	}
}

// RiskPoint is one 风险点 that was sent on. If it was seen from a case that the
// edition does not show, Content says so and Reply is empty.
type RiskPoint struct {
	Month          workday.Month
	Sent           workday.Date
	Content, Reply string
	From           string
	To             []string
	Cases          []Relation
}

func (v *view) readRisks(d *register.Register) {
	for i := range d.Risks {
		r := d.Risks[len(d.Risks)-1-i]
		for _, p := range r.Points {
			point := RiskPoint{Month: r.Month, Sent: r.Landed, Content: p.Content, Reply: p.Reply, From: p.From, To: p.To}
			for _, id := range p.Cases {
				relation, hidden := v.relation(id)
				if hidden {
					point.Content, point.Reply = restrictedLabel, ""
				}
				point.Cases = append(point.Cases, relation)
			}
			v.risks = append(v.risks, point)
		}
	}
}

// relation is how a page one folder below the root points to a case; hidden
// says that the edition does not show its content, or cannot tell.
func (v *view) relation(id string) (r Relation, hidden bool) {
	r = Relation{ID: id, Name: id}
	e := v.byID[id]
	if e == nil {
		return r, v.edition != Supervision
	}
	r.Name, r.State = e.Name(), e.State
	if e.Page {
		r.Href = "../cases/" + id + ".html"
	}
	return r, e.Restricted()
}

// upwardRow is what was sent up of one quarter. Late or missing is no more than
// a hint: the limit is the office's own.
type upwardRow struct {
	register.UpwardDuty
	Light  Light
	Report bool // the quarter's 分析报告 has a page
}

func (v *view) readUpward(d *register.Register) {
	for _, duty := range d.UpwardDuties() {
		row := upwardRow{UpwardDuty: duty, Light: standingLight(duty.Standing)}
		switch duty.Standing {
		case register.Late:
			row.Light = Light{"hint", "提示：晚于内部时限"}
		case register.Missing:
			row.Light = Light{"hint", "提示：内部时限已过"}
		}
		row.Report = slices.ContainsFunc(v.quarters, func(f quarterFigures) bool { return f.Quarter == duty.Quarter })
		v.upward = append(v.upward, row)
	}
	slices.Reverse(v.upward)
}

// monthlyPage is 月度报送, risksPage 风险点, upwardPage 向上级报送, countiesPage
// 旗县市区.
type (
	monthlyPage struct {
		Frame
		monthlyBook
		Due int // 月报: working day of the next month
	}
	risksPage struct {
		Frame
		Points    []RiskPoint
		Receiver  *Unit   // set on the digest of one receiver
		Receivers []*Unit // that have a digest
	}
	upwardPage struct {
		Frame
		Rows []upwardRow // newest first
		Due  int         // 报送: working days after the quarter
	}
	countiesPage struct {
		Frame
		countyBook
		Units []*Unit
	}
)

func (v *view) paperPages(s *pageTemplates) []file {
	monthly := &monthlyPage{v.frame("月度报送", "../", "monthly"), v.monthly, v.config.Limits.Monthly}
	counties := &countiesPage{Frame: v.frame("旗县市区", "../", "counties"), countyBook: v.counties}
	_, counties.Units = v.byKind()
	upward := &upwardPage{v.frame("向上级报送", "../", "reports"), v.upward, v.config.Limits.SendUp}
	risks := &risksPage{Frame: v.frame("风险点", "../", "risks"), Points: v.risks}
	files := []file{
		{path: "monthly/index.html", render: func(b *bytes.Buffer) error { return s.monthly.render(b, monthly) }},
		{path: "counties/index.html", render: func(b *bytes.Buffer) error { return s.counties.render(b, counties) }},
		{path: "submissions/index.html", render: func(b *bytes.Buffer) error { return s.upward.render(b, upward) }},
		{path: "risks/index.html", render: func(b *bytes.Buffer) error { return s.risks.render(b, risks) }},
	}
	for _, u := range v.units {
		var points []RiskPoint
		for _, p := range v.risks {
			if slices.Contains(p.To, u.Name) {
				points = append(points, p)
			}
		}
		if len(points) == 0 || !u.Page {
			continue
		}
		risks.Receivers = append(risks.Receivers, u)
		page := &risksPage{Frame: v.frame("转送"+u.Name+"的风险点", "../", "risks"), Points: points, Receiver: u}
		files = append(files, file{path: "risks/" + u.Code + ".html", render: func(b *bytes.Buffer) error { return s.risks.render(b, page) }},
			file{path: page.Download().Path, render: func(b *bytes.Buffer) error { return page.digest(v.config.Name).Write(b) }})
	}
	return append(files, v.countyFiles()...)
}

// Download is the digest of a receiver as a Word file.
func (p *risksPage) Download() Download {
	return Download{"risks/" + p.Receiver.Code + ".docx", p.Receiver.Name + "-风险点转送单.docx", "转送单（Word）"}
}

// digest is that file: what the page shows.
func (p *risksPage) digest(bureau string) *office.Document {
	r := forms.RiskDigest{Bureau: bureau, Unit: p.Receiver.Name}
	for _, x := range p.Points {
		r.Points = append(r.Points, forms.RiskEntry{Sent: x.Sent, Content: x.Content, From: x.From, To: x.To, Reply: x.Reply})
	}
	return forms.WriteRisks([]forms.RiskDigest{r})
}

// Day is the day of filing as a narrow cell shows it: 07-02.
func (c *monthlyCell) Day() string {
	if c.Filed == 0 {
		return ""
	}
	return c.Filed.String()[len("2006-"):]
}
