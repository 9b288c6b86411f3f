package site

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/document"
	"suqiu/internal/forms"
	"suqiu/internal/office"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

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
func (b *monthlyBook) miss(duty *view.MonthlyDuty) {
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
	Light   view.Light
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

func (v *builder) readMonthly() {
	duties := v.MonthlyDuties()
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
	for i := range duties {
		duty := &duties[i]
		if duty.Missing() {
			book.miss(duty)
		}
		at := slices.Index(book.Months, duty.Month)
		if at < 0 {
			continue
		}
		row := rows[duty.Unit]
		if row == nil {
			row = &monthlyRow{Unit: duty.Unit, Cells: make([]*monthlyCell, n)}
			if u := v.Unit(duty.Unit); u != nil && u.Page {
				row.Code = u.Code
			}
			rows[duty.Unit] = row
		}
		cell := &monthlyCell{Light: duty.Light}
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
		if duty.Ripe() {
			book.OnTime[at].Of++
			if duty.InTime() {
				book.OnTime[at].N++
			}
		}
	}
	for _, u := range v.Units {
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

// upwardRow is what was sent up of one quarter.
type upwardRow struct {
	view.UpwardDuty
	Report bool // the quarter's 分析报告 has a page
}

func (v *builder) readUpward() {
	for _, duty := range v.UpwardDuties() {
		v.upward = append(v.upward, upwardRow{duty, v.reported(duty.Quarter)})
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
		Points    []view.RiskPoint
		Receiver  *view.Unit   // set on the digest of one receiver
		Receivers []*view.Unit // that have a digest
	}
	upwardPage struct {
		Frame
		Rows []upwardRow // newest first
		Due  int         // 报送: working days after the quarter
	}
	countiesPage struct {
		Frame
		countyBook
		Units []*view.Unit
	}
)

func (v *builder) monthlyPage() framed {
	return &monthlyPage{monthlyBook: v.monthly, Due: v.Config.Limits.Monthly}
}

func (v *builder) upwardPage() framed {
	return &upwardPage{Rows: v.upward, Due: v.Config.Limits.SendUp}
}

// risksOf are what is sent on to a unit.
func (v *builder) risksOf(u *view.Unit) []view.RiskPoint {
	return slices.DeleteFunc(slices.Clone(v.Risks),
		func(p view.RiskPoint) bool { return !slices.Contains(p.To, u.Name) })
}

func (v *builder) risksPage() framed {
	page := &risksPage{Points: v.Risks}
	for _, u := range v.units {
		if len(v.risksOf(u)) > 0 {
			page.Receivers = append(page.Receivers, u)
		}
	}
	return page
}

// riskFiles are what each receiver is sent, as a page and as Word.
func (v *builder) riskFiles() []file {
	return each(v.units, func(u *view.Unit) []file {
		data := &risksPage{Points: v.risksOf(u), Receiver: u}
		if len(data.Points) == 0 {
			return nil
		}
		return append(v.files(page{"risks/" + u.Code + ".html", "risks", "转送" + u.Name + "的风险点", "risks",
			func() framed { return data }, nil}),
			file{path: data.Download().Path, write: func(b *bytes.Buffer) error {
				return data.digest(v.Config.Name).Write(b)
			}})
	})
}

// Download is the digest of a receiver as a Word file.
func (p *risksPage) Download() view.Download {
	return view.Download{
		Path: "risks/" + p.Receiver.Code + ".docx", Name: p.Receiver.Name + "-风险点转送单.docx",
		Text: "转送单（Word）",
	}
}

// digest is that file: what the page shows.
func (p *risksPage) digest(bureau string) *office.Document {
	r := forms.RiskDigest{Bureau: bureau, Unit: p.Receiver.Name}
	for _, x := range p.Points {
		r.Points = append(r.Points, forms.RiskEntry{Sent: x.Sent, Content: x.Content, From: x.From, To: x.To,
			Reply: x.Reply})
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
